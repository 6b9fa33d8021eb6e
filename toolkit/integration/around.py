"""The files of a fork that its gate is made of, read and never executed."""

import os
from collections.abc import Iterator
from pathlib import Path

from toolkit.integration.discovery import TREE

FILE = "manifest.schema.json"
"""The schema's name at the root of a fork."""
_TESTS = "__tests__"
_LIMIT = 5_000_000
"""Bytes; a larger file is not read. The official tests have about 40,000."""


def root_around(start: Path) -> Path | None:
    """The nearest directory above ``start``, or itself, that has integrations and a schema for them."""
    here = Path(os.path.realpath(start))
    roots = (above for above in (here, *here.parents) if (above / TREE).is_dir() and (above / FILE).is_file())
    return next(roots, None)


def schema_of(root: Path) -> bytes | None:
    """The bytes of the schema of the fork at ``root``, or None where it cannot be read."""
    return _contents(root / FILE)


def tests_of(root: Path) -> Iterator[bytes]:
    """The bytes of each file of tests of the fork at ``root``, by name; what cannot be read is left out."""
    try:
        paths = sorted(path for path in (root / _TESTS).iterdir() if path.suffix in (".js", ".ts"))
    except OSError:
        return
    yield from filter(None, map(_contents, paths))


def _contents(path: Path) -> bytes | None:
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LIMIT:
            return None
        return path.read_bytes()
    except OSError:
        return None
