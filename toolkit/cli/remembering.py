"""The cache, as the options of ``ldit lint`` want it."""

from __future__ import annotations

from pathlib import Path

from toolkit.cache.figures import Figures
from toolkit.cache.memory import Memory, Printed
from toolkit.cache.place import VARIABLE, cache_directory, is_in_fork
from toolkit.cache.store import Store
from toolkit.cli import CANNOT_RUN, say
from toolkit.cli.hyperlinks import links_wanted
from toolkit.cli.options import Options
from toolkit.cli.printing import print_report
from toolkit.cli.selection import Selection
from toolkit.integration.tree import Tree


class Cache:
    """What is remembered from run to run; ``memory`` is that of one look."""

    def __init__(self, directory: Path, options: Options) -> None:
        self._store = Store(directory)
        self._icons = Store(directory / "icons")
        self._options = options

    @property
    def figures(self) -> Figures:
        """What the pixels of icons said."""
        return Figures(self._icons)

    def memory(self, tree: Tree) -> Memory:
        """What is remembered of integrations that are read with ``tree``."""
        config = self._options.config
        return Memory(self._store, tree, self._options.decisive, [config] if config else [])

    def written(self) -> None:
        """Another process of this run has written into it."""
        self._store.written = self._icons.written = True

    def close(self) -> None:
        """Removes what nobody has used for long."""
        self._store.tidy()
        self._icons.tidy()


def cache_for(options: Options) -> Cache | None:
    """The cache, or None where the options or the system leave none."""
    directory = cache_directory() if options.cache and options.plain else None
    if directory is None:
        return None
    if is_in_fork(directory):
        say(f"nothing is remembered: {VARIABLE} names a directory of a fork, {directory}")
        return None
    return Cache(directory, options)


def print_again(memory: Memory, selection: Selection, options: Options) -> int | None:
    """Prints what the same run printed before, if nothing has changed; the exit status, else None."""
    printed = (
        memory.printed(selection.directories, how(options, selection))
        if selection.directories and options.printing
        else None
    )
    if printed is None:
        return None
    print_report(printed.text)
    say(*printed.lines)
    return max(printed.status, CANNOT_RUN * selection.failed)


def how(options: Options, selection: Selection) -> tuple[object, ...]:
    """What decides how it is reported."""
    looks = options.formats, options.statistics, options.quiet, options.show_fixes, links_wanted(options)
    return *looks, options.min_severity, options.exit_zero, selection.unchanged


__all__ = ["Cache", "Printed", "cache_for", "how", "print_again"]
