"""What the rules say of their bad examples, one file a room: ``python -m tests.rules.golden`` writes them anew."""

import sys
from collections.abc import Iterator
from pathlib import Path

from toolkit.engine import run_rules
from toolkit.examples import damaged
from toolkit.finding import Finding
from toolkit.rules import ROOMS, RULES, Rule

HERE = Path(__file__).parent
RENEW = f"{Path(sys.executable).name} -m tests.rules.golden"


def file(room: str) -> Path:
    return HERE / room / "messages.txt"


def messages(room: str) -> str:
    """Every message about every bad example of a room, with its severity, gates, place and help."""
    return "".join(line for rule in RULES.values() if rule.room == room for line in _rule(rule))


def _rule(rule: Rule) -> Iterator[str]:
    known = {finding.problem for finding in run_rules(damaged({}), [rule]).findings}
    for number, patch in enumerate(rule.bad):
        yield f"{rule.id} {number}\n"
        for finding in run_rules(damaged(patch), [rule]).findings:
            if finding.problem not in known:
                yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    place, region = finding.problem.place, finding.region
    at = "" if region is None else f":{region.line}:{region.column}-{region.end_line}:{region.end_column}"
    pointer = f" {place.pointer}{' (key)' if place.key else ''}" if place.pointer is not None else ""
    refused = f" [{', '.join(finding.gates)}]" if finding.gates else ""
    yield f"  {finding.severity.name}{refused} {place.file or '.'}{at}{pointer}\n"
    for label, text in (("", finding.problem.message), ("help: ", finding.problem.help)):
        shown = text.encode("ascii", "backslashreplace").decode()
        yield f"    {label}{shown}\n"
    if finding.fixable:
        yield f"    fix: {'safe' if finding.safely_fixable else 'unsafe'}\n"


if __name__ == "__main__":
    for each in ROOMS:
        file(each).write_text(messages(each))
