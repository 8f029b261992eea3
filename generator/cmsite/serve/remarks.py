"""Say of a page why it stands in an edition or not, and what of it a condition has brought in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from cmsite.editions import workshop
from cmsite.model import Post
from cmsite.serve.edition import Built
from cmsite.shape.drafts import pending
from cmsite.shape.markup import Converted, Source
from cmsite.shape.masks import Tier
from cmsite.shape.personalise import Chosen, LeftOut
from cmsite.shape.report.conditions import Passage, passages
from cmsite.shape.report.explain import reasons
from cmsite.shape.texts import told_by_condition


class Remarks(Struct, frozen=True):
    """What the bar says of a page.

    `source` is the author's file, "" for a page that is made of several; `tier` is "" for what is no post or
    stands out of the edition, which `out` says; `pending` is why the public cannot see it yet; `tiers`
    counts the posts of the edition. `html` is the text that `passages` are places in, as the page has it;
    each passage goes with its condition.
    """

    source: str = ""
    tier: str = ""
    out: bool = False
    reasons: tuple[str, ...] = ()
    pending: str = ""
    tiers: tuple[tuple[str, int], ...] = ()
    html: str = ""
    passages: tuple[tuple[Passage, str], ...] = ()


def remark(built: Built, address: str, now: datetime) -> Remarks:
    """Return what is to be said of the page at an address of an edition."""
    if chosen := built.text_at(address):
        return _of_text(built, chosen, now)
    if address in built.files:
        return Remarks(tiers=tuple(_tiers(built)))
    post = built.elsewhere.get(address)
    left_out = next((one for one in built.edition.left_out if post and one.post.slug == post.slug), None)
    if left_out:
        told = tuple(reasons(built.reading.site, built.edition.profile, _as_written(left_out, built)))
        return Remarks(source=left_out.post.source, out=True, reasons=told)
    return Remarks(out=True, reasons=("this edition has no page at this address",))


def _of_text(built: Built, chosen: Chosen, now: datetime) -> Remarks:
    written = _written(built, chosen.post)
    return Remarks(
        source=chosen.wording.body.place.path,
        tier=chosen.tier.value,
        reasons=tuple(reasons(built.reading.site, built.edition.profile, chosen)),
        pending=pending(written, now),
        html=built.prepared.texts.by_slug(chosen.slug).html,
        passages=tuple(_passages(built, chosen)),
    )


def _as_written(left_out: LeftOut, built: Built) -> LeftOut:
    return LeftOut(_written(built, left_out.post), left_out.why, left_out.fits)


def _written(built: Built, post: Post) -> Post:
    """Return a post as its file says it: as a draft, if it is one."""
    return next(one for one in built.site.texts() if one.slug == post.slug)


def _tiers(built: Built) -> Iterator[tuple[str, int]]:
    for tier in (Tier.STRONG, Tier.GOOD, Tier.GENERAL):
        if count := sum(one.tier is tier for one in built.edition.chosen):
            yield tier.value, count


def _passages(built: Built, chosen: Chosen) -> Iterator[tuple[Passage, str]]:
    """Yield what each condition of a text brings into its page, with the condition as it is written."""
    post, body = chosen.post, chosen.wording.body
    told, without = told_by_condition(chosen, built.edition)
    if not without:
        return
    texts = workshop(built.reading, jobs=1)
    sources = [
        Source(each, post.language, post.raw_html) for each in (told, *(other for _, other in without))
    ]
    first, *others = texts.convert_all(sources)
    if isinstance(first, Converted):
        pairs = zip((line for line, _ in without), others, strict=True)
        read = [(line, other.html) for line, other in pairs if isinstance(other, Converted)]
        lines = body.text.split("\n")
        for passage in passages(first.html, read):
            yield passage, lines[passage.line - body.place.line].strip()
