"""Fuzzing that coverage guides: ``python -m tests.fuzz.guided TARGET SEED SECONDS DIRECTORY``; needs atheris.

libFuzzer keeps the cases that reach something new in ``toolkit``, and the target changes them; it ends the process, so
what is found is printed and saved at once.
"""

import random
import sys
import tempfile
from pathlib import Path
from zlib import crc32

import atheris

with atheris.instrument_imports(include=["toolkit"]):
    from tests.fuzz.case import Case, decoded, encoded
    from tests.fuzz.check import checked
    from tests.fuzz.shrink import kept
    from tests.fuzz.targets import TARGETS

STARTS = 10
"""Cases that the corpus begins with."""


def case_of(data: bytes) -> Case | None:
    """The case in what libFuzzer hands over, which begins with bytes that are none."""
    try:
        return decoded(data)
    except (ValueError, AttributeError, TypeError, KeyError, RecursionError):
        return None


def main(target: str, seed: str, seconds: str, directory: str) -> None:
    """Fuzzes until the time is over."""
    chosen, seen, cases = TARGETS[target], set[str](), 0

    def run(data: bytes) -> None:
        nonlocal cases
        case = case_of(data)
        if case is None:
            return
        cases += 1
        print("cases", 1, flush=False)  # noqa: T201
        message, _ = checked(target, case)
        if message and message[:60] not in seen:
            seen.add(message[:60])
            path = kept(target, seed, message, Path(directory), case)
            print("failed", path.name, message.replace("\n", " ")[:300], flush=True)  # noqa: T201

    def mutate(data: bytes, limit: int, state: int) -> bytes:
        rng = random.Random(f"{seed} {state} {crc32(data)}")
        changed = encoded(chosen.mutate(rng, case_of(data) or chosen.start(rng)))
        return changed if len(changed) <= limit else data

    with tempfile.TemporaryDirectory() as corpus:
        rng = random.Random(f"{target} {seed}")
        for number in range(STARTS):
            Path(corpus, str(number)).write_bytes(encoded(chosen.start(rng)))
        options = [
            f"-seed={crc32(seed.encode()) or 1}",
            f"-max_total_time={seconds}",
            "-max_len=200000",
            "-verbosity=0",
        ]
        atheris.Setup([sys.argv[0], *options, corpus], run, custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:5])
