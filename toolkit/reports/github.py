"""GitHub Actions workflow commands: an annotation for each finding."""

from collections.abc import Iterator

from toolkit.finding import Finding, Severity
from toolkit.reports.report import Report, location

_LEVELS = {Severity.error: "error", Severity.warning: "warning", Severity.note: "notice"}
# What GitHub's runner decodes in a message; in a property it also decodes what separates properties.
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_MESSAGE, **str.maketrans({":": "%3A", ",": "%2C"})}


def render(report: Report) -> Iterator[str]:
    """One line for each finding, escaped as the runner decodes it."""
    for result in report.results:
        for finding in result.findings:
            yield _annotation(location(result.integration, finding), finding)


def _annotation(path: str, finding: Finding) -> str:
    region = finding.region
    properties = {"title": finding.rule, "file": path}
    if region:
        properties |= {"line": str(region.line), "endLine": str(region.end_line)}
        if region.line == region.end_line:  # GitHub takes columns only within one line
            properties |= {"col": str(region.column), "endColumn": str(region.end_column)}
    listed = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    message = "\n".join(filter(None, (finding.problem.message, finding.problem.help)))
    return f"::{_LEVELS[finding.severity]} {listed}::{message.translate(_MESSAGE)}\n"
