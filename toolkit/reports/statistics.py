"""How often each rule has found something, instead of the findings."""

from collections import Counter
from collections.abc import Iterator

from toolkit.reports.closing import closing
from toolkit.reports.report import Report
from toolkit.reports.styling import COLORS, linked, mark, styled


def render(report: Report) -> Iterator[str]:
    """A line for each rule, the most frequent first: number, severity, mark of its fix, name."""
    counts = Counter((finding.rule, finding.severity, mark(finding)) for finding in report.findings)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    wide = max((len(str(number)) for number in counts.values()), default=0)
    for (rule, severity, fix), number in rows:
        level = styled(COLORS[severity], f"{severity.name:7}")
        yield f"{number:{wide}}  {level}  {fix:3}  {linked(rule, report.view.pages)}\n"
    if not report.view.quiet:
        yield ("\n" if rows else "") + "".join(f"{line}\n" for line in closing(report, styled))
