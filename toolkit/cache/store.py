"""Small files by name, for many processes at once; whatever is wrong with one, it is as if it were not there."""

import marshal
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from toolkit.cache.digest import SIZE, digest

OLDEST, LEFTOVER, BETWEEN = 30 * 86_400, 3_600, 86_400
"""Seconds: until an entry that nobody used is removed, until what a killed process left is, and between such looks."""
LARGEST, BYTES, FILES = 1_000_000, 100_000_000, 30_000
"""Bytes of one entry, of all, and how many there may be."""
_MARK = b"ldit cache 2\n"
_CHECKED = "checked"


class Store:
    """The files below ``directory``, which is made when the first is written. No method raises OSError."""

    def __init__(self, directory: Path) -> None:
        self._directory = str(directory)
        self.written = False

    def get(self, name: str) -> Any:
        """What was put under a name, or None."""
        path = f"{self._directory}/{name}"
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                status = os.fstat(file.fileno())
                data = file.read(LARGEST + 1)
            if time.time() - status.st_mtime > BETWEEN:
                os.utime(path)
        except OSError:
            return None
        start = len(_MARK) + SIZE
        if data[: len(_MARK)] != _MARK or data[len(_MARK) : start] != digest([data[start:]]):
            return None
        with suppress(ValueError, EOFError, TypeError):
            return marshal.loads(data[start:])  # noqa: S302 - the user's own directory, and digested
        return None

    def put(self, name: str, value: Any) -> None:
        """Keeps a value of plain tuples, strings, bytes, numbers and None; a large one is not kept."""
        payload = marshal.dumps(value)
        if len(payload) + len(_MARK) + SIZE > LARGEST:
            return
        temporary = f"{self._directory}/{name}.{os.getpid()}"
        with suppress(OSError):
            os.makedirs(self._directory, mode=0o700, exist_ok=True)  # noqa: PTH103
            try:
                with open(temporary, "wb") as file:  # noqa: PTH123
                    file.write(_MARK + digest([payload]) + payload)
                os.replace(temporary, f"{self._directory}/{name}")  # noqa: PTH105
                self.written = True
            except BaseException:
                os.unlink(temporary)  # noqa: PTH108
                raise

    def tidy(self) -> None:
        """Once a day, after something was written: removes what is old, and the oldest of what is too much."""
        if not self.written:
            return
        marker = Path(self._directory, _CHECKED)
        with suppress(OSError):
            if not marker.exists() or time.time() - marker.stat().st_mtime > BETWEEN:
                marker.touch(mode=0o600)
                os.utime(marker)
                self._remove()

    def _remove(self) -> None:
        now, count, size = time.time(), 0, 0
        for changed, length, path in sorted(self._entries(), reverse=True):
            count, size = count + 1, size + length
            killed = "." in Path(path).name and now - changed > LEFTOVER
            if killed or now - changed > OLDEST or count > FILES or size > BYTES:
                with suppress(OSError):
                    Path(path).unlink()

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        with os.scandir(self._directory) as entries:
            for entry in entries:
                if entry.name != _CHECKED and entry.is_file(follow_symlinks=False):
                    with suppress(OSError):
                        status = entry.stat(follow_symlinks=False)
                        yield status.st_mtime, status.st_size, entry.path


class NoStore(Store):
    """Remembers nothing."""

    def __init__(self) -> None:
        super().__init__(Path(os.devnull))

    def get(self, name: str) -> Any:
        """None."""

    def put(self, name: str, value: Any) -> None:
        """Keeps nothing."""
