"""The hooks, run by the real pre-commit in a repository like a partner's fork."""

import os
import subprocess
import sys
from pathlib import Path


def pre_commit(fork: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", "run", "--color", "never", *arguments]
    environment = os.environ | {"PRE_COMMIT_HOME": str(fork.parent / "pre-commit")}
    return subprocess.run(command, cwd=fork, env=environment, capture_output=True, text=True, check=False)


def test_the_hook_passes_what_is_right_and_stops_what_is_not(fork: Path) -> None:
    clean = pre_commit(fork, "--all-files")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "Passed" in clean.stdout

    manifest = fork / "integrations" / "acme-signals" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('."', '"', 1))
    subprocess.run(["git", "-C", fork, "add", "-A"], check=True)
    stopped = pre_commit(fork)
    assert stopped.returncode == 1
    assert "integrations/acme-signals/manifest.json:4:15" in stopped.stdout
    assert "overview does not end in a period" in stopped.stdout


def test_the_hook_is_not_called_for_other_files(fork: Path) -> None:
    run = pre_commit(fork, "--files", "README.md")
    assert run.returncode == 0
    assert "no files to check" in run.stdout
