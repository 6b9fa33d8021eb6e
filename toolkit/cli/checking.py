"""What ``ldit lint`` does with its options: settings, findings or mends, reports, and the exit status."""

import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from pathlib import Path

from toolkit import baseline
from toolkit.cli.run import Options
from toolkit.config import Settings, find, load
from toolkit.errors import LditError
from toolkit.finding import Severity
from toolkit.integration import Integration
from toolkit.integration.discovery import discover
from toolkit.integration.writing import write_text
from toolkit.lint import Result, lint_with, prepare
from toolkit.reports import plain, renderer
from toolkit.reports.report import Report

AHEAD = 8
"""Integrations that are prepared before their turn."""
FOUND = 1
"""Exit status when there are findings at or above --fail-on."""
_Settings = Callable[[str], Settings]
"""The settings of the integration at a path."""


def check(directories: Sequence[Path], options: Options) -> int:
    """Checks the integrations in ``directories`` as the options of ``ldit lint`` say; the exit status."""
    unsaved = options.stdin_file
    settings = _settings(options)
    for directory in directories:
        settings(directory.as_posix())  # what is wrong with a configuration is said before anything is written
    known = baseline.load(options.baseline) if options.baseline else frozenset()
    typed = sys.stdin.buffer.read() if unsaved else b""
    integrations: Iterable[Integration] = (_integration(path, unsaved, typed) for path in _progress(directories))
    if options.online:
        from toolkit.cli.online import followed

        integrations = followed(list(integrations), allow_private=options.allow_private)
    if options.show_diff:
        return FOUND if _show_diff(integrations, settings, options.unsafe_fixes) else 0
    prepared = _ahead(integrations, settings)
    report = Report(tuple(_result(integration, settings, options, known) for integration in prepared))
    if options.write_baseline:
        write_text(options.write_baseline, baseline.dump(report.results))
        return 0
    _print(report, options.formats or ("text",), options.outputs)
    if options.watch:
        _watch(directories, settings, options, known)
    return FOUND if _fails(report, settings) else 0


def _integration(directory: Path, unsaved: Path | None, typed: bytes) -> Integration:
    integration = Integration.read(directory)
    if unsaved is None:
        return integration
    return integration.replaced({unsaved.resolve().relative_to(directory.resolve()).as_posix(): typed})


def _ahead(integrations: Iterable[Integration], settings: _Settings) -> Iterator[Integration]:
    """The integrations, some of them prepared before their turn: their icons are drawn beside the rules."""
    waiting: deque[Integration] = deque()
    for integration in integrations:
        chosen = settings(integration.path).at(integration)
        prepare(integration, chosen.rules())
        waiting.append(integration)
        if len(waiting) > AHEAD:
            yield waiting.popleft()
    yield from waiting


def _result(integration: Integration, settings: _Settings, options: Options, known: frozenset[str]) -> Result:
    """What is found in an integration, after mending it where that is asked for, without what is known."""
    if options.fix:
        from toolkit.fixes import changes, mend

        result = mend(integration, settings(integration.path), unsafe=options.unsafe_fixes)
        integration.remove_leftovers()
        integration.write(changes(integration, result.integration))
    else:
        result = lint_with(settings(integration.path), integration)
    return baseline.new(result, known) if known else result


def _watch(directories: Sequence[Path], settings: _Settings, options: Options, known: frozenset[str]) -> None:
    """Prints a report of each integration in which something changes, until interrupted."""
    try:
        from watchfiles import watch
    except ModuleNotFoundError as error:
        raise LditError("--watch needs watchfiles", "pip install 'ld-integration-toolkit[watch]'") from error
    sys.stderr.write("watching; stop with Ctrl-C\n")
    for changed in watch(*directories, raise_interrupt=False):
        for directory in discover({Path(path).parent for _change, path in changed}):
            report = Report((_result(Integration.read(directory), settings, options, known),))
            _print(report, options.formats or ("text",), options.outputs)


def _print(report: Report, formats: Sequence[str], outputs: Sequence[Path]) -> None:
    """Each format to the output of the same place in the list; those without one to standard output."""
    for format_, output in zip_longest(formats, outputs):
        text = "".join(renderer(format_)(report))
        if output:
            write_text(output, plain(text))
        else:
            _write(text)


def _write(text: str) -> None:
    """To standard output, with colours where they are wanted: on a terminal, or as FORCE_COLOR and NO_COLOR say."""
    environment = os.environ
    if not environment.get("NO_COLOR") and (environment.get("FORCE_COLOR") or sys.stdout.isatty()):
        import click  # knows how to speak to every terminal

        click.echo(text, nl=False, color=True)
    else:
        sys.stdout.write(plain(text))
        sys.stdout.flush()


def _settings(options: Options) -> _Settings:
    """Where the settings of each integration come from: its configuration file, with the options before it."""

    @cache
    def read(path: Path | None) -> Settings:
        settings = load(path) if path else Settings()
        return replace(
            settings,
            select=options.select or settings.select,
            ignore=settings.ignore + options.ignore,
            gate=options.gate,
            fail_on=Severity[options.fail_on] if options.fail_on else settings.fail_on,
        )

    @cache
    def chosen(directory: str) -> Settings:
        return read(options.config or (None if options.isolated else find(Path(directory))))

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
    from toolkit.fixes import diff, mend

    changed = False
    for before in integrations:
        for line in diff(before, mend(before, settings(before.path), unsafe=unsafe).integration):
            changed = True
            _write(line)
    return changed


def _progress(directories: Sequence[Path]) -> Iterator[Path]:
    """The directories, counted on a terminal's standard error once a second has gone by."""
    start, shown = time.monotonic(), False
    for done, directory in enumerate(directories):
        if sys.stderr.isatty() and time.monotonic() - start > 1:
            shown = True
            sys.stderr.write(f"\r{done} of {len(directories)} checked")
        yield directory
    if shown:
        sys.stderr.write("\r\x1b[K")
