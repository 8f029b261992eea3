"""Show a coverage as one page of HTML that needs nothing else: a heat map that can be read without colour.

The page is written for the author, in the site's language, and never becomes a part of the site.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape
from itertools import groupby

from msgspec import Struct

from cmsite.cli.report_page import framed, sign, table
from cmsite.model import POINTS, Language, Point, Slug
from cmsite.shape.language import long_date, plural
from cmsite.shape.report.coverage import Cell, Coverage, Shelf, filling_command
from cmsite.shape.typography import typeset

_WARMTHS = (0, 1, 2, 3, 5)  # the least count of each shade
_WORDS = {
    "fr": {
        "title": "Couverture des sujets",
        "intro": "Chaque profil a un masque, et chaque terme du masque attend des articles. Les nombres "
        "comptent, dans l’édition du profil, les articles qui portent ce terme ou un terme qu’il contient.",
        "rule.one": "Un terme sans article est marqué «\u00a0{thin}\u00a0».",
        "rule.other": "Un terme qui compte moins de {posts} est marqué «\u00a0{thin}\u00a0».",
        "thin": "à étoffer",
        "contents": "Sur cette page",
        "profiles.one": "profil",
        "profiles.other": "profils",
        "terms.one": "terme suivi",
        "terms.other": "termes suivis",
        "day": "État au {day}",
        "gaps": "À étoffer",
        "gaps.none": "Rien à étoffer\u00a0: chaque terme compte au moins {posts}.",
        "gaps.how": "La commande qui suit chaque terme commence un brouillon à son sujet.",
        "gap": "{point}\u00a0: {term}, {posts}",
        "map": "Termes et profils",
        "map.caption": "Nombre d’articles par terme et par profil",
        "legend": "Échelle",
        "term": "Terme",
        "unstated": "hors du masque",
        "profile.caption": "Articles de {profile} et termes de son masque",
        "profile.empty": "Cette édition n’a encore aucun article.",
        "profile.bare": "Le masque de ce profil ne dit rien\u00a0: il n’y a pas de terme à suivre.",
        "profile.others": "Sans aucun de ces termes\u00a0: {posts}.",
        "post": "Article",
        "total": "Total",
        "yes": "oui",
        "posts.one": "{n}\u00a0article",
        "posts.other": "{n}\u00a0articles",
    },
    "en": {
        "title": "Coverage of subjects",
        "intro": "Each profile has a mask, and each term of the mask calls for posts. The numbers count, "
        "in the profile’s edition, the posts that carry the term or a term within it.",
        "rule.one": "A term without a post is marked “{thin}”.",
        "rule.other": "A term with fewer than {posts} is marked “{thin}”.",
        "thin": "thin",
        "contents": "On this page",
        "profiles.one": "profile",
        "profiles.other": "profiles",
        "terms.one": "term",
        "terms.other": "terms",
        "day": "As of {day}",
        "gaps": "Thin terms",
        "gaps.none": "Nothing is thin: each term has at least {posts}.",
        "gaps.how": "The command below a term begins a draft about it.",
        "gap": "{point}: {term}, {posts}",
        "map": "Terms and profiles",
        "map.caption": "Number of posts per term and profile",
        "legend": "Scale",
        "term": "Term",
        "unstated": "not in the mask",
        "profile.caption": "Posts of {profile} and the terms of its mask",
        "profile.empty": "This edition has no post yet.",
        "profile.bare": "This profile’s mask states nothing: there is no term to follow.",
        "profile.others": "With none of these terms: {posts}.",
        "post": "Post",
        "total": "Total",
        "yes": "yes",
        "posts.one": "{n}\u00a0post",
        "posts.other": "{n}\u00a0posts",
    },
}
_POINTS = {
    "fr": ("Secteur", "Enjeu", "Service", "Territoire", "Périmètre", "Présence"),
    "en": ("Sector", "Challenge", "Team", "Area", "Scope", "Presence"),
}


class _Voice(Struct, frozen=True):
    """The page's language. Its words come out as HTML; what is filled in is HTML already."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        return escape(_WORDS[self.language][key]).format(**values)

    def posts(self, count: int) -> str:
        """Return a number of posts in words."""
        return self(f"posts.{plural(count, self.language)}", n=count)

    def point(self, point: Point) -> str:
        """Return a point's name."""
        return _POINTS[self.language][POINTS.index(point)]

    def label(self, cell: Cell) -> str:
        """Return a term's label."""
        return escape(typeset(cell.label.told_in(self.language), self.language))


def coverage_page(coverage: Coverage, site: str, language: Language) -> str:
    """Return the page: what is thin, the map of terms and profiles, then each profile's posts."""
    say = _Voice(language)
    parts = [
        _head(coverage, say, site),
        "<main>",
        _gaps(coverage, say),
        _map(coverage, say),
        *(_profile(coverage, shelf, say) for shelf in coverage.shelves),
        "</main>",
    ]
    title = f"{say('title')} – {escape(typeset(site, language))}"
    return framed("\n".join(parts), title=title, language=language, command="coverage")


def _head(coverage: Coverage, say: _Voice, site: str) -> str:
    counted = (("profiles", len(coverage.shelves)), ("terms", len(coverage.cells)))
    figures = [f"<li><b>{n}</b> {say(f'{word}.{plural(n, say.language)}')}</li>" for word, n in counted]
    figures.append(f'<li class="few"><b>{len(coverage.thin)}</b> {say("thin")}</li>')
    links = [("gaps", say("gaps")), ("map", say("map"))]
    links += [(f"p-{shelf.profile}", escape(shelf.profile)) for shelf in coverage.shelves]
    rule = say(
        f"rule.{plural(coverage.least, say.language)}", posts=say.posts(coverage.least), thin=say("thin")
    )
    day = say("day", day=long_date(coverage.at, say.language))
    listed = "".join(f'<li><a href="#{name}">{text}</a></li>' for name, text in links)
    return (
        f'<header>\n<p class="site">{escape(typeset(site, say.language))}</p>\n<h1>{say("title")}</h1>\n'
        f"<p>{say('intro')} {rule}</p>\n"
        f'<ul class="figures">{"".join(figures)}</ul>\n<p class="day">{day}</p>\n'
        f'<nav aria-label="{say("contents")}"><ul>{listed}</ul></nav>\n</header>'
    )


def _gaps(coverage: Coverage, say: _Voice) -> str:
    body = f"<p>{say('gaps.none', posts=say.posts(coverage.least))}</p>"
    if coverage.thin:
        groups = groupby(coverage.thin, key=lambda cell: cell.profile)
        listed = "\n".join(
            f"<div><h3>{escape(profile)}</h3>\n<ul>{''.join(_gap(cell, say) for cell in cells)}</ul></div>"
            for profile, cells in groups
        )
        body = f'<p>{say("gaps.how")}</p>\n<div class="gaps">\n{listed}\n</div>'
    return f'<section id="gaps">\n<h2>{say("gaps")}</h2>\n{body}\n</section>'


def _gap(cell: Cell, say: _Voice) -> str:
    term = f"<b>{say.label(cell)}</b>"
    told = say("gap", point=say.point(cell.point), term=term, posts=say.posts(cell.count))
    command = escape(filling_command(cell))
    return f"<li>{told}<code>{command}</code></li>" if command else f"<li>{told}</li>"


def _map(coverage: Coverage, say: _Voice) -> str:
    heads = [
        f'<th scope="col"><a href="#p-{shelf.profile}">{escape(shelf.profile).replace("-", "-<wbr>")}</a>'
        f"<small>{shelf.language} · {say.posts(len(shelf.posts))}</small></th>"
        for shelf in coverage.shelves
    ]
    wide = len(heads) + 1
    bodies = [
        f'<tbody>\n<tr class="point"><th colspan="{wide}" scope="rowgroup">'
        f"<span>{say.point(point)}</span></th></tr>\n"
        f"{''.join(_map_row(coverage, cells, say) for cells in rows)}</tbody>"
        for point, rows in _rows(coverage)
    ]
    head = f'<thead><tr><th scope="col">{say("term")}</th>{"".join(heads)}</tr></thead>'
    shown = table("map", say("map.caption"), [head, *bodies])
    return f'<section id="map">\n<h2>{say("map")}</h2>\n{_legend(say)}\n{shown}\n</section>'


def _rows(coverage: Coverage) -> Iterable[tuple[Point, list[list[Cell]]]]:
    """Yield each point that some profile states, with the cells of each of its terms."""
    for point in POINTS:
        rows: dict[str, list[Cell]] = {}
        for cell in coverage.cells:
            if cell.point is point:
                rows.setdefault(cell.term, []).append(cell)
        if rows:
            yield point, list(rows.values())


def _map_row(coverage: Coverage, cells: list[Cell], say: _Voice) -> str:
    stated = {cell.profile: cell for cell in cells}
    first = cells[0]
    term = "" if _alike(first, say) else f"<small>{escape(first.term)}</small>"
    row = [f'<tr data-term="{escape(first.term)}"><th scope="row">{say.label(first)}{term}</th>']
    for shelf in coverage.shelves:
        cell = stated.get(shelf.profile)
        row.append(_count(coverage, cell, say) if cell else _unstated(say))
    return f"{''.join(row)}</tr>\n"


def _alike(cell: Cell, say: _Voice) -> bool:
    """Return whether a term is its label but for capitals, accents and spaces: no need to show both."""
    letters = unicodedata.normalize("NFKD", cell.label.told_in(say.language)).casefold().replace(" ", "-")
    return "".join(letter for letter in letters if not unicodedata.combining(letter)) == cell.term


def _unstated(say: _Voice) -> str:
    return f'<td class="unstated">{sign("·", say("unstated"))}</td>'


def _count(coverage: Coverage, cell: Cell, say: _Voice) -> str:
    """Return the cell of a table that tells a count: its shade, the number and, if it is thin, the word."""
    shade = sum(cell.count >= least for least in _WARMTHS) - 1
    thin, word = (" thin", f" <em>{say('thin')}</em>") if coverage.is_thin(cell) else ("", "")
    named = f'data-profile="{escape(cell.profile)}" data-point="{cell.point.value}"'
    return f'<td class="heat w{shade}{thin}" {named}><b>{cell.count}</b>{word}</td>'


def _legend(say: _Voice) -> str:
    shown = []
    for shade, (least, after) in enumerate(zip(_WARMTHS, (*_WARMTHS[1:], 0), strict=True)):
        text = str(least) if after == least + 1 else f"{least}–{after - 1}"
        shown.append(f'<li class="heat w{shade}">{text if after else f"{least}+"}</li>')
    return f'<ul class="legend" aria-label="{say("legend")}">{"".join(shown)}</ul>'


def _profile(coverage: Coverage, shelf: Shelf, say: _Voice) -> str:
    cells = coverage.of(shelf.profile)
    if not cells or not shelf.posts:
        body = f"<p>{say('profile.bare' if not cells else 'profile.empty')}</p>"
    else:
        body = _profile_table(coverage, shelf, cells, say)
    return f'<section id="p-{escape(shelf.profile)}">\n<h2>{escape(shelf.profile)}</h2>\n{body}\n</section>'


def _profile_table(coverage: Coverage, shelf: Shelf, cells: tuple[Cell, ...], say: _Voice) -> str:
    points = [(point, len(list(group))) for point, group in groupby(cells, key=lambda cell: cell.point)]
    columns = "".join(f'<colgroup span="{n}"></colgroup>' for _, n in points)
    grouped = "".join(f'<th colspan="{n}" scope="colgroup">{say.point(point)}</th>' for point, n in points)
    terms = "".join(f'<th scope="col">{say.label(cell)}</th>' for cell in cells)
    lang = "" if shelf.language == say.language else f' lang="{shelf.language}"'
    stating = {slug for cell in cells for slug in cell.posts}
    rows = "\n".join(
        f'<tr><th scope="row"{lang}>{escape(typeset(post.title, shelf.language))}</th>'
        f"{''.join(_meeting(cell, post.slug, say) for cell in cells)}</tr>"
        for post in shelf.posts
        if post.slug in stating
    )
    totals = "".join(_count(coverage, cell, say) for cell in cells)
    shown = table(
        f"t-{shelf.profile}",
        say("profile.caption", profile=escape(shelf.profile)),
        [
            f"<colgroup></colgroup>{columns}",
            f'<thead><tr><th rowspan="2" scope="col">{say("post")}</th>{grouped}</tr>',
            f"<tr>{terms}</tr></thead>",
            f"<tbody>{rows}</tbody>" if rows else "",
            f'<tfoot><tr><th scope="row">{say("total")}</th>{totals}</tr></tfoot>',
        ],
    )
    left = len(shelf.posts) - len(stating)
    others = say("profile.others", posts=say.posts(left))
    return f'{shown}\n<p class="others">{others}</p>' if left else shown


def _meeting(cell: Cell, slug: Slug, say: _Voice) -> str:
    """Return whether a post states a term, as a cell of a table."""
    if slug not in cell.posts:
        return "<td></td>"
    return f'<td class="on">{sign("●", say("yes"))}</td>'
