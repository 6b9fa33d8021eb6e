"""The documentation page of a rule, made from the rule itself."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Literal

from toolkit import resources
from toolkit.engine import Result, run_rules
from toolkit.examples import damaged
from toolkit.integration import Integration
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
_MARKS = {"safe": "[*]", "unsafe": "[!]", None: ""}
_FIXES = {"safe": "yes", "unsafe": "with --unsafe-fixes", None: "no"}


@cache
def accepted() -> dict[str, int]:
    """How many accepted integrations each rule flags, and under ``integrations`` how many were asked."""
    counts: dict[str, int] = json.loads(resources.path("rules/accepted.json").read_bytes())
    return counts


def page(rule: Rule) -> str:
    """The rule's page in Markdown: requirement, reason, facts, and what its examples look like."""
    return "\n".join(_page(rule)) + "\n"


def table(rules: Iterable[Rule]) -> str:
    """The rules as Markdown, by room and name: a heading and a table for each room."""
    ordered = sorted(rules, key=lambda rule: (rule.room, rule.id))
    rooms = (_room(room, list(inside)) for room, inside in groupby(ordered, key=lambda rule: rule.room))
    return "\n".join(rooms)


def _room(room: str, rules: Sequence[Rule]) -> str:
    head = (
        f"## {room.capitalize()}",
        "",
        "| rule | severity | gate | fix | accepted flagged |",
        "|---|---|---|---|--:|",
    )
    rows = (
        f"| [{rule.id}](rules/{rule.room}.md#{rule.id})<br>{rule.requirement.replace('|', '&#124;')} "
        f"| {_severity(rule)} | {', '.join(rule.gates)} | {_MARKS[fixes().get(rule.id)]} "
        f"| {accepted().get(rule.id, 0) or ''} |"
        for rule in rules
    )
    return "\n".join((*head, *rows)) + "\n"


def _severity(rule: Rule) -> str:
    return f"{rule.severity.name}, with --pedantic" if rule.pedantic else rule.severity.name


def _page(rule: Rule) -> Iterator[str]:
    results = _results(rule)
    mask = masker(result.integration for result in results)
    yield f"## {rule.id}"
    yield ""
    yield rule.text
    yield ""
    refused = " and ".join(GATES[gate] for gate in rule.gates) or "no official check"
    yield f"- severity: {_severity(rule)}; also refused by: {refused}"
    yield f"- fixed by `ldit lint --fix`: {_FIXES[fixes().get(rule.id)]}"
    yield f"- accepted integrations that it flags: {accepted().get(rule.id, 0)} of {accepted()['integrations']}"
    for patch, result in zip(rule.bad, results, strict=True):
        yield ""
        yield from map(mask, compared(rule, patch))
        yield "```text"
        output = mask("".join(text.render(Report((result,), view=View(quiet=True))))).split("\n\n", 1)[-1]
        yield plain(output).rstrip()
        yield "```"


def _results(rule: Rule) -> list[Result]:
    """What the rule finds in each of its bad examples."""
    return [_tripped(rule, damaged(patch)) for patch in rule.bad]


Fix = Literal["safe", "unsafe"]


@cache
def fixes() -> dict[str, Fix]:
    """What fixes the findings of each rule that has fixes, as its examples showed when the documentation was made."""
    kinds: dict[str, Fix] = json.loads(resources.path("reports/fixes.json").read_bytes())
    return kinds


def fix_of(rule: Rule) -> Fix | None:
    """What fixes the findings of a rule, as its examples show now."""
    findings = [finding for result in _results(rule) for finding in result.findings if finding.fixable]
    if not findings:
        return None
    return "safe" if all(finding.safely_fixable for finding in findings) else "unsafe"


def _tripped(rule: Rule, example: Integration) -> Result:
    """What the rule finds in an example, without what it also finds in the sample integration."""
    known = {finding.problem for finding in run_rules(damaged({}), [rule]).findings}
    result = run_rules(example, [rule])
    return result._replace(findings=tuple(found for found in result.findings if found.problem not in known))
