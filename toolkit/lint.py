"""Runs rules over the subjects of an integration."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from toolkit.config import Settings
from toolkit.finding import Finding, Place, Problem, Severity
from toolkit.integration import Integration, Kind
from toolkit.rules import Rule


class Result(NamedTuple):
    """One integration with what was found in it, sorted by place."""

    integration: Integration
    findings: tuple[Finding, ...]


SUBJECTS: dict[str, Callable[[Integration], Iterable[Any]]] = {
    "integration": lambda integration: (integration,),
    "manifest": lambda integration: (integration.manifest,) if integration.manifest else (),
    "form_variable": lambda integration: integration.manifest.form_variables if integration.manifest else (),
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


PIXELS = "icon_pixels"
"""The rules that need icons drawn; that begins before the other rules run, since another process does the work."""


def lint_with(settings: Settings, integration: Integration) -> Result:
    """What ``settings`` let an integration be told: its rules, their severities, without what is waived."""
    settings = settings.at(integration)
    result = lint(integration, settings.rules())
    return result._replace(findings=settings.judged(result.findings, integration))


def lint(integration: Integration, rules: Iterable[Rule]) -> Result:
    """Every finding of ``rules`` in ``integration``. A rule that crashes is a finding of that rule."""
    rules = list(rules)
    if integration.svgs and any(rule.module == PIXELS for rule in rules):
        from toolkit.svg.pixels import begin

        for svg in integration.svgs:
            begin(svg.file.data)
    subjects = cache(lambda name: tuple(SUBJECTS[name](integration)))
    found = (finding for rule in rules for finding in _run(rule, integration, subjects))
    return Result(integration, tuple(sorted(found, key=lambda finding: finding.order)))


def _run(rule: Rule, integration: Integration, existing: Callable[[str], Iterable[Any]]) -> Iterator[Finding]:
    for subjects in product(*map(existing, rule.subjects)):
        try:
            for problem in rule.check(*subjects):
                yield Finding(rule.id, rule.severity, rule.gate, problem, integration.region(problem.place))
        except Exception as error:
            crash = Problem(
                Place(""),
                f"the rule {rule.id} crashed: {type(error).__name__}: {error}",
                "this is a bug in ldit; report it with this integration",
            )
            yield Finding(rule.id, Severity.error, None, crash, None)
