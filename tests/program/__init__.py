"""Runs of ``ldit`` as processes of their own, forked from one that has imported the program already.

Starting Python and importing is more than half of what a run costs. Tests of the start itself, of signals, of closed
streams, of terminals and of what a run can learn of its parent start Python all the same.
"""

import os
import select
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_STARTED = list["subprocess.Popen[str]"]()


def run(
    *arguments: str | Path, cwd: Path, environment: Mapping[str, str] = os.environ, typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    """A run that ended."""
    command = [str(argument) for argument in arguments]
    if os.name != "posix":
        start = [sys.executable, "-W", "error", "-m", "toolkit", *command]
        return subprocess.run(start, cwd=cwd, env=environment, input=typed, capture_output=True, text=True, check=False)
    from tests.program import client

    output, its_output = os.pipe()
    errors, its_errors = os.pipe()
    with tempfile.TemporaryFile() as given:
        given.write(typed.encode())
        given.seek(0)
        connection = client.asked(_address(), command, str(cwd), environment, (given.fileno(), its_output, its_errors))
    for stream in (its_output, its_errors):
        os.close(stream)
    printed = _read((output, errors))
    for stream in (output, errors):
        os.close(stream)
    return subprocess.CompletedProcess(["ldit", *command], client.status(connection), *printed)


def _read(streams: Sequence[int]) -> list[str]:
    """What comes until all of them have ended."""
    read = dict.fromkeys(streams, b"")
    waiting = set(streams)
    while waiting:
        for stream in select.select(waiting, [], [])[0]:
            part = os.read(stream, 1 << 16)
            read[stream] += part
            if not part:
                waiting.remove(stream)
    return [text.decode() for text in read.values()]


def executable(path: Path) -> Path:
    """Writes a program that runs ``ldit`` in the same way with its own streams, for a shell to start."""
    from tests.program import client

    start = shlex.join([sys.executable, "-I", "-S", client.__file__, _address()])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec {start} "$@"\n')
    path.chmod(0o755)
    return path


@cache
def _address() -> str:
    """Where the process listens that has everything imported; it is started once, and ends when its input does."""
    directory = tempfile.mkdtemp(prefix="ldit-tests-")
    command = [sys.executable, "-W", "error", "-m", "tests.program.server", f"{directory}/socket"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    _STARTED.append(process)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return f"{directory}/socket"


def stop() -> None:
    """Ends that process, if it was started."""
    while _STARTED:
        _STARTED.pop().communicate()
    _address.cache_clear()
