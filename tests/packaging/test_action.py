"""The GitHub action: its shell lines, run as a runner would run them."""

import json
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from tests.fork.forks import ENVIRONMENT, commit, git, integration, make_fork

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step.get("name"): step for step in ACTION["runs"]["steps"]}
INPUTS = {"LDIT_PATH": "path", "LDIT_ARGUMENTS": "arguments", "LDIT_CONFIG": "config", "LDIT_SARIF": "sarif"}
PIP = (
    '"${python[0]}" -I -m pip install --quiet --require-hashes --only-binary :all:'
    ' --requirement "$GITHUB_ACTION_PATH/constraints.txt"'
)
HOSTILE = "import pathlib\npathlib.Path('executed').touch()\nraise SystemExit('executed')\n"


def run(script: str, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A runner's temporary directory after the first step, run in a hostile tree; only what it downloads was here."""
    temporary, tree = tmp_path_factory.mktemp("runner"), tmp_path_factory.mktemp("tree")
    (temporary / "bin").mkdir()
    (temporary / "bin" / "python").symlink_to(sys.executable)
    for name in ("pip.py", "venv.py", "sitecustomize.py", "usercustomize.py"):
        (tree / name).write_text(HOSTILE)
    script = STEPS["install"]["run"]
    assert script.count(PIP) == 1
    assert script.count("python -I -m venv") == 1
    there = f'echo "{sysconfig.get_path("purelib")}" > $(echo "$RUNNER_TEMP"/ldit/lib/*/site-packages)/there.pth'
    environment = {
        **ENVIRONMENT,
        "PATH": f"{temporary / 'bin'}:/usr/bin:/bin",
        "PYTHONPATH": str(tree),
        "RUNNER_TEMP": str(temporary),
        "GITHUB_ACTION_PATH": str(ROOT),
    }
    done = run(script.replace(PIP, there).replace("-m venv", "-m venv --without-pip"), tree, environment)
    assert done.returncode == 0, done.stderr
    assert not (tree / "executed").exists()
    return temporary


@pytest.fixture
def runner(installed: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of the second step."""
    inputs = {name: ACTION["inputs"][key]["default"] for name, key in INPUTS.items()}
    summary = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "GITHUB_BASE_REF": "", "GITHUB_SHA": ""}
    return {**ENVIRONMENT, "PYTHONPATH": "", "RUNNER_TEMP": str(installed), **summary, **inputs}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A fork with one integration that has no period."""
    fork = make_fork(tmp_path, "Acme", "Bolt")
    integration(fork / "integrations" / "acme", "Acme", overview="No period here")
    commit(fork)
    return fork


def lint(tree: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    assert STEPS["lint"]["env"] == {name: f"${{{{ inputs.{key} }}}}" for name, key in INPUTS.items()}
    return run(STEPS["lint"]["run"], tree, environment)


def test_annotations_summary_and_sarif(tree: Path, runner: dict[str, str], tmp_path: Path) -> None:
    sarif = tmp_path / "ldit.sarif"
    done = lint(tree, runner | {"LDIT_ARGUMENTS": "--select wording", "LDIT_SARIF": str(sarif)})
    assert done.returncode == 1, done.stderr
    assert "::error title=overview-without-period,file=integrations/acme/manifest.json,line=4" in done.stdout
    assert "### Acme" in (tmp_path / "summary.md").read_text()
    assert json.loads(sarif.read_text())["version"] == "2.1.0"


def test_what_is_ignored_passes(tree: Path, runner: dict[str, str]) -> None:
    done = lint(tree, runner | {"LDIT_ARGUMENTS": "--ignore overview-without-period"})
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_pull_request_is_checked_by_what_it_changes(tree: Path, runner: dict[str, str], tmp_path: Path) -> None:
    """Checked out as actions/checkout does it: one commit, a merge with the target, without any branch."""
    git(tree, "switch", "-qc", "request", "origin/main")
    (tree / "integrations" / "bolt" / "NOTES.md").write_text("# Notes\n")
    commit(tree)
    git(tree, "switch", "-q", "--detach", "work")
    git(tree, "push", "-q", "origin", "work:main")
    git(tree, "merge", "-q", "--no-ff", "-m", "Merge", "request")
    git(tree, "push", "-q", "origin", "HEAD:refs/pull/1/merge")
    merge = git(tree, "rev-parse", "HEAD")
    checkout = tmp_path / "checkout"
    git(tmp_path, "init", "-q", checkout)
    git(checkout, "remote", "add", "origin", f"file://{tmp_path / 'origin.git'}")
    git(checkout, "fetch", "-q", "--depth=1", "origin", f"+{merge}:refs/remotes/pull/1/merge")
    git(checkout, "checkout", "-q", "--force", "refs/remotes/pull/1/merge")
    done = lint(checkout, runner | {"GITHUB_BASE_REF": "main", "GITHUB_SHA": merge})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "integrations/bolt" in done.stdout
    assert "integrations/acme" not in done.stdout
    assert lint(checkout, runner).returncode == 1, "outside a pull request everything is checked"


def test_nothing_in_the_tree_is_run_or_followed(tree: Path, runner: dict[str, str]) -> None:
    for name in ("pip.py", "sitecustomize.py", "json.py", "click.py", "toolkit/__init__.py", "toolkit/__main__.py"):
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_text(HOSTILE)
    (tree / "ldit.toml").write_text('ignore = ["overview-without-period"]\n')
    for name in ("--write-baseline=x", "--exit-zero"):
        integration(tree / "integrations" / name, "Crest", overview="No period here")
    git(tree, "add", "-A")
    done = lint(tree, runner)
    assert done.returncode == 1, done.stderr
    assert "file=integrations/acme/manifest.json" in done.stdout
    assert not (tree / "executed").exists()
    assert not (tree / "x").exists()
    path = lint(tree / "integrations", runner | {"LDIT_PATH": "--exit-zero"})
    assert path.returncode == 1, path.stderr
    assert "file=integrations/--exit-zero/manifest.json" in path.stdout
    followed = lint(tree, runner | {"LDIT_CONFIG": "ldit.toml", "LDIT_PATH": "integrations/acme"})
    assert followed.returncode == 0, followed.stdout


def test_actions_of_others_are_pinned_by_commit() -> None:
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name) for name in used), used


def test_what_the_action_installs_is_what_we_need_with_hashes() -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / "constraints.txt").read_text())
    pinned = {}
    for block in blocks:
        if match := re.match(r"([\w.-]+)==(\S+)", block):
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), match[1]
            pinned[match[1].lower()] = match[2]
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    for requirement in map(Requirement, needed):
        version = pinned.get(requirement.name.lower())
        assert version, f"constraints.txt lacks {requirement}: run the command in its second line"
        assert requirement.specifier.contains(version), f"{requirement} is not {version}"
