"""What becomes of a link that is followed on a static host, under a base path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsite.model import Settings
from cmsite.shape.report.host import Fate, Host
from cmsite.shape.routes import output_path, routing, served_path

FILES = frozenset(
    [
        "index.html",
        "blog/index.html",
        "404.html",
        "feed.xml",
        "files/été 1.pdf",
        "a/b/index.html",
        "v1.2/index.html",
    ]
)
IDS = {
    "index.html": frozenset({"un", "été"}),
    "blog/index.html": frozenset({"deux"}),
    "404.html": frozenset[str](),
}
AT = "https://example.org/carnet/a/b/"


def host(
    url: str = "https://example.org/carnet/",
    *,
    at_root: bool = False,
    neighbours: dict[str, list[str]] | None = None,
) -> Host:
    beside = {folder: frozenset(files) for folder, files in (neighbours or {}).items()}
    return Host(routing(Settings(url=url)), FILES, IDS, beside, at_root)


def fate(link: str, at: str = AT) -> Fate:
    return host().follow(link, at=at).fate


@pytest.mark.parametrize(
    "link",
    [
        "/carnet/", "/carnet", "/carnet/blog/", "/carnet/blog", "/carnet/blog/index.html", "/carnet/feed.xml",
        "../../blog/", "../b/", "./", "", "?a=b", "#", "#top", "#TOP", "#:~:text=mots", "/carnet/#un",
        "/carnet/#%C3%A9t%C3%A9", "/carnet/#été", "/carnet/blog/#deux:~:text=mots", "/carnet/v1.2/",
        "/carnet/files/%C3%A9t%C3%A9%201.pdf", "/carnet/files/été 1.pdf#page=2", "//example.org/carnet/",
        "https://EXAMPLE.org/carnet/blog/?a=b#deux", "/carnet/x/../blog/", "/carnet/feed.xml#x",
        "/carnet/a/b/#x",
    ],
)  # fmt: skip
def test_a_link_arrives(link: str) -> None:
    assert fate(link) is Fate.ARRIVES


@pytest.mark.parametrize(
    "link",
    [
        "https://example.net/carnet/", "http://example.org/carnet/perdu", "//example.net/",
        "mailto:a@example.org",
        "tel:+33", "data:text/plain,x", "https://example.org/", "https://example.org/carnets/",
        "javascript:x", "https://example.org:8443/carnet/perdu",
    ],
)  # fmt: skip
def test_a_link_leaves(link: str) -> None:
    assert fate(link) is Fate.LEAVES


@pytest.mark.parametrize(
    ("link", "expected", "path"),
    [
        ("/carnet/perdu/", Fate.NO_FILE, "/perdu/"),
        ("/carnet/Blog/", Fate.NO_FILE, "/Blog/"),
        ("/carnet/feed.xml/", Fate.NO_FILE, "/feed.xml/"),
        ("/carnet/404", Fate.NO_FILE, "/404"),
        ("/carnet/caf%C3%A9/?a#b", Fate.NO_FILE, "/café/"),
        ("https://example.org/carnet/perdu", Fate.NO_FILE, "/perdu"),
        ("perdu/", Fate.NO_FILE, "/a/b/perdu/"),
        ("/blog/", Fate.OUTSIDE, "/blog/"),
        ("/carnets/", Fate.OUTSIDE, "/carnets/"),
        ("../../../blog/", Fate.OUTSIDE, "/blog/"),
        ("/carnet/#perdu", Fate.NO_ANCHOR, "/"),
        ("/carnet/blog#un", Fate.NO_ANCHOR, "/blog"),
        ("http://[::1", Fate.NO_ADDRESS, ""),
        ("https://example.org:port/", Fate.NO_ADDRESS, ""),
    ],
)
def test_a_link_is_broken_in_one_of_four_ways(link: str, expected: Fate, path: str) -> None:
    arrival = host().follow(link, at=AT)
    assert (arrival.fate, arrival.path) == (expected, path)


def test_an_anchor_is_told_as_it_reads() -> None:
    assert host().follow("/carnet/#perdu%C3%A9:~:text=x", at=AT).anchor == "perdué"


@pytest.mark.parametrize(
    "url", ["https://example.org/", "https://example.org/mes notes/", "http://localhost:8000/"]
)
def test_a_base_of_any_form_is_honoured(url: str) -> None:
    here = host(url)
    assert here.follow(here.routing.link("/blog/"), at=here.address("index.html")).fate is Fate.ARRIVES
    assert here.follow(here.routing.link("/perdu/"), at=here.address("index.html")).fate is Fate.NO_FILE


def test_the_editions_published_beside_can_be_reached() -> None:
    beside = {"jeu": ["index.html", "x/index.html"], "": ["lead/index.html"]}
    from_lead, from_other = host(at_root=True, neighbours=beside), host(neighbours=beside)
    for link in ("/carnet/jeu/", "/carnet/jeu/x/", "/carnet/lead/"):
        assert from_lead.follow(link, at=AT).fate is Fate.LEAVES
        assert from_other.follow(link, at=AT).fate is Fate.NO_FILE
        assert from_other.follow(f"https://example.org{link}", at=AT).fate is Fate.LEAVES
    assert from_lead.follow("/carnet/jeu/y/", at=AT).fate is Fate.NO_FILE


@given(
    st.text(max_size=30),
    st.sampled_from(["", "/carnet/", "#", "?", "https://example.org/", "//", "http://["]),
)
def test_any_link_has_a_fate(text: str, start: str) -> None:
    assert host().follow(f"{start}{text}", at=AT).fate in Fate


@given(st.sampled_from(sorted(FILES)))
def test_every_file_is_served_at_its_own_address(file: str) -> None:
    arrival = host().follow(host().address(file), at=AT)
    assert arrival.fate is Fate.ARRIVES
    assert host().serves(arrival.path) == file
    assert output_path(served_path(file)) == file
