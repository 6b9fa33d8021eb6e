"""One icon that the manifest names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from toolkit.finding import Place
from toolkit.integration.files import File
from toolkit.integration.manifest import Manifest


@dataclass(frozen=True)
class Icon:
    """``role`` is ``square`` or ``horizontal``."""

    role: str
    file: File
    named: Place

    @classmethod
    def named_by(cls, manifest: Manifest, role: str, find: Callable[[str], File | None]) -> Icon | None:
        """The icon of that role, or None when the manifest names none that is a readable file."""
        file = find(manifest.text(f"/icons/{role}"))
        return cls(role, file, manifest.at(f"/icons/{role}")) if file and file.readable else None

    def at(self, start: int | None = None, end: int | None = None) -> Place:
        """The file, or the code points from ``start`` to ``end`` of its text."""
        return self.file.at(start, end)
