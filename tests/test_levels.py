"""Hold the house to its levels: who may import whom, and what the thinking rooms may not touch."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import cmsite

PACKAGE = Path(cmsite.__file__).parent

# room: the rooms it may import, besides itself
MAY_IMPORT = {
    "model": set(),
    "digest": {"model"},
    "colour": {"model"},
    "paths": {"model"},
    "errors": {"model"},
    "containers": set(),
    "slugs": set(),
    "installed": set(),
    "forking": {"errors"},
    "spawning": {"errors"},
    "crew": {"forking", "spawning"},
    "cache": set(),
    "request": set(),
    "signatures": set(),
    "standing": {"errors", "request", "signatures", "model"},
    "recording": {"standing", "errors", "paths", "request", "signatures"},
    "converting": {"cache", "crew", "shape", "craft", "digest", "model"},
    "composing": {"cache", "shape"},
    "guarded_xml": set(),
    "xml_text": set(),
    "read": {
        "cache",
        "signatures",
        "errors",
        "digest",
        "colour",
        "paths",
        "slugs",
        "containers",
        "guarded_xml",
        "model",
    },
    "shape": {"errors", "digest", "colour", "paths", "slugs", "xml_text", "model"},
    "craft": {"errors", "digest", "containers", "guarded_xml", "xml_text", "installed", "model"},
    "write": {"errors", "digest", "colour", "paths", "signatures", "model"},
    "makers": {"installed", "read", "shape", "errors", "digest"},
    "identity": {"shape", "digest", "model"},
    "editions": {
        "makers",
        "cache",
        "converting",
        "crew",
        "read",
        "shape",
        "craft",
        "errors",
        "digest",
        "installed",
        "request",
        "signatures",
        "model",
    },
    "making": {"crew", "editions", "shape", "write", "errors", "model"},
    "build": {
        "identity",
        "cache",
        "composing",
        "crew",
        "editions",
        "making",
        "progress",
        "read",
        "shape",
        "write",
        "errors",
        "digest",
        "standing",
        "recording",
        "model",
    },
    "audit": {"identity", "build", "editions", "making", "read", "shape", "write", "errors", "model"},
    "compare": {"converting", "editions", "read", "shape", "write", "errors", "model"},
    "doctor": {"makers", "editions", "installed", "read", "shape", "errors", "model", "__init__"},
    "leaking": {
        "identity",
        "build",
        "editions",
        "making",
        "read",
        "shape",
        "write",
        "errors",
        "digest",
        "model",
    },
    "progress": set(),
    "keeping": {"cache", "write"},
    "around": {"deploy", "keeping", "errors", "model"},
    "aiming": {"read", "write", "errors", "model"},
    "who": {"read", "write", "errors", "model"},
    "importing": {"read", "build", "errors", "digest", "slugs", "model"},
    "deploy": {"identity", "build", "editions", "read", "shape", "write", "errors", "model"},
    "serve": {"build", "editions", "read", "shape", "write", "errors", "model"},
    "cli": {
        "deploy",
        "serve",
        "importing",
        "aiming",
        "around",
        "audit",
        "keeping",
        "progress",
        "compare",
        "doctor",
        "leaking",
        "who",
        "build",
        "editions",
        "request",
        "standing",
        "read",
        "shape",
        "write",
        "errors",
        "digest",
        "model",
        "__init__",
    },
    "__init__": set(),
    "__main__": {"cli"},
}
WORDING = {"shape/wording.py", "shape/wording_faults.py", "shape/wording_sandbox.py"}
ONLY_IN = {  # library: the modules that may import it
    "click": {"cli"},
    "rich": {"cli"},
    "yaml": {"read/yaml_events.py", "read/yaml_places.py", "importing"},
    "frontmatter": {"read/head_keys.py", "importing"},
    "markdown": {"shape/python_markdown.py"},
    "pymdownx": {"shape/python_markdown.py"},
    "pyromark": {"shape/commonmark.py"},
    "nh3": {"shape/markup.py", "shape/comments.py"},
    "jinja2": {
        "shape/templates.py",
        "shape/compiling.py",
        "shape/remembering.py",
        "shape/folding.py",
        "shape/speech.py",
        *WORDING,
    },
    "babel": {"shape/language.py"},
    "pydantic": {"read"},
    "pagefind_bin": {"craft"},
    "cbor2": {"craft"},
    "PIL": {"craft/pictures.py"},
    "watchfiles": {"serve/watch.py"},
    "asyncio": {"serve"},
    "resvg_py": {"craft/cards.py"},
}
NOT_IN_SHAPE_MODULES = {
    "os",
    "time",
    "random",
    "logging",
    "pathlib",
    "sys",
    "io",
    "shutil",
    "secrets",
    "subprocess",
}
NOT_IN_SHAPE_CALLS = {"open", "print", "now", "today", "utcnow", "input"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def imports(name: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the whole name of everything a module imports, type-only imports too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = ["cmsite", *name.split("/")[:-1]]
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (start, node.module) if part)
            yield node.lineno, module
            if module == "cmsite":
                yield from ((node.lineno, f"cmsite.{alias.name}") for alias in node.names)


def room(module: str) -> str:
    """Return the room of a module's dotted name: cmsite.read.site → read."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def test_every_room_is_known() -> None:
    rooms = {name.split("/")[0].removesuffix(".py") for name, _ in modules()}
    assert rooms == set(MAY_IMPORT)


def test_rooms_import_only_what_lies_below_them() -> None:
    offences = []
    for name, tree in modules():
        own = name.split("/")[0].removesuffix(".py")
        for line, imported in imports(name, tree):
            if imported == "cmsite" or not imported.startswith("cmsite."):
                continue
            other = room(imported)
            is_name_of_package = other not in MAY_IMPORT  # `from cmsite import __version__`
            if not is_name_of_package and other != own and other not in MAY_IMPORT[own]:
                offences.append(f"{name}:{line} imports {imported}")
    assert offences == []


def test_no_module_imports_itself_through_others() -> None:
    edges = {
        "cmsite." + name.removesuffix(".py").replace("/", ".").removesuffix(".__init__"): {
            imported for _, imported in imports(name, tree) if imported.startswith("cmsite.")
        }
        for name, tree in modules()
    }
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"a cycle: {' → '.join([*path[path.index(module) :], module])}"
        if module not in done:
            for other in edges.get(module, ()):
                visit(other, (*path, module))
            done.add(module)

    for module in edges:
        visit(module, ())


def test_libraries_stay_in_their_rooms() -> None:
    offences = [
        f"{name}:{line} imports {imported}"
        for name, tree in modules()
        for line, imported in imports(name, tree)
        if (allowed := ONLY_IN.get(imported.split(".")[0]))
        and name not in allowed
        and name.split("/")[0] not in allowed
    ]
    assert offences == []


def test_the_thinking_rooms_touch_no_file_clock_or_chance() -> None:
    offences = []
    for name, tree in modules():
        if not name.startswith("shape/"):
            continue
        offences += [
            f"{name}:{line} imports {imported}"
            for line, imported in imports(name, tree)
            if imported.split(".")[0] in NOT_IN_SHAPE_MODULES
        ]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if called in NOT_IN_SHAPE_CALLS:
                    offences.append(f"{name}:{node.lineno} calls {called}()")
    assert offences == []


def test_only_the_command_line_prints_or_leaves() -> None:
    offences = [
        f"{name}:{node.lineno} calls {node.func.id}()"
        for name, tree in modules()
        if not name.startswith("cli/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "exit", "input"}
    ]
    assert offences == []
