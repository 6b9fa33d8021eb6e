"""GitHub Actions workflow commands: an annotation for each finding, as many as GitHub shows."""

from collections.abc import Iterator

from toolkit.finding import Finding, Severity
from toolkit.reports import plain
from toolkit.reports.concise import line
from toolkit.reports.report import Located, Report
from toolkit.reports.styling import count
from toolkit.text import printable

LIMIT = 10
"""Annotations of each level that GitHub shows of one step; it drops the others without a word.

https://docs.github.com/en/rest/checks/runs and the runner's limit of 10 for each of error, warning and notice.
"""
_LEVELS = {Severity.error: "error", Severity.warning: "warning", Severity.note: "notice"}
# What GitHub's runner decodes in a message; in a property it also decodes what separates properties.
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_MESSAGE, **str.maketrans({":": "%3A", ",": "%2C"})}


def render(report: Report) -> Iterator[str]:
    """One line for each finding, escaped as the runner decodes it, errors first; those past the limit as plain text."""
    rest: list[Located] = []
    for severity in sorted(Severity, reverse=True):
        found = [each for each in report.located if each.finding.severity is severity]
        yield from (_annotation(each.path, each.finding) for each in found[:LIMIT])
        rest += found[LIMIT:]
    if rest:
        yield f"{count(len(rest), 'more finding')}, past the {LIMIT} of each level that GitHub shows:\n"
    for each in rest:
        yield f"- {plain(line(each))}\n"  # a line that began with :: would be a command


def _annotation(path: str, finding: Finding) -> str:
    region = finding.region
    properties = {"title": finding.rule, "file": path}
    if region:
        properties |= {"line": str(region.line), "endLine": str(region.end_line)}
        if region.line == region.end_line:  # GitHub takes columns only within one line
            properties |= {"col": str(region.column), "endColumn": str(region.end_column)}
    listed = ",".join(f"{name}={_shown(value).translate(_PROPERTY)}" for name, value in properties.items())
    message = "\n".join(filter(None, (finding.problem.message, finding.problem.help)))
    return f"::{_LEVELS[finding.severity]} {listed}::{_shown(message).translate(_MESSAGE)}\n"


def _shown(text: str) -> str:
    """What a terminal would act on is escaped: the log shows each command as it is."""
    return printable(text, keep="\r\n")
