"""What is around integrations: the manifests of their neighbors, read once for a whole run."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from toolkit.errors import LditError
from toolkit.integration.discovery import NAME
from toolkit.integration.files import File
from toolkit.integration.letter_case import stands
from toolkit.integration.writing import is_inside

if TYPE_CHECKING:
    from toolkit.fork.gate import Gate
    from toolkit.integration.siblings import Neighborhood, Siblings

KNOWN = ("name", "links", "supportEmail", "oauthIntegrationKey")
"""The members of a manifest that rules look at beside it: a change of another leaves what was found as it is."""


class Tree:
    """The directories of integrations that a run has looked into. A run makes one and hands it to each integration."""

    def __init__(self) -> None:
        self._manifests: dict[Path, dict[str, File]] = {}
        self._values: dict[File, Sequence[Any]] = {}
        self._neighborhoods: dict[Path, Neighborhood] = {}
        self._asked: dict[str, set[str]] = {}
        self._gates: dict[Path | None, Gate] = {}
        self._forks: dict[Path, Path | None] = {}

    def gate(self, root: Path) -> Gate:
        """The gate of the fork around the integration at ``root``, or the official one; read once."""
        from toolkit.fork.gate import read_gate
        from toolkit.integration.around import root_around

        fork = self._forks[root] = root_around(root)
        if fork not in self._gates:
            self._gates[fork] = read_gate(fork)
        return self._gates[fork]

    @property
    def notes(self) -> list[str]:
        """What is to be said once of the gates that were asked: how a fork's schema differs from the one we know."""
        return sorted({gate.note for gate in self._gates.values() if gate.note})

    def notes_on(self, root: Path) -> tuple[str, ...]:
        """What is to be said of the gate of the integration at ``root``, if that was asked."""
        gates = [self._gates[self._forks[root]]] if root in self._forks else []
        return tuple(gate.note for gate in gates if gate.note)

    def manifests(self, parent: Path) -> dict[str, File]:
        """The files called ``manifest.json`` in the directories of ``parent``, by directory, each as it was first."""
        every = self._manifests.get(parent)
        if every is None:
            paths = sorted(parent.glob(f"*/{NAME}"))
            every = self._manifests[parent] = {path.parent.name: _manifest(path) for path in paths}
        return every

    def beside(self, root: Path) -> Siblings:
        """What rules may know of the directories beside ``root``: of each manifest the members that KNOWN names."""
        from toolkit.integration.siblings import Neighborhood, Siblings

        here = Path(os.path.realpath(root))
        if here.parent not in self._neighborhoods:
            manifests = self.manifests(here.parent).items()
            values = {name: value for name, file in manifests for value in self.known(file)}
            self._neighborhoods[here.parent] = Neighborhood(values)
        return Siblings(self._neighborhoods[here.parent], here.name)

    def known(self, file: File) -> Sequence[Any]:
        """What rules may know of a manifest: one value, or none where it cannot be read."""
        if file not in self._values:
            self._values[file] = tuple(known(file))
        return self._values[file]

    def exists(self, root: Path, path: str) -> bool:
        """Whether anything stands at a path out of the directory ``root``, which is remembered as having been asked.

        Looked for in the fork around it only, or beside it where there is none: what else is on the disk is nobody's
        business. Letter case matters, as in the directory itself, also where the file system folds it.
        """
        from toolkit.integration.around import root_around

        here = Path(os.path.realpath(root))
        limit = root_around(here) or here.parent
        outside = PurePosixPath(posixpath.normpath(f"{here.as_posix()}/{path}"))
        if not outside.is_relative_to(limit.as_posix()):
            return False
        self.ask_outside(here, [str(outside)])
        return stands(limit, outside.relative_to(limit.as_posix()).parts)

    def asked_outside(self, root: Path) -> list[str]:
        """The paths out of a directory that somebody has asked about, sorted."""
        return sorted(self._asked.get(os.path.realpath(root), ()))

    def ask_outside(self, root: Path, paths: Sequence[str]) -> None:
        """Remembers that somebody has asked about paths out of a directory, perhaps in an earlier run."""
        if paths:
            self._asked.setdefault(os.path.realpath(root), set()).update(paths)

    def changed(self, root: Path) -> None:
        """Reads the manifest of ``root`` again, since it was written."""
        here = Path(os.path.realpath(root))
        if here.parent in self._manifests:
            self._manifests[here.parent][here.name] = _manifest(here / NAME)
            self._neighborhoods.pop(here.parent, None)


def known(file: File) -> Iterator[Any]:
    """What rules may know of a manifest beside theirs; nothing where it cannot be read."""
    from toolkit.json_text import read

    with suppress(LditError):
        value = read(file.data).value
        yield {key: value[key] for key in KNOWN if key in value} if isinstance(value, dict) else None


def _manifest(path: Path) -> File:
    return File.on_disk(path.name, path, outside=path.is_symlink() and not is_inside(path, path.parent))
