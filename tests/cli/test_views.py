"""What ``ldit lint``, ``explain`` and ``rules`` show, and how to see more or less of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_lint import ROOT, SAMPLE, acme, ldit
from toolkit.cli.hyperlinks import shows_links
from toolkit.reports.github import LIMIT
from toolkit.rules import RULES

__all__ = ["acme"]


def test_concise_is_a_line_for_each(acme: Path) -> None:
    lines = ldit("lint", acme, "--format", "concise", "-q").stdout.splitlines()
    assert f"{acme}/manifest.json:4:15: error[overview-without-period] overview does not end in a period [*]" in lines
    assert len(lines) == 2


def test_quiet_says_nothing_where_nothing_is_found() -> None:
    run = ldit("lint", SAMPLE, "-q")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_statistics_count_each_rule(acme: Path) -> None:
    lines = ldit("lint", acme, "--statistics").stdout.splitlines()
    assert "1  error    [*]  overview-without-period" in lines
    assert lines[-1].startswith("1 integration: 2 errors;")
    assert ldit("lint", acme, "--statistics", "--format", "json").returncode == 2


def test_min_severity_hides_and_says_so_but_changes_no_status(acme: Path) -> None:
    options = ("--isolated", "--select", "placeholder-host,overview-without-period")
    report = json.loads(ldit("lint", acme, *options, "--min-severity", "error", "--format", "json").stdout)
    assert {each["rule"] for each in report["integrations"][0]["findings"]} == {"overview-without-period"}
    assert (hidden := report["summary"]["hiddenBySeverity"]) > 1
    run = ldit("lint", acme, *options[:-1], "placeholder-host", "--min-severity", "error", "--fail-on", "warning")
    assert (run.returncode, run.stdout) == (1, f"1 integration, nothing else\nhidden: {hidden} below error\n")


def test_fix_says_what_it_fixed(acme: Path) -> None:
    before = (acme / "manifest.json").read_bytes()
    run = ldit("lint", acme, "--fix")
    assert f"fixed in {acme}/manifest.json: overview-without-period, schema-violation" in run.stdout
    assert run.stdout.endswith("1 integration, 2 fixed, nothing left\n")
    (acme / "manifest.json").write_bytes(before)
    run = ldit("lint", acme, "--fix", "--show-fixes")
    assert f"fixed {acme}/manifest.json:4:15: overview does not end in a period (overview-without-period)" in run.stdout


def test_json_tells_safe_fixes_from_guesses(acme: Path) -> None:
    findings = json.loads(ldit("lint", acme, "--format", "json").stdout)["integrations"][0]["findings"]
    assert {each["rule"]: each["fix"] for each in findings} == {
        "overview-without-period": "safe",
        "schema-violation": "safe",
    }
    assert all(each["gates"] == ["tests"] for each in findings)


def test_pedantic_runs_more(acme: Path) -> None:
    def rules(*options: str) -> int:
        line = ldit("lint", acme, "--show-settings", *options).stdout.splitlines()[-1]
        return int(line.rpartition(" ")[2])

    assert rules("--pedantic") == rules() + sum(rule.pedantic for rule in RULES.values())


def test_github_shows_no_more_than_github_does(tmp_path: Path) -> None:
    manifest = json.loads((SAMPLE / "manifest.json").read_text())
    manifest |= {f"key{number}": 1 for number in range(LIMIT + 5)}
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    lines = ldit("lint", tmp_path / "acme", "--format", "github", "--gate", "tests").stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines].count("::error") == LIMIT
    rest = [line for line in lines if line.startswith("- ")]
    assert len(rest) >= 5
    assert f"{len(rest)} more findings, past the 10 of each level that GitHub shows:" in lines


def test_a_command_that_is_near_is_named() -> None:
    run = ldit("lnt")
    assert (run.returncode, run.stderr) == (2, "error: there is no command `lnt`\nhelp: did you mean `lint`?\n")
    assert "there are: new, lint" in ldit("zzzzzz").stderr
    assert "--fix" in ldit("lint", "--fxi").stderr


def test_explain_is_markdown_in_a_pipe_and_rendered_where_colors_are_wanted() -> None:
    piped = ldit("explain", "overview-without-period").stdout
    assert piped.startswith("## overview-without-period\n")
    command = [sys.executable, "-m", "toolkit", "explain", "overview-without-period"]
    environment = os.environ | {"FORCE_COLOR": "1", "COLUMNS": "60", "PYTHONPATH": str(ROOT)}
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert "##" not in shown
    red, green = "\x1b[91m", "\x1b[92m"
    assert f"{red}-  " in shown
    assert f"{green}+  " in shown
    assert shown.index(red) < shown.index(green)


def test_rules_are_listed_by_room() -> None:
    lines = ldit("rules").stdout.splitlines()
    rooms = [line.partition(" ")[0] for line in lines if not line.startswith(" ")]
    assert rooms == sorted({rule.room for rule in RULES.values()})
    (line,) = [line for line in lines if line.startswith("  overview-without-period ")]
    assert line.split()[1:4] == ["error", "tests", "[*]"]
    assert len(lines) == len(RULES) + len(rooms)


def test_what_renders_is_imported_only_where_it_is_used() -> None:
    script = "import sys, toolkit.cli.lint, toolkit.cli.explain, toolkit.cli.rules; print('rich' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"VTE_VERSION": "4801"}, False),
        ({"VTE_VERSION": "7200"}, True),
        ({"WT_SESSION": "x"}, True),
        ({"WT_SESSION": "x", "FORCE_HYPERLINK": "0"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
    ],
)
def test_terminals_with_links(environment: dict[str, str], shown: bool) -> None:
    assert shows_links(environment) is shown


@pytest.mark.parametrize("options", [[], ["--no-links"]])
def test_rules_are_links_on_a_terminal_that_shows_them(acme: Path, options: list[str]) -> None:
    ours, theirs = os.openpty()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm-kitty", "COLUMNS": "100"}
    command = [sys.executable, "-m", "toolkit", "lint", str(acme), "--select", "overview-without-period", *options]
    subprocess.run(command, env=environment, stdout=theirs, stderr=subprocess.DEVNULL, check=False, timeout=60)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert ("\x1b]8;;" in shown) is not bool(options)
    if not options:
        assert "docs/pages/rules/wording.md#overview-without-period\x1b\\" in shown
