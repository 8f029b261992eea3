"""An author's file is read again for the place of a value in it."""

from __future__ import annotations

from cmsite.read.trees import read_tree
from site_folder import SiteFolder


def test_a_front_matter_and_a_yaml_file_tell_the_lines_of_the_whole_file(site: SiteFolder) -> None:
    site.post("a", "aliases: [/x/, /y/]")
    head = read_tree(site.root, "content/posts/a.md")
    assert str(head.place(("aliases", 1))) == "content/posts/a.md:4:16"
    assert str(read_tree(site.root, "mask.yml").place(("niche", "jeu-video", ""))) == "mask.yml:3:3"


def test_a_file_that_is_not_there_holds_nothing(site: SiteFolder) -> None:
    assert read_tree(site.delete("mask.yml").root, "mask.yml").value == {}
