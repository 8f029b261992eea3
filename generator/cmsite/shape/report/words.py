"""Find what readers would like to read and nobody has written, or read: summaries, descriptions, notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cmsite.model import Kind, Post, Site
from cmsite.shape.report.finding import Entry, Finding, Key

THIN, LONG = 45, 200  # characters of a summary: below the one it says little, above the other it is cut
_ONE_SENTENCE = f"one sentence of {THIN} to {LONG} characters does best"


def audit_words(site: Site, *, now: datetime) -> Iterator[Finding]:
    """Yield the summaries that are missing, thin or too long, and the profiles that say too little."""
    for text in site.texts():
        if not text.draft and not (text.expires and text.expires <= now):
            yield from _summaries(text)
    yield from _descriptions(site)
    yield from _headlines(site)
    yield from _notices(site)


def _summaries(text: Post) -> Iterator[Finding]:
    if text.kind is Kind.POST and not text.summary:
        what = "this post has no summary: lists and search results show its first words"
        yield Finding(Entry(text.source), what, f"add `summary: …`; {_ONE_SENTENCE}", "no-summary")
    written: list[tuple[Key, str]] = [(("summary",), text.summary)]
    written += [
        (("variants", index, "summary"), variant.summary or "") for index, variant in enumerate(text.variants)
    ]
    for key, summary in written:
        if 0 < len(summary) < THIN:
            what = f"this summary has {len(summary)} characters, and says little"
            yield Finding(Entry(text.source, key), what, _ONE_SENTENCE, "thin-summary")
        elif len(summary) > LONG:
            what = f"this summary has {len(summary)} characters: search results will cut it"
            yield Finding(Entry(text.source, key), what, _ONE_SENTENCE, "long-summary")


def _descriptions(site: Site) -> Iterator[Finding]:
    """Yield each profile that describes its site in no way, or cmsite.yml when none of them does."""
    without = [] if site.settings.description else [one for one in site.profiles if not one.site.description]
    what, hint = "the site has no description", "add `description: …`: one sentence that says what it offers"
    if len(without) == len(site.profiles):
        yield Finding(Entry("cmsite.yml"), what, hint, "no-description")
        return
    for profile in without:
        what = f"the site of the profile `{profile.name}` has no description"
        hint = "add `description: …` under `site:` here, or in cmsite.yml for all profiles"
        yield Finding(Entry(profile.place.path), what, hint, "no-description")


def _headlines(site: Site) -> Iterator[Finding]:
    for profile in site.profiles:
        if not profile.headline and profile.place.path != "cmsite.yml":
            what = f"the profile `{profile.name}` has no headline"
            hint = "add `headline: …`: who you are for these readers, in a few words"
            yield Finding(Entry(profile.place.path), what, hint, "no-headline")


def _notices(site: Site) -> Iterator[Finding]:
    if not site.settings.legal_reviewed:
        what = "the legal and the privacy notice are made by cmsite: nobody has read them through"
        hint = "read /legal/ and /privacy/, then write `legal: {reviewed: true}` in cmsite.yml"
        yield Finding(Entry("cmsite.yml"), what, hint, "legal")
