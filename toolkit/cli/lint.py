"""``ldit lint``."""

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import click

from toolkit.cli.online import followed
from toolkit.config import Settings, find, load
from toolkit.finding import Severity
from toolkit.fixes import changes, diff, mend
from toolkit.integration import Integration
from toolkit.integration.discovery import discover
from toolkit.lint import Result, lint_with
from toolkit.reports import FORMATS, Report, renderer
from toolkit.rules import Gate

FOUND, NOTHING = 1, 3
"""Exit statuses: findings at or above --fail-on; nothing to lint."""
_SEVERITIES = click.Choice(list(Severity.__members__))


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="How to report."
)
@click.option("--select", multiple=True, metavar="RULE", help="Run only this rule or module of rules; repeatable.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave out this rule or module of rules; repeatable.")
@click.option("--gate", type=click.Choice(get_args(Gate)), help="Run only what this official gate refuses too.")
@click.option("--fail-on", type=_SEVERITIES, help="The least severity that makes the exit status 1; else error.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, then report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: mend by guesses too.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--online", is_flag=True, help="Follow the links on the web too.")
@click.option(
    "--allow-private", is_flag=True, help="With --online: ask hosts of private networks, this machine included."
)
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Use this configuration.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.pass_context
def lint(ctx: click.Context, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Check integrations: each problem with file, line, column and remedy.

    PATH is an integration directory, a directory of them, a whole fork, or a file inside one; the current directory
    when left out. Settings come from the nearest ldit.toml, or [tool.ldit] in a pyproject.toml, around the first of
    them. Exit status: 0 nothing found, 1 findings, 2 could not run, 3 nothing to lint.
    """
    directories = discover(paths or [Path()])
    if not directories:
        click.echo("nothing to lint: no integration (a directory with a manifest.json) in the given paths", err=True)
        ctx.exit(NOTHING)
    settings = _settings(directories[0], options)
    integrations: Iterable[Integration] = map(Integration.read, _progress(directories))
    if options["online"]:
        integrations = followed(list(integrations), allow_private=options["allow_private"])
    if options["show_diff"]:
        ctx.exit(FOUND if _show_diff(integrations, settings, options["unsafe_fixes"]) else 0)
    work = _fixed if options["fix"] else _checked
    report = Report(tuple(work(integration, settings, options["unsafe_fixes"]) for integration in integrations))
    colour = False if os.environ.get("NO_COLOR") else None
    for piece in renderer(options["format_"])(report):
        click.echo(piece, nl=False, color=colour)
    worst = report.worst()
    ctx.exit(FOUND if worst and worst >= settings.fail_on else 0)


def _settings(directory: Path, options: dict[str, Any]) -> Settings:
    """The configuration file's settings, with the options before them."""
    path = options["config"] or (None if options["isolated"] else find(directory))
    settings = load(path) if path else Settings()
    return replace(
        settings,
        select=options["select"] or settings.select,
        ignore=settings.ignore + options["ignore"],
        gate=options["gate"],
        fail_on=Severity[options["fail_on"]] if options["fail_on"] else settings.fail_on,
    )


def _checked(integration: Integration, settings: Settings, _unsafe: bool) -> Result:
    return lint_with(settings, integration)


def _fixed(before: Integration, settings: Settings, unsafe: bool) -> Result:
    after = mend(before, settings, unsafe=unsafe)
    after.integration.write(changes(before, after.integration))
    return after


def _show_diff(integrations: Iterable[Integration], settings: Settings, unsafe: bool) -> bool:
    """Prints what would change; whether anything would."""
    changed = False
    for before in integrations:
        for line in diff(before, mend(before, settings, unsafe=unsafe).integration):
            changed = True
            click.echo(line, nl=False)
    return changed


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
