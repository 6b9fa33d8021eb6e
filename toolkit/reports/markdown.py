"""A Markdown report, such as GitHub shows as the summary of a step."""

from collections.abc import Iterator

from toolkit.finding import Finding
from toolkit.regex import regex
from toolkit.reports.closing import closing
from toolkit.reports.report import Report, location
from toolkit.text import printable

_MARKUP = regex(r"([\\`*_{}\[\]<>()#+!|~&-])")


def render(report: Report) -> Iterator[str]:
    """A line of sums, then a table of the findings of each integration that has any."""
    yield "**ldit**: " + "  \n".join(map(_plain, closing(report))) + "\n"
    for integration, findings in report.results:
        if findings:
            yield f"\n### {_plain(integration.title)}\n\n| | where | what | what to do |\n|---|---|---|---|\n"
        for finding in findings:
            yield _row(location(integration, finding), finding)


def _row(path: str, finding: Finding) -> str:
    where = f"{path}:{finding.region.line}:{finding.region.column}" if finding.region else path
    message, help_ = _plain(finding.problem.message), _plain(finding.problem.help)
    return f"| {finding.severity.name} | {_plain(where)} | {message} ({finding.rule}) | {help_} |\n"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", printable(text))
