"""Forks to try things on: real repositories with a bare upstream and a bare origin."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests import program
from toolkit.json_text import pretty

ROOT = Path(__file__).parents[2]
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><path fill="#2450c8" d="M0 0h40v40H0z"/></svg>\n'
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Jo",
    "GIT_AUTHOR_EMAIL": "jo@acme.example",
    "GIT_COMMITTER_NAME": "Jo",
    "GIT_COMMITTER_EMAIL": "jo@acme.example",
    "PYTHONPATH": str(ROOT),
}
for _name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CI"):
    ENVIRONMENT.pop(_name, None)


def git(directory: Path, *arguments: str | Path, **environment: str) -> str:
    """What git prints, without the last line break. Raises CalledProcessError."""
    command = ["git", "-c", "init.defaultBranch=main", "-C", directory, *arguments]
    run = subprocess.run(command, env=ENVIRONMENT | environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.removesuffix("\n")


def ldit(
    cwd: Path, *arguments: str | Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A run of the command line in ``cwd``."""
    given = {**ENVIRONMENT, "LDIT_CACHE_DIR": os.environ["LDIT_CACHE_DIR"], **(environment or {})}
    return program.run(*arguments, cwd=cwd, environment=given)


def integration(directory: Path, name: str, overview: str = "Send flag changes to a log.") -> Path:
    """A card in which nothing is found, if ``overview`` is in order."""
    manifest = {
        "name": name,
        "version": "1.0.0",
        "overview": overview,
        "description": "Send each change of a feature flag to the log of your team, with who made it.",
        "author": name,
        "supportEmail": f"support@{name.lower()}.com",
        "links": {"site": f"https://{name.lower()}.com", "privacyPolicy": f"https://{name.lower()}.com/privacy"},
        "categories": ["log-management"],
        "icons": {"square": "assets/square.svg", "horizontal": "assets/horizontal.svg"},
        "otherCapabilities": ["external"],
    }
    (directory / "assets").mkdir(parents=True, exist_ok=True)
    (directory / "manifest.json").write_text(pretty(json.dumps(manifest)))
    (directory / "assets" / "square.svg").write_text(ICON)
    (directory / "assets" / "horizontal.svg").write_text(ICON.replace("0 0 40 40", "0 0 80 40").replace("h40", "h80"))
    return directory


def make_fork(parent: Path, *names: str) -> Path:
    """A clone, on a branch of its own, of a bare origin and a bare upstream that hold the integrations ``names``."""
    original = _made_once(*names)
    shutil.copytree(original.name, parent, symlinks=True, dirs_exist_ok=True)
    fork = parent / "fork"
    configuration = fork / ".git" / "config"
    configuration.write_text(configuration.read_text().replace(original.name, str(parent)))
    git(fork, "status")  # takes the times of the copies into the index
    return fork


@cache
def _made_once(*names: str) -> "tempfile.TemporaryDirectory[str]":
    """A directory with the fork, its origin and its upstream."""
    directory = tempfile.TemporaryDirectory(prefix="ldit-tests-")
    _make(Path(directory.name), *names)
    return directory


def _make(parent: Path, *names: str) -> None:
    upstream = parent / "launchdarkly" / "integration-framework.git"
    seed = parent / "seed"
    for name in names:
        integration(seed / "integrations" / name.lower(), name)
    (seed / "README.md").write_text("# Integrations\n")
    git(parent, "init", "-q", "seed")
    commit(seed, "Start")
    for bare in (upstream, parent / "origin.git"):
        git(parent, "clone", "-q", "--bare", seed, bare)
    fork = parent / "fork"
    git(parent, "clone", "-q", parent / "origin.git", fork)
    git(fork, "remote", "add", "upstream", upstream)
    git(fork, "fetch", "-q", "upstream")
    git(fork, "switch", "-qc", "work")


def commit(repository: Path, message: str = "Change") -> str:
    """Commits everything; the commit."""
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", message)
    return git(repository, "rev-parse", "HEAD")


def publish(fork: Path) -> None:
    """Commits everything, and makes it the main branch of upstream."""
    commit(fork)
    git(fork, "push", "-q", "upstream", "work:main")
    git(fork, "fetch", "-q", "upstream")
