"""`cmsite statement`: the mask in one sentence, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from site_folder import SiteFolder

SCHEMA = Path(__file__).parents[2] / "docs/reference/schemas/statement.json"


def test_the_statement_is_said_in_both_languages(site: SiteFolder) -> None:
    said = site.run("statement")
    assert said.exit_code == 0
    assert said.stdout == (
        "fr  Mon métier\u00a0: animer des communautés (secteur\u00a0: e-santé), à Paris.\n"
        "en  My work: look after communities, in digital health, in Paris.\n"
    )


def test_the_statement_as_json_fits_its_schema(site: SiteFolder) -> None:
    told = json.loads(site.run("statement", "--json").stdout)
    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert set(told["statements"]) == {"fr", "en"}


def test_an_unknown_profile_is_told(site: SiteFolder) -> None:
    assert "sante" in str(site.run("statement", "-p", "snate").exception.hint)  # type: ignore[union-attr]
