"""Tests made from the registry: every rule keeps the promises that every rule makes."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit.config import load
from toolkit.examples import damaged
from toolkit.finding import Finding
from toolkit.integration import Integration
from toolkit.lint import lint, lint_with
from toolkit.rules import RULES, Rule
from toolkit.rules.registry import Patch

EXAMPLES = [
    pytest.param(rule, patch, id=f"{rule.id}-{index}")
    for rule in RULES.values()
    for index, patch in enumerate(rule.bad)
]


ROOT = Path(__file__).parents[2]
SETTINGS = load(ROOT / "ldit.toml")
WAIVED = {waiver.rule for waiver in SETTINGS.waivers}
"""The sample's hosts are reserved, so its examples' are: only a waived rule's own examples are held against it."""


def found(integration: Integration) -> tuple[Finding, ...]:
    return lint(integration, RULES.values()).findings


IN_THE_SAMPLE = {finding.problem for finding in found(damaged({}))}


def test_the_sample_is_clean_but_for_what_is_waived() -> None:
    assert lint_with(SETTINGS, Integration.read(ROOT / "sample-integration")).findings == ()


@pytest.mark.parametrize(("rule", "patch"), EXAMPLES)
def test_a_bad_example_trips_its_own_rule_and_no_other(rule: Rule, patch: Patch) -> None:
    others = WAIVED - {rule.id}
    findings = [
        finding
        for finding in found(damaged(patch))
        if finding.rule not in others and finding.problem not in IN_THE_SAMPLE
    ]
    assert {finding.rule for finding in findings} == {rule.id}
    for finding in findings:
        problem = finding.problem
        assert finding.severity == rule.severity
        assert problem.message
        assert "\n" not in problem.message + problem.help
        assert not problem.message.endswith("."), problem.message
        assert not problem.help.endswith("."), problem.help


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_page_starts_with_one_sentence(rule: Rule) -> None:
    assert rule.requirement.endswith("."), rule.requirement
    assert rule.requirement[0].isupper() or rule.requirement[0] == "`"
    assert all(len(line) <= 120 for line in rule.text.splitlines())


def test_the_defaults_of_an_approval_have_the_name_of_the_official_check() -> None:
    assert RULES["wrong-default"].gate == "tests"


def pointers(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every value inside a JSON value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, part in inside for path in pointers(part, (*at, key)))]


def replaced(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    if not path:
        return new
    copy: Any = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


def contents_of(patch: Patch) -> dict[str, Any]:
    integration = damaged(patch)
    return {path: file.data for path, file in integration.files.items() if file.readable}


OTHERS: tuple[object, ...] = (None, 7, True, "", "x", [], [None], {}, {"key": 1})
"""What any value of a manifest is replaced by."""


def damages(patch: Patch) -> Iterator[Integration]:
    """The patched sample with each file removed in turn, then with each value of its manifest replaced."""
    contents = contents_of(patch)
    for removed in contents:
        yield Integration.held("acme", {name: data for name, data in contents.items() if name != removed})
    try:
        manifest = json.loads(contents.get("manifest.json", b"{}"))
    except ValueError:
        return
    for path in pointers(manifest):
        for new in OTHERS:
            text = json.dumps(replaced(manifest, path, new)).encode()
            yield Integration.held("acme", {**contents, "manifest.json": text})


def test_no_rule_crashes_on_a_damaged_sample() -> None:
    for integration in damages({}):
        assert_no_crash(found(integration))


@pytest.mark.parametrize(("rule", "patch"), EXAMPLES)
def test_no_rule_crashes_on_damage_of_its_own_example(rule: Rule, patch: Patch) -> None:
    """Forty of them, the same in every run."""
    all_damages = list(damages(patch))
    for integration in random.Random(rule.id).sample(all_damages, min(40, len(all_damages))):
        assert_no_crash(lint(integration, [rule]).findings)


def assert_no_crash(findings: tuple[Finding, ...]) -> None:
    crashes = [finding.problem.message for finding in findings if "crashed" in finding.problem.message]
    assert crashes == []
