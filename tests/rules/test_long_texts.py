"""Texts made to keep a rule busy: the time that rules take grows as the text does, not as its square."""

import time

import pytest

from toolkit.engine import run_rules
from toolkit.examples import damaged
from toolkit.reports.report import Report
from toolkit.reports.text import render
from toolkit.rules import RULES
from toolkit.rules.registry import Patch

SECONDS = 6
"""Of processor time; each of these took much longer with a pattern that started anew at each character."""
LENGTH = 60_000


def readme(unit: str) -> Patch:
    return {"README.md": f"# Acme\n\n{unit * (LENGTH // len(unit))}x\n"}


@pytest.mark.parametrize(
    ("rule", "patch", "found"),
    [
        ("trailing-space", {"LICENSE": " " * LENGTH + "x\n"}, False),
        ("trailing-space", {"LICENSE": " \n" * (LENGTH // 2)}, True),
        ("misspelled-word", readme("{"), False),
        ("misspelled-word", readme("<a "), False),
        ("misspelled-word", readme("[a]("), False),
        ("broken-text-link", readme("[a](https://b "), True),
        ("invisible-character", {"manifest.json": {"overview": "\u200b" * LENGTH}}, True),
        ("invisible-character", {"manifest.json": {"overview": "\u200b\\" * (LENGTH // 2)}}, True),
    ],
)
def test_a_long_text_is_judged_and_reported_in_no_long_time(rule: str, patch: Patch, found: bool) -> None:
    start = time.process_time()
    result = run_rules(damaged(patch), [RULES[rule]])
    shown = "".join(render(Report((result,))))
    assert not found or f"m{len(result.findings)} {RULES[rule].severity.name}" in shown
    assert time.process_time() - start < SECONDS
    assert bool(result.findings) is found
