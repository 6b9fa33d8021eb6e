"""Names exactly as they are on disk. The file systems of macOS and Windows find them in other letter case too.

The official checks run on Linux, where ``Square.svg`` is not ``square.svg``: what is said of an integration has to be
the same everywhere.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from toolkit.integration.writing import is_inside


def stands(root: Path, names: Sequence[str]) -> bool:
    """Whether directories below ``root`` have entries of exactly these names, the last of which leads somewhere."""
    place = root
    for name in names:
        if not is_inside(place, root) or name not in names_in(place):
            return False
        place /= name
    return is_inside(place, root) and os.path.exists(place)  # noqa: PTH110 - unlike Path.exists, it never raises


def is_misspelled(path: Path, root: Path) -> bool:
    """Whether a path that may be there is written otherwise below ``root`` than the names on disk are."""
    ways = [path, *path.parents]
    below = [way for way in ways if way != root and way.is_relative_to(root)]
    return any(spelled(way, names_in(way.parent)) != way for way in below)


def names_in(directory: Path) -> frozenset[str]:
    """The names in a directory; none where it cannot be listed."""
    try:
        with os.scandir(directory) as entries:
            return frozenset(entry.name for entry in entries)
    except OSError:
        return frozenset()


def spelled(path: Path, names: frozenset[str]) -> Path:
    """A path with its last name as it is among the ``names`` in its directory, where letter case alone differs."""
    if path.name in names:
        return path
    same = [name for name in names if name.casefold() == path.name.casefold()]
    return path.with_name(same[0]) if len(same) == 1 else path
