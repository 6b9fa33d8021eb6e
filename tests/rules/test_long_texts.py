"""Texts made to keep a rule busy: the time that rules take grows as the text does, not as its square."""

import time

import pytest

from toolkit.examples import damaged
from toolkit.lint import lint
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
    ("rule", "patch"),
    [
        ("trailing-blank", {"LICENSE": " " * LENGTH + "x\n"}),
        ("trailing-blank", {"LICENSE": " \n" * (LENGTH // 2)}),
        ("readme-spelling", readme("{")),
        ("readme-spelling", readme("<a ")),
        ("readme-spelling", readme("[a](")),
        ("text-invisible", {"manifest.json": {"overview": "\u200b" * LENGTH}}),
        ("text-invisible", {"manifest.json": {"overview": "\u200b\\" * (LENGTH // 2)}}),
    ],
)
def test_a_long_text_is_judged_and_told_in_no_long_time(rule: str, patch: Patch) -> None:
    start = time.process_time()
    result = lint(damaged(patch), [RULES[rule]])
    assert "found" in "".join(render(Report((result,)))) or result.findings
    assert time.process_time() - start < SECONDS
    assert bool(result.findings) is ("x\n" not in str(patch.get("LICENSE", patch.get("README.md", ""))))
