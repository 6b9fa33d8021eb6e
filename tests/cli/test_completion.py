"""Completion as the shells do it: the real bash, zsh and fish, on a real terminal."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests import program

ROOT = Path(__file__).parents[2]
SHELLS = {
    "bash": (["bash", "--norc", "-i"], 'eval "$(_LDIT_COMPLETE=bash_source ldit)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -Uz compinit; compinit -u -D; eval "$(_LDIT_COMPLETE=zsh_source ldit)"'),
}
TYPED = [
    ("ldit expl", "explain"),
    ("ldit explain overview-without-pe", "overview-without-period"),
    ("ldit lint --select icons,overview-without-pe", "icons,overview-without-period"),
    ("ldit request --event flag-arch", "flag-archived"),
    ("ldit lint --min-sev", "--min-severity"),
]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment in which ``ldit`` is a command."""
    directory = program.executable(tmp_path / "bin" / "ldit").parent
    path = f"{directory}{os.pathsep}{os.environ['PATH']}"
    return {
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "TERM": "dumb",
        "PS1": "> ",
        "LC_ALL": "C.UTF-8",
    }


@pytest.mark.parametrize("shell", SHELLS)
def test_names_are_completed(shell: str, environment: dict[str, str], tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"needs {shell}")
    command, setup = SHELLS[shell]
    with Terminal(command, environment, tmp_path) as terminal:
        terminal.type(f"{setup}; echo rea''dy\n")
        terminal.wait_for("ready")
        for typed, completed in TYPED:
            terminal.type(f"{typed}\t")
            terminal.wait_for(completed)
            terminal.type("\x15")  # Ctrl-U: an empty line again


@pytest.mark.skipif(not shutil.which("fish"), reason="needs fish")
@pytest.mark.parametrize(("typed", "completed"), [each for each in TYPED if "," not in each[1]])
def test_fish_completes(environment: dict[str, str], typed: str, completed: str) -> None:
    """A list between commas is what click's script for fish cannot carry."""
    script = f"_LDIT_COMPLETE=fish_source ldit | source; complete -C '{typed}'"
    run = subprocess.run(
        ["fish", "--no-config", "-c", script], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert completed in [line.partition("\t")[0] for line in run.stdout.splitlines()]


class Terminal:
    """A program on a terminal of its own, and what it has printed since it was last waited for."""

    def __init__(self, command: list[str], environment: dict[str, str], cwd: Path) -> None:
        self.ours, theirs = os.openpty()
        os.set_blocking(self.ours, False)
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=cwd, start_new_session=True
        )
        os.close(theirs)
        self.shown = ""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.ours)

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + 30
        while text not in self.shown:
            assert time.monotonic() < deadline, self.shown
            time.sleep(0.02)
            try:
                self.shown += os.read(self.ours, 65536).decode(errors="replace")
            except BlockingIOError:
                continue
        self.shown = ""
