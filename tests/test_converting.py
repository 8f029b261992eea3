"""Each distinct text is converted once, remembered, and stopped when it takes too much."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from cmsite import spawning
from cmsite.cache import Cache
from cmsite.converting import Workshop
from cmsite.craft.bounds import OutOfBounds, bounded
from cmsite.crew import spread
from cmsite.errors import MachineError, ProblemsFound
from cmsite.model import Language, RawHtml
from cmsite.shape.engine import MarkupError
from cmsite.shape.markup import Converted, Source
from site_folder import SiteFolder

POSTS = {f"p{index}": f"Texte **{index}**.\n\n## Partie {index}\n" for index in range(6)}


def source(text: str) -> Source:
    return Source(text, Language("fr"), RawHtml.SANITISED)


def workshop(file: Path, **fields: object) -> Workshop:
    made = Workshop("markdown", (), "maker", Cache(file, writable=True))
    for name, value in fields.items():
        setattr(made, name, value)
    return made


@pytest.fixture
def site_of_six(site: SiteFolder) -> SiteFolder:
    for slug, text in POSTS.items():
        site.post(slug, body=text)
    return site


def test_a_text_is_remembered_from_run_to_run(tmp_path: Path) -> None:
    texts = [source(text) for text in POSTS.values()]
    first, second = workshop(tmp_path / "c"), workshop(tmp_path / "c")
    made = first.convert_all(texts)
    assert first.converted == len(texts)
    assert second.convert_all(texts) == made
    assert second.converted == 0


@pytest.mark.parametrize(
    "other", [{"maker": "another program"}, {"extensions": ("extra",)}, {"engine": "commonmark"}]
)
def test_what_makes_other_html_remembers_for_itself(tmp_path: Path, other: dict[str, object]) -> None:
    workshop(tmp_path / "c").convert_all([source("a")])
    again = workshop(tmp_path / "c", **({"maker": "x"} | other if "engine" in other else other))
    again.convert_all([source("a")])
    assert again.converted == 1


def test_several_processes_make_what_one_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [source(f"Texte {index}, *oui*.") for index in range(100)] + [source("> " * 3000 + "a")]
    alone = workshop(tmp_path / "a", jobs=1).convert_all(texts)
    monkeypatch.setattr("cmsite.converting._WORTH_SHARING", {"markdown": 0})
    together = workshop(tmp_path / "b", jobs=2).convert_all(texts)
    assert [told(one) for one in together] == [told(one) for one in alone]
    assert isinstance(together[-1], MarkupError)


def told(one: Converted | MarkupError) -> object:
    return one.what if isinstance(one, MarkupError) else one


def test_a_second_build_converts_nothing_and_an_edit_converts_one(site_of_six: SiteFolder) -> None:
    assert site_of_six.build().converted == 6
    assert site_of_six.build().converted == 0
    assert site_of_six.post("p3", body="Un autre texte.").build().converted == 1


def test_a_fresh_checkout_with_its_cache_converts_nothing(site_of_six: SiteFolder) -> None:
    site_of_six.build()
    shutil.rmtree(site_of_six.root / "public")
    for file in site_of_six.root.rglob("*.md"):
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(data)
        os.utime(file, (1_900_000_000, 1_900_000_000))
    built = site_of_six.build()
    assert (built.converted, built.kept) == (0, 0)


def test_another_profile_of_the_same_posts_converts_nothing(site_of_six: SiteFolder) -> None:
    site_of_six.write("profiles/jeu.yml", "headline: Community manager\nmask: {niche: jeu-video}\n")
    site_of_six.write("cmsite.yml", (site_of_six.root / "cmsite.yml").read_text() + "profile: sante\n")
    site_of_six.build()
    assert site_of_six.build(profile="jeu").converted == 0


def test_clean_converts_everything_anew(site_of_six: SiteFolder) -> None:
    site_of_six.build()
    assert site_of_six.build(clean=True).converted == 6


def test_a_damaged_cache_costs_a_sentence_and_no_page(site_of_six: SiteFolder) -> None:
    site_of_six.build()
    before = site_of_six.outputs()
    site_of_six.write(".cmsite/cache.sqlite", b"\0" * 5000)
    built = site_of_six.build()
    assert (built.converted, [one.code for one in built.warnings]) == (6, ["cache"])
    assert site_of_six.outputs() == before
    assert site_of_six.build().warnings == ()


def work_for_ever() -> None:
    while True:
        pass


def test_work_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(OutOfBounds, match="longer than"), bounded(seconds=0.05):
        work_for_ever()


def test_work_that_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(OutOfBounds, match="of memory"), bounded(memory=50_000_000):
        bytearray(200_000_000)
    assert len(bytearray(200_000_000)) == 200_000_000


def test_one_text_without_end_is_named_and_the_others_go_on(
    site_of_six: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cmsite.craft.bounds.SECONDS", 0.2)
    monkeypatch.setattr("cmsite.converting._GROWTH", 1)
    monkeypatch.setattr("cmsite.converting._ALLOWED", 100)
    site_of_six.post("p1", body="[" * 4000).post("p2", body="|a" * 60 + "|\n" + "|-" * 60 + "|\n")
    with pytest.raises(ProblemsFound) as told:
        site_of_six.build()
    found = [(one.place.path, one.what) for one in told.value.problems]
    assert [path for path, _ in found] == ["content/posts/p1.md", "content/posts/p2.md"]
    assert "longer than 0.2 seconds" in found[0][1]
    assert "KB of HTML" in found[1][1]


THIS = os.getpid()


def double(one: int) -> int:
    return 2 * one


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such work is not shared")
def test_a_process_that_is_ended_from_outside_is_told_in_a_sentence() -> None:
    with pytest.raises(MachineError, match="ended from outside"):
        list(spread(fall, list(range(100)), jobs=2, at_once=7))


def fall(one: int) -> int:
    """End the process that works along; this one waits for that before it is done with anything."""
    if os.getpid() != THIS:
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    return one


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such work is not shared")
@pytest.mark.parametrize("here", [True, False])
def test_what_the_work_raises_is_raised_wherever_it_was_done(here: bool) -> None:
    def stumble(one: int) -> int:
        if (os.getpid() == THIS) is here:
            raise LookupError(one)
        if here:
            signal.pause()  # this one is to have its turn, and ends the other then
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)  # the other is to have its turn
        return one

    with pytest.raises(LookupError):
        list(spread(stumble, list(range(100)), jobs=2, at_once=7))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such work is not shared")
def test_large_results_and_many_portions_come_back_whole() -> None:
    items = list(range(300))
    assert list(spread(lambda one: str(one) * 50_000, items, jobs=4, at_once=1)) == [
        str(one) * 50_000 for one in items
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such work is not shared")
def test_whoever_loses_interest_leaves_no_process() -> None:
    results = spread(lambda one: one, list(range(100)), jobs=3, at_once=2)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_processes_that_are_begun_anew_give_the_same() -> None:
    portions = spawning.together(double, list(range(20)), jobs=2, at_once=3)
    assert [each for portion in portions for each in portion] == [2 * one for one in range(20)]


def test_results_come_in_the_order_of_the_items() -> None:
    items = list(range(100))
    assert list(spread(lambda one: one * one, items, jobs=3, at_once=7)) == [one * one for one in items]
    assert list(spread(lambda one: one * one, items, jobs=1, at_once=7)) == [one * one for one in items]
    assert list(spread(str, [], jobs=2, at_once=7)) == []


def test_a_text_that_is_too_large_is_not_read(site_of_six: SiteFolder) -> None:
    site_of_six.write("cmsite.yml", (site_of_six.root / "cmsite.yml").read_text() + "markdown: {max_kb: 4}\n")
    site_of_six.post("p1", body="a" * 4000).build()
    with pytest.raises(ProblemsFound) as told:
        site_of_six.post("p1", body="a" * 5000).build()
    assert [(one.place.path, one.code) for one in told.value.problems] == [
        ("content/posts/p1.md", "too-large")
    ]
