"""Prepare editions: find what is asked for, personalise it, compose its pages and plan every output."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from cmsite.cache import NAME, Cache
from cmsite.converting import Workshop
from cmsite.craft.cards import CardPress, card_maker
from cmsite.craft.darkroom import Darkroom
from cmsite.craft.memory import Memory
from cmsite.craft.pictures import picture_maker
from cmsite.craft.search import Librarian, search_maker
from cmsite.crew import Asides
from cmsite.digest import digest
from cmsite.errors import Problem, ProblemsFound, UsageError, suggest, there_are
from cmsite.makers import engine_problems, generator_digest, program_digest
from cmsite.model import Language, Profile, SearchRecipe, Site, Target, Theme
from cmsite.read.memory import PostMemory
from cmsite.read.site import Reading
from cmsite.request import Request as Request
from cmsite.shape.basis import Basis, EditionBasis, edition_basis
from cmsite.shape.outputs import Plan
from cmsite.shape.personalise import Edition, personalise
from cmsite.shape.plan import Composed, compose_edition, plan_edition
from cmsite.shape.search import search_records
from cmsite.shape.templates import Templates
from cmsite.shape.texts import Texts, wording_problems
from cmsite.shape.together import address_of, plan_together
from cmsite.signatures import moment

_NOTHING_KNOWN = Basis()
_THEMES_LIMIT = 1_000_000  # bytes of what is remembered of themes


class Prepared(Struct, frozen=True):
    """An edition with its plan, ready to be rendered; `folder` is where it stands in the output."""

    edition: Edition
    texts: Texts
    plan: Plan
    templates: Templates
    converted: int
    basis: EditionBasis
    folder: str = ""


def find_profile(site: Site, name: str) -> Profile:
    """Return the profile of that name, the lead one for "". Raises UsageError with a suggestion."""
    wanted = name or site.settings.profile
    for profile in site.profiles:
        if profile.name == wanted:
            return profile
    names = [profile.name for profile in site.profiles]
    raise UsageError(f"there is no profile `{wanted}`", suggest(wanted, names, otherwise=there_are(names)))


def find_edition(site: Site, name: str, target: str) -> tuple[Profile, Target | None]:
    """Return the profile of that name and its target of that slug, None for "".

    Without a name it is the lead profile, or else the only one that aims at the target. Raises UsageError
    with a suggestion.
    """
    if not target:
        return find_profile(site, name), None
    first = find_profile(site, name)
    profiles = (first,) if name else (first, *(one for one in site.profiles if one is not first))
    found = [(profile, each) for profile in profiles for each in profile.targets if each.slug == target]
    if found and (len(found) == 1 or found[0][0] is first):
        return found[0]
    if found:
        names = [profile.name for profile, _ in found]
        raise UsageError(f"several profiles aim at `{target}`", f"name one with `-p`: {', '.join(names)}")
    slugs = [each.slug for profile in profiles for each in profile.targets]
    otherwise = there_are(slugs) if slugs else f"add it under `targets:` in {first.place.path}"
    raise UsageError(f"no profile aims at `{target}`", suggest(target, slugs, otherwise=otherwise))


def prepare(
    reading: Reading,
    profile: Profile,
    request: Request,
    target: Target | None = None,
    *,
    indexed: bool = True,
    index: tuple[SearchRecipe, ...] = (),
    converter: Workshop | None = None,
    basis: Basis = _NOTHING_KNOWN,
) -> Prepared:
    """Return one edition and its plan; with the files of an older `index` unless it is to be `indexed`.

    Editions that are given one converter share its work; texts that `basis` knows are told when they are
    asked for.
    Raises ProblemsFound for mistakes in wording and themes.
    """
    converter = converter or workshop(reading)
    edition = _edition(reading, profile, request, request.base_url, target)
    templates = _templates(reading.theme(edition.settings.theme), edition.language, converter.cache)
    composed, told, converted = _compose(reading, edition, converter, basis)
    index = _index(reading, composed) if indexed else index
    plan = plan_edition(
        composed, reading.site, templates, generator_digest(edition.settings.engine), index=index
    )
    return Prepared(edition, composed.desk.texts, plan, templates, converted, told)


def prepare_all(
    reading: Reading,
    request: Request,
    converter: Workshop | None = None,
    basis: Basis = _NOTHING_KNOWN,
) -> tuple[Prepared, ...]:
    """Return every edition that is asked for, the lead's first."""
    converter = converter or workshop(reading)
    if not request.every:
        profile, target = find_edition(reading.site, request.profile, request.target)
        return (prepare(reading, profile, request, target, converter=converter, basis=basis),)
    editions = tuple(_public_editions(reading, request))
    themes = [(reading.theme(each.settings.theme), each.language) for each in editions]
    templates = [_templates(*each, converter.cache) for each in themes]
    composed = [_compose(reading, edition, converter, basis) for edition in editions]
    indexes = [_index(reading, each) for each, _, _ in composed]
    plans = plan_together(
        [each for each, _, _ in composed],
        reading.site,
        templates,
        generator_digest(reading.site.settings.engine),
        indexes,
    )
    return tuple(
        Prepared(edition, one.desk.texts, plan, each, converted, told, edition.profile.path if index else "")
        for index, (edition, plan, each, (one, told, converted)) in enumerate(
            zip(editions, plans, templates, composed, strict=True)
        )
    )


def compile_ahead(reading: Reading, request: Request, cache: Cache, asides: Asides, *, stand: bool) -> None:
    """Have the templates of the editions that are asked for compiled while these are planned.

    Of editions that `stand` few pages are to be made, and posts as a rule.
    """
    if not asides.pays:
        return
    profiles = reading.site.profiles
    if not request.every:
        profiles = (find_edition(reading.site, request.profile, request.target)[0],)
    for theme, language in sorted({(_theme_of(reading, one), one.language) for one in profiles}):
        templates = _templates(reading.theme(theme), language, cache)
        if not templates.in_use:
            names = ["post.html"] if stand else [*templates.sources]
            templates.expect(asides.begin(partial(templates.compiled, names)))


def _theme_of(reading: Reading, profile: Profile) -> str:
    return profile.site.theme or reading.site.settings.theme


def _public_editions(reading: Reading, request: Request) -> Iterator[Edition]:
    """Yield the lead's edition, then those of the other public profiles by name, each at its address."""
    site = reading.site
    lead = find_profile(site, "")
    if not lead.public:
        what = "the lead profile is `public: false`, and `build --all` puts the lead at the root"
        hint = "name another `profile: …` in cmsite.yml, or make this one public"
        raise ProblemsFound(
            [reading.trees[lead.place.path].problem(("public",), what, hint=hint, code="lead-profile")]
        )
    first = _edition(reading, lead, request, request.base_url)
    yield first
    for profile in sorted(site.profiles, key=lambda one: one.name):
        if profile.public and profile is not lead:
            url = profile.site.url or address_of(first.settings.url, profile.path)
            yield _edition(reading, profile, request, url)


def _edition(
    reading: Reading, profile: Profile, request: Request, url: str, target: Target | None = None
) -> Edition:
    """Return an edition at the address `url`, at its own for ""."""
    edition = personalise(reading.site, profile, now=request.now, target=target)
    return replace(edition, settings=replace(edition.settings, url=url)) if url else edition


@lru_cache(maxsize=8)
def _templates(theme: Theme, language: Language, cache: Cache) -> Templates:
    """Return a theme's templates in one language, read once for all editions that wear it."""
    name = digest((program_digest(), theme, language))
    if kept := cache.recall("theme", [name]).get(name):
        return Templates(theme, language, msgspec.json.decode(kept, type=dict[str, str]))
    templates = Templates(theme, language)
    if problems := templates.check():
        raise ProblemsFound(problems)
    cache.keep("theme", {name: msgspec.json.encode(templates.all_digests())})
    cache.forget("theme", but=[name], limit=_THEMES_LIMIT)
    return templates


def _compose(
    reading: Reading, edition: Edition, converter: Workshop, basis: Basis
) -> tuple[Composed, EditionBasis, int]:
    """Return the edition's pages, what they are composed from, and how many texts were converted."""
    before, theme = converter.converted, reading.theme(edition.settings.theme)
    context = _context(reading, edition, theme)
    known = basis.edition(context)
    composed = compose_edition(
        edition,
        reading.site,
        theme,
        converter,
        pictures=picture_maker(),
        cards=card_maker() if reading.site.settings.cards else "",
        searchable=_is_searchable(reading),
        known=known.known() if known else None,
    )
    return composed, edition_basis(context, composed.desk.texts), converter.converted - before


def _context(reading: Reading, edition: Edition, theme: Theme) -> str:
    """Return what stands for all that an edition is composed from but the bodies; "" if that is not known.

    Dates stand there as the time zone has them: what is known of zones changes without any file of the site.
    """
    if not reading.heads:
        return ""
    posts = (one.post for one in (*edition.chosen, *edition.pages))
    texts = "\n".join(f"{post.slug} {post.date} {post.updated}" for post in posts)
    makers = (picture_maker(), card_maker() if reading.site.settings.cards else "", _is_searchable(reading))
    edited = (edition.profile, edition.target, edition.settings, texts)
    return digest((reading.heads, *edited, theme, makers, generator_digest(edition.settings.engine)))


def _is_searchable(reading: Reading) -> bool:
    return reading.site.settings.search and bool(search_maker())


def _index(reading: Reading, composed: Composed) -> tuple[SearchRecipe, ...]:
    """Return the files of an edition's search index, none for a site without search."""
    return librarian(reading.root).index(search_records(composed.desk)) if _is_searchable(reading) else ()


def cache_of(root: Path, *, writable: bool = False) -> Cache:
    """Return the cache of the site in `root`: `writable` for who holds its lock."""
    return Cache(root / ".cmsite" / NAME, writable=writable)


def memory(cache: Cache, *, thorough: bool = False) -> PostMemory:
    """Return what was read of a site last time; who is `thorough` reads every byte."""
    since = moment(str(cache.file.with_name("lock"))) if cache.writable else 0
    return PostMemory(cache, program_digest(), since, thorough)


def workshop(reading: Reading, cache: Cache | None = None, *, jobs: int = 0, shared: bool = True) -> Workshop:
    """Return what converts the texts of a site; without a cache from the caller it keeps nothing new.

    Raises ProblemsFound, at their places, for what Markdown cannot be read with in cmsite.yml and for
    mistakes in the wording of any text, whatever the mask.
    """
    if problems := [*engine_problems(reading), *wording_problems(reading.site)]:
        raise ProblemsFound(problems)
    settings = reading.site.settings
    return Workshop(
        engine=settings.engine,
        extensions=settings.markdown_extensions,
        maker=generator_digest(settings.engine),
        cache=cache or cache_of(reading.root),
        jobs=jobs,
        shared=shared,
    )


def librarian(root: Path) -> Librarian:
    """Return what makes and remembers the search indexes of the site in `root`."""
    return Librarian(Memory(root / ".cmsite" / "search"))


def darkroom(root: Path) -> Darkroom:
    """Return what makes and remembers the pictures of the site in `root`."""
    return Darkroom(root, Memory(root / ".cmsite" / "pictures"))


def card_press(root: Path) -> CardPress:
    """Return what draws and remembers the social cards of the site in `root`."""
    return CardPress(Memory(root / ".cmsite" / "cards"))


def expectations(reading: Reading, edition: Edition) -> Iterator[Problem]:
    """Yield each rule of the profile's `expect:` that its edition breaks, at its place."""
    from cmsite.shape.report.expectations import broken_expectations

    for broken in broken_expectations(edition):
        tree = reading.trees[edition.profile.place.path]
        yield tree.problem(("expect", *broken.key), broken.what, hint=broken.hint, code="expectation")
