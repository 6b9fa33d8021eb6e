"""``ldit lint`` once its options are read; imports little, so that the renderer starts before the rules are there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli import CANNOT_RUN, NOTHING, say
from toolkit.cli.cores import jobs_for
from toolkit.cli.options import Options
from toolkit.cli.remembering import Cache, cache_for, print_again
from toolkit.cli.selection import Selection, select
from toolkit.integration.tree import Tree

if TYPE_CHECKING:
    from toolkit.cache.memory import Memory
    from toolkit.svg.renderer import IconRenderer


def run(paths: Sequence[Path], options: Options) -> int:
    """Checks the integrations that ``paths`` mean; the exit status.

    Raises LditError where that cannot be done, OSError where the output cannot be written.
    """
    options.require_sense(bool(paths))
    selection = select(paths, options)
    if not selection.directories and not (selection.unchanged and (options.formats or options.watch)):
        return _without(selection)
    tree, cache = Tree(), cache_for(options)
    memory = cache.memory(tree) if cache else None
    if memory and (status := print_again(memory, selection, options)) is not None:
        return status
    with _renderer(selection, options, cache, memory) as renderer:
        from toolkit.cli.checking import check
        from toolkit.cli.lint_run import Look

        status = check(selection, options, renderer, Look(tree, memory), cache)
    if cache:
        cache.close()
    return max(status, CANNOT_RUN * selection.failed)


def _without(selection: Selection) -> int:
    """What is said, and the exit status, where there is nothing to check."""
    if selection.failed:
        return CANNOT_RUN
    say(selection.unchanged or "nothing to lint: no integration (a directory with a manifest.json) in the given paths")
    return 0 if selection.unchanged else NOTHING


def _renderer(
    selection: Selection, options: Options, cache: Cache | None, memory: Memory | None
) -> AbstractContextManager[IconRenderer | None]:
    """What draws the icons, if there are any; it takes as long to be ready as the rules to be imported."""
    directories = selection.directories
    if not any(_icons(directory) for directory in directories):
        return nullcontext()
    from toolkit.svg.renderer import IconRenderer

    figures = cache.figures if cache else None
    renderer = IconRenderer(figures)

    def draws(directory: Path) -> bool:
        if memory and figures:
            return not memory.remembers(directory) and not figures.cover(_icons(directory))
        return True

    alone = jobs_for(options.jobs, len(directories)) == 1
    wanted = alone and not (options.select or options.gate or "icons" in options.ignore)
    if wanted and any(map(draws, directories)):
        renderer.warm_up()
    return renderer


def _icons(directory: Path) -> list[Path]:
    return list(directory.glob("*/*.svg"))
