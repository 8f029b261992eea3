"""Tell what can be searched for in an edition: its own posts and pages, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from cmsite.model import POINTS, SearchRecord
from cmsite.shape.cards import Desk, label_of, summary_of, title_of
from cmsite.shape.markup import plain_text
from cmsite.shape.personalise import Chosen
from cmsite.shape.routes import output_path
from cmsite.shape.views import FilterView


def search_records(desk: Desk) -> tuple[SearchRecord, ...]:
    """Return every post and page of the edition as it can be found, in the order of their files."""
    desk.texts.tell_all()
    texts = (*desk.edition.chosen, *desk.edition.pages)
    return tuple(sorted((_record(desk, one) for one in texts), key=lambda record: record.path))


def filter_views(desk: Desk) -> tuple[FilterView, ...]:
    """Return the points by which results can be narrowed, each with the terms that the posts state."""
    found = []
    for point in POINTS:
        terms = {term for one in desk.edition.chosen for term in one.post.mask[point]}
        if labels := sorted({label_of(desk.edition, point, term) for term in terms}):
            found.append(FilterView(point.value, tuple(labels)))
    return tuple(found)


def _record(desk: Desk, chosen: Chosen) -> SearchRecord:
    post, text = chosen.post, desk.text(chosen)
    return SearchRecord(
        path=output_path(desk.path(chosen)),
        title=title_of(chosen),
        text=plain_text(text.html),
        summary=summary_of(desk, chosen),
        date=post.date.isoformat() if post.date else "",
        language=post.language,
        filters=tuple(_filters(desk, chosen)),
    )


def _filters(desk: Desk, chosen: Chosen) -> Iterable[tuple[str, tuple[str, ...]]]:
    for point, terms in chosen.post.mask.stated():
        yield point.value, tuple(label_of(desk.edition, point, term) for term in terms)
