"""Runs one case twice and says what is wrong with that: an exception, too much time or memory, or a difference."""

import random
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from zlib import crc32

from tests.fuzz.case import Case, Failure
from tests.fuzz.targets import TARGETS

SECONDS = 2.0
"""Of processor time, for one run."""
BYTES = 240_000_000
"""That the process may grow by; a new one has 60 million."""


def made(target: str, seed: str) -> Case:
    """The case of a seed."""
    return TARGETS[target].make(random.Random(f"{target} {seed}"))


def checked(target: str, case: Case) -> tuple[str, int]:
    """What is wrong, or nothing; and a number that is the same for each run with the same outcome."""
    outcomes, before = [], peak_memory()
    for _ in range(2):
        start = process_time()
        try:
            outcomes.append(crc32(repr(TARGETS[target].run(case)).encode("utf-8", "backslashreplace")))
        except Exception as error:
            return f"{type(error).__name__}: {error}", 0
        if (taken := process_time() - start) > SECONDS:
            return f"slow: {taken:.1f} s of processor time", 0
    if (more := peak_memory() - before) > BYTES:
        return f"large: {more // 1_000_000} MB more than before", 0
    if outcomes[0] != outcomes[1]:
        return "different: the second run has another outcome", 0
    return "", outcomes[0]


def kind(message: str) -> str:
    """What stays of a message when the case becomes smaller."""
    return message.partition(":")[0]


def failing(target: str, seed: str, case: Case) -> Failure | None:
    """The case as a failure, if it is one."""
    message, _ = checked(target, case)
    return Failure(target, seed, message, case) if message else None


def shrunk(failure: Failure, is_same: Callable[[Case], bool], tries: int = 600) -> Failure:
    """The failure with fewer files and bytes, as long as ``is_same`` holds of what is left."""
    case = dict(failure.case)
    for path in list(case):
        less = {name: data for name, data in case.items() if name != path}
        if less and is_same(less):
            case = less
    for path in list(case):
        size = len(case[path]) // 2
        while size and tries > 0:
            at = 0
            while at < len(case[path]) and tries > 0:
                tries -= 1
                less = {**case, path: case[path][:at] + case[path][at + size :]}
                if is_same(less):
                    case = less
                else:
                    at += size
            size //= 2
    return failure._replace(case=case)


def peak_memory() -> int:
    """Bytes that this process took at most; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
