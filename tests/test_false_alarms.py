"""What must not be said of good work: the cases of the conformance corpus, if present."""

from pathlib import Path

import pytest

from toolkit import Integration, Settings, lint
from toolkit.finding import Severity
from toolkit.rules import RULES

SILENT = {
    "00-ok": ("", Severity.note),
    "01-dc-title": ("icon-foreign-content", Severity.error),
    "02-xpacket": ("icon-declaration", Severity.error),
    "03-canva-plate": ("icon-overflow", Severity.warning),
    "04-percent": ("icon-percent-size", Severity.warning),
    "05-dup-id": ("icon-duplicate-id", Severity.warning),
    "07-yellow": ("icon-blank", Severity.error),
    "08-h1": ("untitled-readme", Severity.note),
    "09-setext2": ("untitled-readme", Severity.note),
    "10-html-comment-todo": ("placeholder-text", Severity.warning),
    "11-depends-on-steers": ("unused-variable", Severity.warning),
    "12-placeholder-text": ("placeholder-text", Severity.warning),
    "13-links-site": ("missing-in-some-events", Severity.warning),
    "14-each-parent": ("missing-in-some-events", Severity.warning),
    "15-test-io": ("placeholder-host", Severity.warning),
    "16-integrations-io": ("integration-in-name", Severity.warning),
    "17-messaging": ("category-missing", Severity.warning),
    "18-explicit-false": ("unmarked-secret", Severity.warning),
    "19-off-centre": ("icon-off-center", Severity.warning),
    "20-todo-lists": ("placeholder-text", Severity.warning),
    "21-drop-overflow": ("icon-overflow", Severity.note),
}
"""By case: the rule (none: any) that must not find anything as grave as that."""


@pytest.mark.parametrize("case", SILENT)
def test_good_work_is_left_alone(corpus: Path, case: str) -> None:
    rule, severity = SILENT[case]
    directory = corpus.parent / "cases" / "false-alarms" / case / "acme"
    if not directory.is_dir():
        pytest.skip(f"the case {case} is not there")
    assert not rule or rule in RULES
    findings = lint(Integration.read(directory), Settings()).findings
    assert [f for f in findings if f.severity >= severity and rule in ("", f.rule)] == []


def test_the_help_proposes_the_very_frame_that_the_fix_writes(corpus: Path) -> None:
    directory = corpus.parent / "cases" / "false-alarms" / "06-no-viewbox" / "acme"
    if not directory.is_dir():
        pytest.skip("the case is not there")
    helps = {f.problem.place.file: f.problem for f in lint(Integration.read(directory)).findings}
    assert helps["square.svg"].help == 'add `viewBox="0 0 900 900"`'
    assert [edit.text for edit in helps["square.svg"].edits] == [' viewBox="0 0 900 900"']
