"""What ``ldit lint`` does with its options: settings, findings or fixes, reports, and the exit status."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import baseline
from toolkit.cli import CANNOT_RUN, failed, say
from toolkit.cli.chosen import Chosen
from toolkit.cli.lint_run import Look, Run
from toolkit.cli.options import Options
from toolkit.cli.remembering import Cache, Printed, how
from toolkit.cli.selection import Selection
from toolkit.errors import LditError
from toolkit.integration.discovery import NAME

if TYPE_CHECKING:
    from toolkit.svg.renderer import IconRenderer


def check(
    selection: Selection, options: Options, renderer: IconRenderer | None, look: Look, cache: Cache | None = None
) -> int:
    """Checks the integrations that are selected as the options of ``ldit lint`` say; the exit status."""
    settings = Chosen(options)
    selection = _configured(selection, settings)
    if options.show_files or options.show_settings:
        from toolkit.cli.showing import show

        return max(show(selection, options, settings), CANNOT_RUN * selection.failed)
    known = baseline.load(options.baseline) if options.baseline else {}
    run = Run(options, settings, known, renderer, cache)
    status = run.once(selection.directories, look)
    if options.watch:
        from toolkit.cli.watching import watch

        watch(selection, run)
    unavailable = renderer.unavailable if renderer else ""
    lines = tuple(filter(None, (selection.unchanged, unavailable, *sorted(run.notes))))
    say(*lines)
    if look.memory and selection.directories and options.printing and not (run.failed or unavailable):
        printed = Printed(run.text, lines, status)
        look.memory.keep_printed(selection.directories, how(options, selection), printed, _waived(selection, settings))
    return max(status, CANNOT_RUN * selection.failed)


def _configured(selection: Selection, settings: Chosen) -> Selection:
    """The directories whose configuration can be used; what is wrong with others is said before anything is written."""
    wrong: dict[Path, str] = {}
    for directory in selection.directories:
        try:
            settings(directory.as_posix())
        except LditError as error:
            if str(error) not in wrong.values():
                failed(error)
            wrong[directory] = str(error)
    left = tuple(directory for directory in selection.directories if directory not in wrong)
    return selection._replace(directories=left, failed=selection.failed or bool(wrong))


def _waived(selection: Selection, settings: Chosen) -> Iterator[str]:
    """The paths that must be there, or not, for the settings to hold: see ``config.paths.is_nowhere``."""
    for chosen in {id(each): each for each in (settings(path.as_posix()) for path in selection.directories)}.values():
        for waiver in chosen.waivers:
            path = Path(os.path.normpath(chosen.root / waiver.path))
            yield str(path)
            yield from (str(above / NAME) for above in path.parents)
