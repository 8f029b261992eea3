"""Write the bar below every page of the preview, and the fault that lies over it.

Both stand in a shadow tree, so that neither the theme nor the preview can change how the other looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

from cmsite.errors import Problem, Severity
from cmsite.serve.choice import Choice
from cmsite.serve.page import RESERVED, head
from cmsite.serve.remarks import Remarks

_SHEET = f'<link rel="stylesheet" href="{RESERVED}bar.css">'


def bar(
    choices: Iterable[Choice],
    shown: Choice,
    address: str,
    remarks: Remarks,
    *,
    warnings: tuple[Problem, ...],
    drafts: bool,
) -> str:
    """Return the bar of the page at an address."""
    parts = [
        '<span class="name">Preview</span>',
        _switch(choices, shown, address),
        _standing(remarks),
        _conditions(remarks),
        _warnings(warnings),
        '<span class="flag">drafts shown</span>' if drafts else "",
    ]
    inside = f'{_SHEET}<aside lang="en" aria-label="Preview">{"".join(parts)}</aside>'
    return f'<div id="cmsite-preview"><template shadowrootmode="open">{inside}</template></div>\n'


def fault(problems: tuple[Problem, ...]) -> str:
    """Return what lies over a page while the author's files hold mistakes, "" while they do not."""
    if not problems:
        return ""
    count = sum(one.severity is Severity.ERROR for one in problems) or len(problems)
    title = "1 mistake" if count == 1 else f"{count} mistakes"
    inside = (
        f'{_SHEET}<div class="veil"><section role="alertdialog" lang="en" tabindex="-1" aria-labelledby="t"'
        f' aria-describedby="d"><h1 id="t">{title} in your files</h1><p id="d">The last good site stays'
        " below. Save the file once it is mended: this goes away by itself.</p>"
        f"<ol>{''.join(map(_problem, problems))}</ol></section></div>"
    )
    return f'<div id="cmsite-fault"><template shadowrootmode="open">{inside}</template></div>\n'


def fault_page(bar: str, fault: str, *, key: str, version: str) -> str:
    """Return a page of nothing but a fault: for a site that has never been whole."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>Mistakes in your files</title>\n"
        f"{head(key, version)}</head>\n<body>\n{fault}{bar}</body>\n</html>\n"
    )


def _switch(choices: Iterable[Choice], shown: Choice, address: str) -> str:
    entries = "".join(
        f'<li><a href="{RESERVED}show?{escape(urlencode({"edition": one.key, "at": address}))}"'
        f"{_current(one, shown)}>{escape(one.target or one.profile)}{_kind(one)}</a></li>"
        for one in choices
    )
    return _menu(
        f'<span class="pre">edition </span><b>{escape(shown.label)}</b>', f"<ul>{entries}</ul>", "switch"
    )


def _current(one: Choice, shown: Choice) -> str:
    return ' aria-current="true"' if one.key == shown.key else ""


def _kind(choice: Choice) -> str:
    if not choice.target:
        return ""
    kind = "private target" if choice.private else "target"
    return f" <small>{kind} of {escape(choice.profile)}</small>"


def _standing(remarks: Remarks) -> str:
    """Return how the page stands in the edition, with the reasons."""
    flag = f'<span class="flag">{escape(remarks.pending)}</span>' if remarks.pending else ""
    if remarks.tiers:
        counted = ", ".join(f"{count} {tier}" for tier, count in remarks.tiers)
        return f'<span class="note">posts: {counted}</span>'
    source = f"<p><code>{escape(remarks.source)}</code></p>" if remarks.source else ""
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in remarks.reasons)
    if remarks.out:
        return f'<div class="out" role="note"><b>Not in this edition</b>{source}<ul>{reasons}</ul></div>'
    if not remarks.tier:
        return flag
    label = f'<span class="tier {remarks.tier}">{remarks.tier}</span><span class="pre"> fit</span>'
    return flag + _menu(label, f"<h2>Why it is here</h2>{source}<ul>{reasons}</ul>")


def _conditions(remarks: Remarks) -> str:
    if not remarks.passages:
        return ""
    count = len(remarks.passages)
    entries = "".join(
        f"<li>line {passage.line}: <code>{escape(condition)}</code></li>"
        for passage, condition in remarks.passages
    )
    label = f'<i class="dash"></i>{count} <span class="pre">conditional </span>{_plural(count, "passage")}'
    return _menu(label, f"<h2>Here because of the mask</h2><ul>{entries}</ul>")


def _warnings(warnings: tuple[Problem, ...]) -> str:
    if not warnings:
        return ""
    entries = "".join(map(_problem, warnings))
    return _menu(f"{len(warnings)} {_plural(len(warnings), 'warning')}", f"<ol>{entries}</ol>")


def _menu(label: str, inside: str, kind: str = "") -> str:
    sheet = f'<div class="sheet">{inside}</div>'
    return f'<details class="{kind}" name="menu"><summary>{label}</summary>{sheet}</details>'


def _problem(problem: Problem) -> str:
    place = str(problem.place) if problem.place.path else ""
    told = f'<p class="place"><code>{escape(place)}</code></p>' if place else ""
    told += f'<p class="what"><b class="{problem.severity}">{problem.severity}</b> {escape(problem.what)}</p>'
    if problem.excerpt:
        line = "".join(letter if letter.isprintable() else " " for letter in problem.excerpt)
        caret = " " * (problem.place.column - 1) + "^"
        told += f'<pre tabindex="0">{escape(line)}\n<i>{caret}</i></pre>'
    if problem.hint:
        told += f'<p class="hint"><b>hint</b> {escape(problem.hint)}</p>'
    return f"<li>{told}</li>"


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"
