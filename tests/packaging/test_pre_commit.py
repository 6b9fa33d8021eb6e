"""The hooks, run by the real pre-commit in a repository like a partner's fork."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.fork.forks import ENVIRONMENT, commit, git, integration, make_fork

ROOT = Path(__file__).parents[2]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
PRE_COMMIT = (sys.executable, "-m", "pre_commit")


def pre_commit(fork: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*PRE_COMMIT, "run", "--color", "never", *arguments]
    environment = ENVIRONMENT | {"PRE_COMMIT_HOME": str(fork.parent / "pre-commit"), "PYTHONPATH": ""}
    return subprocess.run(command, cwd=fork, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def hooked(tmp_path: Path) -> Path:
    """A fork in which our hooks run, from this checkout, at each commit."""
    program = tmp_path / "bin" / "ldit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m toolkit "$@"\n')
    program.chmod(0o755)
    fork = make_fork(tmp_path, "Acme", "Bolt")
    (fork / "integrations" / "bolt" / "templates").mkdir()
    bolt = fork / "integrations" / "bolt" / "manifest.json"
    manifest = json.loads(bolt.read_text())
    manifest["overview"] = "No period here"
    bolt.write_text(json.dumps(manifest))
    configuration = fork / ".pre-commit-config.yaml"
    configuration.write_text(yaml.safe_dump(configured([HOOKS[0]], program)))
    commit(fork)
    subprocess.run([*PRE_COMMIT, "install"], cwd=fork, env=ENVIRONMENT, capture_output=True, check=True)
    return fork


def configured(hooks: list[dict[str, object]], program: Path) -> dict[str, object]:
    """The configuration with our hooks as they are, but for a program that is there already."""
    local = [
        hook | {"language": "system", "entry": str(hook["entry"]).replace("ldit", str(program), 1)} for hook in hooks
    ]
    return {"repos": [{"repo": "local", "hooks": local}]}


def try_to_commit(fork: Path) -> tuple[bool, str]:
    """Whether a commit of everything goes through, and what the hook said."""
    git(fork, "add", "-A")
    command = ["git", "-C", str(fork), "commit", "-m", "Change"]
    run = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    return run.returncode == 0, run.stdout + run.stderr


def test_an_installed_hook_passes_what_is_right_and_stops_what_is_not(fork: Path) -> None:
    clean = pre_commit(fork, "--all-files")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "1 integration: " in clean.stdout
    manifest = fork / "integrations" / "acme-signals" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('."', '"', 1))
    git(fork, "add", "-A")
    stopped = pre_commit(fork)
    assert stopped.returncode == 1
    assert "integrations/acme-signals/manifest.json:4:15" in stopped.stdout
    assert "overview does not end in a period" in stopped.stdout
    assert pre_commit(fork, "ldit-lint", "--files", "README.md").returncode == 0


def test_a_commit_is_judged_by_what_it_changes(hooked: Path) -> None:
    (hooked / "integrations" / "acme" / "NOTES.md").write_text("# Notes\n")
    passed, said = try_to_commit(hooked)
    assert passed, said
    assert "1 integration: " in said, "what is found is shown of a commit that passes too"
    assert "bolt" not in said


def test_a_commit_that_only_deletes(hooked: Path) -> None:
    (hooked / "integrations" / "acme" / "assets" / "square.svg").unlink()
    passed, said = try_to_commit(hooked)
    assert not passed
    assert "assets/square.svg" in said
    git(hooked, "reset", "-q", "--hard")
    (hooked / "integrations" / "acme" / "manifest.json").unlink()
    passed, said = try_to_commit(hooked)
    assert not passed
    assert "manifest.json is missing" in said
    git(hooked, "reset", "-q", "--hard")
    shutil.rmtree(hooked / "integrations" / "acme")
    assert try_to_commit(hooked)[0]


def test_a_commit_outside_the_directory_of_integrations(hooked: Path) -> None:
    integration(hooked / "samples" / "demo", "Demo", overview="No period here")
    passed, said = try_to_commit(hooked)
    assert not passed
    assert "samples/demo/manifest.json:4:15" in said
    git(hooked, "reset", "-q", "--hard")
    (hooked / "README.md").write_text("# Fork\n")
    passed, said = try_to_commit(hooked)
    assert passed
    assert "nothing to check: no integration is staged for the next commit" in said


def test_a_commit_of_one_file_alone(hooked: Path) -> None:
    """``git commit FILE`` has an index of its own, which is what counts."""
    (hooked / "README.md").write_text("# Fork\n")
    integration(hooked / "integrations" / "acme", "Acme", overview="No period here")
    git(hooked, "add", "-A")
    git(hooked, "commit", "-qm", "Only this", "README.md")
    assert git(hooked, "status", "--porcelain") == "M  integrations/acme/manifest.json"


def test_all_files_commits_and_named_files(hooked: Path) -> None:
    """What pre-commit was asked for counts, whatever is staged."""
    (hooked / "integrations" / "acme" / "NOTES.md").write_text("# Notes\n")
    git(hooked, "add", "-A")
    assert pre_commit(hooked).returncode == 0
    for everything in ("--all-files", "-a"):
        run = pre_commit(hooked, everything)
        assert run.returncode == 1
        assert "bolt/manifest.json" in run.stdout
    assert pre_commit(hooked, "--files", "integrations/bolt/manifest.json").returncode == 1
    assert pre_commit(hooked, "--files", "integrations/acme/NOTES.md").returncode == 0
    assert pre_commit(hooked, "--from-ref", "HEAD", "--to-ref", "HEAD").returncode == 0
    assert pre_commit(hooked, "--from-ref", "upstream/main", "--to-ref", "HEAD").returncode == 1


def test_a_merge_is_judged_by_what_both_sides_lack(hooked: Path) -> None:
    git(hooked, "switch", "-qc", "theirs", "upstream/main")
    integration(hooked / "integrations" / "crest", "Crest", overview="No period here")
    git(hooked, "add", "-A")
    git(hooked, "commit", "-qnm", "Theirs")
    git(hooked, "switch", "-q", "work")
    git(hooked, "merge", "-q", "--no-commit", "theirs")
    assert try_to_commit(hooked)[0]


def test_the_hook_that_fixes(hooked: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "ldit"
    (hooked / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configured([HOOKS[1]], program)))
    integration(hooked / "integrations" / "acme", "Acme", overview="No period here")
    passed, said = try_to_commit(hooked)
    assert not passed
    assert "files were modified by this hook" in said
    assert "No period here." in (hooked / "integrations" / "acme" / "manifest.json").read_text()
    assert try_to_commit(hooked)[0]


def test_a_file_name_is_never_an_option(hooked: Path) -> None:
    hostile = hooked / "--write-baseline=x" / "integrations" / "a"
    hostile.mkdir(parents=True)
    (hostile / "b").write_text("x\n")
    integration(hooked / "integrations" / "acme", "Acme", overview="No period here")
    passed, said = try_to_commit(hooked)
    assert not passed
    assert "overview does not end in a period" in said
    assert not (hooked / "x").exists()
