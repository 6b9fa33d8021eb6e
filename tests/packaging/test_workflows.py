"""The project's own workflows and forms: what can be known of them without GitHub."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text()) for path in sorted((GITHUB / "workflows").glob("*.yml"))}
SYSTEMS = {"ubuntu-latest", "macos-latest", "windows-latest"}


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_by_commit_and_say_their_version(name: str) -> None:
    text = (GITHUB / "workflows" / f"{name}.yml").read_text()
    used = re.findall(r"uses: (.*)", text)
    assert len(used) == sum("uses" in step for step in steps(WORKFLOWS[name])) > 0
    assert all(re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line) for line in used), used


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_do_no_more_than_it_needs(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 60
        assert job.get("permissions", {}) in ({}, {"id-token": "write"})
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
            assert "${{ github.event" not in step.get("run", "")
            assert "secrets." not in str(step)


def test_ci_runs_on_every_system_and_python_that_we_name() -> None:
    matrix = WORKFLOWS["ci"]["jobs"]["test"]["strategy"]["matrix"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = [name.rpartition(" ")[2] for name in project["classifiers"] if re.search(r":: 3\.\d+$", name)]
    assert set(matrix["os"]) == SYSTEMS
    assert matrix["python"] == named
    assert project["requires-python"] == f">={named[0]}"


def test_only_the_job_that_publishes_may_and_it_runs_no_code_of_ours() -> None:
    jobs = WORKFLOWS["release"]["jobs"]
    may = [name for name, job in jobs.items() if job.get("permissions", {}).get("id-token")]
    assert may == ["publish"]
    assert not any("run" in step for step in jobs["publish"]["steps"])
    assert jobs["publish"]["steps"][-1]["with"] == {"attestations": True}


def test_forms_and_hooks_are_what_they_should_be() -> None:
    for path in sorted((GITHUB / "ISSUE_TEMPLATE").glob("[!c]*.yml")):
        form = yaml.safe_load(path.read_text())
        assert form["name"]
        assert form["description"]
        assert all(part["type"] in ("textarea", "input") and part["attributes"]["label"] for part in form["body"])
        assert len({part["id"] for part in form["body"]}) == len(form["body"])
    directories = {update["directory"] for update in yaml.safe_load((GITHUB / "dependabot.yml").read_text())["updates"]}
    assert directories == {"/", "/.ci"}
    hooks = [
        hook
        for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
        for hook in repo["hooks"]
    ]
    assert all(hook["entry"].startswith(".venv/bin/") for hook in hooks)
