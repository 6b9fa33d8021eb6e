"""Paths and patterns in a configuration file, relative to its directory."""

import posixpath
from fnmatch import fnmatchcase


def is_within(path: str, pattern: str) -> bool:
    """Whether ``path`` is what ``pattern`` names, or lies below it; ``*`` stands for any text, ``.`` for everything."""
    path, pattern = posixpath.normpath(path), posixpath.normpath(pattern)
    return pattern == "." or fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern}/*")
