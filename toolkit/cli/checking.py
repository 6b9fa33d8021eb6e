"""What ``ldit lint`` does with its options: settings, findings or fixes, reports, and the exit status."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit import baseline
from toolkit.cache.memory import Found, Memory
from toolkit.cache.store import NoStore
from toolkit.cli import CANNOT_RUN, FOUND, failed, say
from toolkit.cli.chosen import Chosen
from toolkit.cli.cores import jobs_for
from toolkit.cli.options import Options
from toolkit.cli.output import write, write_patch
from toolkit.cli.remembering import Cache, Printed, cache_for, how
from toolkit.cli.reporting import fixed_by, reported
from toolkit.cli.selection import Selection
from toolkit.engine import DRAWN, Result, crash, lint
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.integration.discovery import NAME
from toolkit.integration.tree import Tree
from toolkit.integration.writing import write_text
from toolkit.masking import hides
from toolkit.reports.report import Located
from toolkit.rules.run import INTERNAL_ERROR

if TYPE_CHECKING:
    from toolkit.cli.jobs import Answer, Work
    from toolkit.svg.renderer import IconRenderer

AHEAD = 8
"""Integrations that are prepared before their turn."""


class Look(NamedTuple):
    """What one look at integrations shares: what is around them, and what is remembered of them."""

    tree: Tree
    memory: Memory | None


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


@dataclass
class Run:
    """One look at integrations, or one of several while they are watched; ``failed`` once one could not be handled."""

    options: Options
    settings: Chosen
    known: baseline.Baseline
    renderer: IconRenderer | None
    cache: Cache | None = None
    tree: Tree = field(default_factory=Tree, init=False)
    memory: Memory | None = field(default=None, init=False)
    recalled: dict[str, Found] = field(default_factory=dict, init=False)
    notes: set[str] = field(default_factory=set, init=False)
    text: str = field(default="", init=False)
    failed: bool = field(default=False, init=False)

    def once(self, directories: Sequence[Path], look: Look | None = None) -> int:
        """Checks the integrations in ``directories``; the exit status."""
        tree = Tree()
        self.tree, self.memory = look or Look(tree, self.cache.memory(tree) if self.cache else None)
        integrations: Iterable[Integration] = self._read(_progress(directories))
        if self.options.online:
            from toolkit.cli.online import followed

            integrations = followed(list(integrations), allow_private=self.options.allow_private)
        if self.options.show_diff:
            return self._status(self._show_diff(integrations))
        fixed: list[Located] = []
        found = [self._result(integration, fixed) for integration in self._ahead(self._helped(integrations))]
        self.notes |= {*self.tree.notes}
        self.failed |= any(finding.rule == INTERNAL_ERROR for result in found for finding in result.findings)
        if self.options.write_baseline:
            write_text(self.options.write_baseline, baseline.dump(found))
            return self._status(found=False)
        report, fails = reported(found, fixed, self.known, self.options, self.settings)
        if report.results or self.options.formats:
            self.text = write(report, self.options)
        return self._status(fails)

    def _status(self, found: bool) -> int:
        return CANNOT_RUN if self.failed else FOUND if found and not self.options.exit_zero else 0

    def _read(self, directories: Iterable[Path]) -> Iterator[Integration]:
        unsaved = self.options.stdin_file
        typed = sys.stdin.buffer.read() if unsaved else b""
        for directory in directories:
            try:
                inputs = self.memory.inputs(directory) if self.memory else None
                integration = Integration.read(directory, self.tree, self.renderer, inputs and inputs.files)
            except LditError as error:
                self.failed = bool(failed(error))
                continue
            except Exception as fault:
                self.failed = bool(failed(_unforeseen(directory, fault)))
                continue
            if unsaved:
                path = unsaved.resolve().relative_to(directory.resolve()).as_posix()
                integration = integration.replaced({path: typed})
            yield integration

    def _helped(self, integrations: Iterable[Integration]) -> Iterable[Integration]:
        """The same; what is found in them is known beforehand where other processes look at them too."""
        if not self.options.plain or (self.options.jobs or 2) < 2:
            return integrations
        every = list(integrations)
        memory = self.memory = self.memory or Memory(NoStore(), self.tree, self.options.decisive)
        new = [each.root for each in every if each.root and not self._is_known(each)]
        if (jobs := jobs_for(self.options.jobs, len(new))) > 1:
            from toolkit.cli.jobs import answers

            for answered in answers(partial(_begin, self.options), new, jobs):
                for root, answer in answered.items():
                    inputs = memory.inputs(root)
                    if inputs and answer.own == inputs.own:
                        self.recalled[root.as_posix()] = Found(answer.findings, answer.notes)
            if self.cache:
                self.cache.written()
        return every

    def _is_known(self, integration: Integration) -> bool:
        """Whether it is known already what is found in an integration."""
        if integration.path in self.recalled:
            return True
        found = self.memory.recall(integration.root) if self.memory and integration.root else None
        if found:
            self.recalled[integration.path] = found
        return found is not None

    def answered(self, directories: Sequence[Path]) -> dict[Path, Answer]:
        """What is found in ``directories``, for another process; one that cannot be read is left out."""
        from toolkit.cli.jobs import Answer

        found = {}
        for integration in self._ahead(self._read(directories)):
            root = integration.root
            result = self._remembered(integration) or self._checked(integration)
            if self.memory and root and (inputs := self.memory.inputs(root)):
                found[root] = Answer(inputs.own, result.findings, self.tree.notes_on(root))
        return found

    def _ahead(self, integrations: Iterable[Integration]) -> Iterator[Integration]:
        """The integrations, some of them prepared before their turn: their icons are drawn beside the rules."""
        waiting: deque[Integration] = deque()
        for integration in integrations:
            with suppress(Exception):  # it comes up again where a rule asks
                if not self._is_known(integration) and self._draws(integration):
                    integration.draw_ahead()
            waiting.append(integration)
            if len(waiting) > AHEAD:
                yield waiting.popleft()
        yield from waiting

    def _draws(self, integration: Integration) -> bool:
        settings = self.settings(integration.path).at(integration)
        return settings.runs(DRAWN)

    def _result(self, integration: Integration, fixed: list[Located]) -> Result:
        """What is found in an integration, after fixing it where that is asked for; adds what was ``fixed``."""
        try:
            before = self._remembered(integration) or self._checked(integration)
            return self._fixed(before, fixed) if self.options.fixes else before
        except Exception as fault:
            return Result(integration, (crash("of the whole integration", fault),))

    def _remembered(self, integration: Integration) -> Result | None:
        found = self.recalled.pop(integration.path, None)
        if found is None:
            return None
        self.notes.update(found.notes)
        return Result(integration, found.findings)

    def _checked(self, integration: Integration) -> Result:
        """What is found by looking, which is remembered if it would be found again."""
        result = lint(integration, self.settings(integration.path))
        crashed = any(finding.rule == INTERNAL_ERROR for finding in result.findings)
        if self.memory and integration.root and not (crashed or hides(integration)) and _is_steady(integration):
            self.memory.keep(integration.root, result.findings)
        return result

    def _fixed(self, before: Result, fixed: list[Located]) -> Result:
        """What is left after fixing; ``before`` where nothing could be written."""
        from toolkit.fixes import fix_found

        integration = before.integration
        try:
            after = fix_found(before, self.settings(integration.path), unsafe=self.options.unsafe_fixes)
        except Exception as fault:
            return before._replace(findings=(crash("of the fixes", fault), *before.findings))
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
            try:
                after = fix(before, self.settings(before.path), unsafe=self.options.unsafe_fixes).integration
            except Exception as fault:
                self.failed = bool(failed(_unforeseen(before.path, fault)))
                continue
            changed |= write_patch(before, after)
        return changed


def _unforeseen(path: Path | str, fault: Exception) -> LditError:
    message = f"{path} could not be checked: {type(fault).__name__}: {fault}"
    return LditError(message, "this is a bug in ldit; report it with this integration")


def _begin(options: Options) -> Work:
    """The work of a process that helps a run with these options; it draws icons for itself."""
    from toolkit.svg.renderer import IconRenderer

    run = Run(options, Chosen(options), {}, IconRenderer(), cache_for(options))
    run.memory = run.cache.memory(run.tree) if run.cache else Memory(NoStore(), run.tree, options.decisive)
    return run.answered


def _is_steady(integration: Integration) -> bool:
    """Whether its icons would be measured in the same way again, on a machine that has more time or a renderer."""
    return all(svg.renderer.is_steady(svg.file.data) for svg in integration.svgs)


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
