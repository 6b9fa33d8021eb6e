"""The entry point of ``ldit``, and of ``python -m toolkit``."""

import gc
import os
import sys
from contextlib import suppress

from toolkit import __version__

GARBAGE = 50_000
"""Objects to be made before garbage is looked for: the default, 700, comes up dozens of times while importing."""


def main() -> None:
    """Runs the command line; ``--version`` alone is answered before anything is imported."""
    if sys.argv[1:] == ["--version"]:
        print(f"ldit {__version__}")  # noqa: T201
        return
    gc.set_threshold(GARBAGE)
    from toolkit.cli import command

    try:
        command(prog_name="ldit")
    except SystemExit as end:
        if sys.argv[1:2] == ["lint"] and isinstance(end.code, int):
            _leave(end.code)
        raise


def _leave(status: int) -> None:
    """Ends the process without taking apart what was imported, which takes as long as a bare start of Python."""
    with suppress(OSError):  # said already, or nobody is there to be told
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
