"""The answers of a file are read as those of a person are, and its mistakes told all at once."""

from __future__ import annotations

from builders import mask, profile
from cmsite.model import Answers, Language, Settings, Site
from cmsite.read.answers import path_holder, read_answers
from cmsite.read.source import decode
from read.told import told, words

SITE = Site(Settings(), words(), (profile("sante", path="soins"), profile("jeu", path="jeu")))


def answers(text: str) -> Answers:
    return read_answers(decode(text.encode(), "me.yml"), SITE, language=Language("fr"))


def mistakes(text: str) -> list[str]:
    return told(lambda: answers(text))


def test_answers_are_terms_aliases_labels_or_free_words_one_or_several() -> None:
    said = answers(
        "profile: paris\nheadline: Community manager\nlanguage: en\n"
        "niche: [esante, video games]\nlocality: Île de Ré\nchallenge: La paix\nscope: interne\n"
    )
    assert (said.profile, said.headline, said.language) == ("paris", "Community manager", "en")
    assert said.mask == mask(
        niche=["e-sante", "jeu-video"], challenge="La paix", locality="ile-de-re", scope="internal"
    )
    assert [(new.point.value, new.term, new.label) for new in said.added] == [
        ("locality", "ile-de-re", "Île de Ré")
    ]


def test_all_but_the_name_may_be_left_out() -> None:
    assert answers("profile: a\nniche:\n") == Answers(profile="a", language="fr", headline="", mask=mask())  # type: ignore[arg-type]


def test_mistakes_are_told_all_at_once_each_with_what_to_do() -> None:
    assert mistakes(
        "profil: x\nprofile: Santé\nniche: [jeux-video, cuisine]\nlocality: Parsi\n"
        "scope: [externl, partout]\nservice: '!'\nlanguage: de\n"
    ) == [
        "me.yml:1:1: unknown key `profil` (did you mean `profile`?)",
        "me.yml:2:10: `Santé` is not a slug (lower-case letters, digits and single hyphens) (write `sante`)",
        "me.yml:3:9: `jeux-video` is not a term of niche (did you mean `jeu-video`? "
        "A term spelt so much alike must stand in mask.yml first, under `niche:`)",
        "me.yml:4:11: `Parsi` is not a term of locality (did you mean `paris`? "
        "A term spelt so much alike must stand in mask.yml first, under `locality:`)",
        "me.yml:5:9: `externl` is not a term of scope (did you mean `external`?)",
        "me.yml:5:18: `partout` is not a term of scope (write `internal` or `external`)",
        "me.yml:6:10: `!` has no letter or digit (choose a word)",
        "me.yml:7:11: `de` is not a language of cmsite (write `en` or `fr`)",
    ]


def test_a_profile_has_a_name() -> None:
    assert mistakes("niche: e-sante\n") == ["me.yml:1:1: `profile` is missing (add `profile: …`)"]


def test_a_word_that_may_mean_several_terms_means_none() -> None:
    two = words("niche: {a: {label: Same}, b: {label: Same}}")
    source = decode(b"profile: x\nniche: same\n", "me.yml")
    assert told(lambda: read_answers(source, Site(Settings(), two, ()), language=Language("fr"))) == [
        "me.yml:2:8: `same` is the label of several terms of niche (write `a` or `b`)"
    ]


def test_at_a_free_point_a_word_like_another_is_a_word_of_its_own() -> None:
    used = Site(Settings(), words(), (profile("sante", challenge="lyon"),))
    source = decode(b"profile: x\nchallenge: laon\n", "me.yml")
    assert read_answers(source, used, language=Language("fr")).mask == mask(challenge="laon")


def test_the_folder_of_another_profile_is_no_name() -> None:
    assert mistakes("profile: soins\n") == [
        "me.yml:1:10: `soins` is the folder (`path`) of profiles/sante.yml "
        "(give the new profile another name)"
    ]
    assert path_holder(SITE, "jeu") is None  # its own
