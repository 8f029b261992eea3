"""The laws of the search for leaks: a clean edition has none, and any that is planted is found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from slugify import slugify

from builders import PLACE, mask, post, profile, site
from cmsite.model import (
    Author,
    Body,
    CallToAction,
    Comment,
    Extra,
    Kind,
    Language,
    Mask,
    Post,
    Profile,
    RawHtml,
    Select,
    Site,
    SiteFile,
    Skill,
    Slug,
    Target,
    Thread,
    Variant,
)
from cmsite.read.site import read_site
from cmsite.shape.personalise import personalise
from cmsite.shape.report.leaks import Secret
from cmsite.shape.report.leaks.plain import plain
from cmsite.shape.report.leaks.telltales import RUN, SURE
from shape.report.leaks.editions import NOW, edition_of, files_of, leaks_in, secrets_in
from shape.report.leaks.forms import FORMS, LONG_FORMS

REPOSITORY = Path(__file__).parents[4]
DEMO_DAY = datetime(2026, 11, 22, tzinfo=UTC)
LATIN_FORMS = ("latin-1", "a picture's comment", "a picture's packed comment")
WORDS = """
accueil adhérent annonce atelier avril banc bénévole cœur charte chaise cloison comité compte-rendu conseil
couloir courriel d'abord déjà dimanche écoute écran élan encore enquête entraide équipe erreur fenêtre forum
gazette guichet hier horaire île invité jardin joueur jusqu'à lampe lettre lieu liste l'été matin mémoire
mètre micro modération nœud noël nuage ordre où papier parole patient plage pont porte préau question quai
rendez-vous réponse réunion salle samedi semaine serveur silence sœur table tableau tâche tôt usage veille
vendredi verre visite voisin wagon zèle R&D 50% « 2026 : ! ? – (a) 3. \\n </b> &amp; %41
""".split()  # noqa: SIM905
SLUGS = ("sous-le-preau", "deux-wagons", "la-cloison", "un-wagon-vide", "quatre-bancs", "chez-la-voisine")
HEADS = ("e-sante", "jeu-video", "")
FILES = tuple(SiteFile(f"files/{name}.png", f"digest-{name}", 1) for name in ("plan-b", "quai", "île-2"))


def texts(least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)


def titles() -> st.SearchStrategy[str]:
    """Return titles of some length: two words may stand side by side in another list by right."""
    return texts(4, 8).filter(str.strip)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Return a body with headings, marks, links, code, and passages under conditions."""
    paragraphs = []
    for _ in range(draw(st.integers(1, 4))):
        words = draw(texts(6, 30))
        paragraphs.append(
            draw(
                st.sampled_from(
                    [
                        words,
                        f"## {words}",
                        f"- {words}\n- *{words}*",
                        f"> {words}",
                        f"![{words}](files/quai.png)",
                        f"[{words}](post:{SLUGS[1]}) `{words}`",
                        f"```\n{words}\n```",
                        f'{{% if mask.niche.matches("jeu-video") %}}\n{words}\n{{% endif %}}',
                        f'{{% if mask.niche.matches("e-sante") %}}{words}{{% else %}}non{{% endif %}}',
                        f'{{{{ "{words.translate({34: None, 92: None})}" if target else mask.niche }}}}',
                    ]
                )
            )
        )
    return "\n\n".join(paragraphs)


def variants() -> st.SearchStrategy[Variant]:
    return st.builds(
        Variant,
        when=st.sampled_from([mask(niche="e-sante"), mask(niche="jeu-video"), mask(locality="paris")]),
        place=st.just(PLACE),
        title=st.none() | titles(),
        summary=st.none() | titles(),
        image=st.none() | st.sampled_from([file.path for file in FILES]),
        image_alt=st.none() | titles(),
        call_to_action=st.none() | st.builds(CallToAction, label=titles(), url=st.just("/about/")),
        body=st.none() | bodies().map(lambda text: Body(text, PLACE)),
    )


@st.composite
def posts(draw: st.DrawFn, index: int) -> Post:
    days = st.integers(-300, -1)
    slug = SLUGS[index]
    given: dict[str, Any] = {
        "title": draw(titles()),
        "summary": draw(texts(0, 12)),
        "tags": tuple(draw(st.lists(st.sampled_from(["écoute", "méthode", "quai", "plage"]), unique=True))),
        "draft": draw(st.integers(0, 3)) == 0,
        "date": NOW + timedelta(days=draw(days | st.just(5))),
        "expires": NOW + timedelta(days=draw(st.sampled_from([-1, 1, 400]))),
        "language": Language(draw(st.sampled_from(["fr", "fr", "fr", "en"]))),
        "mask": mask(niche=head) if (head := draw(st.sampled_from(HEADS))) else Mask(),
        "variants": tuple(draw(st.lists(variants(), max_size=2))),
        "image": draw(st.none() | st.sampled_from([file.path for file in FILES])),
        "image_alt": draw(texts(0, 8)),
        "aliases": draw(st.sampled_from([(), (f"/ancien/{slug}/",)])),
        "category": draw(st.sampled_from(["", "terrain", "coulisses"])),
        "series": draw(st.sampled_from(["", "Les bases", "Le quai des autres"])),
        "extra": Extra((("chapeau", draw(titles())),)),
        "raw_html": draw(st.sampled_from(RawHtml)),
    }
    return post(slug, draw(bodies()), **given)


def targets(*names: str) -> st.SearchStrategy[tuple[Target, ...]]:
    """Return organisations of these names, all private but the last."""
    slugs = [Slug(slugify(name)) for name in names]
    return st.tuples(
        *(
            st.builds(
                Target,
                name=st.just(name),
                slug=st.just(slug),
                place=st.just(PLACE),
                mask=st.sampled_from([Mask(), mask(niche="jeu-video")]),
                needs=st.sampled_from([Mask(), mask(niche="e-sante")]),
                greeting=titles(),
                public=st.just(name == names[-1]),
                note=titles(),
            )
            for name, slug in zip(names, slugs, strict=True)
        )
    )


def profiles() -> st.SearchStrategy[tuple[Profile, ...]]:
    """Return the profile whose edition is looked at, and another."""
    mine = st.builds(
        profile,
        mask=st.sampled_from([mask(niche="e-sante"), mask(niche="jeu-video")]),
        select=st.builds(
            Select,
            exclude=st.sampled_from([(), (Slug(SLUGS[2]),)]),
            at_most=st.none() | st.integers(1, 3),
            keep_general=st.booleans(),
        ),
        targets=targets("Clinique Exemple", "Hôpital Témoin"),
        headline=titles(),
    )
    other = st.builds(
        profile,
        st.just("jeu"),
        headline=titles(),
        targets=targets("Studio Modèle", "Éditions Quelconques"),
        public=st.booleans(),
    )
    return st.tuples(mine, other)


def threads() -> st.SearchStrategy[tuple[Thread, ...]]:
    """Return comments on two of the posts, with an address that nobody meant to publish."""
    comments = st.builds(
        Comment,
        id=st.just("1"),
        author=st.sampled_from(["Une lectrice assidue", "Un passant pressé"]),
        date=st.just(NOW),
        text=titles().map(lambda words: f"{words} <lectrice.assidue@example.org>"),
    )
    return st.tuples(
        *(st.builds(Thread, slug=st.just(Slug(slug)), comments=st.tuples(comments)) for slug in SLUGS[:2])
    )


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Return sites with posts in every state, of which one is always in."""
    drawn = [draw(posts(index)) for index in range(draw(st.integers(2, 6)))]
    anchor = post("toujours", "{{ mask.niche }}", niche=["e-sante", "jeu-video"])
    about = replace(
        draw(posts(0)), kind=Kind.PAGE, slug=Slug("about"), date=None, source="content/pages/a.md"
    )
    skills = (Skill("listening", 5, (Slug(SLUGS[0]), Slug(SLUGS[1]))),)
    author = Author("Camille Martin", "camille.martin@example.org", draw(st.booleans()), base=skills)
    whole = site(anchor, *drawn, author=author, menu=("blog", "about", SLUGS[3]))
    return replace(whole, profiles=draw(profiles()), pages=(about,), files=FILES, threads=draw(threads()))


@settings(max_examples=40)
@given(sites(), st.booleans())
def test_a_clean_edition_gives_nothing_away(whole: Site, aimed: bool) -> None:
    target = whole.profiles[0].targets[0] if aimed else None  # a private one
    edition = edition_of(whole, target)
    assert leaks_in(files_of(edition, whole), secrets_in(edition, whole)) == ()


@cache
def demo(profile: str) -> tuple[dict[str, bytes], tuple[Secret, ...]]:
    """Return every file of one of the demo's editions, and what it must not tell."""
    whole = read_site(REPOSITORY).site
    whose = next(one for one in whole.profiles if one.name == profile)
    edition = personalise(whole, whose, now=DEMO_DAY)
    files = files_of(edition, whole, "carnet")
    files |= {
        path: (REPOSITORY / "content" / path).read_bytes() for path in files if path.startswith("files/")
    }
    return files, secrets_in(edition, whole, "carnet")


@st.composite
def plants(draw: st.DrawFn) -> tuple[dict[str, bytes], Secret, str]:
    """Return the files of an edition, one of its secrets, and one of its tell-tales."""
    files, secrets = demo(draw(st.sampled_from(["sante-paris", "libre-londres"])))
    secret = draw(st.sampled_from([secret for secret in secrets if secret.telltales]))
    return files, secret, draw(st.sampled_from(secret.telltales))


def is_long(telltale: str) -> bool:
    return len(plain(telltale).letters) >= SURE


@settings(max_examples=400)
@given(plants(), st.data())
def test_a_tell_tale_planted_in_any_form_into_any_output_is_found(
    planted: tuple[dict[str, bytes], Secret, str], data: st.DataObject
) -> None:
    files, secret, telltale = planted
    forms = {**FORMS, **LONG_FORMS} if is_long(telltale) else FORMS
    form = data.draw(st.sampled_from(sorted(forms)))
    path = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, 100_000)) % (len(files[path]) + 1)
    if form == "broken by tags":  # they stand between other tags, not in one
        at = files[path].find(b">", at) + 1
    assume(is_encodable(telltale, form))
    leaking = files[path][:at] + b" %s " % forms[form](f" {telltale} ") + files[path][at:]
    assert leaks_in({path: leaking}, (replace(secret, telltales=(telltale,), words=frozenset()),))


def is_encodable(text: str, form: str) -> bool:
    return form not in LATIN_FORMS or all(ord(sign) < 256 for sign in text)


@given(plants(), st.sampled_from(["{}.html", "a/{}/index.html", "files/{}-640.webp"]))
def test_a_tell_tale_in_a_files_name_is_found(
    planted: tuple[dict[str, bytes], Secret, str], name: str
) -> None:
    _, secret, telltale = planted
    for written in (slugify(telltale), telltale.replace("/", ""), quote(telltale, safe="")):
        assert leaks_in({name.format(written): b""}, (secret,))


@given(plants(), st.sampled_from(sorted(FORMS)))
def test_long_tell_tales_and_names_are_found_in_files_of_the_authors_too(
    planted: tuple[dict[str, bytes], Secret, str], form: str
) -> None:
    _, secret, telltale = planted
    assume(len(plain(telltale).letters) >= RUN or secret.name)
    assume(is_encodable(telltale, form))
    leaking = {"notes.bin": b"\x00\x01\xff %s \xff\x00" % FORMS[form](f" {telltale} ")}
    assert leaks_in(leaking, (secret,), written=False)
