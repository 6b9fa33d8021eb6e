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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a character that it cannot take is written as its escape
            stream.reconfigure(errors="backslashreplace")
    if arguments[:1] == ["lint"] and os.name == "posix" and not any(each.startswith("-") for each in arguments):
        _leave(_lint(arguments[1:]))
    from toolkit.cli.main import command

    try:
        command(prog_name="ldit")
    except SystemExit as end:
        if arguments[:1] == ["lint"] and isinstance(end.code, int):
            _leave(end.code)
        raise


def _lint(paths: list[str]) -> int:
    """``ldit lint`` without options, as hooks call it: reading options takes as long as a bare start of Python."""
    from pathlib import Path

    from toolkit.cli import ABORTED, failed
    from toolkit.cli.run import Options, run
    from toolkit.errors import LditError

    try:
        return run([Path(path) for path in paths], Options())
    except (LditError, OSError) as error:
        return failed(error)
    except KeyboardInterrupt:
        return ABORTED


def _leave(status: int) -> None:
    """Ends the process without taking apart what was imported, which takes as long as a bare start of Python."""
    with suppress(OSError):  # said already, or nobody is there to be told
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
