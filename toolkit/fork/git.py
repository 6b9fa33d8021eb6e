"""Git, the user's own program."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from toolkit.errors import LditError
from toolkit.text import printable, reason

_SETTINGS = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.quotePath=false", "core.splitIndex=false")
_PLAIN = tuple(part for setting in _SETTINGS for part in ("-c", setting))
"""No program that a configuration or a hook names is run, and no index is written beside the index."""
_ENVIRONMENT = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


class GitError(LditError):
    """Git is missing, or has refused."""


class Asked:
    """A git that runs; ``answer`` waits for it."""

    def __init__(self, process: "subprocess.Popen[bytes]", given: bytes) -> None:
        self._process, self._given = process, given

    def answer(self) -> str:
        """What it printed, with undecodable bytes as surrogates. Raises GitError with its own last words."""
        output, errors = self._process.communicate(self._given or None)
        if self._process.returncode:
            said = [line for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
            fatal = [line for line in said if line.startswith(("fatal:", "error:"))] or said or ["git failed"]
            raise GitError(f"git: {printable(fatal[0].removeprefix('fatal: ').removeprefix('error: '))}")
        return os.fsdecode(output)


@dataclass(frozen=True)
class Git:
    """Runs git in the working tree at ``root``, with ``environment`` on top of the process's own."""

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(self, *arguments: str, given: bytes = b"") -> Asked:
        """Starts git, with ``given`` for its standard input. Raises GitError when there is none."""
        try:
            process = subprocess.Popen(  # noqa: S603
                [_program(), *_PLAIN, *arguments],
                cwd=self.root,
                env={**os.environ, **_ENVIRONMENT, **self.environment},
                stdin=subprocess.PIPE if given else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise GitError(f"git cannot be started: {reason(error)}") from error
        return Asked(process, given)

    def __call__(self, *arguments: str, given: bytes = b"") -> str:
        """What git prints, without the last line break. Raises GitError."""
        return self.start(*arguments, given=given).answer().removesuffix("\n")

    def names(self, *arguments: str) -> list[str]:
        """What git lists with ``-z``. Raises GitError."""
        return split(self.start(*arguments).answer())

    def succeeds(self, *arguments: str) -> bool:
        """Whether git ends with status 0."""
        try:
            self(*arguments)
        except GitError:
            return False
        return True


def split(listing: str) -> list[str]:
    """The parts of a listing in which NUL ends each."""
    return listing.split("\0")[:-1]


@cache
def _program() -> str:
    """The first git on the path; unlike the system's own search, never one in the current directory."""
    name = "git.exe" if os.name == "nt" else "git"
    for directory in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if os.path.isabs(directory) and os.access(found := os.path.join(directory, name), os.X_OK):  # noqa: PTH117, PTH118
            return found
    raise GitError("there is no git on the path", "install git")
