"""Search: an index of the edition's own pages, made once, and nothing at all without the extra."""

from __future__ import annotations

import gzip
import zlib
from importlib.metadata import PackageNotFoundError

import pytest

from cmsite.craft import search
from site_folder import SiteFolder


@pytest.fixture
def searchable(site: SiteFolder) -> SiteFolder:
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    site.write("cmsite.yml", config.replace("search: false\ncards: false\n", ""))
    site.post("ecouter", "title: Écouter d'abord\nmask: {niche: e-sante}\n", "On écoute les patients.")
    return site.post("jouer", "mask: {niche: jeu-video}\n", "Un mot introuvable : zygomatique.")


def index(site: SiteFolder) -> dict[str, bytes]:
    return {path: data for path, data in site.outputs().items() if path.startswith("pagefind/")}


def unpacked(data: bytes) -> bytes:
    try:
        return data + gzip.decompress(data)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        return data


def test_the_search_page_alone_loads_the_search_and_may_run_it(searchable: SiteFolder) -> None:
    searchable.build()
    page, home = searchable.read("search/index.html"), searchable.read("index.html")
    assert "'wasm-unsafe-eval'" in page
    assert 'data-bundle="/carnet/pagefind/pagefind.js"' in page
    assert "<option>e-santé</option>" in page
    assert "jeu vidéo" not in page
    assert "/assets/search." in page
    assert 'href="/carnet/search/"' in home
    assert "wasm" not in home
    assert "/assets/search." not in home


def test_the_index_holds_the_editions_own_pages_and_nothing_left_out(searchable: SiteFolder) -> None:
    searchable.build()
    words = b"\n".join(unpacked(data) for data in index(searchable).values())
    assert "On écoute les patients.".encode() in words
    assert b"/2026/03/ecouter/" in words
    for left_out in (b"zygomatique", b"introuvable", b"jouer"):
        assert left_out not in words


def test_an_index_is_made_once_and_is_the_same_each_time(searchable: SiteFolder) -> None:
    searchable.build()
    before = index(searchable)
    assert searchable.build().rendered == 0
    searchable.delete(".cmsite").build(clean=True)
    assert index(searchable) == before


def test_a_damaged_memory_costs_a_new_index_and_nothing_else(searchable: SiteFolder) -> None:
    searchable.build()
    before = searchable.outputs()
    for file in sorted((searchable.root / ".cmsite/search").glob("*"))[::3]:
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    searchable.build(clean=True)
    assert searchable.outputs() == before


def test_an_edited_post_changes_the_index(searchable: SiteFolder) -> None:
    searchable.build()
    searchable.post("ecouter", "mask: {niche: e-sante}\n", "On hésite parfois.").build()
    words = b"\n".join(unpacked(data) for data in index(searchable).values())
    assert "On hésite parfois.".encode() in words
    assert "écoute les patients".encode() not in words


def test_without_the_extra_there_is_neither_the_page_nor_a_link_to_it(
    searchable: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(search, "version", version)
    search.search_maker.cache_clear()
    searchable.build()
    search.search_maker.cache_clear()
    assert not any("search" in path or "pagefind" in path for path in searchable.outputs())
    assert b"/search/" not in searchable.everything()
