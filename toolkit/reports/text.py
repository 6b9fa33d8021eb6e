"""The report for people: each problem with its line, the place underlined, and what to do."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from toolkit.finding import Region
from toolkit.integration import File
from toolkit.json_text import lines
from toolkit.json_text.width import width
from toolkit.reports.closing import closing
from toolkit.reports.report import Located, Report
from toolkit.reports.styling import COLORS, linked, mark, styled
from toolkit.text import printable

WIDTH = 100
"""Columns of a source line that are shown; a longer line is cut around the place."""


def render(report: Report) -> Iterator[str]:
    """The report with ANSI colors; whoever prints it strips them where they are not wanted."""
    found = [result.integration for result in report.results if result.findings]
    if len(found) == 1:  # of several, the paths say which
        path = found[0].path if found[0].path.strip("./") else found[0].name
        yield styled("1", printable(f"{path} — {found[0].title}")) + "\n\n"
    for block in blocks(report.located):
        yield "".join(f"{line}\n" for line in _block(block, report.view.pages)) + "\n"
    if not report.view.quiet:
        yield "".join(f"{line}\n" for line in closing(report, styled))


def blocks(found: Iterable[Located]) -> list[list[Located]]:
    """The findings that say the same, each list in order, sorted by where the first of them is."""
    same: dict[tuple[object, ...], list[Located]] = {}
    for each in found:
        finding = each.finding
        key = finding.rule, finding.severity, finding.problem.message, finding.problem.help, mark(finding)
        same.setdefault(key, []).append(each)
    return list(same.values())


def _block(block: Sequence[Located], pages: str) -> Iterator[str]:
    integration, finding = block[0]
    problem, region, color = finding.problem, finding.region, COLORS[finding.severity]
    head = styled(f"1;{color}", f"{finding.severity.name}[{linked(finding.rule, pages)}]")
    yield f"{head}: {printable(problem.message)}{styled('1', f' {fix}') if (fix := mark(finding)) else ''}"
    file = integration.files.get(problem.place.file)
    shown = region if file and not _is_binary(file) else None
    gutter = " " * len(str(shown.line)) if shown else " "
    yield styled("2", f"{gutter}-->") + f" {printable(block[0].place if shown else block[0].path)}"
    if file and shown:
        source, carets = _excerpt(lines(file.text)[shown.line - 1], shown)
        yield styled("2", f"{shown.line} |") + f" {source}".rstrip()
        yield styled("2", f"{gutter} |") + f" {styled(color, carets)}"
    if problem.help:
        yield styled("2", f"{gutter} =") + f" help: {printable(problem.help)}"
    if len(block) > 1:
        yield styled("2", f"{gutter} =") + f" also at: {printable(', '.join(_others(block)))}"


def _others(block: Sequence[Located]) -> Iterator[str]:
    """The places of all findings but the first; one in the file of the one before it as ``line:column``."""
    for before, each in pairwise(block):
        same_file = each.finding.region and before.path == each.path
        yield each.place.removeprefix(f"{each.path}:") if same_file else each.place


def _is_binary(file: File) -> bool:
    """Whether a line of the file means nothing to a reader."""
    return not file.readable or not file.is_text or "\0" in file.text


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
