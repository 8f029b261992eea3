"""Find the translation keys that tie nothing together, or two texts of one language."""

from __future__ import annotations

from collections.abc import Iterator

from cmsite.errors import Severity
from cmsite.model import Post, Site
from cmsite.shape.report.finding import Entry, Finding


def audit_translations(site: Site) -> Iterator[Finding]:
    """Yield each text whose `translation` no other has, or that shares it with one of its own language."""
    tied: dict[str, list[Post]] = {}
    for text in site.texts():
        if text.translation:
            tied.setdefault(text.translation, []).append(text)
    for key, texts in tied.items():
        if len(texts) == 1:
            what = f"no other text has the translation key `{key}`"
            hint = "give the same key to the translation, or take it away"
            yield Finding(Entry(texts[0].source, ("translation",)), what, hint, "lonely-translation")
        yield from _of_one_language(key, texts)


def _of_one_language(key: str, texts: list[Post]) -> Iterator[Finding]:
    first: dict[str, Post] = {}
    for text in texts:
        if first.setdefault(text.language, text) is not text:
            what = f"{first[text.language].source} has the translation key `{key}` too, and the same language"
            hint = f"translations differ in language: write another key, or mend `language: {text.language}`"
            at = Entry(text.source, ("translation",))
            yield Finding(at, what, hint, "repeated-translation", Severity.WARNING)
