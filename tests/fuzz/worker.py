"""One process that fuzzes one target for some seconds: ``python -m tests.fuzz.worker TARGET SEED SECONDS COUNT TRACE``.

What it is at stands in the file TRACE, for whoever has to end it. Prints its outcomes as JSON.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

from tests.fuzz.check import checked, made


def main(target: str, seed: str, seconds: float, count: int, trace: Path) -> None:
    """Runs ``count`` cases at most; ends at the first that fails, since that may have spoiled the process."""
    limit_memory()
    end = monotonic() + seconds
    outcomes: list[int] = []
    failed: dict[str, str] = {}
    handle = os.open(trace, os.O_WRONLY | os.O_CREAT)
    for number in range(count):
        if monotonic() > end:
            break
        name = f"{seed}.{number}"
        os.pwrite(handle, name.encode().ljust(40), 0)
        message, outcome = checked(target, made(target, name))
        outcomes.append(outcome)
        if message:
            failed = {"seed": name, "message": message}
            break
    sys.stdout.write(json.dumps({"outcomes": outcomes, "failed": failed}))


def limit_memory() -> None:
    """Makes what would fill the machine a MemoryError, where the system can do that."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
