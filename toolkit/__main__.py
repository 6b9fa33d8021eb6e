"""The entry point of ``ldit``, and of ``python -m toolkit``."""

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from toolkit import __version__

GARBAGE = 50_000
"""Objects to be made before garbage is looked for: the default, 700, comes up dozens of times while importing."""


def main() -> None:
    """Runs the command line; ``--version`` alone is answered before anything is imported."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(f"ldit {__version__}")  # noqa: T201
        return
    gc.set_threshold(GARBAGE)
    if not _ready():
        sys.stderr.write("error: standard output is closed\nhelp: send it to /dev/null where it is not wanted\n")
        sys.exit(2)
    from toolkit.cli.door import main as run

    status = run(arguments)
    if arguments[:1] == ["lint"]:
        _leave(status)
    sys.exit(status)


def _ready() -> bool:
    """Makes the standard streams fit for any text, puts nothing in place of closed ones; whether there is an output."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a character that it cannot take is written as its escape
            stream.reconfigure(errors="backslashreplace")
    return sys.stdout is not None


def _leave(status: int) -> None:
    """Ends the process without taking apart what was imported, which takes as long as a bare start of Python."""
    with suppress(OSError):  # said already, or nobody is there to be told
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
