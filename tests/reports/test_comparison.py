"""Bad examples beside good ones: short, and good where they say so."""

import pytest

from toolkit.engine import run_rules
from toolkit.examples import damaged
from toolkit.integration.manifest import NAME
from toolkit.reports.comparison import compared, nearest
from toolkit.rules import RULES, Rule, examples
from toolkit.rules.registry import Patch
from toolkit.text import printable

LONGEST = 30
"""Lines that differ between a bad example of a hook or an approval system and the good one."""


def changed_lines(rule: str, patch: Patch) -> list[str]:
    return [line for line in compared(RULES[rule], patch) if line.startswith(("-", "+"))]


def is_of_either(patch: Patch) -> bool:
    return bool({"auditLogEventsHook", "approval"} & patch[NAME].get("capabilities", {}).keys())


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_an_example_fits_on_a_screen_or_two(rule: Rule) -> None:
    for patch in rule.bad:
        assert len(list(compared(rule, patch))) <= 70 * len(patch)


MODULES = (
    "capabilities.approvals",
    "capabilities.hooks",
    "policies.statements",
    "policies.resources",
    "policies.actions",
)
REQUESTS = ("requests.endpoints", "requests.headers", "requests.signatures")


@pytest.mark.parametrize("module", [*MODULES, *REQUESTS, "templates.json"])
def test_an_example_of_a_hook_or_an_approval_system_shows_little_but_its_defect(module: str) -> None:
    rules = [rule for rule in RULES.values() if rule.check.__module__ == f"toolkit.rules.{module}"]
    bad = [(rule.id, patch) for rule in rules for patch in rule.bad if is_of_either(patch)]
    assert bad
    assert [rule for rule, patch in bad if not 0 < len(changed_lines(rule, patch)) <= LONGEST] == []


def test_the_good_example_has_the_capability_of_the_bad_one() -> None:
    patch = examples.hook(useStandardWebhookPayload=None)
    assert changed_lines("missing-templates", patch) == ['+      "useStandardWebhookPayload": true,']
    patch = examples.approval({"approvalId": None})
    assert [line.strip("+ ") for line in changed_lines("missing-approval-id", patch) if line[0] == "+"][
        -1
    ] == '"approvalId": "/id"'


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_what_is_called_good_is_good_for_the_rule(rule: Rule) -> None:
    known = len(run_rules(damaged({}), [rule]).findings)
    for patch in rule.bad:
        assert len(run_rules(nearest(rule, patch, damaged(patch)), [rule]).findings) <= known


def test_a_readme_is_compared_with_a_short_one() -> None:
    assert all(len(changed_lines("untitled-readme", patch)) < 10 for patch in RULES["untitled-readme"].bad)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_bad_example_is_red_and_the_good_one_green(rule: Rule) -> None:
    """A diff is red where lines go and green where they come: what goes is in the bad file, what comes is not."""
    for patch in rule.bad:
        bad = damaged(patch)
        shown = "\n".join(compared(rule, patch)).split("In `")[1:]
        for part in shown:
            file = bad.files[part.partition("`")[0]].text.splitlines()
            for line in part.splitlines()[3:]:
                there = any(printable(each).startswith(line[1:].removesuffix("…")) for each in file)
                assert there or not line.startswith("-"), line
        good = nearest(rule, patch, bad)
        assert len(run_rules(good, [rule]).findings) <= len(run_rules(bad, [rule]).findings)
