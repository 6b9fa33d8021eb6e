"""The documentation page of a rule, made from the rule itself."""

import json
from collections.abc import Iterable, Iterator
from functools import cache

from toolkit import resources
from toolkit.examples import damaged
from toolkit.integration import Integration
from toolkit.lint import Result, lint
from toolkit.masking import masker
from toolkit.reports import plain, text
from toolkit.reports.comparison import compared
from toolkit.reports.report import Report, View
from toolkit.rules import Rule

GATES = {
    "tests": "the official tests",
    "format": "the official formatting check",
    "files": "the official hygiene hooks",
}
"""Who refuses the same, in words."""


@cache
def accepted() -> dict[str, int]:
    """How many accepted integrations each rule flags, and under ``integrations`` how many were asked."""
    counts: dict[str, int] = json.loads(resources.path("rules/accepted.json").read_bytes())
    return counts


def page(rule: Rule) -> str:
    """The rule's page in Markdown: requirement, reason, facts, and what its examples look like."""
    return "\n".join(_page(rule)) + "\n"


def table(rules: Iterable[Rule]) -> str:
    """The rules as a Markdown table, sorted by room and name."""
    head = (
        "| rule | severity | official gate | accepted integrations flagged | what it wants |",
        "|---|---|---|--:|---|",
    )
    rows = (
        f"| [{rule.id}](rules/{rule.room}.md#{rule.id}) | {_severity(rule)} | {', '.join(rule.gates)} "
        f"| {accepted().get(rule.id, 0)} of {accepted()['integrations']} | {rule.requirement.replace('|', '&#124;')} |"
        for rule in sorted(rules, key=lambda rule: (rule.room, rule.id))
    )
    return "\n".join((*head, *rows)) + "\n"


def _severity(rule: Rule) -> str:
    return f"{rule.severity.name}, with --pedantic" if rule.pedantic else rule.severity.name


def _page(rule: Rule) -> Iterator[str]:
    integrations = [damaged(patch) for patch in rule.bad]
    mask = masker(integrations)
    results = [_tripped(rule, integration) for integration in integrations]
    edits = [edit for result in results for finding in result.findings for edit in finding.problem.edits]
    fixes = "yes" if edits and all(edit.safe for edit in edits) else "with --unsafe-fixes" if edits else "no"
    yield f"## {rule.id}"
    yield ""
    yield rule.text
    yield ""
    refused = " and ".join(GATES[gate] for gate in rule.gates) or "no official check"
    yield f"- severity: {_severity(rule)}; also refused by: {refused}"
    yield f"- fixed by `ldit lint --fix`: {fixes}"
    yield f"- accepted integrations that it flags: {accepted().get(rule.id, 0)} of {accepted()['integrations']}"
    for patch, result in zip(rule.bad, results, strict=True):
        yield ""
        yield from map(mask, compared(rule, patch))
        yield "```text"
        output = mask("".join(text.render(Report((result,), view=View(quiet=True))))).split("\n\n", 1)[-1]
        yield plain(output).rstrip()
        yield "```"


def _tripped(rule: Rule, example: Integration) -> Result:
    """What the rule finds in an example, without what it also finds in the sample integration."""
    known = {finding.problem for finding in lint(damaged({}), [rule]).findings}
    result = lint(example, [rule])
    return result._replace(findings=tuple(found for found in result.findings if found.problem not in known))
