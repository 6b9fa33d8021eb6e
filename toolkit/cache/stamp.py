"""Which program it is that finds: a change of ``ldit``, of a library or of Python makes all that is remembered void."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from toolkit import __version__, resources
from toolkit.errors import LditError


@cache
def stamp() -> str:
    """A text that is another one for another program: versions, and the times and sizes of its files."""
    return repr((__version__, sys.version, sys.platform, sorted(_sources()), sorted(_libraries())))


def _sources() -> Iterator[tuple[str, int, int]]:
    waiting = [str(Path(__file__).parents[1])]
    for name in ("schemas", "templates"):
        try:
            waiting.append(str(resources.path(name)))
        except LditError:
            continue
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting += [entry.path] if entry.name != "__pycache__" else []
                else:
                    status = entry.stat()
                    yield entry.path, status.st_size, status.st_mtime_ns


def _libraries() -> Iterator[tuple[str, int]]:
    """The names of what is installed, which hold versions, and when something was installed last."""
    for directory in sys.path:
        try:
            names = [name for name in os.listdir(directory or ".") if name.endswith((".dist-info", ".egg-info"))]  # noqa: PTH208
            if names:
                yield directory, os.stat(directory).st_mtime_ns  # noqa: PTH116
        except OSError:
            continue
        yield from ((name, 0) for name in names)
