"""What ``ldit lint`` does with its options: settings, findings or fixes, reports, and the exit status."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import baseline
from toolkit.cli import CANNOT_RUN, FOUND, failed, say
from toolkit.cli.chosen import Chosen
from toolkit.cli.options import Options
from toolkit.cli.output import write, write_patch
from toolkit.cli.reporting import fixed_by, reported
from toolkit.cli.selection import Selection
from toolkit.engine import DRAWN, Result, lint
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.integration.tree import Tree
from toolkit.integration.writing import write_text
from toolkit.reports.report import Located
from toolkit.rules.run import INTERNAL_ERROR

if TYPE_CHECKING:
    from toolkit.svg.renderer import IconRenderer

AHEAD = 8
"""Integrations that are prepared before their turn."""


def check(selection: Selection, options: Options, renderer: IconRenderer | None) -> int:
    """Checks the integrations that are selected as the options of ``ldit lint`` say; the exit status."""
    settings = Chosen(options)
    for directory in selection.directories:
        settings(directory.as_posix())  # what is wrong with a configuration is said before anything is written
    if options.show_files or options.show_settings:
        from toolkit.cli.showing import show

        return show(selection, options, settings)
    known = baseline.load(options.baseline) if options.baseline else {}
    run = Run(options, settings, known, renderer)
    status = run.once(selection.directories)
    if options.watch:
        from toolkit.cli.watching import watch

        watch(selection, run)
    for line in filter(None, (selection.unchanged, renderer.unavailable if renderer else "", *run.tree.notes)):
        say(line)
    return status


@dataclass
class Run:
    """One look at integrations, or one of several while they are watched; ``failed`` once one could not be handled."""

    options: Options
    settings: Chosen
    known: baseline.Baseline
    renderer: IconRenderer | None
    tree: Tree = field(default_factory=Tree, init=False)
    failed: bool = field(default=False, init=False)

    def once(self, directories: Sequence[Path]) -> int:
        """Checks the integrations in ``directories``; the exit status."""
        integrations: Iterable[Integration] = self._read(_progress(directories))
        if self.options.online:
            from toolkit.cli.online import followed

            integrations = followed(list(integrations), allow_private=self.options.allow_private)
        if self.options.show_diff:
            return self._status(self._show_diff(integrations))
        fixed: list[Located] = []
        found = [self._result(integration, fixed) for integration in self._ahead(integrations)]
        self.failed |= any(finding.rule == INTERNAL_ERROR for result in found for finding in result.findings)
        if self.options.write_baseline:
            write_text(self.options.write_baseline, baseline.dump(found))
            return self._status(found=False)
        report, fails = reported(found, fixed, self.known, self.options, self.settings)
        if report.results or self.options.formats:
            write(report, self.options)
        return self._status(fails)

    def _status(self, found: bool) -> int:
        return CANNOT_RUN if self.failed else FOUND if found and not self.options.exit_zero else 0

    def _read(self, directories: Iterable[Path]) -> Iterator[Integration]:
        self.tree, unsaved = Tree(), self.options.stdin_file
        typed = sys.stdin.buffer.read() if unsaved else b""
        for directory in directories:
            try:
                integration = Integration.read(directory, self.tree, self.renderer)
            except LditError as error:
                self.failed = bool(failed(error))
                continue
            if unsaved:
                path = unsaved.resolve().relative_to(directory.resolve()).as_posix()
                integration = integration.replaced({path: typed})
            yield integration

    def _ahead(self, integrations: Iterable[Integration]) -> Iterator[Integration]:
        """The integrations, some of them prepared before their turn: their icons are drawn beside the rules."""
        waiting: deque[Integration] = deque()
        for integration in integrations:
            if any(rule.room == DRAWN for rule in self.settings(integration.path).at(integration).rules()):
                integration.draw_ahead()
            waiting.append(integration)
            if len(waiting) > AHEAD:
                yield waiting.popleft()
        yield from waiting

    def _result(self, integration: Integration, fixed: list[Located]) -> Result:
        """What is found in an integration, after fixing it where that is asked for; adds what was ``fixed``."""
        before = lint(integration, self.settings(integration.path))
        if not self.options.fixes:
            return before
        from toolkit.fixes import fix_found

        after = fix_found(before, self.settings(integration.path), unsafe=self.options.unsafe_fixes)
        try:
            integration.remove_leftovers()
            integration.write(after.integration.changed_since(integration))
        except LditError as error:
            self.failed = bool(failed(error))
            return before
        fixed += fixed_by(before, after)
        return after

    def _show_diff(self, integrations: Iterable[Integration]) -> bool:
        """Prints what would change; whether anything would."""
        from toolkit.fixes import fix

        changed = False
        for before in integrations:
            after = fix(before, self.settings(before.path), unsafe=self.options.unsafe_fixes).integration
            changed |= write_patch(before, after)
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
