"""A JUnit report: one test suite for each integration, a test case for each finding, failing where it fails the run."""

from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from toolkit.engine import Result
from toolkit.reports.report import Located, Report
from toolkit.text import printable


def render(report: Report) -> Iterator[str]:
    """The report as one XML document; an integration without a finding is one passing test case."""
    root = Xml.Element("testsuites", name="ldit")
    for result in report.results:
        root.append(_suite(report, result))
    Xml.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _suite(report: Report, result: Result) -> Xml.Element:
    path, count = printable(result.integration.path), len(result.findings)
    failures = sum(report.fails(result, finding) for finding in result.findings)
    tests = str(max(1, count))
    suite = Xml.Element("testsuite", name=path, tests=tests, failures=str(failures), errors="0", skipped="0")
    for finding in result.findings:
        suite.append(_case(Located(result.integration, finding), path, fails=report.fails(result, finding)))
    if not result.findings:
        Xml.SubElement(suite, "testcase", classname=path, name="ldit lint")
    return suite


def _case(located: Located, classname: str, *, fails: bool) -> Xml.Element:
    """A failure where the finding fails the run; else a passing case that says it as its output."""
    finding, place = located.finding, located.place
    case = Xml.Element("testcase", classname=classname, name=printable(f"{finding.rule} at {place}"))
    message = printable(finding.problem.message)
    if fails:
        failure = Xml.SubElement(case, "failure", type=finding.severity.name, message=message)
        failure.text = printable(f"{place}: {finding.problem.help or finding.problem.message}")
    else:
        said = f"{place}: {finding.severity.name}: {': '.join(filter(None, (message, finding.problem.help)))}"
        Xml.SubElement(case, "system-out").text = printable(said)
    return case
