"""The one way in: from arguments to an exit status."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.cli import CANNOT_RUN, FOUND, guarded, say
from toolkit.text import printable

if TYPE_CHECKING:
    from click import ClickException

QUICK = {"--fix": "fix", "--all": "everything"}
"""Options of ``lint`` that hooks use, read without what reads options: that takes as long as a bare start of Python."""


def main(argv: Sequence[str]) -> int:
    """Runs ``ldit`` with these arguments; the exit status."""
    return guarded(lambda: _lint_quickly(argv) if _is_quick(argv) else _with_options(argv))


def _is_quick(argv: Sequence[str]) -> bool:
    plain = argv[:1] == ["lint"] and os.name == "posix"
    return plain and all(argument in QUICK for argument in argv[1:] if argument.startswith("-"))


def _lint_quickly(argv: Sequence[str]) -> int:
    from toolkit.cli.options import Options
    from toolkit.cli.run import run

    paths = [Path(argument) for argument in argv[1:] if argument not in QUICK]
    options: dict[str, Any] = {QUICK[argument]: True for argument in argv[1:] if argument in QUICK}
    return run(paths, Options(**options))


def _with_options(argv: Sequence[str]) -> int:
    import click

    from toolkit.cli.main import command

    try:
        return command.main(list(argv), "ldit", standalone_mode=False) or 0
    except click.ClickException as error:
        _show(error)
        return CANNOT_RUN
    except click.Abort:  # a question was answered with no
        say("Aborted!")
        return FOUND


def _show(error: "ClickException") -> None:
    """What is wrong with the arguments, which may hold anything."""
    from io import StringIO

    shown = StringIO()
    error.show(shown)
    text = printable(shown.getvalue(), keep="\n\t").replace("\n::", "\\n::")
    sys.stderr.write(text)
