"""Makes a failure smaller in a process of its own: ``python -m tests.fuzz.shrink TARGET SEED DIRECTORY MESSAGE``."""

import sys
from pathlib import Path

from tests.fuzz.case import Case, Failure, save
from tests.fuzz.check import checked, failing, kind, made, shrunk
from tests.fuzz.worker import limit_memory


def kept(target: str, seed: str, message: str, directory: Path, case: Case | None = None) -> Path:
    """Saves the failure of a seed, or of a given case, as small as it gets; as it is where it does not come up again.

    What is slow or large is not made smaller, since each try would be as slow and as large.
    """
    case = made(target, seed) if case is None else case
    failure = Failure(target, seed, message, case)
    if kind(message) not in ("slow", "large", "stuck", "different") and (again := failing(target, seed, case)):
        failure = shrunk(again, lambda less: kind(checked(target, less)[0]) == kind(again.message))
    return save(failure, directory)


if __name__ == "__main__":
    limit_memory()
    print(kept(sys.argv[1], sys.argv[2], sys.argv[4], Path(sys.argv[3])))  # noqa: T201
