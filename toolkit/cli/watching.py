"""``ldit lint --watch``."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli import say
from toolkit.cli.selection import Selection
from toolkit.errors import LditError
from toolkit.install import remedy

if TYPE_CHECKING:
    from toolkit.cli.lint_run import Run


def watch(selection: Selection, run: "Run") -> None:
    """Checks again each integration in which something changes, until interrupted by KeyboardInterrupt."""
    try:
        from watchfiles import watch as changes
    except ModuleNotFoundError as error:
        raise LditError("--watch needs watchfiles", remedy("watch")) from error
    say("watching; stop with Ctrl-C")
    roots = [selection.tree] if selection.tree else list(selection.directories)
    for changed in changes(*roots, raise_interrupt=True):
        there = []
        for directory in _affected(selection, {path for _change, path in changed}):
            if directory.is_dir():
                there.append(directory)
            else:
                say(f"{directory} is gone")
        if there:
            run.once(there)


def _affected(selection: Selection, paths: Iterable[str]) -> Iterator[Path]:
    """The integrations that hold ``paths``, under the names that they were given by."""
    known = {os.path.realpath(path): path for path in selection.directories}
    if selection.tree:
        tree = Path(os.path.realpath(selection.tree))
        for path in map(Path, paths):
            if path.is_relative_to(tree) and path != tree and not path.name.startswith(".ldit-"):
                name = path.relative_to(tree).parts[0]
                if (tree / name).is_dir() or str(tree / name) in known:
                    known.setdefault(str(tree / name), selection.tree / name)
    for real, given in sorted(known.items()):
        if any(Path(path).is_relative_to(real) for path in paths):
            yield given
