"""Find what reaches nobody: posts and files that stand in no edition, profiles that nothing suits well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from cmsite.model import Place, Post, Site, Slug, Variant
from cmsite.shape.masks import Tier
from cmsite.shape.personalise import LeftOut, Why
from cmsite.shape.report.finding import Entry, Finding, Rendition

_ITS_OWN_DOING = (Why.DRAFT, Why.FUTURE, Why.EXPIRED)  # it would be out whatever the profiles say


def audit_reach(site: Site, renditions: Sequence[Rendition]) -> Iterator[Finding]:
    """Yield what no edition holds, though nothing of its own keeps it out, and what no post suits."""
    for verdicts in left_out_everywhere(renditions).values():
        yield from _unreached(verdicts[0].post, verdicts, renditions)
    for rendition in renditions:
        yield from _weak(rendition)
    yield from _unused_files(site, renditions)


def left_out_everywhere(renditions: Sequence[Rendition]) -> dict[Slug, tuple[LeftOut, ...]]:
    """Return the texts that stand in no edition, each with why every edition, in its turn, leaves it out."""
    found: dict[Slug, list[LeftOut]] = {}
    for one in (one for each in renditions for one in each.edition.left_out):
        found.setdefault(one.post.slug, []).append(one)
    return {slug: tuple(whys) for slug, whys in found.items() if len(whys) == len(renditions)}


def _unreached(text: Post, verdicts: Sequence[LeftOut], renditions: Sequence[Rendition]) -> Iterator[Finding]:
    whys = {one.why for one in verdicts}
    if whys & set(_ITS_OWN_DOING):
        return
    what = f"this {text.kind} stands in no edition"
    if whys == {Why.LANGUAGE}:
        hint = f"no profile speaks `{text.language}`: write one that does, or mend `language:`"
        yield Finding(Entry(text.source, ("language",)), what, hint, "in-no-edition")
    else:
        nearest, _ = min(zip(renditions, verdicts, strict=True), key=lambda pair: _distance(pair[1]))
        profile = nearest.edition.profile.name
        hint = f"`cmsite explain {text.slug} -p {profile}` says why, and what would change it"
        yield Finding(Entry(text.source, ("mask",)), what, hint, "in-no-edition")


def _distance(verdict: LeftOut) -> tuple[bool, int]:
    """Return how far a text is from an edition: another language is farther than any point."""
    return verdict.why is Why.LANGUAGE, sum(fit.outcome.level is None for fit in verdict.fits)


def _weak(rendition: Rendition) -> Iterator[Finding]:
    """Yield the profile for which none of its posts is more than good; a target may have none."""
    edition = rendition.edition
    if edition.mask and not edition.target and all(one.tier is not Tier.STRONG for one in edition.chosen):
        what = f"no post suits the profile `{rendition.name}` strongly"
        hint = f"`cmsite coverage -p {edition.profile.name}` shows what is missing"
        yield Finding(Entry(edition.profile.place.path, ("mask",)), what, hint, "no-strong-post")


def _unused_files(site: Site, renditions: Sequence[Rendition]) -> Iterator[Finding]:
    """Yield the files that no edition publishes and no text that is still to come names."""
    used = {output.source for each in renditions for output in each.outputs}
    waiting = " ".join(unquote(words) for text in site.texts() for words in _words(text))
    for file in site.files:
        if f"content/{file.path}" not in used and file.path.rpartition("/")[2] not in waiting:
            what = "nothing refers to this file: it is published in no edition"
            hint = "refer to it from a text, move it to content/static/, or delete it"
            yield Finding(Place(f"content/{file.path}"), what, hint, "unused-file")


def _words(text: Post) -> Iterator[str]:
    """Yield where a text may name a file: its bodies, its images, its calls to action."""
    own: tuple[Post | Variant, ...] = (text, *text.variants)
    for each in own:
        yield from (each.body.text if each.body else "", each.image or "")
        yield each.call_to_action.url if each.call_to_action else ""
