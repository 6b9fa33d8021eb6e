"""Everything that decides what is found in an integration, as digests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from toolkit.cache.digest import SIZE, digest
from toolkit.integration.around import FILE, schema_of, tests_of
from toolkit.integration.discovery import TREE
from toolkit.integration.files import File, listed
from toolkit.integration.tree import Tree

_MODULUS = 1 << 8 * SIZE
CONFIGURATIONS = ("ldit.toml", "pyproject.toml")


class Inputs(NamedTuple):
    """One integration as it is now. ``path`` as it is shown; ``own`` digests all but its neighbors.

    ``beside`` digests the bytes of the neighbors' manifests.
    """

    path: str
    real: Path
    files: Mapping[str, File] | None
    own: bytes
    beside: bytes


class Around:
    """Digests of integrations and of what is around them, which each run reads once."""

    def __init__(self, tree: Tree, said: object) -> None:
        """``said`` is what else decides: the program, its options, the working directory."""
        self._said = repr(said).encode()
        self.anew = _above
        self.above = cache(_above)
        """A digest of the configurations and of the gates of forks in a directory and above it."""
        self._raw = _each(tree, lambda file: file.data if file.readable else file.failure[0].encode())
        self._known = _each(tree, lambda file: _shown(tree.known(file)) or file.data)

    def __call__(self, directory: Path) -> Inputs:
        """The inputs of one integration. Raises OSError where it cannot be listed."""
        real, files = Path(os.path.realpath(directory)), listed(directory)
        path = directory.as_posix()
        parts = [self._said, path.encode("utf-8", "surrogateescape"), os.fsencode(real), self.above(real.parent)]
        for file in files.values():
            parts += (repr((file.path, file.kind.name, file.executable, file.outside)).encode(), _content(file))
        return Inputs(path, real, files, digest(parts), self._raw(real.parent).without(real.name))

    def known(self, inputs: Inputs) -> bytes:
        """A digest of what rules know of the neighbors."""
        return self._known(inputs.real.parent).without(inputs.real.name)


def states(paths: Iterable[str]) -> tuple[tuple[str, bool, bool], ...]:
    """What stands at some paths: whether anything does, and whether it leads anywhere."""
    return tuple((path, os.path.lexists(path), os.path.exists(path)) for path in sorted(paths))  # noqa: PTH110


def _each(tree: Tree, content: Callable[[File], bytes]) -> Callable[[Path], _Sum]:
    """What digests the ``content`` of each manifest in the directories of a directory, once."""

    def read(parent: Path) -> _Sum:
        named = ((name, name.encode("utf-8", "surrogateescape"), file) for name, file in tree.manifests(parent).items())
        digests = {name: int.from_bytes(digest((key, content(file))), "big") for name, key, file in named}
        return _Sum(digests, sum(digests.values()))

    return cache(read)


def _shown(value: object) -> bytes:
    try:
        return repr(value).encode("utf-8", "surrogatepass")
    except RecursionError:  # nested too deeply to be compared: its bytes will do
        return b""


class _Sum(NamedTuple):
    """Digests by name, and their sum: that of all but one is a subtraction, however many there are."""

    digests: dict[str, int]
    total: int

    def without(self, name: str) -> bytes:
        left = (self.total - self.digests.get(name, 0)) % _MODULUS
        return left.to_bytes(SIZE, "big")


def _content(file: File) -> bytes:
    message, help_ = file.failure
    return repr((message, help_, file.size)).encode() if message else b"\0" + file.data


def _above(parent: Path) -> bytes:
    return digest([part for directory in (parent, *parent.parents) for part in _in(directory)])


def _in(directory: Path) -> Iterator[bytes]:
    here = os.fsencode(directory)
    for name in CONFIGURATIONS:
        path = directory / name
        if os.path.isfile(path):  # noqa: PTH113 - unlike Path.is_file, it never raises
            yield here
            yield read(path)
    if os.path.isfile(directory / FILE):  # noqa: PTH113
        yield here + b"/" * os.path.isdir(directory / TREE)  # noqa: PTH112
        yield schema_of(directory) or b""
        yield from tests_of(directory)


def read(path: Path) -> bytes:
    """The bytes of a file, or why it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        return repr(error).encode()
