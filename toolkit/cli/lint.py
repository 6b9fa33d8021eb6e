"""``ldit lint``."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import click

from toolkit.config import Settings
from toolkit.finding import Severity
from toolkit.integration import Integration
from toolkit.integration.discovery import discover
from toolkit.lint import lint as check
from toolkit.reports import FORMATS, Report, renderer
from toolkit.rules import Gate

FOUND, NOTHING = 1, 3
"""Exit statuses: findings at or above --fail-on; nothing to lint."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to report.",
)
@click.option("--select", multiple=True, metavar="RULE", help="Run only this rule or module of rules; repeatable.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave out this rule or module of rules; repeatable.")
@click.option("--gate", type=click.Choice(get_args(Gate)), help="Run only what this official gate refuses too.")
@click.option(
    "--fail-on",
    type=click.Choice([severity.name for severity in Severity]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit status 1.",
)
@click.pass_context
def lint(
    ctx: click.Context,
    paths: tuple[Path, ...],
    format_: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    gate: Gate | None,
    fail_on: str,
) -> None:
    """Check integrations: each problem with file, line, column and remedy.

    PATH is an integration directory, a directory of them, a whole fork, or a file inside one; the current directory
    when left out. Exit status: 0 nothing found, 1 findings, 2 could not run, 3 nothing to lint.
    """
    settings = Settings(select, ignore, gate, Severity[fail_on])
    directories = discover(paths or [Path()])
    if not directories:
        click.echo("nothing to lint: no integration (a directory with a manifest.json) in the given paths", err=True)
        ctx.exit(NOTHING)
    rules = settings.rules()
    report = Report(tuple(check(Integration.read(path), rules) for path in _progress(directories)))
    colour = False if os.environ.get("NO_COLOR") else None
    for piece in renderer(format_)(report):
        click.echo(piece, nl=False, color=colour)
    worst = report.worst()
    ctx.exit(FOUND if worst and worst >= settings.fail_on else 0)


def _progress(directories: Sequence[Path]) -> Iterator[Path]:
    """The directories, counted on a terminal's standard error once a second has gone by."""
    start, shown = time.monotonic(), False
    for done, directory in enumerate(directories):
        if sys.stderr.isatty() and time.monotonic() - start > 1:
            shown = True
            click.echo(f"\r{done} of {len(directories)} checked", nl=False, err=True)
        yield directory
    if shown:
        click.echo("\r\x1b[K", nl=False, err=True)
