"""The manifests of a directory of integrations, read once for all its members."""

import os
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.errors import LditError
from toolkit.integration.files import File
from toolkit.integration.manifest import NAME
from toolkit.json_text import read


class _Known(NamedTuple):
    """What is remembered of a manifest: ``stamp`` tells whether it has changed, ``read`` whether it is JSON."""

    stamp: tuple[int, ...]
    read: bool
    value: Any


_directories: dict[Path, dict[str, _Known]] = {}
"""The last directory asked for alone: reading it anew for each member would cost the square."""


def manifests_beside(root: Path) -> dict[str, Any]:
    """The manifests of the directories beside ``root`` by directory name; unreadable ones are left out.

    What was read for one integration serves for the next of the same directory, as long as this one has not changed.
    """
    here = Path(os.path.realpath(root))
    every = _directories.get(here.parent, {})
    if here.name not in every or every[here.name].stamp != _stamp(here / NAME):
        forget()
        paths = sorted({*here.parent.glob(f"*/{NAME}"), here / NAME})
        every = _directories[here.parent] = {path.parent.name: _known(path) for path in paths}
    return {name: known.value for name, known in every.items() if known.read and name != here.name}


def forget() -> None:
    """Forgets every manifest, since one of them was written."""
    _directories.clear()


def _known(path: Path) -> _Known:
    stamp = _stamp(path)
    try:
        return _Known(stamp, True, read(File.on_disk(path.name, path).data).value)
    except LditError:
        return _Known(stamp, False, None)


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns
