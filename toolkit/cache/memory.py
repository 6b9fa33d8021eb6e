"""What a run remembers: the findings of each integration, and the report of all of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.cache.digest import digest
from toolkit.cache.inputs import Around, Inputs, read, states
from toolkit.cache.stamp import stamp
from toolkit.cache.store import Store
from toolkit.integration.tree import Tree

if TYPE_CHECKING:
    from toolkit.finding import Finding
    from toolkit.integration.files import File


KEPT = 256
"""Integrations whose files are kept from looking for the report to looking for the findings."""


class Found(NamedTuple):
    """The findings of an integration, what the fork's gate had to say, and what a report needs to know beside them.

    ``outside`` are the paths out of the directory that somebody has asked about, ``hidden`` those of the files that
    hold credentials; what is remembered has none.
    """

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    title: str
    outside: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()


class Printed(NamedTuple):
    """What a run printed: the report as it is before its colors are stripped, lines for standard error, the status."""

    text: str
    lines: tuple[str, ...]
    status: int


class Memory:
    """What was found in integrations that are now as they were; one for each look at them.

    ``options`` are what findings depend on besides the integrations, ``extra`` are files that they depend on.
    """

    def __init__(self, store: Store, tree: Tree, options: tuple[object, ...], extra: Iterable[Path] = ()) -> None:
        self._store = store
        self._tree = tree
        self._options = repr((os.getcwd(), options))  # noqa: PTH109
        self._around = Around(tree, (stamp(), self._options, tuple((str(path), read(path)) for path in extra)))
        self._inputs: dict[Path, Inputs | None] = {}

    def inputs(self, directory: Path) -> Inputs | None:
        """One integration as it was when this was first asked; None where it cannot be listed."""
        if directory not in self._inputs:
            try:
                self._inputs[directory] = self._around(directory)
            except OSError:
                self._inputs[directory] = None
        return self._inputs[directory]

    def files(self, directory: Path) -> Mapping[str, File] | None:
        """The files of an integration as they were listed, if that was not asked before: they are not kept."""
        inputs = self.inputs(directory)
        if inputs is None or inputs.files is None:
            return None
        self._inputs[directory] = inputs._replace(files=None)
        return inputs.files

    def remembers(self, directory: Path) -> bool:
        """Whether it is known what was found in an integration; the findings themselves are not read."""
        return self._entry(directory) is not None

    def recall(self, directory: Path) -> Found | None:
        """What was found in an integration, if nothing has changed that it depends on."""
        if (entry := self._entry(directory)) is None:
            return None
        from toolkit.cache.findings import unpacked

        standing, notes, title, findings = entry
        try:
            return Found(unpacked(findings), notes, title, tuple(path for path, *_ in standing))
        except (TypeError, ValueError):  # nothing of ours
            return None

    def _entry(self, directory: Path) -> tuple[Any, ...] | None:
        inputs = self.inputs(directory)
        if inputs is None:
            return None
        try:
            own, beside, known, standing, *rest = self._store.get(self._name(inputs))
            same = own == inputs.own and standing == states(path for path, *_ in standing)
            if not same or (beside != inputs.beside and known != self._around.known(inputs)):
                return None
            notes, title, findings = rest
        except (TypeError, ValueError):  # nothing, or nothing of ours
            return None
        return standing, notes, title, findings

    def keep(self, directory: Path, found: Found) -> None:
        """Remembers what was found in an integration that was read with the tree and the files of this memory."""
        inputs = self.inputs(directory)
        if inputs is None or self._around.anew(inputs.real.parent) != self._around.above(inputs.real.parent):
            return
        from toolkit.cache.findings import packed

        known = self._around.known(inputs)
        standing = self._standing([inputs])
        value = (inputs.own, inputs.beside, known, standing, found.notes, found.title, packed(found.findings))
        self._store.put(self._name(inputs), value)

    def printed(self, directories: Sequence[Path], how: object) -> Printed | None:
        """What a run printed that looked at ``directories`` and reported as ``how`` says, if all is as it was."""
        try:
            same, standing, text, lines, status = self._store.get(self._report(directories, how))
            inputs = [self._glanced(each) for each in directories]
            if same != self._same(inputs) or standing != states(path for path, *_ in standing):
                return None
            return Printed(text, lines, status)
        except (TypeError, ValueError, OSError):
            return None

    def keep_printed(self, directories: Sequence[Path], how: object, printed: Printed, paths: Iterable[str]) -> None:
        """Remembers what was printed; it holds for as long as what stands at ``paths`` is the same too."""
        inputs = self._all(directories)
        if inputs is not None:
            value = (self._same(inputs), self._standing(inputs, paths), *printed)
            self._store.put(self._report(directories, how), value)

    def _all(self, directories: Sequence[Path]) -> list[Inputs] | None:
        found = [inputs for directory in directories if (inputs := self.inputs(directory))]
        return found if len(found) == len(directories) else None

    def _glanced(self, directory: Path) -> Inputs:
        """One integration as it is; the first are kept as if they had been asked for, a large tree does not fit."""
        inputs = self._around(directory)
        if len(self._inputs) < KEPT:
            self._inputs[directory] = inputs
        return inputs._replace(files=None)

    def _standing(self, inputs: Sequence[Inputs], paths: Iterable[str] = ()) -> tuple[Any, ...]:
        return states({*paths, *(path for each in inputs for path in self._tree.asked_outside(each.real))})

    def _same(self, inputs: Sequence[Inputs]) -> bytes:
        return digest([part for each in inputs for part in (each.own, each.beside)])

    def _name(self, inputs: Inputs) -> str:
        return self._named("findings", inputs.path, inputs.real)

    def _report(self, directories: Sequence[Path], how: object) -> str:
        return self._named("report", how, *((each.as_posix(), os.path.realpath(each)) for each in directories))

    def _named(self, *parts: object) -> str:
        return digest([self._options.encode(), repr(tuple(map(str, parts))).encode()]).hex()
