"""What is around integrations: the manifests of their neighbors, read once for a whole run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import LditError
from toolkit.integration.files import File
from toolkit.integration.manifest import NAME
from toolkit.integration.writing import is_inside
from toolkit.json_text import read

if TYPE_CHECKING:
    from toolkit.fork.gate import Gate

Manifests = dict[str, Any]
"""The values of manifests by the name of their directory; one that cannot be read is missing."""


class Tree:
    """The directories of integrations that a run has looked into. A run makes one and hands it to each integration."""

    def __init__(self) -> None:
        self._read: dict[Path, Manifests] = {}
        self._gates: dict[Path | None, Gate] = {}

    def gate(self, root: Path) -> Gate:
        """The gate of the fork around the integration at ``root``, or the official one; read once."""
        from toolkit.fork.gate import read_gate, root_around

        fork = root_around(root)
        if fork not in self._gates:
            self._gates[fork] = read_gate(fork)
        return self._gates[fork]

    @property
    def notes(self) -> list[str]:
        """What is to be said once of the gates that were asked: how a fork's schema differs from the one we know."""
        return sorted({gate.note for gate in self._gates.values() if gate.note})

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
