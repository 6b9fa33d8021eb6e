"""The files of an integration and what is around them, whatever they mean."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from toolkit.integration import manifest as manifests
from toolkit.integration.files import File, in_memory
from toolkit.integration.siblings import Neighborhood, Siblings
from toolkit.integration.tree import Tree, known
from toolkit.integration.writing import remove_leftovers, replace_files

if TYPE_CHECKING:
    from toolkit.fork.gate import Gate


@dataclass(frozen=True)
class Directory:
    """``path`` as the user gave it, ``name`` of the directory (LaunchDarkly's integration key), and its files.

    ``tree`` knows what is around it on disk; ``outside`` stands for that where it is in memory only: contents by path
    from ``../``.
    """

    path: str
    name: str
    files: Mapping[str, File]
    root: Path | None = None
    tree: Tree = field(default_factory=Tree, repr=False, compare=False)
    outside: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def gate(self) -> Gate:
        """What the official gate lets through: that of the fork around the integration, where there is one."""
        if self.root is not None:
            return self.tree.gate(self.root)
        from toolkit.fork.gate import official_gate

        return official_gate()

    @property
    def siblings(self) -> Siblings:
        """The manifests of the directories beside this one, by directory name; unreadable ones are left out."""
        if self.root is not None:
            return self.tree.beside(self.root)
        beside = in_memory({path.removeprefix("../"): data for path, data in self.outside.items()})
        held = ((path.split("/")[0], file) for path, file in beside.items() if path.endswith(f"/{manifests.NAME}"))
        return Siblings(Neighborhood({name: value for name, file in held for value in known(file)}), self.name)

    def file(self, path: str) -> File | None:
        """The entry at a path that the manifest names, after resolving ``.``, ``..`` and a leading slash."""
        return self.files.get(self.inside(path) or "")

    def inside(self, path: str) -> str | None:
        """The path relative to the directory, or None where it leads out of it.

        ``../acme/logo.svg`` in a directory called acme does not; the official tests join paths in the same way.
        """
        joined = posixpath.normpath(f"{self.name}/{path}")
        return joined.removeprefix(f"{self.name}/") if joined.startswith(f"{self.name}/") else None

    def exists(self, path: str) -> bool:
        """Whether anything stands at a path that the manifest names, outside the directory too."""
        within = self.inside(path)
        if within is not None:
            found = self.files.get(within)
            return found is not None and found.kind.exists
        if self.root is None:
            return posixpath.normpath(path) in self.outside
        return self.tree.exists(self.root, path)

    def replaced(self, contents: Mapping[str, bytes]) -> Self:
        """The same integration with other bytes in some of its files, or with new files, in memory."""
        changed = {path: self._with_data(path, data) for path, data in contents.items()}
        return replace(self, files=dict(sorted({**self.files, **changed}.items())))

    def _with_data(self, path: str, data: bytes) -> File:
        file = self.files.get(path)
        return file.with_data(data) if file else in_memory({path: data})[path]

    def changed_since(self, before: Directory) -> dict[str, bytes]:
        """The new bytes of every file that is not what it was in ``before``, by path; ``before.write`` takes them."""
        both = ((path, file, before.files[path]) for path, file in self.files.items() if file.readable)
        return {path: new.data for path, new, old in both if new is not old and new.data != old.data}

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Puts new bytes into files that are on disk, each replaced at once; see ``replace_file`` for what is kept.

        Raises LditError, before anything is written, for a link out of the directory, and for a file that cannot be
        replaced or is not what it was when this integration was read.
        """
        before = {path: self._as_read(path) for path in contents}
        new = {path for path in contents if path not in self.files}
        replace_files(Path(self.path), contents, before, new)
        self.tree.changed(Path(self.path))

    def remove_leftovers(self) -> None:
        """Removes what a run that was killed while it wrote has left in the directory."""
        remove_leftovers(Path(self.path))

    def _as_read(self, path: str) -> bytes | None:
        file = self.files.get(path)
        return file.read_as.data if file and file.read_as.readable else None
