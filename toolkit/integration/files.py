"""The files of one integration: listed once, read when first asked for."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Self

from toolkit.errors import LditError
from toolkit.finding import Place
from toolkit.integration import file_kind
from toolkit.integration.writing import PREFIX, is_inside
from toolkit.secrets import Secret, passwords, secrets
from toolkit.text import reason

READ_LIMIT = 20_000_000
"""Bytes; a larger file is reported by its size and never read."""

UNLISTED = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".idea", ".vscode"})
"""Directories that are recorded, but not entered: what is in them is never part of an integration."""


class Kind(Enum):
    """What stands at a path, after following symbolic links."""

    file = "a file"
    directory = "a directory"
    broken_link = "a broken symbolic link"
    special = "not a regular file"
    outside = "a link out of the directory"

    @property
    def exists(self) -> bool:
        """Whether a path leads anywhere."""
        return self is not Kind.broken_link


_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = {stat.S_IFREG: Kind.file, stat.S_IFDIR: Kind.directory}


class UnreadableError(LditError):
    """A file that is there, but cannot be read."""


class File:
    """One entry of an integration directory. ``path`` is relative to it, with ``/``; ``size`` is in bytes.

    ``outside``: a symbolic link that leads out of the directory; what stands there is never opened.
    """

    def __init__(
        self, path: str, kind: Kind, size: int, executable: bool, origin: str | Path | bytes, *, outside: bool = False
    ) -> None:
        self.path = path
        self.kind = kind
        self.size = size
        self.executable = executable
        self.outside = outside
        self._before: File | None = None
        self._origin = origin

    @classmethod
    def on_disk(cls, path: str, origin: str | Path, *, outside: bool = False) -> Self:
        """What stands at ``origin``, under the name ``path``."""
        try:
            status = os.stat(origin)  # noqa: PTH116 - a Path for each file takes longer than to read it
        except OSError:
            return cls.absent(path, Kind.broken_link)
        kind = Kind.outside if outside else _KINDS.get(stat.S_IFMT(status.st_mode), Kind.special)
        executable = kind is Kind.file and bool(status.st_mode & stat.S_IXUSR)
        return cls(path, kind, status.st_size, executable, origin, outside=outside)

    @classmethod
    def absent(cls, path: str, kind: Kind) -> Self:
        """An entry without bytes, such as a broken link."""
        return cls(path, kind, 0, executable=False, origin=b"")

    def with_data(self, data: bytes) -> Self:
        """The same file with other bytes, in memory."""
        changed = type(self)(self.path, Kind.file, len(data), self.executable, data, outside=self.outside)
        changed._before = self.read_as
        return changed

    @property
    def read_as(self) -> "File":
        """The file as it was read, before other bytes were put into it in memory."""
        return self._before or self

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @cached_property
    def data(self) -> bytes:
        """The bytes. Raises UnreadableError, with the reason, for anything but a regular file within READ_LIMIT."""
        if self.kind is not Kind.file:
            raise UnreadableError(f"{self.path} is {self.kind.value}")
        if self.size > READ_LIMIT:
            raise UnreadableError(
                f"{self.path} is {self.size // 1_000_000} MB, the limit is {READ_LIMIT // 1_000_000} MB",
                "shrink it",
            )
        if isinstance(self._origin, bytes):
            return self._origin
        try:
            return _bytes(self._origin)
        except OSError as error:
            why = f"{self.path} cannot be read: {reason(error)}"
            raise UnreadableError(why, "check the file's permissions") from error

    @cached_property
    def failure(self) -> tuple[str, str]:
        """Why the file cannot be read, and the remedy; both empty when it can."""
        try:
            self.data  # noqa: B018
        except UnreadableError as error:
            return str(error), error.help
        return "", ""

    @property
    def readable(self) -> bool:
        """Whether its bytes can be had."""
        return not self.failure[0]

    @cached_property
    def source(self) -> str:
        """The bytes as UTF-8; what is not UTF-8 becomes U+FFFD."""
        return self.data.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """The source without a byte order mark; offsets count from here."""
        return self.source.removeprefix("\ufeff")

    @cached_property
    def secrets(self) -> tuple[Secret, ...]:
        """The credentials in the text."""
        return tuple(secrets(self.text))

    @cached_property
    def passwords(self) -> tuple[Secret, ...]:
        """The passwords of addresses in the text."""
        return tuple(passwords(self.text))

    @cached_property
    def is_text(self) -> bool:
        """Whether the official hooks judge it as text. Raises UnreadableError."""
        return file_kind.is_text(self.path, self.data)

    @cached_property
    def is_editable(self) -> bool:
        """Whether it is UTF-8 text in its name and its content, so that it may be changed. Raises UnreadableError."""
        return self.is_utf8 and file_kind.is_editable(self.path, self.data)

    @property
    def is_utf8(self) -> bool:
        """Whether its bytes are UTF-8."""
        return self.source.encode() == self.data

    def at(self, start: int | None = None, end: int | None = None) -> Place:
        """The file as a whole, or the code points from ``start`` to ``end`` of its text."""
        span = None if start is None else (start, start if end is None else end)
        return Place(self.path, span=span)


def listed(root: Path) -> dict[str, File]:
    """Every entry below ``root`` by its path, sorted. Raises OSError when ``root`` cannot be listed."""
    return {file.path: file for file in sorted(_walk(root), key=lambda file: file.path)}


def _bytes(path: str | Path) -> bytes:
    """The bytes of a regular file; one that was exchanged for a pipe since it was listed is not waited for."""
    with os.fdopen(os.open(path, os.O_RDONLY | _AT_ONCE), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, Kind.special.value)
        return file.read(READ_LIMIT + 1)


def in_memory(contents: Mapping[str, bytes | File]) -> dict[str, File]:
    """The same from memory, for an integration that is on no disk; directories are made as needed."""
    files = {}
    for path, content in contents.items():
        for parent in list(PurePosixPath(path).parents)[:-1]:
            files[str(parent)] = File.absent(str(parent), Kind.directory)
        if isinstance(content, bytes):
            content = File(path, Kind.file, len(content), executable=False, origin=content)
        files[path] = content
    return {path: files[path] for path in sorted(files)}


def _walk(root: Path) -> Iterator[File]:
    waiting = [("", str(root))]
    while waiting:
        prefix, directory = waiting.pop()
        with os.scandir(directory) as entries:
            for entry in entries:
                if entry.name.startswith(PREFIX):  # a killed run of ours left it
                    continue
                path = prefix + entry.name
                link = entry.is_symlink()
                file = File.on_disk(path, entry.path, outside=link and not is_inside(Path(entry.path), root))
                yield file
                enter = file.kind is Kind.directory and not link and entry.name not in UNLISTED
                if enter and os.access(entry.path, os.R_OK | os.X_OK):
                    waiting.append((path + "/", entry.path))
