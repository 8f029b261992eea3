"""`cmsite mask` tells a mask, compares two, and writes the picture where nothing can be lost."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from cmsite.cli.mask import command
from cmsite.errors import CmsiteError, Refused, UsageError
from site_folder import SiteFolder

_JEU = """\
headline: Community manager
mask: {niche: jeu-video, locality: [paris, lyon], scope: external}
"""


@pytest.fixture
def folder(site: SiteFolder) -> SiteFolder:
    """A site with two profiles, sante and jeu."""
    site.write("cmsite.yml", (site.root / "cmsite.yml").read_text() + "profile: sante\n")
    return site.write("profiles/jeu.yml", _JEU)


def run(folder: SiteFolder, *arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), obj=folder.root)


def error(folder: SiteFolder, *arguments: str) -> CmsiteError:
    result = run(folder, *arguments)
    assert isinstance(result.exception, CmsiteError), result.output
    assert result.stdout == ""
    return result.exception


def test_a_mask_is_told_in_six_lines(folder: SiteFolder) -> None:
    assert run(folder, "sante").stdout.splitlines() == [
        "Secteur\u00a0: e-santé",
        "Enjeu\u00a0: non précisé",
        "Service\u00a0: non précisé",
        "Territoire\u00a0: Paris",
        "Périmètre\u00a0: non précisé",
        "Présence\u00a0: non précisé",
    ]


def test_two_masks_are_told_apart_point_by_point(folder: SiteFolder) -> None:
    lines = run(folder, "sante", "jeu").stdout.splitlines()
    assert lines[0] == "Secteur\u00a0: e-santé (sante seulement)\u202f; jeu vidéo (jeu seulement)"
    assert lines[1] == "Enjeu\u00a0: non précisé"
    assert lines[3] == "Territoire\u00a0: Paris (en commun)\u202f; Lyon (jeu seulement)"


def test_json_holds_the_terms_and_labels_of_each_point(folder: SiteFolder) -> None:
    told = json.loads(run(folder, "sante", "--json").stdout)
    assert told["profile"] == "sante"
    assert [point["point"] for point in told["points"]][:2] == ["niche", "challenge"]
    assert told["points"][0]["terms"] == [{"term": "e-sante", "label": "e-santé"}]


def test_json_of_two_masks_holds_what_is_shared_and_what_is_not(folder: SiteFolder) -> None:
    told = json.loads(run(folder, "sante", "jeu", "--json").stdout)
    locality = told["points"][3]
    assert (told["a"], told["b"]) == ("sante", "jeu")
    assert [term["term"] for term in locality["shared"]] == ["paris"]
    assert locality["only_a"] == []
    assert [term["term"] for term in locality["only_b"]] == ["lyon"]


def test_a_mask_against_itself_has_nothing_of_its_own(folder: SiteFolder) -> None:
    told = json.loads(run(folder, "jeu", "jeu", "--json").stdout)
    assert all(point["only_a"] == point["only_b"] == [] for point in told["points"])


def test_an_unknown_profile_is_answered_with_the_nearest(folder: SiteFolder) -> None:
    for arguments in (("sant",), ("jeu", "sant")):
        refused = error(folder, *arguments)
        assert isinstance(refused, UsageError)
        assert refused.hint == "did you mean `sante`?"


def test_the_picture_goes_alone_to_standard_output(folder: SiteFolder) -> None:
    result = run(folder, "sante", "jeu", "--svg")
    assert ET.fromstring(result.stdout).attrib["role"] == "img"


def test_the_picture_is_written_to_a_file_and_written_again_with_the_same_bytes(
    folder: SiteFolder, tmp_path: Path
) -> None:
    file = tmp_path / "mask.svg"
    assert run(folder, "sante", "--svg", str(file)).stdout == ""
    first = file.read_bytes()
    run(folder, "sante", "--svg", str(file))
    assert file.read_bytes() == first == run(folder, "sante", "--svg").stdout_bytes


def test_writing_again_leaves_a_hard_link_to_the_old_picture_alone(
    folder: SiteFolder, tmp_path: Path
) -> None:
    file, kept = tmp_path / "mask.svg", tmp_path / "kept.svg"
    run(folder, "sante", "--svg", str(file))
    kept.hardlink_to(file)
    before = kept.read_bytes()
    run(folder, "jeu", "--svg", str(file))
    assert kept.read_bytes() == before != file.read_bytes()


@pytest.mark.parametrize(
    "path", ["public/mask.svg", "public/a/../mask.svg", "private/x/mask.svg", ".cmsite/mask.svg"]
)
def test_no_picture_is_written_where_a_build_writes(folder: SiteFolder, path: str) -> None:
    (folder.root / "public/a").mkdir(parents=True)
    assert isinstance(error(folder, "sante", "--svg", str(folder.root / path)), Refused)
    assert not (folder.root / path).exists()


def test_no_picture_reaches_the_output_through_a_linked_folder(folder: SiteFolder, tmp_path: Path) -> None:
    (folder.root / "public").mkdir()
    (tmp_path / "door").symlink_to(folder.root / "public")
    assert isinstance(error(folder, "sante", "--svg", str(tmp_path / "door/mask.svg")), Refused)


def test_a_file_of_another_kind_is_never_overwritten(folder: SiteFolder, tmp_path: Path) -> None:
    file = tmp_path / "notes.svg"
    file.write_text("my notes")
    assert isinstance(error(folder, "sante", "--svg", str(file)), Refused)
    assert file.read_text() == "my notes"
    link = tmp_path / "link.svg"
    link.symlink_to(file)
    assert isinstance(error(folder, "sante", "--svg", str(link)), Refused)
    (tmp_path / "folder.svg").mkdir()
    assert isinstance(error(folder, "sante", "--svg", str(tmp_path / "folder.svg")), Refused)


def test_a_file_that_is_not_named_as_a_picture_or_has_no_folder_is_a_mistake(
    folder: SiteFolder, tmp_path: Path
) -> None:
    assert isinstance(error(folder, "sante", "--svg", str(tmp_path / "mask.png")), UsageError)
    assert isinstance(error(folder, "sante", "--svg", str(tmp_path / "no/mask.svg")), UsageError)


def test_json_and_the_picture_do_not_share_standard_output(folder: SiteFolder, tmp_path: Path) -> None:
    assert isinstance(error(folder, "sante", "--json", "--svg"), UsageError)
    file = tmp_path / "mask.svg"
    told = json.loads(run(folder, "sante", "--json", "--svg", str(file)).stdout)
    assert told["svg"] == str(file)
    assert file.exists()
