"""Each way a command ends has its exit code and its words, and never a traceback."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from site_folder import NOW, SiteFolder
from terminal import Terminal

BY_SITE = "  hint: go to the site's folder, or name it with `cmsite --site FOLDER`\n"
UNCHANGED = "  hint: the published site is unchanged; mend the cause and build again\n"
HEAVY = (
    "babel",
    "jinja2",
    "markdown",
    "nh3",
    "pydantic",
    "pygments",
    "rich",
    "yaml",
    "frontmatter",
    "cmsite.model",
)


def in_a_process(*words: str, site: SiteFolder, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a shell would."""
    return subprocess.run(
        [sys.executable, "-m", "cmsite", *words],
        cwd=site.root,
        env={"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())), **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


# 0 and 1


def test_0_when_all_is_well_warnings_included(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a")
    assert terminal("build").code == 0
    site.write("cmsite.yml", "language: fr\n")
    said = terminal("build")
    assert said.code == 0
    assert "cmsite.yml:1:1: warning: no `url` is stated" in said.err


def test_1_when_a_file_is_wrong(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a", "tilte: x")
    for command in ("build", "check", "list"):
        assert terminal(command).code == 1


@pytest.mark.parametrize("command", ["build", "list", "check", "coverage", "statement"])
def test_1_when_a_file_is_wrong_and_the_answer_is_json(site: SiteFolder, command: str) -> None:
    ended = in_a_process(command, "--json", site=site.post("a", "tilte: x"))
    assert (ended.returncode, ended.stderr) == (1, "")
    assert site.run(command, "--json").exit_code == 1


def test_1_when_a_strict_build_has_a_warning(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a").write("cmsite.yml", "language: fr\n")
    said = terminal("build", "--strict")
    assert (said.code, said.err.splitlines()[-1]) == (1, "1 warning; nothing was written")
    assert not site.has("index.html")


# 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["build", "-p", "sant"], "cmsite: there is no profile `sant`\n  hint: did you mean `sante`?\n"),
        (
            ["list", "-p", "zzz", "--json"],
            "cmsite: there is no profile `zzz`\n  hint: there is `sante`\n",
        ),
        (
            ["build", "--now", "demain"],
            "cmsite: `demain` is not an instant\n  hint: write 2026-03-01T10:00+01:00\n",
        ),
        (["build", "--base-url", "example.org"], "cmsite: `example.org` is not a web address\n"),
        (["build", "--base-url", "http://[::1"], "cmsite: `http://[::1` is not a web address\n"),
        (
            ["build", "--base-url", "https://example.org/?a"],
            "cmsite: `https://example.org/?a` holds more than a host and a path\n"
            "  hint: leave out `?…`, `#…`, `user@`, `//` and `..`\n",
        ),
        (["build", "--starts"], "No such option '--starts'"),
        (["biuld"], "No such command 'biuld'"),
        (["schema", "themes"], "'themes' is not one of 'cmsite', 'mask', 'profile', 'post', 'page', 'theme'"),
        (["--site", "cmsite.yml", "build"], "Directory 'cmsite.yml' is a file"),
        (["--site", "nowhere", "build"], f"cmsite: there is no cmsite.yml in nowhere\n{BY_SITE}"),
        ([], "Usage: cmsite [OPTIONS] COMMAND [ARGS]..."),
    ],
)  # fmt: skip
def test_2_when_the_command_line_names_what_is_not(
    site: SiteFolder, terminal: Terminal, words: list[str], told: str
) -> None:
    site.post("a")
    said = terminal(*words)
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_2_when_the_instant_of_the_environment_is_none(site: SiteFolder) -> None:
    epoch = in_a_process("build", site=site.post("a"), SOURCE_DATE_EPOCH="hier")
    assert (epoch.returncode, epoch.stderr) == (
        2,
        "cmsite: SOURCE_DATE_EPOCH is `hier`, not a number of seconds\n"
        "  hint: unset it, or write the seconds since 1970\n",
    )


def test_2_outside_of_a_site_and_nothing_is_made_there(site: SiteFolder, terminal: Terminal) -> None:
    site.delete("cmsite.yml")
    before = sorted(site.root.rglob("*"))
    assert terminal("build").err == f"cmsite: there is no cmsite.yml here or above\n{BY_SITE}"
    assert terminal("--site", ".", "build").code == 2
    assert sorted(site.root.rglob("*")) == before


def test_a_site_is_found_from_any_folder_within(site: SiteFolder) -> None:
    within = site.post("a").root / "content" / "posts"
    said = subprocess.run(
        [sys.executable, "-m", "cmsite", "list", "--now", NOW.isoformat()],
        cwd=within, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "speaks to anyone" in said.stdout


# 3


def foreign_files(site: SiteFolder) -> str:
    site.write("public/index.html", "mine")
    return (
        "cmsite: public/ holds files that cmsite did not make\n"
        "  hint: choose another `output`, or say `--adopt` to publish beside them\n"
    )


def another_site(site: SiteFolder) -> str:
    other = SiteFolder(site.root.parent / "other").started().post("a")
    other.write("cmsite.yml", "title: Un autre\nurl: https://example.org/\n")
    other.build()
    shutil.copytree(other.root / "public", site.root / "public")
    return (
        "cmsite: public/ holds another site\n"
        "  hint: choose another `output`, or say `--adopt` to take its place\n"
    )


def output_a_link(site: SiteFolder) -> str:
    site.write("../elsewhere/index.html", "mine")
    (site.root / "public").symlink_to(site.root.parent / "elsewhere")
    return "cmsite: public is a link: nothing is written through it\n  hint: delete the link\n"


def output_behind_a_link(site: SiteFolder) -> str:
    site.write("../elsewhere/public/index.html", "mine").write("cmsite.yml", "output: a/public\n")
    (site.root / "a").symlink_to(site.root.parent / "elsewhere")
    return "cmsite: a is a link: nothing is written through it\n  hint: delete the link\n"


def output_a_file(site: SiteFolder) -> str:
    site.write("public", "mine")
    return "cmsite: public is a file, not a folder\n  hint: delete it, or choose another `output`\n"


def memory_a_link(site: SiteFolder) -> str:
    site.write("../elsewhere/x", "mine")
    (site.root / ".cmsite").symlink_to(site.root.parent / "elsewhere")
    return "cmsite: .cmsite is a link: nothing is written through it\n  hint: delete the link\n"


@pytest.mark.parametrize(
    "arrange",
    [foreign_files, another_site, output_a_link, output_behind_a_link, output_a_file, memory_a_link],
    ids=lambda arrange: arrange.__name__,
)
def test_3_when_the_output_is_not_ours_and_nothing_of_it_changes(
    site: SiteFolder, terminal: Terminal, arrange: Callable[[SiteFolder], str]
) -> None:
    told = arrange(site.post("a"))
    before = everything(site.root.parent)
    said = terminal("build")
    assert (said.code, said.out) == (3, "")
    assert said.err.endswith(told)
    assert everything(site.root.parent) == before


def everything(root: Path) -> dict[str, bytes]:
    """Return all files below a folder but for the lock and what is remembered."""
    return {
        str(file): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file() and file.name not in ("lock", "cache.sqlite")
    }


@pytest.mark.parametrize("output", ["~", "/", "..", ".", "content", "themes/x", "$HOME", ".git"])
def test_3_when_the_output_is_a_place_where_nobody_may_write(
    site: SiteFolder, terminal: Terminal, output: str
) -> None:
    site.post("a", "tilte: x").write("cmsite.yml", f"output: {output}\n")
    for words in (["build"], ["build", "--adopt"], ["build", "--json"], ["check"], ["check", "--json"]):
        assert terminal(*words).code == 3


# 4


def failing(code: int, *, at: int = 1) -> Callable[..., None]:
    """Return what stands in for a function of the system that fails the `at`-th time it is called."""
    calls = 0

    def fail(*arguments: object, **options: object) -> None:
        nonlocal calls
        calls += 1
        if calls >= at:
            raise OSError(code, os.strerror(code), "/a/file")

    return fail


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "permission denied"),
        (errno.EROFS, "the file system is read-only"),
        (errno.EMFILE, "too many open files"),
        (errno.EIO, "Input/output error"),
    ],
)
@pytest.mark.parametrize("function", ["link", "scandir", "mkdir"])
def test_4_when_the_machine_says_no_and_the_site_stays_as_it_was(
    site: SiteFolder, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, function: str, code: int, told: str
) -> None:
    site.post("a").build()
    before = site.outputs()
    site.post("b")
    with monkeypatch.context() as patch:
        patch.setattr(os, function, failing(code))
        said = terminal("build")
    assert (said.code, said.out, said.err) == (4, "", f"cmsite: {told}: /a/file\n{UNCHANGED}")
    assert site.outputs() == before
    assert terminal("build").code == 0
    assert site.has("2026/03/b/index.html")


def test_4_when_the_first_site_cannot_be_put_in_its_place(
    site: SiteFolder, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.post("a")
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", failing(errno.ENOSPC))
        assert terminal("build").code == 4
    assert not (site.root / "public").exists()
    assert terminal("build").code == 0


# 6


@pytest.mark.parametrize("words", [["build"], ["build", "--json"], ["build", "--clean"]])
def test_6_while_another_build_is_at_work_in_this_folder(
    site: SiteFolder, terminal: Terminal, words: list[str]
) -> None:
    site.post("a").write(".cmsite/lock", "")
    with (site.root / ".cmsite" / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = terminal(*words)
        assert (said.code, said.out) == (6, "")
        assert said.err == "cmsite: another build is at work in this folder\n  hint: wait for it to end\n"
        assert terminal("check").code == 0
        assert terminal("list").code == 0
    assert not (site.root / "public").exists()
    assert terminal("build").code == 0


# 130 and a pipe that closes


def test_130_when_interrupted_and_the_site_stays_as_it_was(
    site: SiteFolder, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.post("a").build()
    before = site.outputs()
    site.post("b")

    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", interrupt)
        said = terminal("build")
    assert (said.code, said.out, said.err) == (130, "", "interrupted: the site is unchanged\n")
    assert site.outputs() == before
    assert terminal("build").code == 0
    assert site.has("2026/03/b/index.html")


def test_130_when_a_real_process_is_interrupted_and_it_says_one_line(site: SiteFolder) -> None:
    for number in range(300):  # more than a pipe holds: the program waits for its reader
        site.post(f"un-texte-parmi-beaucoup-d-autres-{number}")
    with subprocess.Popen(
        [sys.executable, "-m", "cmsite", "list", "--json"],
        cwd=site.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    ) as running:  # fmt: skip
        assert running.stdout is not None
        running.stdout.read(1)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate()
    assert (running.returncode, err) == (130, "interrupted: the site is unchanged\n")


def test_130_when_interrupted_before_the_program_is_loaded(site: SiteFolder, tmp_path: Path) -> None:
    library = tmp_path / "click" / "__init__.py"  # the first thing that is loaded
    library.parent.mkdir()
    library.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", encoding="utf-8")
    path = os.pathsep.join([str(library.parent.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "cmsite", "build"],
        cwd=site.root, env={**os.environ, "PYTHONPATH": path},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (130, "interrupted: the site is unchanged\n")


def test_an_interruption_after_the_work_does_not_say_that_nothing_was_done(
    tmp_path: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    echo = click.echo

    def interrupted(*words: object, **options: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        echo(*words, **options)  # type: ignore[arg-type]

    before = signal.getsignal(signal.SIGINT)
    with monkeypatch.context() as patch:
        patch.setattr(click, "echo", interrupted)
        said = terminal("init", str(tmp_path / "new"))
    assert (said.code, "cmsite.yml" in said.out) == (0, True)
    assert (tmp_path / "new" / "cmsite.yml").exists()
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    "words", [["list"], ["list", "--json"], ["coverage"], ["check", "--json"], ["schema", "post"], ["--help"]]
)
@pytest.mark.parametrize("both", [False, True], ids=["out", "out and err"])
def test_a_reader_that_goes_away_leaves_no_word_on_the_terminal(
    site: SiteFolder, words: list[str], both: bool
) -> None:
    site.post("a")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "cmsite", *words],
            cwd=site.root, stdout=writing, stderr=writing if both else subprocess.PIPE,
            encoding="utf-8", check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, None if both else "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_an_output_that_the_shell_has_closed_is_no_fault(site: SiteFolder, closed: str) -> None:
    site.post("a")
    for words in ("list", "check", "list --json"):
        command = f"{shlex.quote(sys.executable)} -m cmsite {words} {closed}"
        ended = subprocess.run(["sh", "-c", command], cwd=site.root, capture_output=True, check=False)
        assert (ended.returncode, b"Traceback" in ended.stderr) == (0, False)


# the terminal


def test_help_needs_nothing_heavier_than_click() -> None:
    script = (
        "import sys\nfrom cmsite.cli import cmsite\n"
        "for words in ([], ['build'], ['check'], ['init'], ['list'], ['schema']):\n"
        "    cmsite.main([*words, '--help'], standalone_mode=False)\n"
        "print('loaded:', *sorted(sys.modules))\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    shown, _, loaded = ended.stdout.rpartition("loaded: ")
    assert "Commands:\n  build " in shown
    assert shown.count("Usage: ") == 6
    assert "click" in loaded.split()
    at_first = subprocess.run(
        [sys.executable, "-c", script.replace(", ['build'], ['check'], ['init'], ['list'], ['schema']", "")],
        capture_output=True, encoding="utf-8", check=True,
    ).stdout.rpartition("loaded: ")[2].split()  # fmt: skip
    assert [name for name in HEAVY if name in at_first] == []
    assert [name for name in HEAVY if name in loaded.split()] == ["cmsite.model"]


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help_and_version_are_answers(terminal: Terminal, word: str) -> None:
    said = terminal(word)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Usage: cmsite [OPTIONS] COMMAND [ARGS]...")
    assert re.fullmatch(r"cmsite, version \d+\.\d+\.\d+\S*\n", terminal("--version").out)


def test_colour_is_for_terminals_and_for_those_who_force_it(site: SiteFolder) -> None:
    site.post("a", "tilte: x")
    plain = in_a_process("check", site=site)
    forced = in_a_process("check", site=site, FORCE_COLOR="1")
    refused = in_a_process("check", site=site, FORCE_COLOR="1", NO_COLOR="1")
    assert "\x1b" not in plain.stderr
    assert "\x1b[1;31merror\x1b[0m" in forced.stderr
    assert re.sub(r"\x1b\[[0-9;]*m", "", forced.stderr) == plain.stderr
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", refused.stderr)
    assert in_a_process("check", site=site, NO_COLOR="1").stderr == plain.stderr


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("ascii", ["list", "--all-posts"]), ("ascii", ["build"]), ("cp1252", ["list", "--all-posts"])],
)
def test_no_encoding_of_a_terminal_ends_in_a_traceback(
    site: SiteFolder, encoding: str, words: list[str]
) -> None:
    site.post("a", "title: Été → ♥\nsummary: ♥").post("♥", "draft: true\nslug: b")
    ended = in_a_process(*words, site=site, PYTHONIOENCODING=f"{encoding}:strict")
    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False)


def test_a_profiler_writes_what_it_has_seen(site: SiteFolder, tmp_path: Path) -> None:
    seen = tmp_path / "build.prof"
    words = ["-m", "cProfile", "-o", str(seen), "-m", "cmsite", "--site", str(site.post("un").root), "build"]
    assert subprocess.run([sys.executable, *words], capture_output=True, check=False).returncode == 0
    assert seen.stat().st_size > 0
