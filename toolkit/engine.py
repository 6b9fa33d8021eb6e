"""Runs rules over the subjects of an integration."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import product
from typing import Any, NamedTuple

from toolkit.config import Settings
from toolkit.finding import Finding, Gate
from toolkit.integration import Integration, Kind
from toolkit.rules import RULES, Rule
from toolkit.rules.run import INTERNAL_ERROR, internal_error


class Result(NamedTuple):
    """One integration with what was found in it, sorted by place."""

    integration: Integration
    findings: tuple[Finding, ...]


SUBJECTS: dict[str, Callable[[Integration], Iterable[Any]]] = {
    "integration": lambda integration: (integration,),
    "manifest": lambda integration: (integration.manifest,) if integration.manifest else (),
    "form_variable": lambda integration: integration.manifest.form_variables if integration.manifest else (),
    "endpoint": lambda integration: integration.endpoints,
    "statement": lambda integration: integration.statements,
    "text": lambda integration: integration.texts,
    "json_file": lambda integration: integration.json_files,
    "svg": lambda integration: integration.svgs,
    "template": lambda integration: integration.templates,
    "icon": lambda integration: integration.icons,
    "link": lambda integration: integration.links,
    "visit": lambda integration: integration.visits,
    "readme": lambda integration: (integration.readme,) if integration.readme else (),
    "file": lambda integration: (f for f in integration.files.values() if f.kind is Kind.file and f.readable),
}
"""What a rule may look at, by the name of its parameter: each that exists and could be read."""


class Subjects(dict[str, tuple[Any, ...]]):
    """The subjects of one integration by the name of the parameter, each found when it is asked for.

    Where finding one kind fails, there is none of it, and ``unread`` says why.
    """

    def __init__(self, integration: Integration) -> None:
        super().__init__()
        self._integration = integration
        self.unread: list[Finding] = []

    def __missing__(self, name: str) -> tuple[Any, ...]:
        try:
            found = tuple(SUBJECTS[name](self._integration))
        except Exception as fault:
            self.unread.append(crash(f"reading of each {name}", fault))
            found = ()
        self[name] = found
        return found

    def present(self) -> frozenset[str]:
        """The names of those that there are."""
        return frozenset(name for name in SUBJECTS if self[name])


DRAWN = "icons"
"""The room of rules that need icons drawn; that begins before other rules run, since another process does the work."""


def lint(integration: Integration, settings: Settings | None = None) -> Result:
    """What ``settings`` report of an integration: their rules and severities, without what is waived.

    Without settings, every rule that is not pedantic; no configuration file is read. Never raises for what is wrong
    with the integration: that is what the findings are.
    """
    settings = (settings or Settings()).at(integration)
    if settings.runs(DRAWN):
        _draw_ahead(integration)
    subjects = Subjects(integration)
    rules = settings.rules(None if settings.select else subjects.present())
    result = _found(integration, rules, settings.gate, subjects)
    return result._replace(findings=settings.reported(result.findings, integration))


def run_rules(integration: Integration, rules: Iterable[Rule], gate: Gate | None = None) -> Result:
    """Every finding of ``rules`` in ``integration``, with ``gate`` only what that official gate refuses too.

    A rule that crashes, or reading that does, is a finding of ``internal-error``. Where one rule gives way to another,
    one of them is heard.
    """
    rules = tuple(rules)
    if any(rule.room == DRAWN for rule in rules):
        _draw_ahead(integration)
    return _found(integration, rules, gate, Subjects(integration))


def _draw_ahead(integration: Integration) -> None:
    with suppress(Exception):  # it comes up again where a rule asks
        integration.draw_ahead()


def _found(integration: Integration, rules: tuple[Rule, ...], gate: Gate | None, subjects: Subjects) -> Result:
    found = [finding for rule in rules for finding in _run(rule, integration, subjects)] + subjects.unread
    if gate:
        found = [f._replace(gates=(gate,)) for f in found if gate in f.gates or f.rule == INTERNAL_ERROR]
    heard = _without_consequences(found, integration)
    return Result(integration, tuple(sorted(heard, key=lambda finding: finding.order)))


def _run(rule: Rule, integration: Integration, subjects: Subjects) -> Iterator[Finding]:
    for group in product(*map(subjects.__getitem__, rule.subjects)):
        try:
            for problem in rule.check(*group):
                gates = rule.gates if problem.gates is None else problem.gates
                severity = problem.severity or rule.severity
                yield Finding(rule.id, severity, gates, problem, integration.region(problem.place))
        except Exception as fault:
            yield crash(rule.id, fault)


def crash(work: str, fault: Exception) -> Finding:
    """What is reported of an integration where some work on it ends in an exception that nobody foresaw."""
    return Finding(INTERNAL_ERROR, RULES[INTERNAL_ERROR].severity, (), internal_error(work, fault), None)


def _without_consequences(found: list[Finding], integration: Integration) -> Iterator[Finding]:
    """The findings without those at whose place a rule has spoken that theirs gives way to."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_rule[finding.rule].append(finding)
    for finding in found:
        preferred = (other for id_ in RULES[finding.rule].unless for other in by_rule.get(id_, ()))
        place = finding.problem.place
        if not any(integration.overlap(place, other.problem.place) for other in preferred):
            yield finding
