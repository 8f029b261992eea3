"""Words complete in bash, zsh and fish, as the guide says, and without a library that takes its time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cmsite.cli import _COMMANDS
from site_folder import SiteFolder

GUIDE = Path(__file__).parents[2] / "docs/how-to/complete-in-your-shell.md"
HEAVY = {"babel", "frontmatter", "jinja2", "markdown", "nh3", "pydantic", "pygments", "rich", "yaml"}


def ask(site: SiteFolder, **environment: str) -> str:
    """Return what the program answers a shell."""
    return subprocess.run(
        [program(site.root.parent)],
        cwd=site.root,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    ).stdout


def program(folder: Path) -> Path:
    """Return the program as an installation puts it into a folder."""
    file = folder / "cmsite"
    file.write_text(f"#!{sys.executable}\nfrom cmsite.cli import main\nmain()\n")
    file.chmod(0o755)
    return file


def completed(site: SiteFolder, typed: str, shell: str = "bash") -> list[str]:
    """Return the words with which a shell would go on."""
    words = typed.split(" ")
    count = words[-1] if shell == "fish" else str(len(words) - 1)
    environment = {"_CMSITE_COMPLETE": f"{shell}_complete", "COMP_WORDS": typed, "COMP_CWORD": count}
    answer = ask(site, **environment)
    if shell == "bash":
        return [line.partition(",")[2] for line in answer.splitlines() if line]
    if shell == "zsh":
        return answer.splitlines()[1::3]
    return [line.partition(",")[2].partition("\t")[0] for line in answer.splitlines() if line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_guide_s_command_makes_what_the_shell_reads(site: SiteFolder, shell: str) -> None:
    assert f"_CMSITE_COMPLETE={shell}_source cmsite" in GUIDE.read_text(encoding="utf-8")
    script = ask(site, _CMSITE_COMPLETE=f"{shell}_source")
    assert "_cmsite_completion" in script
    assert f"_CMSITE_COMPLETE={shell}_complete" in script


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_commands_options_and_profiles_complete(site: SiteFolder, shell: str) -> None:
    site.write("profiles/jeu.yml", "headline: x\n").write("profiles/notes.txt", "x")
    assert completed(site, "cmsite bu", shell) == ["build"]
    assert completed(site, "cmsite new p", shell) == ["page", "post", "profile"]
    assert "--strict" in completed(site, "cmsite build --s", shell)
    assert completed(site, "cmsite init --language f", shell) == ["fr"]
    assert completed(site, "cmsite build -p j", shell) == ["jeu"]


def test_every_command_completes(site: SiteFolder) -> None:
    assert completed(site, "cmsite ") == sorted(_COMMANDS)


def test_profiles_are_those_of_the_site_that_is_named(site: SiteFolder, tmp_path: Path) -> None:
    outside = SiteFolder(tmp_path / "outside")
    assert completed(outside, "cmsite build -p s") == []
    assert completed(outside, f"cmsite --site {site.root} build -p s") == ["sante"]


def test_bash_itself_completes(site: SiteFolder, tmp_path: Path) -> None:
    program(tmp_path)
    script = (
        'eval "$(_CMSITE_COMPLETE=bash_source cmsite)"; COMP_WORDS=(cmsite bu); COMP_CWORD=1\n'
        '_cmsite_completion cmsite bu cmsite; echo "${COMPREPLY[@]}"'
    )
    path, sources = f"{tmp_path}:{os.environ['PATH']}", os.pathsep.join(sys.path)
    said = subprocess.run(
        ["bash", "-c", script],
        cwd=site.root, env={"PATH": path, "PYTHONPATH": sources}, capture_output=True, encoding="utf-8",
        check=True,
    )  # fmt: skip
    assert said.stdout.strip() == "build"


def test_completing_and_help_load_nothing_heavier_than_click() -> None:
    script = (
        "import sys, click\nfrom cmsite.cli import cmsite\n"
        "def walk(group, context):\n"
        "    for name in group.list_commands(context):\n"
        "        each = group.get_command(context, name)\n"
        "        each.get_help(click.Context(each))\n"
        "        if isinstance(each, click.Group): walk(each, context)\n"
        "walk(cmsite, click.Context(cmsite))\nprint(*sorted(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    loaded = {re.split(r"\.", name)[0] for name in said.stdout.split()}
    assert "click" in loaded
    assert loaded & HEAVY == set()
