"""The workflow that comes with the package publishes on GitHub Pages, and is the one that the guide shows."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import yaml

GUIDE = Path(__file__).parents[1] / "docs" / "how-to" / "publish-on-github-pages.md"
WORKFLOW = files("cmsite").joinpath("scaffold/github/pages.yml").read_text(encoding="utf-8")
STEPS = yaml.safe_load(WORKFLOW)["jobs"]["publish"]["steps"]


def test_the_workflow_uses_these_actions_in_this_order() -> None:
    assert [step["uses"] for step in STEPS if "uses" in step] == [
        "actions/checkout@v6",
        "actions/setup-python@v6",
        "actions/configure-pages@v6",
        "actions/cache@v5",
        "actions/upload-pages-artifact@v5",
        "actions/deploy-pages@v5",
    ]


def test_the_workflow_may_do_no_more_than_it_must() -> None:
    told = yaml.safe_load(WORKFLOW)
    assert told["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert told["concurrency"]["group"] == "pages"
    assert told["jobs"]["publish"]["environment"]["name"] == "github-pages"


def test_the_workflow_builds_for_the_address_that_pages_tells_and_keeps_hidden_files() -> None:
    pages = next(step["id"] for step in STEPS if step.get("uses", "").startswith("actions/configure-pages@"))
    commands = [step["run"] for step in STEPS if "run" in step]
    assert f'--base-url "${{{{ steps.{pages}.outputs.base_url }}}}"' in commands[-1]
    assert commands[0] == "python -m pip install -r requirements.txt"
    options = {step["uses"].split("@")[0]: step["with"] for step in STEPS if "with" in step}
    assert options["actions/upload-pages-artifact"] == {"path": "public", "include-hidden-files": True}
    assert options["actions/cache"]["path"] == ".cmsite"


def test_the_guide_shows_the_same_workflow() -> None:
    assert f"```yaml\n{WORKFLOW}```" in GUIDE.read_text(encoding="utf-8")
