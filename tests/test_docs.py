"""The documentation says what the program does: every name is in it, every example runs, every link leads on.

In the pages, a line that is nothing but a path in backticks and a colon names the file that the block below
holds. In those that tell a story a ```console block holds commands with what they print (`console exit=1`:
commands that fail; a last line `…`: there is more). `--update-golden` writes anew what they print, and the
schemas.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
import yaml
from msgspec import structs

import cmsite
from cmsite.cli import cmsite as command_line
from cmsite.cli import main
from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Body, Place
from cmsite.read.schemas import json_schema
from cmsite.read.site import read_site
from cmsite.read.source import decode
from cmsite.read.vocabulary import read_vocabulary
from cmsite.shape import views
from cmsite.shape.report.finding import Finding
from cmsite.shape.wording import check_body

ROOT = Path(__file__).parents[1]
PACKAGE = Path(cmsite.__file__).parent
REFERENCE = ROOT / "docs" / "reference"
SCHEMAS = REFERENCE / "schemas"
DOCS_SITE = ROOT / "docs" / "site"  # holds copies of the pages, once `make docs` has run
PAGES = sorted(
    page for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if DOCS_SITE not in page.parents
)
TUTORIAL = ROOT / "docs" / "tutorial" / "file-by-file.md"
TEN_MINUTES = ROOT / "docs" / "tutorial" / "first-site.md"
AFTER_THE_TUTORIAL = tuple(
    ROOT / "docs" / "how-to" / f"{name}.md"
    for name in (
        "find-your-mask",
        "retarget-a-site",
        "aim-at-an-organisation",
        "write-for-several-audiences",
        "override-the-theme",
        "publish-on-github-pages",
        "use-your-own-domain",
    )
)
DEMO = ("cmsite.yml", "mask.yml", "profiles", "content", "themes")
DECEMBER = "1796083200"  # 2026-12-01: after every post that the pages and the demo hold
KEYS_OF = {  # schema: the page that tells its keys
    "cmsite": "cmsite-yml.md",
    "mask": "mask-yml.md",
    "profile": "profiles.md",
    "post": "front-matter.md",
    "page": "front-matter.md",
    "theme": "theme-yml.md",
}

_BETWEEN_FILES = {"unknown-post", "lead-profile", "no-image"}  # problems of a file that stands alone
_BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^(?P<ticks>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"(?<!!)\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)")
_CODE = re.compile(r"'[a-z]+(?:-[a-z]+)*'")
_SPAN = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that a page shows."""

    path: str
    text: str


# What a page holds


@cache
def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, info: str) -> list[str]:
    """Return the text of every fenced block of a kind."""
    return [match["text"] for match in _BLOCK.finditer(read(page)) if match["info"] == info]


def files(page: Path) -> Iterator[Shown]:
    """Yield every file that a page shows."""
    for match in _BLOCK.finditer(read(page)):
        if match["file"]:
            yield Shown(match["file"], match["text"])


def sections(page: Path, level: int = 2) -> dict[str, str]:
    """Return the text below each heading of a level, by the heading."""
    parts = re.split(rf"^#{{{level}}} (.+)$", read(page), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def spans(text: str) -> set[str]:
    return set(_SPAN.findall(text))


def words(text: str) -> set[str]:
    """Return every word that stands in a code span, alone or as a part: `author.links[].me`, `-p NAME`."""
    return {word for span in spans(text) for word in re.findall(r"[\w-]*\w", span)}


def first_cells(text: str) -> set[str]:
    """Return what stands in code in the first cell of a line of a table."""
    return set(re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE))


@cache
def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to a page's headings."""
    headings = re.findall(r"^#+ (.+)$", _BLOCK.sub("", read(page)), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


# What the program knows


def commands(group: click.Group = command_line, name: str = "cmsite") -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something, with its whole name."""
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def told_as(parameter: click.Parameter, command: click.Command) -> list[str]:
    """Return the words that a page must hold for an option or an argument."""
    if isinstance(parameter, click.Option):
        return parameter.opts
    if isinstance(parameter.type, click.Choice):
        return [str(choice) for choice in parameter.type.choices]
    return [parameter.make_metavar(click.Context(command))]


def keys(schema: Any) -> set[str]:
    """Return the name of every property of a schema, however deep."""
    if isinstance(schema, list):
        return {key for item in schema for key in keys(item)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {}))
    return own | {key for name, item in schema.items() if name != "default" for key in keys(item)}


def view_classes() -> dict[str, Any]:
    return {
        name: kind for name, kind in vars(views).items() if getattr(kind, "__module__", "") == views.__name__
    }


def problem_codes() -> set[str]:
    """Return every code that the package gives to a problem: by keyword, by position or by default."""
    trees = {file: ast.parse(read(file)) for file in PACKAGE.rglob("*.py")}
    nouns = {kind.__name__: [*kind.__struct_fields__] for kind in (Problem, Finding)}
    shared = {name: names.index("code") for name, names in nouns.items()}
    shared |= code_places(trees[PACKAGE / "read" / "fields.py"])
    found = {
        item.default
        for item in structs.fields(Problem)
        if item.name == "code" and isinstance(item.default, str)
    }
    for tree in trees.values():
        where = {**shared, **code_places(tree)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found |= {
                    str(constant.value)
                    for code in codes_given(node, where)
                    for constant in constants_of(code)
                }
            elif isinstance(node, ast.FunctionDef):
                found |= default_code(node)
    return found


def constants_of(code: ast.expr) -> list[ast.Constant]:
    """Return the constants an expression may come to: itself, or either side of a choice."""
    sides = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
    return [side for side in sides if isinstance(side, ast.Constant)]


def code_places(tree: ast.Module) -> dict[str, int]:
    """Return at which position each function of a module takes a `code`, `self` not counted."""
    places = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
            if "code" in names:
                places[node.name] = names.index("code")
    return places


def codes_given(call: ast.Call, where: dict[str, int]) -> list[ast.expr]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    named = [word.value for word in call.keywords if word.arg == "code"]
    if called not in where:
        return named
    spread = [index for index, argument in enumerate(call.args) if isinstance(argument, ast.Starred)]
    if not spread:
        return [*named, *call.args[where[called] : where[called] + 1]]
    return [*named, *(each for each in call.args[spread[-1] + 1 :] if _CODE.fullmatch(ast.unparse(each)))]


def default_code(node: ast.FunctionDef) -> set[str]:
    named = [*node.args.posonlyargs, *node.args.args]
    with_default = named[len(named) - len(node.args.defaults) :]
    return {
        str(value.value)
        for name, value in zip(with_default, node.args.defaults, strict=True)
        if name.arg == "code" and isinstance(value, ast.Constant)
    }


# The reference is whole


def test_every_command_and_option_is_documented() -> None:
    told = {
        name: text for name, text in sections(REFERENCE / "commands.md").items() if name.startswith("cmsite ")
    }
    known = dict(commands())
    assert set(told) == set(known)
    missing = [
        f"{name} {word}"
        for name, command in known.items()
        for parameter in command.params
        for word in told_as(parameter, command)
        if word not in {part for span in spans(told[name]) for part in span.replace(",", " ").split()}
    ]
    assert missing == []


def test_no_command_is_said_to_have_an_option_that_it_lacks() -> None:
    for name, command in commands():
        told = {word for span in first_options(sections(REFERENCE / "commands.md")[name]) for word in span}
        assert told <= {word for parameter in command.params for word in parameter.opts}


def first_options(text: str) -> Iterator[list[str]]:
    """Yield the options that stand in the first cell of each line of the tables."""
    for cell in re.findall(r"^\| (`-[^|]*) \|", text, flags=re.MULTILINE):
        yield re.findall(r"`(--?[\w-]+)", cell)


def test_the_options_before_a_command_are_documented() -> None:
    told = words(sections(REFERENCE / "commands.md")["For every command"])
    assert {word for option in command_line.params for word in option.opts} <= {
        *told,
        *(f"--{word}" for word in told),
    }


@pytest.mark.parametrize("name", KEYS_OF)
def test_every_key_of_a_file_is_documented(name: str) -> None:
    assert keys(json_schema(name)) - words(read(REFERENCE / KEYS_OF[name])) == set()


def test_every_view_and_field_is_documented_and_no_other() -> None:
    told = {name: first_cells(text) for name, text in sections(REFERENCE / "views.md", 3).items()}
    assert told == {name: {*kind.__struct_fields__} for name, kind in view_classes().items()}


def test_every_problem_is_documented_and_no_other() -> None:
    assert first_cells(read(REFERENCE / "problems.md")) == problem_codes()


@pytest.mark.parametrize(
    "name",
    [
        *(
            "build",
            "cache-clear",
            "cache-show",
            "check",
            "coverage",
            "deploy",
            "diff",
            "explain",
            "import-jekyll",
            "init",
            "list",
            "new-page",
            "new-post",
            "new-profile",
            "new-target",
            "profile-mask",
            "profile-show",
            "theme-diff",
            "statement",
            "whatif",
            "who",
        ),
    ],
)
def test_every_key_of_json_output_is_documented(name: str) -> None:
    schema = json.loads(read(SCHEMAS / f"{name}.json"))
    assert keys(schema) - words(read(REFERENCE / "json.md")) == set()


@pytest.mark.parametrize("name", KEYS_OF)
def test_the_schemas_for_editors_are_up_to_date(name: str, update_golden: bool) -> None:
    today = json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"
    if update_golden:
        (SCHEMAS / f"{name}.json").write_text(today, encoding="utf-8")
    else:
        assert read(SCHEMAS / f"{name}.json") == today


def test_every_schema_is_one() -> None:
    for file in SCHEMAS.glob("*.json"):
        jsonschema.Draft202012Validator.check_schema(json.loads(read(file)))


# What is shown is right


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for address in _LINK.findall(_SPAN.sub("", _BLOCK.sub("", read(page)))):
        path, _, anchor = address.partition("#")
        target = page.parent / path if path else page
        if not re.match(r"[a-z]+:", address) and not leads_to(target, anchor):
            lost.append(address)
    assert lost == []


def leads_to(target: Path, anchor: str) -> bool:
    return target.exists() and (not anchor or anchor in anchors(target.resolve()))


@pytest.mark.parametrize("page", sorted(KEYS_OF.values()))
def test_every_file_in_the_reference_is_right(page: str, tmp_path: Path) -> None:
    """Read each as the only file of a site; what it says of other files is not looked at."""
    shown = list(files(REFERENCE / page))
    assert shown
    for number, source in enumerate(shown):
        theme = source.path.split("/")[1] if source.path.startswith("themes/") else "carnet"
        site = write(tmp_path / str(number), Shown("cmsite.yml", f"theme: {theme}\n"))
        assert {problem.code for problem in mistakes(write(site, source))} <= _BETWEEN_FILES


def mistakes(site: Path) -> tuple[Problem, ...]:
    try:
        read_site(site)
    except ProblemsFound as found:
        return found.problems
    return ()


def write(folder: Path, source: Shown) -> Path:
    """Write a file below a folder, and return the folder."""
    file = folder / source.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source.text, encoding="utf-8")
    return folder


def test_every_example_of_wording_is_right() -> None:
    vocabulary = read_vocabulary(decode((ROOT / "mask.yml").read_bytes(), "mask.yml"))
    examples = blocks(REFERENCE / "wording.md", "jinja")
    assert examples
    for example in examples:
        assert check_body(Body(example, Place("wording.md")), vocabulary) == ()


def test_every_yaml_block_can_be_read() -> None:
    for page in PAGES:
        for block in blocks(page, "yaml"):
            yaml.safe_load(block)


# Somebody who does what the pages say


@dataclass
class Reader:
    """Does what a page says, in the folder where the test stands."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def follow(self, page: str) -> str:
        """Write every file and run every command of a page; return the page with what they print today."""

        def do(match: re.Match[str]) -> str:
            if match["file"]:
                write(Path(), Shown(match["file"], match["text"]))
            kind, _, code = match["info"].partition(" exit=")
            if kind != "console":
                return match[0]
            typed = self.type_in(match["text"], int(code or 0))
            return f"{match['ticks']}{match['info']}\n{typed}{match['ticks']}"

        return _BLOCK.sub(do, page)

    def type_in(self, block: str, wanted: int) -> str:
        """Run a block's commands; return it with what they print, where it shows anything."""
        lines: list[str] = []
        for command, *shown in (
            part.splitlines() for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
        ):
            code, printed = self.run(*shlex.split(command))
            assert code == wanted, f"`{command}` left with {code}:\n{printed}"
            told = [line.rstrip() for line in printed.strip("\n").splitlines()]
            if shown[-1:] == ["…"]:
                told = [*told[: len(shown) - 1], "…"]
            lines += [f"$ {command}", *(told if shown else [])]
        return "".join(f"{line}\n" for line in lines)

    def run(self, *words: str) -> tuple[int, str]:
        """Return the exit code of a command and what it prints."""
        if words[0] == "cd":
            self.monkeypatch.chdir(words[1])
            return 0, ""
        if words[0] != "cmsite":
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr
        self.monkeypatch.setattr(sys, "argv", list(words))
        with pytest.raises(SystemExit) as left:
            main()
        printed = self.capsys.readouterr()
        return int(left.value.code or 0), printed.out + printed.err


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Reader:
    monkeypatch.chdir(tmp_path)
    for name, value in (("SOURCE_DATE_EPOCH", DECEMBER), ("COLUMNS", "110"), ("LC_ALL", "C.UTF-8")):
        monkeypatch.setenv(name, value)
    return Reader(monkeypatch, capsys)


@pytest.fixture
def after_the_tutorial(tmp_path: Path, reader: Reader) -> Reader:
    for source in files(TUTORIAL):
        write(tmp_path, source)
    return reader


def hold_to(page: Path, reader: Reader, *, update: bool) -> None:
    """Compare what a page shows with what its commands print, but for how long they took."""
    shown, printed = read(page), reader.follow(read(page))
    if update and timeless(shown) != timeless(printed):
        page.write_text(printed, encoding="utf-8")
    else:
        assert timeless(printed) == timeless(shown)


def timeless(text: str) -> str:
    return re.sub(r"\d+\.\d+ s\b", "0 s", text)


def take_the_demo() -> None:
    """Copy the demo's files into the folder where the test stands."""
    for part in DEMO:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, part)
        else:
            shutil.copy(source, part)


def test_the_readme_shows_what_a_reader_gets(reader: Reader, update_golden: bool) -> None:
    take_the_demo()
    assert reader.run("cmsite", "build")[0] == 0  # `make site` has done so
    hold_to(ROOT / "README.md", reader, update=update_golden)


def test_the_two_home_pages_differ_as_the_readme_says(reader: Reader) -> None:
    take_the_demo()
    for source in files(ROOT / "README.md"):
        write(Path(), source)
    table = read(ROOT / "README.md").partition("on the home page:\n\n")[2].partition("\n\n")[0]
    head, _, *rows = ([cell.strip(" `") for cell in line.split("|")[1:-1]] for line in table.splitlines())
    for column in (1, 2):
        assert reader.run("cmsite", "build", "-q", "-p", head[column]) == (0, "")
        home = re.sub(r"<[^>]*>", "", Path("public/index.html").read_text(encoding="utf-8"))
        assert [row[column] for row in rows if row[column][0].isupper() and row[column] not in home] == []


@pytest.mark.parametrize("page", [TEN_MINUTES, TUTORIAL], ids=lambda page: page.stem)
def test_a_tutorial_shows_what_a_reader_gets(page: Path, reader: Reader, update_golden: bool) -> None:
    hold_to(page, reader, update=update_golden)


@pytest.mark.parametrize("page", AFTER_THE_TUTORIAL, ids=lambda page: page.stem)
def test_a_guide_shows_what_a_reader_gets(
    page: Path, after_the_tutorial: Reader, update_golden: bool
) -> None:
    hold_to(page, after_the_tutorial, update=update_golden)


def test_json_output_is_as_the_schemas_say(after_the_tutorial: Reader, tmp_path: Path) -> None:
    write(tmp_path, Shown("old/_posts/2020-01-02-a.md", "---\ntitle: A\n---\n{% mystery %}\n"))
    assert told(after_the_tutorial, "build")["editions"]
    assert told(after_the_tutorial, "build", "--all")["editions"]
    assert told(after_the_tutorial, "list", "--all-posts")["posts"]
    assert told(after_the_tutorial, "profile", "show")["values"]
    assert [one["code"] for one in told(after_the_tutorial, "check")["problems"]] == ["legal"]
    assert told(after_the_tutorial, "import", "jekyll", "old")["notes"]


def test_mistakes_in_json_are_as_the_schemas_say(after_the_tutorial: Reader, tmp_path: Path) -> None:
    write(tmp_path, Shown("cmsite.yml", "titel: x\n"))
    for command in ("build", "list", "check"):
        assert told(after_the_tutorial, command)["problems"]


def told(reader: Reader, *words: str) -> Any:
    """Return what a command says in JSON, held to its schema."""
    answer = json.loads(reader.run("cmsite", *words, "--json")[1])
    name = "-".join(words[:2]) if words[0] in ("import", "profile") else words[0]
    jsonschema.validate(answer, json.loads(read(SCHEMAS / f"{name}.json")))
    return answer
