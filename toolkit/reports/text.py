"""The report for people: each finding with its line, the place underlined, and what to do."""

from collections.abc import Callable, Iterator

from toolkit.finding import Finding, Region, Severity
from toolkit.integration import Integration
from toolkit.json_text import lines
from toolkit.json_text.width import width
from toolkit.reports.report import Report, location

WIDTH = 100
"""Columns of a source line that are shown; a longer line is cut around the place."""
_COLOURS = {Severity.error: "31", Severity.warning: "33", Severity.note: "36"}


def render(report: Report) -> Iterator[str]:
    """The report with ANSI colours; whoever prints it strips them where they are not wanted."""
    for integration, findings in report.results:
        if findings:
            path = integration.path if integration.path.strip("./") else integration.name
            yield _style("1", printable(f"{path} — {integration.title}")) + "\n\n"
        for finding in findings:
            yield "".join(f"{line}\n" for line in _finding(integration, finding)) + "\n"
    yield summary(report, _style) + "\n"


def printable(text: str) -> str:
    """Text that cannot steer a terminal: what is not printable is written as its escape."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _finding(integration: Integration, finding: Finding) -> Iterator[str]:
    problem, region = finding.problem, finding.region
    colour = _COLOURS[finding.severity]
    yield (_style(f"1;{colour}", f"{finding.severity.name}[{finding.rule}]") + f": {printable(problem.message)}")
    path = location(integration, finding)
    where = f":{region.line}:{region.column}" if region else ""
    gutter = " " * len(str(region.line)) if region else " "
    yield _style("2", f"{gutter}-->") + f" {printable(path)}{where}"
    if region:
        source, mark = _excerpt(lines(integration.files[problem.place.file].text)[region.line - 1], region)
        yield _style("2", f"{gutter} |")
        yield _style("2", f"{region.line} |") + f" {source}".rstrip()
        yield _style("2", f"{gutter} |") + f" {_style(colour, mark)}"
    if problem.help:
        yield _style("2", f"{gutter} =") + f" help: {printable(problem.help)}"


def _excerpt(line: str, region: Region) -> tuple[str, str]:
    """The part of a source line that holds the place, and the carets below it."""
    start = region.column - 1
    end = region.end_column - 1 if region.end_line == region.line else len(line)
    fits = len(line) <= 2 * WIDTH and width(line) <= WIDTH
    first = 0 if fits else max(0, start - WIDTH // 3)
    shown = line[first : first + WIDTH]
    before = "…" if first else ""
    after = "…" if len(line) > first + WIDTH else ""
    lead = width(before + _steady(line[first:start])) * " "
    marked = width(_steady(line[start : min(end, first + WIDTH)]))
    return before + _steady(shown) + after, lead + "^" * max(1, marked)


def _steady(text: str) -> str:
    """Source text in which every character takes its own cell and none steers the terminal."""
    return "".join(c if c.isprintable() else " " if c == "\t" else "\ufffd" for c in text)


def summary(report: Report, style: Callable[[str, str], str] = lambda _codes, text: text) -> str:
    """The sums of a report in one line; ``style`` colours each by its ANSI codes."""
    counts = report.counts()
    total = _count(len(report.results), "integration")
    if not any(counts.values()):
        return style("32", f"{total}, nothing found")
    sums = (style(_COLOURS[severity], _count(count, severity.name)) for severity, count in counts.items() if count)
    safe = sum(finding.safely_fixable for finding in report.findings)
    mends = (f"; {safe} can be mended with --fix" if safe else "") + (
        f"; {guessed} with --unsafe-fixes" if (guessed := report.fixable() - safe) else ""
    )
    return f"{total}: {', '.join(sums)}{mends}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _style(codes: str, text: str) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m"
