"""Every path and address of an edition, below whatever base it stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from builders import post
from cmsite.model import Kind, Point, Routes, Settings, Slug, Term
from cmsite.shape.routes import (
    Routing,
    keep_quoted,
    output_path,
    own_domain,
    redirect_path,
    routing,
    served_path,
)

CARNET = routing(Settings(url="https://example.org/carnet/"))


def permalink(pattern: str, category: str) -> str:
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    return routing(Settings(permalink=pattern)).post(post("ecouter", date=late, category=category))


@pytest.mark.parametrize(
    ("url", "origin", "base"),
    [
        ("https://example.org", "https://example.org", "/"),
        ("https://example.org/", "https://example.org", "/"),
        ("https://example.org/carnet", "https://example.org", "/carnet/"),
        ("https://example.org/a/b/", "https://example.org", "/a/b/"),
        ("http://localhost:8000/", "http://localhost:8000", "/"),
    ],
)
def test_a_site_may_stand_at_the_root_or_below(url: str, origin: str, base: str) -> None:
    made = routing(Settings(url=url))
    assert (made.origin, made.base) == (origin, base)
    assert made.link("/feed.xml") == f"{base}feed.xml"
    assert made.absolute("/feed.xml") == f"{origin}{base}feed.xml"
    assert made.link(made.home()) == base


@pytest.mark.parametrize(
    ("pattern", "category", "path"),
    [
        ("{year}/{month}/{slug}/", "", "/2026/03/ecouter/"),
        ("{year}/{month}/{day}/{slug}/", "", "/2026/03/09/ecouter/"),
        ("{slug}", "", "/ecouter/"),
        ("{category}/{slug}/", "Méthode & outils", "/methode-outils/ecouter/"),
        ("{category}/{slug}/", "", "/ecouter/"),
        ("blog/{category}/{year}/{slug}/", "", "/blog/2026/ecouter/"),
    ],
)
def test_a_posts_path_follows_the_pattern(pattern: str, category: str, path: str) -> None:
    assert permalink(pattern, category) == path


def test_an_undated_page_stands_at_the_root() -> None:
    assert CARNET.post(post("contact", kind=Kind.PAGE, date=None)) == "/contact/"
    assert CARNET.page(Slug("contact")) == "/contact/"


def test_the_blogs_first_page_has_no_number() -> None:
    assert CARNET.blog() == "/blog/"
    assert [CARNET.blog(number) for number in (1, 2, 10)] == ["/blog/", "/blog/page/2/", "/blog/page/10/"]


def test_fixed_addresses_may_have_other_names() -> None:
    names = Routes(blog="journal", about="a-propos", tags="themes", topics="sujets", archive="archives")
    made = routing(Settings(routes=names))
    assert (made.blog(2), made.about(), made.index("tags")) == ("/journal/page/2/", "/a-propos/", "/themes/")
    assert made.member("tags", "Écoute") == "/themes/ecoute/"
    assert made.member("archive", "2026") == "/archives/2026/"
    assert made.topic(Point.NICHE, Term("e-sante")) == "/sujets/niche/e-sante/"


@pytest.mark.parametrize(
    ("word", "path"),
    [("C'est l'été", "/tags/c-est-l-ete/"), ("日本", "/tags/ri-ben/"), ("A/B", "/tags/a-b/")],
)
def test_a_words_path_is_plain(word: str, path: str) -> None:
    assert CARNET.member("tags", word) == path


def test_a_term_that_has_no_letters_keeps_a_page_of_its_own() -> None:
    assert CARNET.topic(Point.NICHE, Term("+")) == "/topics/niche/+/"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/files/été 1.jpg", "/carnet/files/%C3%A9t%C3%A9%201.jpg"),
        ("/files/100%.jpg", "/carnet/files/100%25.jpg"),
        ("/files/a?b#c.jpg", "/carnet/files/a%3Fb#c.jpg"),
        ("/a/b-c_d.e~f/", "/carnet/a/b-c_d.e~f/"),
        ('/a"b<c>/', "/carnet/a%22b%3Cc%3E/"),
    ],
)
def test_a_path_is_quoted(path: str, address: str) -> None:
    assert CARNET.link(path) == address
    assert address.isascii()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a/b?c=d&e=f#g", "a/b?c=d&e=f#g"),
        ("caf%C3%A9", "caf%C3%A9"),
        ("café", "caf%C3%A9"),
        ("100%", "100%25"),
        ("a%2Fb", "a%2Fb"),
        ("a b", "a%20b"),
        ('"<>', "%22%3C%3E"),
    ],
)
def test_what_an_author_has_quoted_is_not_quoted_twice(written: str, kept: str) -> None:
    assert keep_quoted(written) == kept
    assert keep_quoted(kept) == kept
    assert CARNET.link_written(f"/{written}") == f"/carnet/{kept}"


def test_a_base_that_needs_quoting_is_quoted_in_every_link() -> None:
    made = Routing("https://example.org", "/mes notes/", Routes(), "{slug}/")
    assert made.link("/a/") == made.link_written("/a/") == "/mes%20notes/a/"


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/a/b/", "a/b/index.html"),
        ("/v1.2/", "v1.2/index.html"),
        ("/404.html", "404.html"),
        ("/old/page.html", "old/page.html"),
        ("/feed.xml", "feed.xml"),
        ("/a/b", "a/b/index.html"),
    ],
)
def test_each_path_has_the_file_that_a_host_serves_there(path: str, file: str) -> None:
    assert output_path(path) == file


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("index.html", "/"),
        ("a/index.html", "/a/"),
        ("a/myindex.html", "/a/myindex.html"),
        ("a.xml", "/a.xml"),
    ],
)
def test_each_file_is_served_at_its_path(file: str, path: str) -> None:
    assert served_path(file) == path
    assert output_path(path) == file


@pytest.mark.parametrize(
    ("alias", "path"),
    [("a", "/a/"), ("/a/b/", "/a/b/"), ("/a.html", "/a.html"), ("a.htm/", "/a.htm"), ("/a.php", "/a.php/")],
)
def test_an_old_address_is_a_path_of_the_site(alias: str, path: str) -> None:
    assert redirect_path(alias) == path


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://camille.example", "camille.example"),
        ("https://WWW.Camille.Example/", "www.camille.example"),
        ("https://camille.example/carnet/", ""),
        ("https://camille.example:8443/", ""),
        ("https://camille.github.io/", ""),
        ("https://camille.gitlab.io/", ""),
        ("https://carnet.netlify.app/", ""),
        ("https://carnet.pages.dev/", ""),
        ("https://carnet.vercel.app/", ""),
        ("https://camille.codeberg.page/", ""),
        ("http://localhost:8000/", ""),
        ("http://carnet.localhost/", ""),
        ("http://127.0.0.1/", ""),
        ("http://[::1]/", ""),
        ("http://intranet/", ""),
    ],
)
def test_a_cname_is_only_for_a_domain_of_ones_own_at_its_root(url: str, domain: str) -> None:
    assert own_domain(Settings(url=url)) == domain
