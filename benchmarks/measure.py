"""Measures commands against each other: wall time, median of many runs in turn, after one run that warms the caches."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def medians(commands: Mapping[str, Sequence[str]], rounds: int = 15, directory: Path = ROOT) -> dict[str, float]:
    """Milliseconds of each command, run in a directory.

    Rounds are interleaved, so that a busy machine slows all alike. Raises CalledProcessError when a command fails:
    a failure must not be measured.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, env=ENVIRONMENT, cwd=directory, stdout=subprocess.DEVNULL, check=True)
            if number:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def print_ratios(measured: Mapping[str, float], base: str) -> None:
    """One line for each command: its milliseconds, and how many times the base that is."""
    for name, milliseconds in measured.items():
        print(f"{milliseconds:9.1f} ms  {milliseconds / measured[base]:6.2f} x {base}  {name}")


class Line(NamedTuple):
    """A line of a table: what is run in a directory, after what, against what, how often, and what it may cost."""

    name: str
    command: Sequence[str]
    prepare: Callable[[], object]
    base: str
    against: Sequence[str]
    rounds: int
    budget: float | None = None
    directory: Path = ROOT


def ratio(line: Line) -> tuple[float, float]:
    """The medians of the command's seconds and of its ratio, after one round that is not counted."""
    times, ratios = list[float](), list[float]()
    for number in range(line.rounds + 1):
        line.prepare()
        ours, theirs = (seconds(command, line.directory) for command in (line.command, line.against))
        if number:
            times.append(ours)
            ratios.append(ours / theirs)
    return statistics.median(times), statistics.median(ratios)


def seconds(command: Sequence[str], directory: Path = ROOT) -> float:
    """How long a command takes, whose report may have findings. Raises CalledProcessError where it could not run."""
    start = time.perf_counter()
    done = subprocess.run(command, env=ENVIRONMENT, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    taken = time.perf_counter() - start
    if done.returncode > 1:
        raise subprocess.CalledProcessError(done.returncode, command)
    return taken


def nothing() -> None:
    """Leaves all as it was."""
