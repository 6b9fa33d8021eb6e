"""The GitHub action: its shell lines, run as a runner would run them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
STEPS = {step.get("name"): step for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]}


@pytest.fixture
def runner(fork: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a step, with an ``ldit`` on the path and one damaged integration in the fork."""
    manifest = fork / "integrations" / "acme-signals" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('."', '"', 1))
    program = tmp_path / "bin" / "ldit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m toolkit "$@"\n')
    program.chmod(0o755)
    path = f"{program.parent}:{os.environ['PATH']}"
    return {"PATH": path, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "LDIT_PATH": "."}


def lint(fork: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    assert set(STEPS["lint"]["env"]) == {"LDIT_PATH", "LDIT_ARGUMENTS", "LDIT_SARIF"}
    command = ["bash", "-e", "-o", "pipefail", "-c", STEPS["lint"]["run"]]
    return subprocess.run(command, cwd=fork, env=environment, capture_output=True, text=True, check=False)


def test_annotations_summary_and_sarif(fork: Path, runner: dict[str, str], tmp_path: Path) -> None:
    sarif = tmp_path / "ldit.sarif"
    run = lint(fork, runner | {"LDIT_ARGUMENTS": "--select wording", "LDIT_SARIF": str(sarif)})
    assert run.returncode == 1, run.stderr
    assert "::error title=overview-period,file=integrations/acme-signals/manifest.json,line=4" in run.stdout
    assert "### Acme Signals" in (tmp_path / "summary.md").read_text()
    assert json.loads(sarif.read_text())["version"] == "2.1.0"


def test_what_is_ignored_passes(fork: Path, runner: dict[str, str]) -> None:
    run = lint(fork, runner | {"LDIT_ARGUMENTS": "--ignore overview-period", "LDIT_SARIF": ""})
    assert run.returncode == 0, run.stdout + run.stderr
