"""Fuzzes every target on all cores for a while: ``python -m tests.fuzz --seconds 60 --seed 1``.

Failures are made smaller and saved into ``tests/regressions/``, where the tests find them. Every fourth turn is guided
by coverage where atheris is installed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
TURN = 10.0
"""Seconds for which a process lives."""
STUCK = 60.0
"""Seconds after which one that should have ended is ended."""
GUIDED = 4
COMPARED = 8
"""One turn in so many runs again in another process, whose hashes have another seed."""


class Fuzzing:
    """Hands out turns until the time is over; threads wait for their processes."""

    def __init__(self, seconds: float, seed: str, targets: list[str], directory: Path) -> None:
        self.end = monotonic() + seconds
        self.seed, self.targets, self.directory = seed, targets, directory
        self.guided = find_spec("atheris") is not None
        self.turns = count()
        self.cases: Counter[str] = Counter()
        self.failures: dict[tuple[str, str], str] = {}
        self.lock = threading.Lock()

    def work(self) -> None:
        """Takes one turn after the other."""
        while (left := self.end - monotonic()) > 0.5:
            with self.lock:
                turn = next(self.turns)
            target = self.targets[turn % len(self.targets)]
            seconds = min(TURN, left, max(1.0, left / 2))
            # by rounds, so that each target has its turn of each kind
            kind = turn // len(self.targets)
            if self.guided and kind % GUIDED == GUIDED - 1:
                self.guide(target, f"{self.seed}.{turn}", seconds)
            else:
                self.turn(target, f"{self.seed}.{turn}", seconds, twice=kind % COMPARED == 0)

    def turn(self, target: str, seed: str, seconds: float, *, twice: bool) -> None:
        first = self.run(target, seed, seconds, 10**9)
        self.count(target, len(first["outcomes"]))
        if first["failed"]:
            self.keep(target, first["failed"]["seed"], first["failed"]["message"])
        elif twice and first["outcomes"]:
            second = self.run(target, seed, seconds * 20, len(first["outcomes"]))
            self.count(target, len(second["outcomes"]))
            pairs = zip(first["outcomes"], second["outcomes"], strict=False)
            for number in [number for number, (one, other) in enumerate(pairs) if one != other][:1]:
                self.keep(target, f"{seed}.{number}", "different: another process has another outcome")

    def run(self, target: str, seed: str, seconds: float, cases: int) -> dict[str, Any]:
        with tempfile.NamedTemporaryFile() as trace:
            command = [sys.executable, "-m", "tests.fuzz.worker", target, seed, str(seconds), str(cases), trace.name]
            try:
                done = subprocess.run(
                    command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=seconds + STUCK
                )
            except subprocess.TimeoutExpired:
                at = Path(trace.name).read_text().strip()
                return {"outcomes": [], "failed": {"seed": at, "message": "stuck: it does not end"}}
            at = Path(trace.name).read_text().strip()
        if done.returncode:
            why = f"died: {done.returncode} {done.stderr[-300:]}"
            return {"outcomes": [], "failed": {"seed": at, "message": why}}
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def guide(self, target: str, seed: str, seconds: float) -> None:
        command = [sys.executable, "-m", "tests.fuzz.guided", target, seed, str(int(seconds) or 1), str(self.directory)]
        try:
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=seconds + 2 * STUCK
            )
        except subprocess.TimeoutExpired:
            self.say(target, seed, "stuck: the guided run does not end")
            return
        for line in done.stdout.splitlines():
            if line.startswith("cases "):
                self.count(target, int(line.split()[1]))
            elif line.startswith("failed "):
                self.say(target, seed, line.removeprefix("failed "))
        if not any(line.startswith("cases ") for line in done.stdout.splitlines()):
            self.say(target, seed, f"died: the guided run: {done.returncode} {done.stderr[-300:]}")

    def keep(self, target: str, seed: str, message: str) -> None:
        if self.say(target, seed, message):
            command = [sys.executable, "-m", "tests.fuzz.shrink", target, seed, str(self.directory), message]
            try:
                subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120)
            except subprocess.TimeoutExpired:
                from tests.fuzz.case import Failure, save
                from tests.fuzz.check import made

                save(Failure(target, seed, message, made(target, seed)), self.directory)

    def say(self, target: str, seed: str, message: str) -> bool:
        """Whether this is the first failure of its kind; the others are only counted."""
        with self.lock:
            new = (target, message[:60]) not in self.failures
            self.failures[target, message[:60]] = seed
        if new:
            print(f"{target} {seed}: {message[:400]}", flush=True)  # noqa: T201
        return new

    def count(self, target: str, cases: int) -> None:
        with self.lock:
            self.cases[target] += cases


def main() -> int:
    """Runs as the options say; 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--save", type=Path, default=ROOT / "tests" / "regressions")
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; all where none is named")
    options = parser.parse_args()
    fuzzing = Fuzzing(options.seconds, options.seed, options.targets or list(TARGETS), options.save)
    threads = [threading.Thread(target=fuzzing.work) for _ in range(options.jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for target, cases in fuzzing.cases.items():
        print(f"{cases:>9,} {target}")  # noqa: T201
    guided = "with" if fuzzing.guided else "without"
    print(f"{fuzzing.cases.total():>9,} cases, {len(fuzzing.failures)} failures, seed {options.seed}, {guided} atheris")  # noqa: T201
    return 1 if fuzzing.failures else 0


if __name__ == "__main__":
    sys.exit(main())
