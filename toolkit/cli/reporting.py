"""From what a run found to its report: without what the baseline knows, and what is less grave than is asked for."""

from collections import Counter
from collections.abc import Iterator, Sequence

from toolkit import baseline, install
from toolkit.cache.memory import Found
from toolkit.cli.chosen import Chosen
from toolkit.cli.hyperlinks import links_wanted
from toolkit.cli.options import Options
from toolkit.engine import Result
from toolkit.finding import Finding, Place, Severity
from toolkit.integration import Integration
from toolkit.reports.report import Hidden, Located, Report, View
from toolkit.rules import RULES


def reported(
    found: Sequence[Result],
    fixed: Sequence[Located],
    known: baseline.Baseline,
    options: Options,
    settings: Chosen,
) -> tuple[Report, bool]:
    """The report, and whether the run fails, which does not depend on what ``--min-severity`` hides."""
    fresh = [baseline.new(result, known) for result in found] if known else list(found)
    least = Severity[options.min_severity or "note"]
    shown = [result._replace(findings=tuple(f for f in result.findings if f.severity >= least)) for result in fresh]
    all_, new, seen = map(_count, (found, fresh, shown))
    gone = tuple(_gone(found, known, options, settings)) if known else ()
    fail_on = {result.integration.path: settings(result.integration.path).fail_on for result in found}
    hidden = Hidden(all_ - new, new - seen, least.name, gone)
    report = Report(tuple(shown), tuple(fixed), hidden, fail_on, view(options))
    return report, any(report.fails(result, finding) for result in fresh for finding in result.findings)


def reduced(integration: Integration, found: Found) -> Result:
    """The result with a smaller integration: of its files those that a report shows lines of, or credentials are in.

    What was made of them is let go.
    """
    shown = {place.file for finding in found.findings for place in _places(finding)}
    return Result(integration.reduced(found.title, shown, found.hidden), found.findings)


def _places(finding: Finding) -> Iterator[Place]:
    yield finding.problem.place
    yield from (edit.place for edit in finding.problem.edits)


def view(options: Options) -> View:
    """How the text looks; rules are links on a terminal that shows them."""
    return View(options.quiet, options.show_fixes, install.pages() if links_wanted(options) else "")


def fixed_by(before: Result, after: Result) -> Iterator[Located]:
    """The findings of ``before`` that are gone in ``after``: of equal ones in a file, the first."""
    gone = _kinds(before) - _kinds(after)
    for finding in before.findings:
        kind = finding.rule, finding.problem.place.file, finding.problem.message
        if gone[kind] > 0:
            gone[kind] -= 1
            yield Located(before.integration, finding)


def _kinds(result: Result) -> Counter[tuple[str, str, str]]:
    return Counter((f.rule, f.problem.place.file, f.problem.message) for f in result.findings)


def _count(results: Sequence[Result]) -> int:
    return sum(len(result.findings) for result in results)


def _gone(found: Sequence[Result], known: baseline.Baseline, options: Options, settings: Chosen) -> Iterator[str]:
    """The entries of the baseline that found nothing; with ``--gate`` nobody knows, nor offline of dead links."""
    for integration, findings in [] if options.gate else found:
        shown = settings(integration.path).at(integration).shown()
        ran = frozenset(id_ for id_ in shown if integration.answers or "visit" not in RULES[id_].subjects)
        for entry in baseline.gone([Result(integration, findings)], known, ran):
            yield f"{entry.integration}: {entry.rule}"
