"""Paths and patterns in a configuration file, relative to its directory."""

import os
import posixpath
from fnmatch import fnmatchcase
from pathlib import Path

from toolkit.integration.discovery import NAME as MANIFEST
from toolkit.integration.letter_case import is_misspelled


def is_within(path: str, pattern: str) -> bool:
    """Whether ``path`` is what ``pattern`` names, or lies below it; ``*`` stands for any text, ``.`` for everything."""
    path, pattern = posixpath.normpath(path), posixpath.normpath(pattern)
    return pattern == "." or fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern}/*")


def is_nowhere(path: str, root: Path) -> bool:
    """Whether a path without ``*`` surely names nothing: it does not exist, and is not in an integration either.

    Nor does one whose letter case is another than on disk: elsewhere it would waive nothing.

    What is missing from an integration is reported when that one is checked.
    """
    place = Path(os.path.normpath(root / path))
    if any(special in path for special in "*?["):
        return False
    return is_misspelled(place, root) or not (
        os.path.lexists(place) or any(os.path.lexists(directory / MANIFEST) for directory in place.parents)
    )


def neighbors(path: str, root: Path) -> list[str]:
    """What stands beside a path, as it would be written in its place."""
    parent, _, _ = posixpath.normpath(path).rpartition("/")
    try:
        return [posixpath.join(parent, found.name) for found in sorted((root / parent).iterdir())]
    except OSError:
        return []
