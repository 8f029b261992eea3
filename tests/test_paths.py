"""An author's path is told from content/, and what leads out of it names no file of the site."""

from __future__ import annotations

import pytest

from cmsite.paths import from_content


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("files/x.jpg", "files/x.jpg"),
        ("/files/x.jpg", "files/x.jpg"),
        ("../files/x.jpg", "files/x.jpg"),
        ("./x.jpg", "posts/x.jpg"),
        ("../posts/./b.md", "posts/b.md"),
        ("../../files/x.jpg", "../files/x.jpg"),
        ("../../../files/x.jpg", "../../files/x.jpg"),
    ],
)
def test_a_path_is_told_from_content(written: str, path: str) -> None:
    assert from_content(written, "content/posts/a.md") == path
