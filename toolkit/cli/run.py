"""``ldit lint`` once its options are read; imports little, so that the renderer starts before the rules are there."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from toolkit.cli import CANNOT_RUN, NOTHING, say
from toolkit.cli.options import Options
from toolkit.cli.selection import Selection, select


def run(paths: Sequence[Path], options: Options) -> int:
    """Checks the integrations that ``paths`` mean; the exit status.

    Raises LditError where that cannot be done, OSError where the output cannot be written.
    """
    options.require_sense(bool(paths))
    selection = select(paths, options)
    if not selection.directories and not (selection.unchanged and (options.formats or options.watch)):
        return _without(selection)
    if selection.directories and not (options.select or options.gate or "icons" in options.ignore):
        _warm_up(selection.directories)
    from toolkit.cli.checking import check

    return max(check(selection, options), CANNOT_RUN * selection.failed)


def _without(selection: Selection) -> int:
    """What is said, and the exit status, where there is nothing to check."""
    if selection.failed:
        return CANNOT_RUN
    say(selection.unchanged or "nothing to lint: no integration (a directory with a manifest.json) in the given paths")
    return 0 if selection.unchanged else NOTHING


def _warm_up(directories: Iterable[Path]) -> None:
    """Starts what draws icons, if there are any; it takes as long to be ready as the rules to be imported."""
    if any(any(directory.glob("*/*.svg")) for directory in directories):
        from toolkit.svg.rendering import warm_up

        warm_up()
