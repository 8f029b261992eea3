"""The JSON schemas for editors are valid, and agree with what is read."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import yaml as plain_yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from cmsite.read.config import read_config
from cmsite.read.schemas import json_schema
from cmsite.read.source import decode
from cmsite.read.theme import built_in_themes
from read.told import WORDS, post, profile, told, words
from site_folder import SiteFolder

NAMES = ("cmsite", "mask", "profile", "post", "page", "theme")
POST = """
title: 2026
date: 2026-02-11
updated: 2026-03-01 10:00
tags: [écoute, 2026, no, 1.10]
category: yes
slug: 2026
aliases: /2010/
language: fr
summary:
variants:
  - when: {niche: e-sante, locality: }
    title: 12
    call_to_action: {label: 3, url: /a/}
mask: {niche: [esante]}
not:
templating: false
raw_html: trusted
extra: {a: [1, {b: null}]}
"""
CONFIG = """
title: Carnet
url: https://example.org/carnet/
timezone:
posts_per_page: "7"
author:
  name: Camille
  base: {listening: {level: 5, proof: []}, content: {level: "3"}}
  experience:
    - {role: CM, organisation: Asso, from: 2021, to: 2024-06}
    - {role: CM, organisation: Asso, from: 2021-03}
feeds: {full_text: false, limit: 3}
weights: {niche: 100}
comments: {giscus: null}
menu: [blog]
legal: {reviewed: true}
extra: {}
"""
PROFILE = """
language: fr
mask: {niche: e-sante, locality: [paris]}
site: {posts_per_page: 4, extra: {a: b}}
public: false
select: {order: relevance, include: a, at_most: 9}
expect: {at_least: 5, leads: a}
targets: [{name: Clinique, slug: clinique, mask: {locality: france}, public: true}]
"""


def fault(name: str, text: str) -> str | None:
    """Return the key that an editor with the schema underlines in a file, None when all is right."""
    loaded = plain_yaml.safe_load(text) or {}
    as_json = json.loads(json.dumps(loaded, default=lambda value: value.isoformat()))
    error = best_match(Draft202012Validator(json_schema(name)).iter_errors(as_json))
    return None if error is None else "/".join(map(str, error.absolute_path))


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_a_valid_one_and_knows_its_dialect(name: str) -> None:
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (schema["title"], schema["type"], schema["additionalProperties"]) == (name, "object", False)
    json.dumps(schema, allow_nan=False)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("post", POST), ("cmsite", CONFIG), ("profile", PROFILE), ("mask", WORDS),
        ("cmsite", ""), ("profile", ""),
        ("mask", "niche:\n  a:\n  b: {label: 3}\nscope: {internal: {label: dedans}}\n"),
        ("theme", (built_in_themes() / "carnet" / "theme.yml").read_text(encoding="utf-8")),
        ("page", "title: Contact\n"),
    ],
)  # fmt: skip
def test_what_is_read_without_a_problem_is_right_in_an_editor_too(name: str, text: str) -> None:
    readers: dict[str, Any] = {
        "post": lambda: post(text.replace("title: 2026\n", "", 1)),
        "cmsite": lambda: read_config(decode(text.encode(), "cmsite.yml")),
        "profile": lambda: profile(text),
        "mask": lambda: words(text),
    }
    assert told(readers.get(name, lambda: None)) == []
    assert fault(name, text) is None


@pytest.mark.parametrize(
    ("name", "text", "at"),
    [
        ("post", "title: a\ntilte: b", ""),
        ("post", "summary: a", ""),
        ("post", "title: a\ndraft: oui", "draft"),
        ("post", "title: [a]", "title"),
        ("post", "title: a\nmask: {niche: {a: b}}", "mask/niche"),
        ("post", "title: a\nslug: Été", "slug"),
        ("page", "title: a\ndate: 2026-01-01", ""),
        ("cmsite", "posts_per_page: 0", "posts_per_page"),
        ("cmsite", "weights: {niche: 101}", "weights/niche"),
        ("cmsite", "author: {base: {listening: {level: 6}}}", "author/base/listening/level"),
        (
            "cmsite",
            "author: {experience: [{role: a, organisation: b, from: mars}]}",
            "author/experience/0/from",
        ),
        ("mask", "niche: {a: {label: {de: x}}}", "niche/a/label"),
        ("profile", "targets: [{name: a}]", "targets/0"),
    ],
)  # fmt: skip
def test_a_mistake_is_seen_in_an_editor(name: str, text: str, at: str) -> None:
    assert fault(name, text) == at


def test_the_files_of_a_site_are_right_in_an_editor(site: SiteFolder) -> None:
    site.post("a", "mask: {niche: e-sante}\ndraft: true").write("content/pages/b.md", "---\ntitle: b\n---\n")
    files = {"cmsite": "cmsite.yml", "mask": "mask.yml", "profile": "profiles/sante.yml"}
    for name, path in files.items():
        assert fault(name, (site.root / path).read_text(encoding="utf-8")) is None
    for name, path in {"post": "content/posts/a.md", "page": "content/pages/b.md"}.items():
        assert fault(name, (site.root / path).read_text(encoding="utf-8").split("---\n")[1]) is None


def test_dates_are_texts_to_an_editor() -> None:
    assert plain_yaml.safe_load("a: 2026-01-01")["a"] == date(2026, 1, 1)
    assert fault("post", "title: a\ndate: 2026-01-01\n") is None
