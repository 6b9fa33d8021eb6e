"""From the paths a user gives to the integration directories that they mean."""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from toolkit.errors import LditError
from toolkit.integration.letter_case import names_in, spelled

NAME = "manifest.json"
"""The file that makes a directory an integration."""
TREE = "integrations"
"""The directory of a fork that holds one directory for each integration."""
_LOOKS = ("assets", "*.svg", "*/*.svg", "*/*/*.svg", "templates/*.hbs")
"""What only an integration holds: a directory with such files was meant to be one, even without a manifest."""


def discover(paths: Iterable[str | Path]) -> list[Path]:
    """The integration directories that ``paths`` mean, each once, sorted.

    A path is an integration directory, a directory of them, a whole fork, or a file inside an integration.
    Raises LditError for a path that does not exist or cannot be listed.
    """
    return unique(directory for path in paths for directory in _meant(Path(path)))


def unique(directories: Iterable[Path]) -> list[Path]:
    """Each directory once, by its first name in the letter case that it has on disk, sorted by where it really is."""
    found: dict[str, Path] = {}
    beside = cache(names_in)
    for directory in directories:
        if directory.name not in ("", ".."):
            directory = spelled(directory, beside(directory.parent))
        found.setdefault(os.path.realpath(directory), directory)
    return [found[key] for key in sorted(found)]


def _meant(path: Path) -> Iterator[Path]:
    try:
        if path.is_dir():
            yield from _in_directory(path)
        elif path.exists() or path.is_symlink():
            yield from _around(path)
        else:
            raise LditError(f"{path}: no such file or directory")
    except PermissionError as error:
        raise LditError(f"{path}: permission denied") from error


def _in_directory(path: Path) -> Iterator[Path]:
    real = Path(os.path.realpath(path))
    if (path / NAME).exists() or real.parent.name == TREE:
        yield path
    elif (path / TREE).is_dir():
        yield from _members(path / TREE)
    elif real.name == TREE or any(path.glob(f"*/{NAME}")):
        yield from _members(path)
    elif around := list(_around(path)):
        yield from around
    elif any(any(path.glob(pattern)) for pattern in _LOOKS):
        yield path


def _members(tree: Path) -> Iterator[Path]:
    for child in sorted(tree.iterdir()):
        if child.is_dir() and not child.name.startswith("."):
            yield child


def _around(path: Path) -> Iterator[Path]:
    """The nearest directory above that is an integration, if any."""
    for parent in (*path.parents, *path.absolute().parents):
        if (parent / NAME).is_file() or Path(os.path.realpath(parent)).parent.name == TREE:
            yield parent
            return
