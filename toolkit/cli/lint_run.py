"""One look at integrations: each is read, checked or recalled, fixed where that is asked for, and all are reported."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit import baseline
from toolkit.cache.memory import Found, Memory
from toolkit.cache.store import NoStore
from toolkit.cli import CANNOT_RUN, FOUND, failed
from toolkit.cli.chosen import Chosen
from toolkit.cli.cores import jobs_for
from toolkit.cli.options import Options
from toolkit.cli.output import write, write_patch
from toolkit.cli.remembering import Cache, cache_for
from toolkit.cli.reporting import fixed_by, reduced, reported
from toolkit.engine import DRAWN, Result, crash, lint
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.integration.tree import Tree
from toolkit.integration.writing import write_text
from toolkit.masking import hiding
from toolkit.reports.report import Located
from toolkit.rules.run import INTERNAL_ERROR

if TYPE_CHECKING:
    from toolkit.cli.jobs import Outcome, Work
    from toolkit.svg.renderer import IconRenderer

AHEAD = 8
"""Integrations that are prepared before their turn."""
WINDOW = 512
"""Integrations that are read before the first of them is reported, where several processes look at them."""


class Look(NamedTuple):
    """What one look at integrations shares: what is around them, and what is remembered of them."""

    tree: Tree
    memory: Memory | None


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
        found = [self._result(each, fixed) for each in self._ahead(self._helped(integrations))]
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
                files = self.memory.files(directory) if self.memory else None
                integration = Integration.read(directory, self.tree, self.renderer, files)
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
        memory = self.memory = self.memory or Memory(NoStore(), self.tree, self.options.decisive)
        return chain.from_iterable(self._shared(window, memory) for window in _windows(integrations))

    def _shared(self, every: deque[Integration], memory: Memory) -> Iterator[Integration]:
        new = [each.root for each in every if each.root and not self._is_known(each)]
        if (jobs := jobs_for(self.options.jobs, len(new))) > 1:
            from toolkit.cli.jobs import outcomes

            for done in outcomes(partial(_begin, self.options), new, jobs):
                for root, outcome in done.items():
                    inputs = memory.inputs(root)
                    if inputs and outcome.own == inputs.own:
                        self.recalled[root.as_posix()] = outcome.found
            if self.cache:
                self.cache.written()
        while every:
            yield every.popleft()

    def _is_known(self, integration: Integration) -> bool:
        """Whether it is known already what is found in an integration."""
        if integration.path in self.recalled:
            return True
        found = self.memory.recall(integration.root) if self.memory and integration.root else None
        if found:
            self.recalled[integration.path] = found
        return found is not None

    def outcomes(self, directories: Sequence[Path]) -> dict[Path, Outcome]:
        """What is found in ``directories``, for another process; one that cannot be read is left out."""
        from toolkit.cli.jobs import Outcome

        done = {}
        for integration in self._ahead(self._read(directories)):
            root = integration.root
            found = self._remembered(integration) or self._checked(integration)
            if self.memory and root and (inputs := self.memory.inputs(root)):
                done[root] = Outcome(inputs.own, found)
        return done

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
            found = self._remembered(integration) or self._checked(integration)
            if not self.options.fixes:
                return reduced(integration, found)
            after = self._fixed(Result(integration, found.findings), fixed)
            return reduced(after.integration, self._found(after))
        except Exception as fault:
            return reduced(integration, self._found(Result(integration, (crash("of the whole integration", fault),))))

    def _remembered(self, integration: Integration) -> Found | None:
        found = self.recalled.pop(integration.path, None)
        if found:
            self.notes.update(found.notes)
            self.tree.ask_outside(Path(integration.path), found.outside)
        return found

    def _checked(self, integration: Integration) -> Found:
        """What is found by looking, which is remembered if it would be found again."""
        result = lint(integration, self.settings(integration.path))
        found = self._found(result)
        lasting = _is_steady(result) and not found.hidden
        if self.cache and self.memory and integration.root and lasting:
            self.memory.keep(integration.root, found)
        return found

    def _found(self, result: Result) -> Found:
        integration = result.integration
        root, hidden = integration.root or Path(integration.path), frozenset(hiding(integration))
        notes, outside = self.tree.notes_on(root), tuple(self.tree.asked_outside(root))
        return Found(result.findings, notes, integration.title, outside, hidden)

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


def _windows(integrations: Iterable[Integration]) -> Iterator[deque[Integration]]:
    left = iter(integrations)
    while window := deque(islice(left, WINDOW)):
        yield window


def _unforeseen(path: Path | str, fault: Exception) -> LditError:
    message = f"{path} could not be checked: {type(fault).__name__}: {fault}"
    return LditError(message, "this is a bug in ldit; report it with this integration")


def _begin(options: Options) -> Work:
    """The work of a process that helps a run with these options; it draws icons for itself."""
    from toolkit.svg.renderer import IconRenderer

    cache = cache_for(options)
    run = Run(options, Chosen(options), {}, IconRenderer(cache.figures if cache else None), cache)
    run.memory = run.cache.memory(run.tree) if run.cache else Memory(NoStore(), run.tree, options.decisive)
    return run.outcomes


def _is_steady(result: Result) -> bool:
    """Whether nothing crashed, and the icons would be measured in the same way again: with more time, or a renderer."""
    crashed = any(finding.rule == INTERNAL_ERROR for finding in result.findings)
    return not crashed and all(svg.renderer.is_steady(svg.file.data) for svg in result.integration.svgs)


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
