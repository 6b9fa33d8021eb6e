"""One line for each finding, such as editors and ``grep`` read: ``path:line:column: severity[rule] message``."""

from collections.abc import Iterator

from toolkit.reports.closing import closing
from toolkit.reports.report import Located, Report
from toolkit.reports.styling import COLORS, linked, mark, styled
from toolkit.text import printable


def render(report: Report) -> Iterator[str]:
    """The findings with ANSI colors, those of a manifest first, and the closing lines."""
    for each in report.located:
        yield line(each, report.view.pages) + "\n"
    if not report.view.quiet:
        yield "".join(f"{line}\n" for line in closing(report, styled))


def line(each: Located, pages: str = "") -> str:
    """One finding without the end of the line."""
    finding = each.finding
    head = styled(COLORS[finding.severity], f"{finding.severity.name}[{linked(finding.rule, pages)}]")
    end = f" {fix}" if (fix := mark(finding)) else ""
    return f"{printable(each.place)}: {head} {printable(finding.problem.message)}{end}"
