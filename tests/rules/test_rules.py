"""Tests made from the registry: every rule keeps the promises that every rule makes."""

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.often import often
from toolkit.config import Settings, load
from toolkit.engine import SUBJECTS, lint, run_rules
from toolkit.examples import damaged
from toolkit.finding import Finding
from toolkit.integration import Integration
from toolkit.rules import ROOMS, RULES, Rule
from toolkit.rules.registry import Patch
from toolkit.rules.run import INTERNAL_ERROR, RUN

ROOT = Path(__file__).parents[2]
CHECKS = [rule for rule in RULES.values() if rule.room != RUN]
BAD = [pytest.param(rule, patch, id=f"{rule.id}-{index}") for rule in CHECKS for index, patch in enumerate(rule.bad)]
GOOD = [pytest.param(rule, patch, id=f"{rule.id}-{index}") for rule in CHECKS for index, patch in enumerate(rule.good)]


@cache
def settings() -> Settings:
    return load(ROOT / "ldit.toml")


@cache
def waived() -> frozenset[str]:
    """The sample's hosts are reserved, so its examples' are: only a waived rule's own examples are held against it."""
    return frozenset().union(*(waiver.rules for waiver in settings().waivers))


@cache
def in_the_sample() -> frozenset[object]:
    return frozenset(finding.problem for finding in run_rules(damaged({}), RULES.values()).findings)


def found(integration: Integration, rule: Rule) -> list[Finding]:
    """What all rules, of the pedantic ones only this, find that the sample does not have as well."""
    rules = [each for each in RULES.values() if not each.pedantic or each is rule]
    findings = run_rules(integration, rules).findings
    others = waived() - {rule.id}
    return [each for each in findings if each.rule not in others and each.problem not in in_the_sample()]


def test_the_sample_is_clean_but_for_what_is_waived() -> None:
    assert lint(Integration.read(ROOT / "sample-integration"), settings()).findings == ()


@pytest.mark.parametrize(("rule", "patch"), BAD)
def test_a_bad_example_trips_its_own_rule_and_no_other(rule: Rule, patch: Patch) -> None:
    integration = damaged(patch)
    findings = found(integration, rule)
    assert {finding.rule for finding in findings} == {rule.id}
    for finding in findings:
        problem, place = finding.problem, finding.problem.place
        assert finding.severity <= rule.severity
        assert set(finding.gates) <= set(rule.gates)
        assert not place.file or place.file in integration.files
        assert finding.region or (place.pointer is None and place.span is None) or place.file not in integration.files
        assert problem.message
        assert "\n" not in problem.message + problem.help
        assert not problem.message.endswith("."), problem.message
        assert not problem.help.endswith("."), problem.help


@pytest.mark.parametrize("rule", CHECKS, ids=[rule.id for rule in CHECKS])
def test_an_example_is_as_grave_as_the_rule_and_refused_by_its_gates(rule: Rule) -> None:
    findings = [finding for patch in rule.bad for finding in run_rules(damaged(patch), [rule]).findings]
    assert max(finding.severity for finding in findings) == rule.severity
    assert {gate for finding in findings for gate in finding.gates} == set(rule.gates)


@pytest.mark.parametrize(("rule", "patch"), GOOD)
def test_a_good_example_trips_nothing(rule: Rule, patch: Patch) -> None:
    assert found(damaged(patch), rule) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_page_starts_with_one_sentence(rule: Rule) -> None:
    assert rule.requirement.endswith("."), rule.requirement
    assert rule.requirement[0].isupper() or rule.requirement[0] == "`"
    assert all(len(line) <= 120 for line in rule.text.splitlines())


@pytest.mark.parametrize("rule", CHECKS, ids=[rule.id for rule in CHECKS])
def test_a_rule_stands_in_a_room_and_gives_way_to_rules_that_exist(rule: Rule) -> None:
    assert rule.room in ROOMS
    assert set(rule.subjects) <= SUBJECTS.keys(), f"a parameter is one of {', '.join(SUBJECTS)}"
    assert set(rule.unless) <= RULES.keys() - {rule.id}
    assert all(rule.id not in RULES[other].unless for other in rule.unless)


def test_no_name_is_that_of_a_rule_and_of_a_room() -> None:
    assert not RULES.keys() & {*ROOMS, RUN}


def test_the_defaults_of_an_approval_have_the_name_of_the_official_check() -> None:
    assert RULES["wrong-default"].gates == ("tests",)


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


OTHERS: tuple[object, ...] = (None, 7, True, "", "x", [], [None], {}, {"key": 1})
"""What any value of a manifest is replaced by."""

Damage = tuple[str, tuple[str | int, ...], object]
"""A file, and in the manifest a path with the value that takes the place of what is there; else the file is removed."""


def damages(contents: dict[str, bytes]) -> list[Damage]:
    """Each file removed in turn, then each value of the manifest replaced."""
    removals: list[Damage] = [(path, (), None) for path in contents if path != "manifest.json"]
    try:
        manifest = json.loads(contents.get("manifest.json", b"{}"))
    except ValueError:
        return removals
    return [*removals, *(("manifest.json", path, new) for path in pointers(manifest) for new in OTHERS)]


def with_damage(contents: dict[str, bytes], damage: Damage) -> Integration:
    file, path, new = damage
    if file != "manifest.json":
        return Integration.from_files("acme", {name: data for name, data in contents.items() if name != file})
    text = json.dumps(replaced(json.loads(contents.get(file, b"{}")), path, new)).encode()
    return Integration.from_files("acme", {**contents, file: text})


def contents_of(patch: Patch) -> dict[str, bytes]:
    return {path: file.data for path, file in damaged(patch).files.items() if file.readable}


def crashes(findings: tuple[Finding, ...]) -> Iterator[str]:
    return (finding.problem.message for finding in findings if finding.rule == INTERNAL_ERROR)


def test_no_rule_crashes_on_a_damaged_sample() -> None:
    contents = contents_of({})
    for damage in (("manifest.json", (), None), *damages(contents)):
        assert [*crashes(run_rules(with_damage(contents, damage), RULES.values()).findings)] == []


@pytest.mark.parametrize(("rule", "patch"), BAD)
def test_no_rule_crashes_on_damage_of_its_own_example(rule: Rule, patch: Patch) -> None:
    """A sample, the same in every run."""
    contents = contents_of(patch)
    every = damages(contents)
    for damage in random.Random(rule.id).sample(every, min(often(10, 200), len(every))):
        assert [*crashes(run_rules(with_damage(contents, damage), [rule]).findings)] == []
