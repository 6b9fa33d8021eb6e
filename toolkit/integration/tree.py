"""What is around integrations: the manifests of their neighbors, read once for a whole run."""

import os
from pathlib import Path
from typing import Any

from toolkit.errors import LditError
from toolkit.integration.files import File
from toolkit.integration.manifest import NAME
from toolkit.integration.writing import is_inside
from toolkit.json_text import read

Manifests = dict[str, Any]
"""The values of manifests by the name of their directory; one that cannot be read is missing."""


class Tree:
    """The directories of integrations that a run has looked into. A run makes one and hands it to each integration."""

    def __init__(self) -> None:
        self._read: dict[Path, Manifests] = {}

    def beside(self, root: Path) -> Manifests:
        """The manifests in the directories beside ``root``, as they were when the first of them was asked for."""
        here = Path(os.path.realpath(root))
        every = self._read.get(here.parent)
        if every is None:
            every = self._read[here.parent] = {}
            for path in sorted(here.parent.glob(f"*/{NAME}")):
                _put(every, path)
        return {name: value for name, value in every.items() if name != here.name}

    def changed(self, root: Path) -> None:
        """Reads the manifest of ``root`` again, since it was written."""
        here = Path(os.path.realpath(root))
        if here.parent in self._read:
            _put(self._read[here.parent], here / NAME)


def _put(every: Manifests, path: Path) -> None:
    name = path.parent.name
    every.pop(name, None)
    try:
        outside = path.is_symlink() and not is_inside(path, path.parent)
        every[name] = read(File.on_disk(path.name, path, outside=outside).data).value
    except LditError:
        return
