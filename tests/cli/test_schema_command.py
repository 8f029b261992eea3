"""`cmsite schema NAME`: the JSON schema of a file, for editors, also where there is no site."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from cmsite.read.schemas import json_schema
from site_folder import SiteFolder
from terminal import Terminal


@pytest.mark.parametrize("name", ["cmsite", "mask", "profile", "post", "page", "theme"])
def test_a_schema_is_printed_alone_and_is_valid(terminal: Terminal, name: str) -> None:
    said = terminal("schema", name)
    assert (said.code, said.err) == (0, "")
    told = json.loads(said.out)
    Draft202012Validator.check_schema(told)
    assert told == json_schema(name)


def test_no_site_is_needed(site: SiteFolder, terminal: Terminal) -> None:
    site.delete("cmsite.yml")
    assert terminal("schema", "post").code == 0


def test_the_names_are_told_in_the_help(terminal: Terminal) -> None:
    assert "{cmsite|mask|profile|post|page|theme}" in terminal("schema", "--help").out
    assert terminal("schema").code == 2
