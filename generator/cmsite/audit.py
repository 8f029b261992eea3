"""Audit a site: find all that a strict build of any edition would refuse, and what only the whole shows.

Errors and warnings come from reading, planning and rendering every edition; the audits in
`shape/report` add links that lead nowhere, and advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from cmsite.build import foreign_files, output_of
from cmsite.editions import Prepared, Request, card_press, darkroom, expectations, prepare, workshop
from cmsite.errors import Problem, ProblemsFound, Refused, Severity, sort_problems
from cmsite.identity import edition_name, identity_of
from cmsite.making import pictures_in
from cmsite.model import Place, Profile, Target
from cmsite.read.guarded_yaml import Tree
from cmsite.read.site import Reading, read_site
from cmsite.read.trees import read_tree
from cmsite.shape.outputs import CardRecipe
from cmsite.shape.render import render
from cmsite.shape.report.aliases import audit_aliases
from cmsite.shape.report.finding import Finding, Rendition
from cmsite.shape.report.links import audit_links
from cmsite.shape.report.pictures import audit_images, audit_pictures
from cmsite.shape.report.reach import audit_reach
from cmsite.shape.report.terms import audit_terms
from cmsite.shape.report.translations import audit_translations
from cmsite.shape.report.words import audit_words
from cmsite.shape.routes import output_path, redirect_path
from cmsite.write.publish import look_at


def check_site(root: Path, now: datetime) -> tuple[Problem, ...]:
    """Return what is wrong with a site, what is broken in it and what could be better; nothing is written.

    Mistakes of reading and of wording are told alone: where there are any, nobody knows the editions. Advice
    waits until there is no error.
    """
    root = root.resolve()
    try:
        audit = _Audit(root, read_site(root), now)
    except ProblemsFound as found:
        return found.problems
    return audit.run()


class _Audit:
    """One look at a site that can be read: it gathers problems, each with the editions it shows in."""

    def __init__(self, root: Path, reading: Reading, now: datetime) -> None:
        self.root, self.reading, self.now = root, reading, now
        self.converter = workshop(reading)
        self.trees: dict[str, Tree] = dict(reading.trees)
        self.problems: list[Problem] = [*reading.warnings]
        self.shown_in: dict[Problem, dict[str, str]] = {}  # problem: the editions, each with its hint
        self.holders: dict[str, set[str]] = {}  # a text's file: the editions that hold it

    def run(self) -> tuple[Problem, ...]:
        site = self.reading.site
        aimed = [(profile, target) for profile in site.profiles for target in (None, *profile.targets)]
        prepared = [self._prepared(profile, target) for profile, target in aimed]
        beside = self._published_together([each for each in prepared if each])
        renditions = [self._rendered(each, beside) for each in prepared if each]
        self.problems += (*self._in_outputs(), *self._in_pictures(renditions))
        found = [*self.problems, *self._with_editions()]
        if any(problem.severity is Severity.ERROR for problem in found):
            return sort_problems(problem for problem in found if problem.severity is not Severity.ADVICE)
        return sort_problems([*found, *map(self._located, self._of_the_whole(renditions))])

    def _of_the_whole(self, renditions: Sequence[Rendition]) -> Iterator[Finding]:
        """Yield what only those can say who know every edition."""
        site = self.reading.site
        yield from audit_aliases(site, renditions)
        yield from audit_translations(site)
        yield from audit_reach(site, renditions)
        yield from audit_terms(site)
        yield from audit_words(site, now=self.now)
        yield from audit_images(site)

    def _prepared(self, profile: Profile, target: Target | None) -> Prepared | None:
        request, tools = Request(self.now), self.converter
        try:
            prepared = prepare(self.reading, profile, request, target, indexed=False, converter=tools)
        except ProblemsFound as found:
            name = f"{profile.name}/{target.slug}" if target else profile.name
            self._note(name, map(self._at_its_alias, found.problems))
            return None
        edition = prepared.edition
        self._note(edition_name(edition.profile, edition.target), prepared.plan.warnings)
        self.problems += expectations(self.reading, prepared.edition)
        return prepared

    def _published_together(self, prepared: Iterable[Prepared]) -> dict[str, frozenset[str]]:
        """Return the files of each edition of `build --all` by its folder; none where there is but one."""
        lead = self.reading.site.settings.profile
        files = {
            "" if each.edition.profile.name == lead else each.edition.profile.path: frozenset(
                each.plan.paths()
            )
            for each in prepared
            if each.edition.profile.public and not each.edition.target
        }
        return files if "" in files and len(files) > 1 else {}

    def _rendered(self, prepared: Prepared, beside: Mapping[str, frozenset[str]]) -> Rendition:
        """Return an edition after a walk through its pages, whose bytes it then holds no more."""
        data: dict[str, bytes] = {}
        edition = prepared.edition
        name = edition_name(edition.profile, edition.target)
        for chosen in (*edition.chosen, *edition.pages):
            self.holders.setdefault(chosen.post.source, set()).add(name)
        outputs = prepared.plan.outputs()
        for output in outputs:
            try:
                made = render(output, prepared.templates)
                if isinstance(output.recipe, CardRecipe):
                    card_press(self.root).check(prepared.templates.card(output.recipe.view))
            except ProblemsFound as found:
                self._note(name, found.problems)
            else:
                if made is not None and not output.path.startswith("assets/"):
                    data[output.path] = made
        theme = self.reading.theme(edition.settings.theme)
        whole = Rendition(name, edition, theme, prepared.texts, outputs, data)
        self._note(name, map(self._located, (*audit_links(whole, beside), *audit_pictures(whole))))
        return replace(whole, data={})

    def _in_outputs(self) -> Iterator[Problem]:
        """Yield what stands in the folders that builds write, and is not theirs."""
        site = self.reading.site
        slugs = {target.slug for profile in site.profiles for target in profile.targets}
        for request in (Request(self.now), *(Request(self.now, target=slug) for slug in sorted(slugs))):
            output = self.root / output_of(site, request)
            try:
                yield from foreign_files(self.root, output, look_at(self.root, output, identity_of(site)))
            except Refused as refused:
                place = Place(output.relative_to(self.root).as_posix())
                yield Problem(place, refused.message, refused.hint, "foreign-output")

    def _in_pictures(self, renditions: Iterable[Rendition]) -> tuple[Problem, ...]:
        """Return the pictures that cannot be read."""
        try:
            darkroom(self.root).check(one for each in renditions for one in pictures_in(each.outputs))
        except ProblemsFound as found:
            return found.problems
        return ()

    def _note(self, edition: str, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.shown_in.setdefault(replace(problem, hint=""), {}).setdefault(edition, problem.hint)

    def _located(self, found: Finding) -> Problem:
        """Return a finding as a problem at its line."""
        if isinstance(found.at, Place):
            return Problem(found.at, found.what, found.hint, found.code, found.severity, found.excerpt)
        tree = self._tree(found.at.path)
        return tree.problem(
            found.at.key, found.what, hint=found.hint, code=found.code, severity=found.severity
        )

    def _at_its_alias(self, problem: Problem) -> Problem:
        """Return the problem of an address that two files claim at the old address that is one of them."""
        post = next((one for one in self.reading.site.texts() if one.source == problem.place.path), None)
        for index, alias in enumerate(post.aliases if post and problem.code == "collision" else ()):
            if f"`/{output_path(redirect_path(alias)).removesuffix('index.html')}`" in problem.what:
                tree = self._tree(problem.place.path)
                return tree.problem(("aliases", index), problem.what, hint=problem.hint, code="collision")
        return problem

    def _tree(self, path: str) -> Tree:
        if path not in self.trees:
            self.trees[path] = read_tree(self.root, path)
        return self.trees[path]

    def _with_editions(self) -> Iterator[Problem]:
        """Yield each problem with the editions it shows in, where it does not show in all that it could.

        A target's edition is not named beside its profile's, nor any for a problem of the profile's own.
        """
        profiles = self.reading.site.profiles
        every, places = {one.name for one in profiles}, {one.place.path for one in profiles}
        for problem, found in self.shown_in.items():
            everywhere = self.holders.get(problem.place.path, every) <= set(found)
            told = tuple(name for name in found if name in every or name.partition("/")[0] not in found)
            editions = () if everywhere or problem.place.path in places else told
            yield replace(problem, hint=next(iter(found.values())), editions=editions)
