"""Fixes of every rule, on its bad examples in random layouts with random further damage."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import cycle
from typing import Any

import pytest

from tests.damage import varied
from tests.often import often
from toolkit.config import Settings
from toolkit.engine import lint, run_rules
from toolkit.examples import damaged
from toolkit.finding import Edit, Finding
from toolkit.fixes import fix, fix_result
from toolkit.integration import Integration
from toolkit.integration.places import Change
from toolkit.json_text import join
from toolkit.rules import RULES, Rule

ALL = Settings(pedantic=True)
CHECKS = [rule for rule in RULES.values() if rule.bad]


def counted(findings: tuple[Finding, ...]) -> Counter[str]:
    return Counter(finding.rule for finding in findings)


@pytest.mark.parametrize("rule", CHECKS, ids=[rule.id for rule in CHECKS])
def test_a_fix_removes_its_finding_adds_none_is_final_and_changes_nothing_else(rule: Rule) -> None:
    patches = [patch for patch in rule.bad if any(each.fixable for each in run_rules(damaged(patch), [rule]).findings)]
    if not patches:
        pytest.skip("has no fix")
    examples = [damaged(patch) for patch in patches]
    assert all(assert_fixed(rule, example, "the example itself") for example in examples)
    seeds = [f"{rule.id} {number}" for number in range(often(20, 200))]
    pairs = zip(cycle(examples), seeds, strict=False)
    met = [assert_fixed(rule, varied(example, random.Random(seed)), seed) for example, seed in pairs]
    assert any(met)


def assert_fixed(rule: Rule, before: Integration, seed: str) -> bool:
    """Whether the rule found something to fix."""
    old = lint(before, ALL)
    new = fix_result(old, ALL, unsafe=True)
    unread = any(finding.rule == "invalid-json" for finding in old.findings)
    if not unread:  # what could not be read before shows its findings once it can
        assert not counted(new.findings) - counted(old.findings), seed
    assert not any(finding.fixable for finding in new.findings if finding.rule == rule.id), seed
    assert fix_result(new, ALL, unsafe=True).integration is new.integration, seed
    own = [finding for finding in old.findings if finding.rule == rule.id]
    assert_named(rule, before, own, seed)
    return bool(own)


def assert_named(rule: Rule, before: Integration, findings: Iterable[Finding], seed: str) -> None:
    """The fix of one rule changes nothing but what its edits name."""
    edits = [edit for finding in findings for edit in finding.problem.edits]
    after = fix(before, Settings(select=(rule.id,)), unsafe=True).integration
    for path in after.changed_since(before):
        named = [edit for edit in edits if edit.place.file == path]
        assert named, seed
        if path.endswith(".json") and (old := before.document(path)):
            new = after.document(path)
            assert new, seed
            for pointer in differences(old.value, new.value):
                assert any(is_named(pointer, edit) for edit in named), (seed, pointer)
        assert_kept(before, after, path, named, seed)


def differences(old: Any, new: Any, at: str = "") -> Iterator[str]:
    """The pointers at which two JSON values differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() | new.keys():
            if key in old and key in new:
                yield from differences(old[key], new[key], join(at, key))
            else:
                yield join(at, key)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, pair in enumerate(zip(old, new, strict=True)):
            yield from differences(*pair, join(at, str(index)))
    elif old != new or type(old) is not type(new):
        yield at


def is_named(pointer: str, edit: Edit) -> bool:
    """Whether an edit names a place: its value, or a key or an item beside its own."""
    named, place = edit.place.pointer, edit.place
    if named is None:
        return False
    parent = named.rpartition("/")[0]
    around = place.key or edit.after or edit.text is None
    return f"{pointer}/".startswith(f"{named}/") or (around and parent in (pointer, pointer.rpartition("/")[0]))


def assert_kept(before: Integration, after: Integration, path: str, edits: list[Edit], seed: str) -> None:
    """What is between the places of the edits stands in the new text as it stood in the old one."""
    old, new = before.files[path].text, after.files[path].text
    places = sorted((begin(old, change), change.end) for edit in edits if (change := before.change(edit)))
    end = at = 0
    for start, stop in [*places, (len(old), len(old))]:
        kept = old[end:start] if start > end else ""
        found = new.find(kept, at) if end else 0
        assert new.startswith(kept, found) and found >= 0, (seed, kept)
        at, end = found + len(kept), max(end, stop)
    assert new.endswith(old[end:]), seed


def begin(text: str, change: Change) -> int:
    """Where a change starts; the comma before goes too when what follows a removed item is removed as well."""
    return change.start if change.text else len(text[: change.start].rstrip().removesuffix(",").rstrip())
