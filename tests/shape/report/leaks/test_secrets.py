"""What an edition must not tell: gathered from everything that it leaves out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from builders import PLACE, mask, post, profile, site
from cmsite.model import (
    Author,
    Body,
    CallToAction,
    Extra,
    Language,
    Post,
    Profile,
    Select,
    Site,
    SiteFile,
    Skill,
    Slug,
    Target,
    Variant,
)
from cmsite.shape.feeds import post_id
from cmsite.shape.report.leaks import Secret, secrets_of
from shape.report.leaks.editions import NOW, edition_of

OPEN = post("ouvert", "Un texte pour tout le monde, sur le quai de la gare.")
LONG = "Les abonnés qui ne répondent plus depuis l'automne ont reçu une lettre écrite à la main."


def with_profile(*posts: Post, **fields: Any) -> Site:
    return replace(site(OPEN, *posts), profiles=(profile(**{"niche": "e-sante", **fields}),))


def secrets(whole: Site, target: Target | None = None) -> dict[str, Secret]:
    return {secret.what: secret for secret in secrets_of(whole, edition_of(whole, target))}


@pytest.mark.parametrize(
    ("why", "fields"),
    [
        ("is a draft", {"draft": True}),
        ("has a date to come", {"date": NOW + timedelta(days=1)}),
        ("has expired", {"expires": NOW}),
        ("is in another language", {"language": Language("en")}),
        ("does not fit the mask", {"niche": "jeu-video"}),
        ("is excluded by name", {"tags": ("exclu",)}),
        ("speaks to anyone, and such posts are left out", {"tags": ("general",)}),
        ("is beyond `at_most`", {"tags": ("reste",)}),
    ],
)
def test_a_post_that_is_left_out_is_a_secret_for_whatever_reason(why: str, fields: dict[str, Any]) -> None:
    select = {
        "is excluded by name": Select(exclude=(Slug("lettre"),)),
        "speaks to anyone, and such posts are left out": Select(
            keep_general=False, include=(Slug("ouvert"),)
        ),
        "is beyond `at_most`": Select(at_most=0, include=(Slug("ouvert"),)),
    }.get(why, Select())
    found = secrets(with_profile(post("lettre", LONG, **fields), select=select))
    assert list(found) == [f"the post `lettre`, which {why}"]


def test_all_of_a_post_betrays_it() -> None:
    hidden = post(
        "lettre-de-novembre",
        f"{LONG}\n\n{{% if mask.niche %}}Un passage de plus, pour ceux qui restent.{{% endif %}}",
        draft=True,
        title="Une lettre de novembre",
        summary="Relancer sans déranger.",
        tags=("abonnement",),
        category="coulisses",
        series="Relances",
        aliases=("/2009/lettre.html",),
        image="files/enveloppe.png",
        image_alt="Une enveloppe ouverte",
        call_to_action=CallToAction("Écrivez-moi", "/contact/"),
        extra=Extra((("chapeau", "À lire debout"),)),
        variants=(Variant(mask(niche="jeu-video"), PLACE, title="Une lettre aux joueurs"),),
    )
    (secret,) = secrets(with_profile(hidden)).values()
    assert set(secret.telltales) >= {
        *("lettre-de-novembre", "Une lettre de novembre", "Relancer sans déranger.", "abonnement"),
        *("coulisses", "Relances", "/2009/lettre.html", "Une enveloppe ouverte", "Écrivez-moi"),
        *("À lire debout", "Une lettre aux joueurs", "Un passage de plus, pour ceux qui restent."),
        post_id(hidden),
    }
    body = " ".join(secret.telltales)
    assert all(word in body for word in LONG.split())
    assert secret.words == {"repondent"}


def test_words_that_the_edition_says_by_right_betray_nothing() -> None:
    hidden = post("lettre", OPEN.body.text, draft=True, title="Titre de ouvert", tags=("accueil",))
    shown = replace(OPEN, tags=("Accueil",), aliases=("/lettre/",))
    found = secrets_of(site(shown, hidden), edition_of(site(shown, hidden)))
    assert [secret.telltales for secret in found] == [(post_id(hidden),)]
    assert not found[0].words


def test_what_the_program_says_by_right_betrays_nothing() -> None:
    whole = with_profile(post("lettre", draft=True, title="Page suivante du carnet", tags=("sitemap",)))
    (secret,) = secrets_of(whole, edition_of(whole), said=["page suivante du carnet", "sitemap.xml"])
    assert not {"Page suivante du carnet", "sitemap"} & set(secret.telltales)


def test_a_link_to_a_post_that_is_left_out_says_nothing_of_it_by_right() -> None:
    linking = post("lien", "Voir [ici](post:lettre-de-novembre) et [là](../posts/lettre-de-novembre.md).")
    hidden = post("lettre-de-novembre", LONG, draft=True, title="x")
    (secret,) = secrets(with_profile(linking, hidden)).values()
    assert "lettre-de-novembre" in secret.telltales
    told = post("lien", "Voir `post:lettre-de-novembre`, tel quel.")
    (secret,) = secrets(with_profile(told, hidden)).values()
    assert "lettre-de-novembre" not in secret.telltales


def test_of_a_chosen_post_the_wordings_that_did_not_win_are_secrets() -> None:
    won = Variant(mask(niche="e-sante"), PLACE, title="Écrire aux patients", body=Body("Un corps.", PLACE))
    lost = Variant(mask(niche="jeu-video"), PLACE, title="Écrire aux joueurs", summary="Une manche de plus.")
    shown = post("lettre", LONG, title="Écrire aux abonnés", summary="Un résumé.", variants=(won, lost))
    found = secrets(with_profile(shown))
    assert list(found) == [
        "the own words of `lettre`, which a variant replaces",
        "variant 2 of `lettre`, which was not chosen",
    ]
    own, variant = found.values()
    assert own.telltales[0] == "Écrire aux abonnés"
    assert "Un résumé." not in own.telltales
    assert variant.telltales == ("Écrire aux joueurs", "Une manche de plus.")


def test_the_alternative_text_of_a_picture_goes_with_the_picture() -> None:
    other = Variant(mask(niche="e-sante"), PLACE, image="files/b.png", image_alt="Une place vide")
    shown = post("lettre", image="files/a.png", image_alt="Une salle pleine", variants=(other,))
    (secret,) = secrets(with_profile(shown)).values()
    assert "Une salle pleine" in secret.telltales


def test_a_passage_under_a_condition_that_is_false_is_a_secret_with_its_line() -> None:
    text = (
        "Un début.\n\n"
        '{% if mask.niche.matches("jeu-video") %}\nPour les joueurs du samedi soir.\n'
        "{% elif mask.locality %}\nPour ceux de la place.\n{% else %}\nPour les patients.\n{% endif %}\n"
        '{{ "Entre quatre murs" if mask.scope else "Partout ailleurs" }} `{% if %}`.\n'
    )
    found = secrets_of(whole := with_profile(post("lettre", text)), edition_of(whole))
    assert {(secret.place.line, secret.telltales) for secret in found} == {
        (8, ("Pour les joueurs du samedi soir.",)),
        (10, ("Pour ceux de la place.",)),
        (14, ("Entre quatre murs",)),
    }


def test_a_condition_on_the_target_is_decided_by_the_edition() -> None:
    clinic = Target("Clinique Exemple", Slug("clinique"), PLACE)
    shown = post("lettre", "{% if target %}Pour vous seuls.{% else %}Pour tout venant.{% endif %}")
    whole = with_profile(shown, targets=(clinic,))
    what = "a passage of `lettre` under a condition that is false"
    assert secrets(whole)[what].telltales == ("Pour vous seuls.",)
    assert secrets(whole, clinic)[what].telltales == ("Pour tout venant.",)


def test_a_body_that_is_taken_as_it_is_has_no_passages() -> None:
    shown = post("lettre", '{% if mask.niche.matches("x") %}Tel quel, toujours.{% endif %}', templating=False)
    assert secrets(with_profile(shown)) == {}


def aiming(name: str, **fields: Any) -> Profile:
    clinic = Target(
        "Clinique Exemple", Slug("clinique"), PLACE, greeting="Bonjour à vous.", note="Vue en mai."
    )
    shop = Target("Atelier Témoin", Slug("atelier"), PLACE, greeting="Bonjour l'atelier.", public=True)
    return profile(name, targets=(clinic, shop), **fields)


def test_private_targets_and_all_notes_are_secrets() -> None:
    whole = replace(site(OPEN), profiles=(aiming("sante"),))
    found = secrets(whole)
    assert list(found) == [
        "the note on `Clinique Exemple`",
        "the target `Clinique Exemple` of `sante`",
    ]
    assert found["the target `Clinique Exemple` of `sante`"].telltales == (
        "Clinique Exemple", "clinique", "Bonjour à vous.",
    )  # fmt: skip
    assert all(secret.name for secret in found.values())


def test_an_edition_for_a_target_tells_of_no_other_and_of_no_note() -> None:
    whole = replace(site(OPEN), profiles=(aiming("sante"),))
    clinic = whole.profiles[0].targets[0]
    assert list(secrets(whole, clinic)) == [
        "the note on `Clinique Exemple`",
        "the target `Atelier Témoin` of `sante`",
    ]


def test_other_profiles_keep_their_words_and_their_targets() -> None:
    other = aiming(
        "jeu-lyon", headline="Pour les joueurs", public=False, extra=Extra((("tarif", "sur devis"),))
    )
    whole = replace(site(OPEN), profiles=(profile(headline="Pour tous"), other))
    found = secrets(whole)
    assert set(found) == {
        "the note on `Clinique Exemple`",
        "the target `Clinique Exemple` of `jeu-lyon`",
        "the target `Atelier Témoin` of `jeu-lyon`",
        "the profile `jeu-lyon`",
    }
    assert found["the profile `jeu-lyon`"].telltales == ("jeu-lyon", "Pour les joueurs", "sur devis")
    public = replace(whole, profiles=(whole.profiles[0], replace(other, public=True)))
    assert "jeu-lyon" not in secrets(public)["the profile `jeu-lyon`"].telltales


def test_an_address_that_is_not_shown_is_a_secret() -> None:
    author = Author("Camille", "camille@example.org")
    whole = site(OPEN, author=author)
    assert [secret.telltales for secret in secrets(whole).values()] == [("camille@example.org",)]
    assert secrets(site(OPEN, author=replace(author, show_email=True))) == {}


def test_proofs_and_menus_name_nothing_by_right() -> None:
    skills = (Skill("listening", 5, (Slug("lettre-de-novembre"),)),)
    hidden = post("lettre-de-novembre", LONG, draft=True)
    author = Author(base=skills)
    whole = site(OPEN, hidden, author=author, menu=("blog", "lettre-de-novembre"))
    (secret,) = secrets(whole).values()
    assert "lettre-de-novembre" in secret.telltales


def test_a_file_that_nothing_names_is_a_secret_with_its_bytes() -> None:
    files = tuple(
        SiteFile(f"files/{name}", f"digest of {name}", 1) for name in ("plan.png", "gare.svg", "été 1.png")
    )
    shown = post("lettre", "![Un plan](../files/plan.png) et ![l'été](files/%C3%A9t%C3%A9%201.png)")
    found = secrets(replace(with_profile(shown), files=files))
    (secret,) = found.values()
    assert (secret.what, secret.place.path, secret.digest) == (
        "the file `content/files/gare.svg`, which nothing here refers to",
        "content/files/gare.svg",
        "digest of gare.svg",
    )
    assert secret.telltales == ("gare.svg", "files/gare.svg")  # `gare` stands in a text by right


def test_bytes_that_are_published_under_another_name_are_no_secret() -> None:
    files = (SiteFile("files/plan.png", "same", 1), SiteFile("files/copie-du-plan.png", "same", 1))
    found = secrets(replace(with_profile(post("lettre", "![Un plan](files/plan.png)")), files=files))
    assert [secret.digest for secret in found.values()] == [""]


def test_a_secret_without_words_of_its_own_is_silent() -> None:
    shown = post("lettre-aux-amis", "Un texte.", title="Lettre", variants=(
        Variant(mask(niche="jeu-video"), PLACE, title="Lettre aux amis"),
    ))  # fmt: skip
    (secret,) = secrets(with_profile(shown)).values()
    assert (secret.telltales, secret.is_silent) == ((), True)
