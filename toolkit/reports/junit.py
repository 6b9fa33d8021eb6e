"""A JUnit report: one test suite for each integration, one failing test case for each finding."""

from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from toolkit.engine import Result
from toolkit.finding import Finding
from toolkit.reports.report import Report, location
from toolkit.reports.text import printable


def render(report: Report) -> Iterator[str]:
    """The report as one XML document; an integration without a finding is one passing test case."""
    root = Xml.Element("testsuites", name="ldit")
    for result in report.results:
        root.append(_suite(result))
    Xml.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _suite(result: Result) -> Xml.Element:
    path, count = printable(result.integration.path), len(result.findings)
    suite = Xml.Element("testsuite", name=path, tests=str(max(1, count)), failures=str(count), errors="0", skipped="0")
    for finding in result.findings:
        suite.append(_case(path, location(result.integration, finding), finding))
    if not result.findings:
        Xml.SubElement(suite, "testcase", classname=path, name="ldit lint")
    return suite


def _case(classname: str, where: str, finding: Finding) -> Xml.Element:
    place = f"{where}:{finding.region.line}:{finding.region.column}" if finding.region else where
    case = Xml.Element("testcase", classname=classname, name=printable(f"{finding.rule} at {place}"))
    message = printable(finding.problem.message)
    failure = Xml.SubElement(case, "failure", type=finding.severity.name, message=message)
    failure.text = printable(f"{place}: {finding.problem.help or finding.problem.message}")
    return case
