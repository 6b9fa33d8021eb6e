"""What the pixels of icons said, by the bytes of the icon alone: whatever else changes, it need not be drawn again."""

from pathlib import Path
from typing import Any

from toolkit.cache.digest import digest
from toolkit.cache.stamp import stamp
from toolkit.cache.store import Store
from toolkit.integration.files import File

_KIND = "figures of an icon"


class Figures:
    """Statistics of icons in a store. What cannot be drawn is tried again the next time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stamp = stamp().encode()

    def get(self, icon: bytes) -> tuple[Any, ...] | None:
        """The statistics that were put for these bytes, as a plain tuple."""
        found = self._store.get(self._name(icon))
        return found[1:] if isinstance(found, tuple) and found[:1] == (_KIND,) else None

    def put(self, icon: bytes, statistics: tuple[Any, ...]) -> None:
        """Remembers the statistics of an icon."""
        self._store.put(self._name(icon), (_KIND, *statistics))

    def cover(self, paths: list[Path]) -> bool:
        """Whether those of every icon at ``paths`` are remembered, of those that can be read."""
        files = (File.on_disk(path.name, path) for path in paths)
        return all(self.get(file.data) for file in files if file.readable)

    def _name(self, icon: bytes) -> str:
        return digest((_KIND.encode(), self._stamp, icon)).hex()
