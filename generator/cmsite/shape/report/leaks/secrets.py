"""Gather everything that must not be in any byte of an edition, with the words that would betray it.

What was decided (which posts are in, which variant won, which condition holds) is taken from the
edition; what was made of it is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from cmsite.model import Place, Post, Profile, Site, SiteFile, Variant
from cmsite.shape.comments import withhold
from cmsite.shape.feeds import post_id
from cmsite.shape.personalise import Edition, LeftOut, Why
from cmsite.shape.report.leaks.plain import Plain, plain
from cmsite.shape.report.leaks.sayings import is_shown, sayings, spoken, strings_in, without_posts
from cmsite.shape.report.leaks.telltales import pieces_of, rare_words, runs_of, search_for
from cmsite.shape.wording import pieces

_WHY = {
    Why.DRAFT: "is a draft",
    Why.FUTURE: "has a date to come",
    Why.EXPIRED: "has expired",
    Why.LANGUAGE: "is in another language",
    Why.EXCLUDED: "is excluded by name",
    Why.MASK: "does not fit the mask",
    Why.GENERAL: "speaks to anyone, and such posts are left out",
    Why.AT_MOST: "is beyond `at_most`",
}
_FIELDS = ("title", "summary", "image", "image_alt", "call_to_action")


class Secret(Struct, frozen=True):
    """Something that an edition must not tell: what it is, where it stands, and what would betray it.

    `words` are its own: a few of them together betray it too. `digest` is that of a file's bytes.
    A name is looked for in files of the author's as well, however short it is.
    """

    what: str
    place: Place
    telltales: tuple[str, ...]
    words: frozenset[str] = frozenset()
    digest: str = ""
    name: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether nothing would betray it: all its words stand in the edition by right."""
        return not (self.telltales or self.words or self.digest)


class _Hidden(Struct, frozen=True):
    """A secret whose tell-tales are still to be chosen: of short `texts`, and of `bodies`."""

    what: str
    place: Place
    texts: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    digest: str = ""
    name: bool = False


def secrets_of(site: Site, edition: Edition, said: Iterable[str] = ()) -> tuple[Secret, ...]:
    """Return everything that must not be told in the edition.

    `said` is what stands in it by right besides the author's own words: the theme's and the program's.
    """
    by_right = [plain(text) for text in (*sayings(site, edition), *said)]
    hidden = [*_posts(edition), *_wordings(edition), *_passages(edition), *_profiles(site, edition)]
    hidden += [*_comments(site, edition), *_address(edition), *_files(site, by_right)]
    candidates = [(each, _candidates(each)) for each in hidden if any((*each.texts, *each.bodies))]
    search = search_for(telltale for _, telltales in candidates for telltale in telltales)
    harmless = {telltale for text in by_right for telltale in search.found_in(text)}
    known = {word for text in by_right for word in text.words.split()}
    return tuple(
        Secret(
            each.what,
            each.place,
            tuple(telltale for telltale in telltales if telltale not in harmless),
            frozenset(word for body in each.bodies for word in rare_words(body) - known),
            each.digest,
            each.name,
        )
        for each, telltales in candidates
    )


def _candidates(hidden: _Hidden) -> tuple[str, ...]:
    short = (piece for text in hidden.texts for piece in pieces_of(text))
    return tuple(dict.fromkeys([*short, *(run for body in hidden.bodies for run in runs_of(body))]))


def _posts(edition: Edition) -> Iterator[_Hidden]:
    """Yield the posts and pages that the edition leaves out, whole: variants, old addresses and all."""
    for one in edition.left_out:
        post = one.post
        texts = strings_in(
            (
                *(post.slug, post.title, post.summary, post.category, post.tags, post.series, post.aliases),
                *(post.name, post_id(post), post.image_alt, post.call_to_action, post.extra, post.mask),
                *(getattr(variant, field) or "" for variant in post.variants for field in _FIELDS),
            )
        )
        bodies = (post.body, *(variant.body for variant in post.variants if variant.body))
        yield _Hidden(_named(one), Place(post.source), tuple(texts), tuple(body.text for body in bodies))


def _named(one: LeftOut) -> str:
    return f"the {one.post.kind.value} `{one.post.slug}`, which {_WHY[one.why]}"


def _wordings(edition: Edition) -> Iterator[_Hidden]:
    """Yield the wordings of chosen posts that another wording has taken the place of."""
    for chosen in (*edition.chosen, *edition.pages):
        won = dict(chosen.wording.origins)
        wordings: list[tuple[int | None, Post | Variant]] = [(None, chosen.post)]
        wordings += enumerate(chosen.post.variants)
        for index, wording in wordings:
            lost = [field for field in _FIELDS if won.get(field, won["image"]) != index]
            texts = tuple(strings_in(tuple(getattr(wording, field) for field in lost)))
            body = (wording.body.text,) if wording.body and won["body"] != index else ()
            yield _Hidden(*_wording_named(chosen.post, index, wording), texts, body)


def _wording_named(post: Post, index: int | None, wording: Post | Variant) -> tuple[str, Place]:
    if isinstance(wording, Variant):
        return f"variant {(index or 0) + 1} of `{post.slug}`, which was not chosen", wording.place
    return f"the own words of `{post.slug}`, which a variant replaces", Place(post.source)


def _passages(edition: Edition) -> Iterator[_Hidden]:
    """Yield the passages of chosen bodies that stand under a condition which is false."""
    for chosen in (*edition.chosen, *edition.pages):
        if not chosen.post.templating:
            continue
        body, told = chosen.wording.body, plain(spoken(chosen, edition))
        for line, text in pieces(body):
            if text.strip() and not _says(told, plain(without_posts(text))):
                place = Place(body.place.path, body.place.line + line - 1)
                what = f"a passage of `{chosen.slug}` under a condition that is false"
                yield _Hidden(what, place, bodies=(text,))


def _says(told: Plain, piece: Plain) -> bool:
    return piece.letters in told.letters and piece.words in told.words


def _profiles(site: Site, edition: Edition) -> Iterator[_Hidden]:
    """Yield what profiles keep to themselves: notes, targets that are not shown, other profiles' words."""
    for profile in site.profiles:
        own = profile.name == edition.profile.name
        for target in profile.targets:
            yield _Hidden(f"the note on `{target.name}`", target.place, bodies=(target.note,), name=True)
            if not (own and is_shown(target, edition.target)):
                texts = (target.name, target.slug, target.greeting)
                what = f"the target `{target.name}` of `{profile.name}`"
                yield _Hidden(what, target.place, texts, name=True)
        if not own:
            yield _other_profile(profile)


def _other_profile(profile: Profile) -> _Hidden:
    """Return another profile's words. The name of a public one stands in addresses by right."""
    site = profile.site
    texts = strings_in((profile.headline, profile.extra, site.title, site.description, site.extra))
    names = () if profile.public else (profile.name, profile.path)
    return _Hidden(f"the profile `{profile.name}`", profile.place, (*names, *texts))


def _comments(site: Site, edition: Edition) -> Iterator[_Hidden]:
    """Yield the comments on posts that are left out, and the addresses of people in those on the others."""
    shown = {chosen.slug for chosen in (*edition.chosen, *edition.pages)}
    for thread in site.threads:
        place = Place(f"content/comments/{thread.slug}.yml")
        if thread.slug not in shown:
            texts = tuple(text for one in thread.comments for text in (one.author, one.url))
            bodies = tuple(one.text for one in thread.comments)
            yield _Hidden(f"the comments on `{thread.slug}`, which is left out", place, texts, bodies)
        else:
            told = " ".join(text for one in thread.comments for text in (one.author, one.url, one.text))
            withheld = tuple(sorted(set(told.split()) - set(withhold(told).split())))
            yield _Hidden(f"an address in the comments on `{thread.slug}`", place, withheld, name=True)


def _address(edition: Edition) -> Iterator[_Hidden]:
    author = edition.settings.author
    if author.email and not author.show_email:
        what = "the e-mail address, which `show_email` keeps back"
        yield _Hidden(what, Place("cmsite.yml"), (author.email,), name=True)


def _files(site: Site, by_right: list[Plain]) -> Iterator[_Hidden]:
    """Yield the files that nothing of the edition names: neither their names nor their bytes may stand."""
    words = "\n".join(text.words for text in by_right)
    shown = {file.path for file in site.files if plain(_base(file)).words in words}
    digests = {file.digest for file in (*site.files, *site.static) if file.path in shown}
    digests |= {file.digest for file in site.static}
    for file in site.files:
        if file.path not in shown:
            what = f"the file `content/{file.path}`, which nothing here refers to"
            texts = (_base(file).rpartition(".")[0], _base(file), file.path)
            same = "" if file.digest in digests else file.digest
            yield _Hidden(what, Place(f"content/{file.path}"), texts, digest=same)


def _base(file: SiteFile) -> str:
    return file.path.rpartition("/")[2]
