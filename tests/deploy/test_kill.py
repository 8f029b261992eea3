"""A deploy that is killed anywhere leaves the old site or the new one, and the author's things untouched.

CMSITE_KILLS=200 tries so many points, some of them at odd instants of git's own work.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from itertools import count, islice

import pytest

from cmsite.deploy.deploy import Wish, deploy_site
from deploy.host import Host
from site_folder import NOW

WRAPPER = """\
calls=$(($(cat "$CALLS") + 1)); echo $calls > "$CALLS"
if [ "$WHEN" = before ] && [ $calls = "$KILL_AT" ]; then kill -9 0; fi
if [ "$WHEN" = during ] && [ $calls = "$KILL_AT" ]; then (sleep "$DELAY"; kill -9 0) & fi
"$REAL" "$@"; code=$?
if [ "$WHEN" = after ] && [ $calls = "$KILL_AT" ]; then kill -9 0; fi
exit $code"""
IN_THE_HOST = ("pre-receive", "update", "reference-transaction", "post-receive", "post-update")
SOME = 12


def deploy_in_a_child(host: Host, environment: dict[str, str]) -> int:
    """Deploy in a process group of its own; return how it ended."""
    (host.home / "calls").write_text("0")
    child = os.fork()
    if child == 0:
        os.setsid()
        os.environ.update(environment)
        deploy_site(host.site.root, Wish(NOW))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def points(calls: int, wanted: int) -> Iterator[dict[str, str]]:
    """Yield where to kill: around each call of git, then within the calls."""
    around = [
        {"KILL_AT": str(at), "WHEN": when} for at in range(1, calls + 1) for when in ("before", "after")
    ]
    if wanted <= len(around):
        yield from (around[index * len(around) // wanted] for index in range(wanted))
        return
    yield from around
    within = (
        {"KILL_AT": str(at), "WHEN": "during", "DELAY": f"0.{delay:03}"}
        for delay in count(1, 3)
        for at in range(1, calls + 1)
    )
    yield from islice(within, wanted - len(around))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_deploy_killed_anywhere_leaves_the_old_or_the_new_site_on_the_branch(host: Host) -> None:
    deploy_site(host.site.root, Wish(NOW))
    old, old_files = host.tip(), host.branch()
    host.site.post("trois").delete("content/posts/un.md").build()
    environment = {**host.stand_in(WRAPPER), "CALLS": str(host.home / "calls"), "KILL_AT": "0", "WHEN": ""}
    before = host.repository(), host.sources()
    assert deploy_in_a_child(host, environment) == 0
    calls = int((host.home / "calls").read_text())
    assert calls > SOME
    killed = 0
    for point in points(calls, int(os.environ.get("CMSITE_KILLS", SOME))):
        host.at_host("update-ref", "refs/heads/gh-pages", old)
        killed += deploy_in_a_child(host, {**environment, **point}) == -signal.SIGKILL
        assert host.branch() in (old_files, host.site.outputs()), point
        assert (host.repository(), host.sources()) == before, point
        tidy(host)
    assert killed >= SOME
    print(f"{killed} killed, {calls} calls of git")  # noqa: T201 for those who ask for more
    assert deploy_in_a_child(host, environment) == 0
    assert host.branch() == host.site.outputs()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("hook", IN_THE_HOST)
def test_a_deploy_killed_while_the_host_takes_the_site_in(host: Host, hook: str) -> None:
    deploy_site(host.site.root, Wish(NOW))
    old_files = host.branch()
    host.site.post("trois").build()
    before = host.repository(), host.sources()
    file = host.bare / "hooks" / hook
    file.write_text("#!/bin/sh\nkill -9 0\n", encoding="utf-8")
    file.chmod(0o755)
    (host.home / "calls").write_text("0")
    assert deploy_in_a_child(host, {}) == -signal.SIGKILL
    assert host.branch() in (old_files, host.site.outputs())
    assert (host.repository(), host.sources()) == before
    file.unlink()
    tidy(host)
    deploy_site(host.site.root, Wish(NOW))
    assert host.branch() == host.site.outputs()


def tidy(host: Host) -> None:
    """Take away the locks of a host that died with the deploy, as no real one does."""
    for lock in host.bare.rglob("*.lock"):
        lock.unlink()
