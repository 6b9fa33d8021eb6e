"""Writes two directories again and again, each time killed before one call to the system more, until it ends.

Prints, for each time, which of the two are whole or torn, what else is left, and what of that the next run leaves.
"""

import json
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

from toolkit import scaffold

CALLS = {"open", "os.mkdir", "os.rename", "os.chmod", "os.rmdir", "os.remove", "tempfile.mkdtemp", "shutil.rmtree"}
FILES = {f"{folder}{number}": b"x" * 10_000 for folder in ("", "assets/") for number in range(4)}


def killed(root: Path, number: int) -> bool:
    """Whether a run was killed before the call with this number, counted from 1."""
    if process := os.fork():
        return os.WIFSIGNALED(os.waitpid(process, 0)[1])
    calls = 0

    def hook(event: str, arguments: object) -> None:
        nonlocal calls
        if event not in CALLS:
            return
        calls += 1
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    scaffold.write({root / "acme": FILES, root / "creator": FILES})
    os._exit(0)


def state(root: Path) -> dict[str, list[str]]:
    """What stands there after a run, and after the next one."""
    there = [name for name in ("acme", "creator") if (root / name).exists()]
    torn = [name for name in there if sum(path.is_file() for path in (root / name).rglob("*")) < len(FILES)]
    left = [path.name for path in root.iterdir() if path.name not in there]
    scaffold.write({root / "next": {"a": b""}})
    still = [path.name for path in root.iterdir() if path.name not in (*there, "next")]
    for name in (*there, "next"):
        shutil.rmtree(root / name)
    return {"whole": [name for name in there if name not in torn], "torn": torn, "left": left, "left_after": still}


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    for before in count(1):
        ended = not killed(directory, before)
        sys.stdout.write(json.dumps(state(directory)) + "\n")
        sys.stdout.flush()
        if ended:
            break
