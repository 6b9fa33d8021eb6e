"""``ldit lint``."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, get_args

import click

from toolkit import baseline
from toolkit.cli.online import followed
from toolkit.config import Settings, find, load
from toolkit.errors import LditError
from toolkit.finding import Severity
from toolkit.fixes import changes, diff, mend
from toolkit.integration import Integration
from toolkit.integration.discovery import discover
from toolkit.integration.writing import write_text
from toolkit.lint import Result, lint_with
from toolkit.reports import FORMATS, Report, renderer
from toolkit.rules import Gate

FOUND, NOTHING = 1, 3
"""Exit statuses: findings at or above --fail-on; nothing to lint."""
_FILE = click.Path(path_type=Path, dir_okay=False)
_Settings = Callable[[str], Settings]
"""The settings of the integration at a path."""
_SEVERITIES = click.Choice(list(Severity.__members__))


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path, readable=False))
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="How to report; else text.")
@click.option("--output", "outputs", multiple=True, type=_FILE, help="Where to write each format, in turn.")
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
@click.option("--baseline", type=_FILE, help="Tell only what is not in this file.")
@click.option("--write-baseline", type=_FILE, help="Take up what is found now into this file.")
@click.option("--stdin-file", type=_FILE, help="Check this file as it comes on standard input, unsaved.")
@click.option("--watch", is_flag=True, help="Check again whatever changes, until interrupted.")
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Use this configuration.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.pass_context
def lint(ctx: click.Context, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Check integrations: each problem with file, line, column and remedy.

    PATH is an integration directory, a directory of them, a whole fork, or a file inside one; the current directory
    when left out. Settings come from the nearest ldit.toml, or [tool.ldit] in a pyproject.toml, around each
    integration. Exit status: 0 nothing found, 1 findings, 2 could not run, 3 nothing to lint.
    """
    unsaved: Path | None = options["stdin_file"]
    if unsaved and options["fix"]:
        raise click.UsageError("--fix would write what is not saved yet; use --diff with --stdin-file")
    if len(options["outputs"]) > len(options["formats"] or ("text",)):
        raise click.UsageError("there are more --output than --format")
    directories = discover([unsaved] if unsaved else paths or [Path()])
    if not directories:
        click.echo("nothing to lint: no integration (a directory with a manifest.json) in the given paths", err=True)
        ctx.exit(NOTHING)
    settings = _settings(options)
    for directory in directories:
        settings(directory.as_posix())  # what is wrong with a configuration is said before anything is written
    known = baseline.load(options["baseline"]) if options["baseline"] else frozenset()
    typed = sys.stdin.buffer.read() if unsaved else b""
    integrations: Iterable[Integration] = (_integration(path, unsaved, typed) for path in _progress(directories))
    if options["online"]:
        integrations = followed(list(integrations), allow_private=options["allow_private"])
    if options["show_diff"]:
        ctx.exit(FOUND if _show_diff(integrations, settings, options["unsafe_fixes"]) else 0)
    report = Report(tuple(_result(integration, settings, options, known) for integration in integrations))
    if options["write_baseline"]:
        write_text(options["write_baseline"], baseline.dump(report.results))
        ctx.exit(0)
    _print(report, options["formats"] or ("text",), options["outputs"])
    if options["watch"]:
        _watch(directories, settings, options, known)
    ctx.exit(FOUND if _fails(report, settings) else 0)


def _integration(directory: Path, unsaved: Path | None, typed: bytes) -> Integration:
    integration = Integration.read(directory)
    if unsaved is None:
        return integration
    return integration.replaced({unsaved.resolve().relative_to(directory.resolve()).as_posix(): typed})


def _result(integration: Integration, settings: _Settings, options: dict[str, Any], known: frozenset[str]) -> Result:
    """What is found in an integration, after mending it where that is asked for, without what is known."""
    if options["fix"]:
        result = mend(integration, settings(integration.path), unsafe=options["unsafe_fixes"])
        result.integration.write(changes(integration, result.integration))
    else:
        result = lint_with(settings(integration.path), integration)
    return baseline.new(result, known) if known else result


def _watch(directories: Sequence[Path], settings: _Settings, options: dict[str, Any], known: frozenset[str]) -> None:
    """Prints a report of each integration in which something changes, until interrupted."""
    try:
        from watchfiles import watch
    except ModuleNotFoundError as error:
        raise LditError("--watch needs watchfiles", "pip install 'ld-integration-toolkit[watch]'") from error
    click.echo("watching; stop with Ctrl-C", err=True)
    for changed in watch(*directories, raise_interrupt=False):
        for directory in discover({Path(path).parent for _change, path in changed}):
            report = Report((_result(Integration.read(directory), settings, options, known),))
            _print(report, options["formats"] or ("text",), options["outputs"])


def _print(report: Report, formats: Sequence[str], outputs: Sequence[Path]) -> None:
    """Each format to the output of the same place in the list; those without one to standard output."""
    colour = False if os.environ.get("NO_COLOR") else None
    for format_, output in zip_longest(formats, outputs):
        text = "".join(renderer(format_)(report))
        if output:
            write_text(output, click.unstyle(text))
        else:
            click.echo(text, nl=False, color=colour)


def _settings(options: dict[str, Any]) -> _Settings:
    """Where the settings of each integration come from: its configuration file, with the options before it."""

    @cache
    def read(path: Path | None) -> Settings:
        settings = load(path) if path else Settings()
        return replace(
            settings,
            select=options["select"] or settings.select,
            ignore=settings.ignore + options["ignore"],
            gate=options["gate"],
            fail_on=Severity[options["fail_on"]] if options["fail_on"] else settings.fail_on,
        )

    @cache
    def chosen(directory: str) -> Settings:
        return read(options["config"] or (None if options["isolated"] else find(Path(directory))))

    return chosen


def _fails(report: Report, settings: _Settings) -> bool:
    """Whether a finding is as grave as what the settings of its integration let fail."""
    return any(
        finding.severity >= settings(result.integration.path).fail_on
        for result in report.results
        for finding in result.findings
    )


def _show_diff(integrations: Iterable[Integration], settings: _Settings, unsafe: bool) -> bool:
    """Prints what would change; whether anything would."""
    changed = False
    for before in integrations:
        for line in diff(before, mend(before, settings(before.path), unsafe=unsafe).integration):
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
