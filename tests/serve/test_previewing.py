"""Look at a site while it changes: editions, faults, drafts, conditions, and what is loaded anew."""

from __future__ import annotations

from threading import Event

from cmsite.build import build_site
from cmsite.editions import Request
from cmsite.serve.page import dress
from cmsite.serve.remarks import Remarks
from cmsite.serve.watch import watching
from serve.browser import PATIENCE, Browser, browsing
from site_folder import NOW, SiteFolder

POST = "/carnet/2026/03/patients/"


def switched(browser: Browser, key: str, at: str = "/carnet/") -> str:
    """Choose an edition, and return the cookie that keeps the choice."""
    got = browser.get(f"/__cmsite__/show?edition={key}&at={at}")
    assert (got.status, got.headers["Location"]) == (303, at)
    return got.headers["Set-Cookie"].partition(";")[0]


def test_a_page_says_how_it_fits_and_why(browser: Browser) -> None:
    page = browser.get(POST).text
    assert '<span class="tier strong">' in page or '<span class="tier good">' in page
    assert "niche: the post is for `e-sante`, the very term of the profile" in page


def test_another_edition_shows_the_same_address_or_says_why_not(browser: Browser) -> None:
    cookie = switched(browser, "jeu", POST)
    got = browser.get(POST, cookie=cookie)
    assert got.status == 404
    assert "Not in this edition" in got.text
    assert "niche: the post is for `e-sante`, and the profile is `jeu-video`" in got.text
    assert browser.get("/carnet/2026/03/joueurs/", cookie=cookie).status == 200
    assert browser.get("/carnet/2026/03/joueurs/").status == 404


def test_the_choice_is_kept_for_the_session_and_from_scripts(browser: Browser) -> None:
    got = browser.get("/__cmsite__/show?edition=jeu&at=/carnet/")
    kept = got.headers["Set-Cookie"]
    assert "HttpOnly" in kept
    assert "Expires" not in kept
    assert "Max-Age" not in kept


def test_a_choice_leads_nowhere_else(browser: Browser) -> None:
    for at in ("//evil.example/", "/%5Cevil.example/", "https://evil.example/", "%0d%0aX-Evil:1"):
        place = browser.get(f"/__cmsite__/show?edition=jeu&at={at}").headers["Location"]
        assert place.startswith("/")
        assert not place.startswith(("//", "/\\"))
    assert browser.get("/__cmsite__/show?edition=nobody&at=/carnet/").status == 404


def test_a_private_target_is_shown_to_its_author(browser: Browser) -> None:
    cookie = switched(browser, "sante/clinique")
    got = browser.get("/carnet/for/clinique/", cookie=cookie)
    assert (got.status, "Clinique Exemple" in got.text) == (200, True)


def test_a_change_is_told_to_the_pages_of_the_edition(browser: Browser, two: SiteFolder) -> None:
    assert browser.get(POST).status == 200
    with browser.listening("sante") as versions:
        before = next(versions)
        assert f'data-cmsite-version="{before}"' in browser.get(POST).text
        two.post("patients", "mask: {niche: e-sante}", "Un autre texte.")
        browser.preview.announce_change()
        after = next(versions)
    assert after != before
    page = browser.get(POST).text
    assert f'data-cmsite-version="{after}"' in page
    assert "Un autre texte." in page


def test_a_save_that_changes_nothing_loads_nothing_anew(browser: Browser, two: SiteFolder) -> None:
    with browser.listening("sante") as versions:
        before = next(versions)
        two.write("content/posts/joueurs.md", (two.root / "content/posts/joueurs.md").read_bytes())
        browser.preview.announce_change()
        assert f'data-cmsite-version="{before}"' in browser.get(POST).text


def test_a_fault_lies_over_every_page_while_the_last_good_site_stays(
    browser: Browser, two: SiteFolder
) -> None:
    assert "cmsite-fault" not in browser.get(POST).text
    with browser.listening("sante") as versions:
        next(versions)
        two.post("patients", "titel: x\nmask: {niche: e-santé}")
        browser.preview.announce_change()
        broken = next(versions)
        for path in (POST, "/carnet/", "/carnet/blog/", "/carnet/nowhere/"):
            page = browser.get(path).text
            assert 'id="cmsite-fault"' in page
            assert "content/posts/patients.md:4:1" in page
            assert "did you mean `title`?" in page
            assert "<i>^</i>" in page
        assert "Un texte." in browser.get(POST).text
        two.post("patients", "mask: {niche: e-sante}", "Remis.")
        browser.preview.announce_change()
        assert next(versions) != broken
    page = browser.get(POST).text
    assert "cmsite-fault" not in page
    assert "Remis." in page


def test_a_site_that_has_never_been_whole_shows_its_faults_and_then_itself(two: SiteFolder) -> None:
    two.write("cmsite.yml", "titre: x\n")
    with browsing(two) as browser:
        got = browser.get("/")
        assert got.status == 500
        assert "cmsite.yml:1:1" in got.text
        with browser.listening("") as versions:
            next(versions)
            two.write(
                "cmsite.yml", "url: https://example.org/carnet/\nlanguage: fr\nprofile: jeu\nsearch: false\n"
            )
            browser.preview.announce_change()
            next(versions)
        assert browser.get("/carnet/").status == 200


def test_what_an_author_wrote_is_not_markup_in_a_fault(browser: Browser, two: SiteFolder) -> None:
    two.post("patients", "<script>alert(1)</script>: x")
    browser.preview.refresh()
    browser.preview.show(None)
    assert "<script>alert" not in browser.get("/carnet/").text


def test_the_passages_of_a_condition_are_outlined(browser: Browser, two: SiteFolder) -> None:
    body = (
        "Toujours.\n\n{% if mask.niche.matches('e-sante') %}\n- Un\n- Deux\n{% endif %}\n\n"
        "{% if mask.niche.matches('jeu-video') %}\nJamais.\n{% endif %}\n\nEncore."
    )
    two.post("patients", "mask: {niche: e-sante}", body)
    page = browser.get(POST).text
    assert page.count("data-cmsite-if=") == 2
    assert "<p>Toujours.</p>" in page
    assert "<p>Encore.</p>" in page
    assert "Jamais" not in page
    assert "line 9" in page
    assert "1 <span" in page


def test_drafts_and_posts_to_come_are_shown_when_asked_for_and_marked(two: SiteFolder) -> None:
    two.post("brouillon", "draft: true", date="").post("demain", date="2026-07-01")
    two.post("perime", "expires: 2026-04-01")
    with browsing(two) as browser:
        blog = browser.get("/carnet/blog/").text
        assert "Titre de brouillon" not in blog
        assert "Titre de demain" not in blog
        assert "to come" in browser.get("/carnet/2026/07/demain/").text
    with browsing(two, drafts=True) as browser:
        blog = browser.get("/carnet/blog/").text
        assert "Titre de brouillon" in blog
        assert "Titre de perime" not in blog
        assert "drafts shown" in blog
        assert ">a draft<" in browser.get("/carnet/2026/06/brouillon/").text
        assert ">to come on 2026-07-01" in browser.get("/carnet/2026/07/demain/").text


def test_nothing_of_a_preview_is_in_an_output(two: SiteFolder) -> None:
    two.post("brouillon", "draft: true")
    two.build()
    before = two.outputs()
    with browsing(two, drafts=True) as browser:
        for path in ("/carnet/", POST, "/carnet/blog/"):
            assert browser.get(path).status == 200
        browser.get("/carnet/", cookie=switched(browser, "sante/clinique"))
    assert two.outputs() == before
    assert two.build().rendered == 0
    build_site(two.root, Request(now=NOW, clean=True))
    assert two.outputs() == before
    for mark in (b"cmsite-preview", b"__cmsite__", b"data-cmsite", b"brouillon", b"localhost"):
        assert mark not in two.everything()
    assert not (two.root / "private").exists()


def test_a_policy_lets_the_preview_in_and_is_otherwise_as_strict() -> None:
    policy = "default-src 'none'; script-src 'self' https://giscus.app; img-src data:"
    page = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}"></head><body></body>'
    dressed = dress(page, bar="", remarks=Remarks(), key="k", version="v")
    assert "default-src 'none'; script-src 'self' https://giscus.app; img-src data:" in dressed
    assert "connect-src 'self'" in dressed
    assert "style-src 'self'" in dressed
    assert "unsafe" not in dressed


def test_an_edited_file_is_noticed(two: SiteFolder) -> None:
    noticed = Event()
    with watching(two.root, noticed.set):
        while not noticed.wait(0.1):
            two.post("patients", "mask: {niche: e-sante}", "Un mot de plus.")
    assert noticed.is_set()


def test_search_is_brought_up_to_date_when_all_is_quiet(two: SiteFolder) -> None:
    config = (two.root / "cmsite.yml").read_text(encoding="utf-8")
    two.write("cmsite.yml", config.replace("search: false\n", ""))
    with browsing(two) as browser:
        browser.get(POST)
        two.post("patients", "mask: {niche: e-sante}", "Un pangolin.")
        with browser.listening("sante") as versions:
            next(versions)
            browser.preview.announce_change()
            version = next(versions)
        state = browser.preview.ask(browser.preview.find("")).result(PATIENCE)
        assert state.version == version
    browser.preview.settle()
    settled = browser.preview.ask(browser.preview.find("")).result(PATIENCE)
    assert settled.built is not None
    assert settled.built.indexed
    assert settled.version == version
