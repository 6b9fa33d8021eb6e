"""Which integrations a run is about: those that PATH names, else those that the branch changes."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.cli import failed, say
from toolkit.cli.options import Options
from toolkit.errors import LditError
from toolkit.integration.discovery import TREE, discover, unique


class Selection(NamedTuple):
    """The directories, as they are shown; ``failed`` where a path could not be used.

    ``unchanged`` is the line that says that nothing is to be checked because nothing changed. ``tree`` holds the
    integrations of the fork where no PATH was given.
    """

    directories: tuple[Path, ...]
    failed: bool = False
    unchanged: str = ""
    tree: Path | None = None


def select(paths: Sequence[Path], options: Options) -> Selection:
    """The integrations to check. Says what is wrong with a path, and goes on with the others. Raises LditError."""
    if options.stdin_file:
        return Selection(tuple(discover([options.stdin_file])))
    if options.changed or not paths:
        from toolkit.fork.place import fork_around

        root = fork_around(Path(paths[0] if paths else "."))
        if root:
            return _in_fork(root, paths, options)
        if options.changed:
            raise LditError("--changed needs a git repository with a directory of integrations", "leave it out")
    return _given(paths or [Path()])


def _in_fork(root: Path, paths: Sequence[Path], options: Options) -> Selection:
    """What the branch changes; everything, with a line that says why, where that cannot be determined."""
    from toolkit.fork.changed import UnknownChangeError, changed

    here = _from_here(root)
    everything = options.everything or (options.write_baseline and not options.changed)
    try:
        found = None if everything else changed(root, options.changed)
    except UnknownChangeError as error:
        say(f"checking everything: {error}")
        found = None
    if found is None:
        return Selection(tuple(map(_from_here, discover([here]))), tree=here / TREE)
    if found.note:
        say(found.note)
    directories = [_from_here(root / directory) for directory in found.directories]
    meant = {os.path.realpath(path) for path in _given(paths).directories} if paths else None
    chosen = tuple(path for path in directories if meant is None or os.path.realpath(path) in meant)
    line = f"nothing to check: no integration {found.how} {found.since} (--all checks everything)"
    return Selection(chosen, unchanged="" if chosen else line, tree=here / TREE)


def _given(paths: Sequence[Path]) -> Selection:
    found: list[Path] = []
    bad = False
    for path in paths:
        try:
            found += discover([path]) if os.path.lexists(path) else _deleted(path)
        except LditError as error:
            bad = bool(failed(error))
    return Selection(tuple(unique(found)), bad)


def _deleted(path: Path) -> list[Path]:
    """What is left of the integration that a deleted file belonged to. Raises LditError if git never knew the file."""
    from toolkit.fork.changed import deleted

    left = deleted(path)
    if left is None:
        raise LditError(f"{path}: no such file or directory")
    return list(map(_from_here, left))


def _from_here(path: Path) -> Path:
    return Path(os.path.relpath(path))
