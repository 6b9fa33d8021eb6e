"""The last lines of a report: what was fixed, what is left, what is hidden, what could not be checked."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from toolkit.reports.report import Report
from toolkit.reports.styling import COLORS, count
from toolkit.rules.run import INTERNAL_ERROR
from toolkit.text import printable

Style = Callable[[str, str], str]


def closing(report: Report, style: Style = lambda _codes, text: text) -> Iterator[str]:
    """Each line without its end; ``style`` colors a text by its ANSI codes."""
    yield from _fixed(report)
    yield _left(report, style)
    if hidden := _hidden(report):
        yield f"hidden: {hidden}"
    if gone := report.hidden.gone:
        named = ", ".join(f"{name} ({times})" if times > 1 else name for name, times in Counter(gone).items())
        yield f"{count(len(gone), 'entry')} of the baseline found nothing: {printable(named)}; write it again"
    if unfinished := sum(finding.rule == INTERNAL_ERROR for finding in report.findings):
        yield style("31", f"{count(unfinished, 'check')} could not be finished")


def _fixed(report: Report) -> Iterator[str]:
    """What was fixed: each finding where that is asked for, else the number by file and rule."""
    if report.view.show_fixes:
        for each in report.fixed:
            yield printable(f"fixed {each.place}: {each.finding.problem.message} ({each.finding.rule})")
        return
    files: dict[str, Counter[str]] = defaultdict(Counter)
    for each in report.fixed:
        files[each.path][each.finding.rule] += 1
    for path, rules in files.items():
        listed = (f"{rule} ({times})" if times > 1 else rule for rule, times in rules.items())
        yield f"fixed in {printable(path)}: {', '.join(listed)}"


def _left(report: Report, style: Style) -> str:
    """The sums in one line."""
    counts = report.counts()
    total, fixed = count(len(report.results), "integration"), len(report.fixed)
    if not any(counts.values()):
        nothing = "nothing left" if fixed else "nothing else" if _hidden(report) else "nothing found"
        return style("32", f"{total}{f', {fixed} fixed' if fixed else ''}, {nothing}")
    sums = ", ".join(style(COLORS[each], count(number, each.name)) for each, number in counts.items() if number)
    safe = sum(finding.safely_fixable for finding in report.findings)
    guessed = report.fixable() - safe
    parts = (
        f"{f'{fixed} fixed, left: ' if fixed else ''}{sums}",
        f"{safe} can be fixed with --fix [*]" if safe else "",
        f"{guessed} {'' if safe else 'can be fixed '}with --unsafe-fixes [!]" if guessed else "",
    )
    return f"{total}: {'; '.join(filter(None, parts))}"


def _hidden(report: Report) -> str:
    known, milder, least, _gone = report.hidden
    parts = (f"{known} by the baseline" if known else "", f"{milder} below {least}" if milder else "")
    return ", ".join(filter(None, parts))
