"""mask.yml declares the terms, and the words authors use are turned into them."""

from __future__ import annotations

import pytest

from builders import mask
from cmsite.model import Localised, Point
from cmsite.read.vocabulary import empty_vocabulary, find_term, known_words
from read.told import WORDS, post, profile, told, words

FIXED = "only their labels can be changed"


def test_terms_come_in_the_order_of_the_file_with_their_words() -> None:
    first = "b: {label: {fr: Bé}, phrase: en bé, article: {fr: le}, aliases: [x, y]}"
    b, a = words(f"niche:\n  {first}\n  a: {{within: b}}\n").terms(Point.NICHE)
    assert (b.term, b.label, b.phrase) == ("b", Localised((("fr", "Bé"),)), Localised((("", "en bé"),)))
    assert (b.article, b.aliases, b.within) == (Localised((("fr", "le"),)), ("x", "y"), None)
    assert (a.term, a.label, a.within, str(a.place)) == ("a", Localised((("", "a"),)), "b", "mask.yml:3:3")


def test_a_term_with_nothing_after_it_is_declared_by_its_name() -> None:
    terms = words("niche:\n  b:\n  a: {label: A}\n  c:\n").terms(Point.NICHE)
    assert [term.term for term in terms] == ["b", "a", "c"]


def test_words_that_yaml_would_take_for_something_else_are_terms() -> None:
    terms = words("niche: {no: {}, 1:30: {}, 010: {}, 75001: {}, key: {}}").terms(Point.NICHE)
    assert [term.term for term in terms] == ["no", "1:30", "010", "75001", "key"]


def test_scope_and_presence_are_declared_even_without_a_mask_yml() -> None:
    vocabulary = empty_vocabulary()
    assert [term.term for term in vocabulary.terms(Point.SCOPE)] == ["internal", "external"]
    assert [term.term for term in vocabulary.terms(Point.PRESENCE)] == ["offline", "online"]
    assert [point for point in Point if vocabulary.declares(point)] == [Point.SCOPE, Point.PRESENCE]


def test_the_labels_of_scope_and_presence_can_be_changed_and_their_order_cannot() -> None:
    text = "scope: {external: {label: dehors}}\npresence: {online: {}, offline: {label: {fr: salle}}}\n"
    internal, external = words(text).terms(Point.SCOPE)
    offline, online = words(text).terms(Point.PRESENCE)
    assert (internal.label.told_in("fr"), external.label.told_in("fr")) == ("interne", "dehors")
    assert (offline.label.told_in("fr"), online.label.told_in("fr")) == ("salle", "en ligne")


def test_an_empty_point_takes_no_term_and_an_absent_one_any() -> None:
    vocabulary = words("niche: {}\nlocality:\n")
    assert find_term(vocabulary, Point.NICHE, "x") is None
    assert find_term(vocabulary, Point.LOCALITY, "x") == "x"


def test_an_alias_stands_wherever_a_term_may() -> None:
    vocabulary = words("niche: {a: {aliases: [x]}, b: {within: x}}")
    assert find_term(vocabulary, Point.NICHE, "x") == "a"
    assert vocabulary.terms(Point.NICHE)[1].within == "a"
    assert known_words(vocabulary, Point.NICHE) == ["a", "b", "x"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nich: {}", "1:1: unknown key `nich` (did you mean `niche`?)"),
        ("niche: [a, b]", "1:8: keys are expected under this one (write `key: value` lines)"),
        ("niche: {a: e-santé}", "1:12: keys are expected under this one (write `key: value` lines)"),
        ("niche: {a: {labl: x}}", "1:13: unknown key `labl` (did you mean `label`?)"),
        ("niche: {key: {labl: x}}", "1:15: unknown key `labl` (did you mean `label`?)"),
        ("niche: {a: {labl: }}", "1:13: unknown key `labl` (did you mean `label`?)"),
        (
            "niche: {a: {aliases: b, c}}",
            "1:25: `c` stands alone among keys "
            "(several values need brackets, as in `{niche: [one, two]}`; a key needs a `:`)",
        ),
        (
            "niche: {a: {article: {fr: un}}}",
            "1:27: `un` is not a definite article of French (write `le`, `la`, `les`, `l'`)",
        ),
        ("niche: {'../..': {}}", "1:9: `../..` has no letter or digit (choose a word)"),
        (
            "niche: {e-sante: {}, E-Santé: {}}",
            "1:22: `E-Santé` and `e-sante` would share the address `e-sante` "
            "(make one an alias of the other)",
        ),
        (
            "niche: {a: {aliases: [x]}, b: {aliases: [y, x]}}",
            "1:45: `x` names two terms of niche: `a` and `b` (keep it for one of them)",
        ),
        (
            "niche: {a: {aliases: [b]}, b: {}}",
            "1:23: `b` names two terms of niche: `b` and `a` (keep it for one of them)",
        ),
        (
            "locality: {paris: {within: frnce}, france: {}}",
            "1:28: `frnce` is not a term of locality (did you mean `france`?)",
        ),
        (
            "locality: {paris: {within: x}}",
            "1:28: `x` is not a term of locality (declare it in mask.yml under `locality:`)",
        ),
        ("locality: {a: {within: a}}", "1:24: `a` lies within itself (a → a) (take one `within` away)"),
        (
            "scope: {internal: {}, public: {}}",
            f"1:23: `public` is not a term of scope (the terms of scope are internal and external; {FIXED})",
        ),
        (
            "presence: {hors-ligne: {}}",
            "1:12: `hors-ligne` is not a term of presence "
            f"(the terms of presence are offline and online; {FIXED})",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_the_vocabulary_is_told_where_it_stands(text: str, problem: str) -> None:
    assert told(lambda: words(text)) == [f"mask.yml:{problem}"]


@pytest.mark.parametrize("article", ["le", "la", "les", "l'", "l’"])
def test_the_articles_of_french_are_known(article: str) -> None:
    assert words(f'niche: {{a: {{article: {{fr: "{article}"}}}}}}').declares(Point.NICHE)


def test_a_loop_is_told_at_each_term_that_lies_on_it_and_at_no_other() -> None:
    assert told(lambda: words("niche:\n  a: {within: b}\n  b: {within: c}\n  c: {within: b}\n")) == [
        "mask.yml:3:15: `b` lies within itself (b → c → b) (take one `within` away)",
        "mask.yml:4:15: `c` lies within itself (c → b → c) (take one `within` away)",
    ]


def test_a_loop_through_an_alias_is_a_loop() -> None:
    assert told(lambda: words("niche: {a: {aliases: [x], within: b}, b: {within: x}}")) == [
        "mask.yml:1:35: `a` lies within itself (a → b → a) (take one `within` away)",
        "mask.yml:1:51: `b` lies within itself (b → a → b) (take one `within` away)",
    ]


def test_all_mistakes_of_the_vocabulary_are_told_together() -> None:
    found = told(lambda: words("niche: {a: {labl: x, within: z}}\nscope: {x: {}}\nville: {}\n"))
    assert [problem.split(": ")[0] for problem in found] == [
        "mask.yml:1:13", "mask.yml:1:30", "mask.yml:2:9", "mask.yml:3:1",
    ]  # fmt: skip


# the words that posts and profiles use


def test_a_mask_holds_the_terms_that_its_words_mean_each_once() -> None:
    read = profile("mask: {niche: [esante, e-sante, jeu-video], scope: internal}").mask
    assert read == mask(niche=["e-sante", "jeu-video"], scope="internal")
    assert post("mask: {challenge: [tout, est permis]}").mask.challenge == ("tout", "est permis")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("mask: {niche: e-sant}", "1:15: `e-sant` is not a term of niche (did you mean `e-sante`?)"),
        ("mask: {niche: ESante}", "1:15: `ESante` is not a term of niche (did you mean `esante`?)"),
        (
            "mask:\n  niche:\n    - jeu-video\n    - finance",
            "4:7: `finance` is not a term of niche (declare it in mask.yml under `niche:`)",
        ),
        ("mask: {scope: interne}", "1:15: `interne` is not a term of scope (did you mean `internal`?)"),
        ("mask: {presence: irl}", "1:18: `irl` is not a term of presence (write `offline` or `online`)"),
        ("mask: {challenge: '…'}", "1:19: `…` has no letter or digit (choose a word)"),
        (
            "targets: [{name: A, slug: a, mask: {locality: [paris, lyon]}}]",
            "1:55: `lyon` is not a term of locality (declare it in mask.yml under `locality:`)",
        ),
        (
            "targets:\n  - name: A\n    slug: a\n    needs: {niche: jeux-video}",
            "4:20: `jeux-video` is not a term of niche (did you mean `jeu-video`?)",
        ),
    ],
)
def test_an_unknown_term_of_a_profile_is_told_with_a_suggestion(text: str, problem: str) -> None:
    assert told(lambda: profile(text)) == [f"profiles/sante.yml:{problem}"]


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ("mask: {locality: pari}", "3:18: `pari` is not a term of locality (did you mean `paris`?)"),
        (
            "not: {niche: [finance]}",
            "3:15: `finance` is not a term of niche (declare it in mask.yml under `niche:`)",
        ),
        (
            "variants:\n  - when: {niche: jeu-vide}\n    title: x",
            "4:19: `jeu-vide` is not a term of niche (did you mean `jeu-video`?)",
        ),
    ],
)
def test_an_unknown_term_of_a_post_is_told_with_a_suggestion(head: str, problem: str) -> None:
    assert told(lambda: post(head)) == [f"content/posts/2026-03-01-a.md:{problem}"]


def test_the_vocabulary_of_these_tests_is_right() -> None:
    assert told(lambda: words(WORDS)) == []
