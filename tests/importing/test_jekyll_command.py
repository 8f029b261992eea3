"""`cmsite import jekyll DIR` as a person and as a script use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cmsite.cli import cmsite
from cmsite.errors import UsageError
from importing.jekyll_blog import JekyllBlog


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cmsite, ["import", "jekyll", *map(str, words)])


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> JekyllBlog:
    blog = (
        JekyllBlog(tmp_path)
        .config("title: Carnet")
        .post("2016-01-01-a", "{% cloudinary /x.png %}\n{% mystery %}")
    )
    monkeypatch.chdir(blog.site)
    return blog


def test_the_report_counts_and_ends_with_what_needs_a_hand(blog: JekyllBlog) -> None:
    result = run(blog.folder)
    told = result.stderr
    assert (result.exit_code, result.stdout) == (0, "")
    assert told.startswith("1 post, 0 drafts, 0 pages, 0 pictures: 2 written, 0 unchanged, 0 kept\n")
    assert told.index("changed on the way") < told.index("needs a hand")
    assert "_posts/2016-01-01-a.md:5: Liquid is left as it stands: {% mystery %}" in told


def test_what_was_kept_is_named(blog: JekyllBlog) -> None:
    blog.settle("content/posts/2016-01-01-a.md", "mine")
    assert "kept content/posts/2016-01-01-a.md" in run(blog.folder).stderr


def test_json_is_alone_on_standard_output(blog: JekyllBlog) -> None:
    result = run(blog.folder, "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert report["counts"] == {
        "posts": 1, "drafts": 0, "pages": 0, "pictures": 0, "written": 2, "unchanged": 0, "kept": 0,
    }  # fmt: skip
    assert report["written"] == ["cmsite.yml", "content/posts/2016-01-01-a.md"]
    assert {"path", "line", "what", "hint", "needs_hand"} == set(report["notes"][0])


def test_the_site_is_the_nearest_one_upwards(blog: JekyllBlog, monkeypatch: pytest.MonkeyPatch) -> None:
    blog.settle("cmsite.yml", "title: Mine\n").settle("content/posts/deep/x.txt", "")
    monkeypatch.chdir(blog.site / "content/posts/deep")
    run(blog.folder)
    assert blog.posts() == ["2016-01-01-a.md", "deep/x.txt"]


def test_the_site_can_be_named(blog: JekyllBlog, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        cmsite, ["--site", str(tmp_path / "third"), "import", "jekyll", str(blog.folder)]
    )
    assert result.exit_code == 0
    assert (tmp_path / "third/cmsite.yml").is_file()
    assert blog.files() == {}


def test_a_folder_that_is_no_blog_is_a_usage_error(blog: JekyllBlog) -> None:
    error = run(blog.site).exception
    assert isinstance(error, UsageError)
    assert error.code == 2
