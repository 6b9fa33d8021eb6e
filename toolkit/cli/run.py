"""``ldit lint`` once its options are read; imports little, so that the renderer starts before the rules are there."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import LditError
from toolkit.finding import Gate
from toolkit.integration.discovery import discover

NOTHING = 3
"""Exit status when there is nothing to lint."""


class Options(NamedTuple):
    """The options of ``ldit lint``, under the names of its parameters."""

    formats: tuple[str, ...] = ()
    outputs: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    gate: Gate | None = None
    fail_on: str | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    show_diff: bool = False
    online: bool = False
    allow_private: bool = False
    baseline: Path | None = None
    write_baseline: Path | None = None
    stdin_file: Path | None = None
    watch: bool = False
    config: Path | None = None
    isolated: bool = False


def run(paths: Sequence[Path], options: Options) -> int:
    """Checks the integrations that ``paths`` mean; the exit status.

    Raises LditError where that cannot be done, OSError where the output cannot be written.
    """
    if options.stdin_file and options.fix:
        raise LditError("--fix would write what is not saved yet", "use --diff with --stdin-file")
    if len(options.outputs) > len(options.formats or ("text",)):
        raise LditError("there are more --output than --format", "give each --output a --format")
    directories = discover([options.stdin_file] if options.stdin_file else paths or [Path()])
    if not directories:
        sys.stderr.write("nothing to lint: no integration (a directory with a manifest.json) in the given paths\n")
        return NOTHING
    if not (options.select or options.gate or "icon_pixels" in options.ignore):
        _warm_up(directories)
    from toolkit.cli.checking import check

    return check(directories, options)


def _warm_up(directories: Iterable[Path]) -> None:
    """Starts what draws icons, if there are any; it takes as long to be ready as the rules to be imported."""
    if any(any(directory.glob("*/*.svg")) for directory in directories):
        from toolkit.svg.rendering import warm_up

        warm_up()
