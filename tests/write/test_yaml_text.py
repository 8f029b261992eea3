"""What is written as YAML is read back as it was, alone or among braces and brackets."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cmsite.model import Term
from cmsite.read.guarded_yaml import read_yaml
from cmsite.read.source import Source
from cmsite.write.yaml_text import one_or_list, scalar

# what a file of a site may hold: no control character, and no half of a pair
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1)


@given(TEXTS)
def test_every_text_is_read_back_by_us_and_by_others(text: str) -> None:
    for told in (f"a: {scalar(text)}\n", f"{scalar(text)}: a\n", f"a: [{scalar(text)}, b]\n"):
        ours = read_yaml(Source("a.yml", told)).value
        assert ours == yaml.safe_load(told)
        assert text in (ours.get("a"), next(iter(ours)), ours["a"][0] if "a" in ours else "")
    assert read_yaml(Source("a.yml", f"a: {{b: {{label: {scalar(text)}}}}}")).value["a"]["b"]["label"] == text


@pytest.mark.parametrize("text", ["Île de Ré", "l’écoute", "Est-ce vrai ?", "en 3.5 mots"])
def test_what_nobody_can_mistake_stands_plain(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize("text", ["no", "Null", "75001", "a: b", "a #b", "- a", " a", "{a}", "a, b", "'a'"])
def test_what_yaml_takes_for_its_own_stands_in_quotes(text: str) -> None:
    assert scalar(text) == f'"{text}"'


def test_one_term_stands_alone_and_several_in_brackets() -> None:
    assert one_or_list((Term("a"),)) == "a"
    assert one_or_list((Term("a"), Term("no"))) == '[a, "no"]'
    assert one_or_list((Term("a, b"),)) == '["a, b"]'  # without brackets cmsite would ask for them
