"""What pre-commit means a hook to check, where it passes no file names."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Hook(NamedTuple):
    """A run of pre-commit: on everything, ``files``, the commits from ``start`` to ``end``, or else what is staged."""

    everything: bool = False
    files: tuple[str, ...] = ()
    start: str = ""
    end: str = ""


def hook_around(environment: Mapping[str, str]) -> Hook | None:
    """The run of pre-commit that this process is a hook of, if any."""
    if environment.get("PRE_COMMIT") != "1":
        return None
    if start := environment.get("PRE_COMMIT_FROM_REF"):
        return Hook(start=start, end=environment.get("PRE_COMMIT_TO_REF") or "HEAD")
    return asked(_command_line(os.getppid()))


def asked(command: Sequence[str]) -> Hook:
    """What the command line of pre-commit asks for: it tells a hook everything but this."""
    files: list[str] | None = None
    for argument in command:
        if argument == "-a" or (len(argument) > 2 and "--all-files".startswith(argument)):
            return Hook(everything=True)
        if argument.startswith("-"):
            files = [] if len(argument) > 3 and "--files".startswith(argument) else files
        elif files is not None:
            files.append(argument)
    return Hook(files=tuple(files or ()))


def _command_line(process: int) -> list[str]:
    """The arguments of a process; none where the system does not tell."""
    with suppress(OSError):
        return os.fsdecode(Path(f"/proc/{process}/cmdline").read_bytes()).split("\0")
    with suppress(OSError):
        command = ["ps", "-ww", "-o", "args=", "-p", str(process)]
        return os.fsdecode(subprocess.run(command, capture_output=True, check=False).stdout).split()  # noqa: S603
    return []
