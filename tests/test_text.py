"""Near misses, reasons, and characters that can be shown."""

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.text import did_you_mean, nearest, printable, reason


@pytest.mark.parametrize(
    ("wrong", "known", "expected"),
    [
        ("nmae", ["name", "version"], "name"),
        ("NAME", ["name", "nome"], "name"),
        ("x", ["name", "version"], ""),
        ("a", [], ""),
    ],
)
def test_nearest(wrong: str, known: list[str], expected: str) -> None:
    assert nearest(wrong, known) == expected


def test_did_you_mean() -> None:
    assert did_you_mean("nmae", ["name"]) == "did you mean `name`?"
    assert did_you_mean("x", ["name"]) == ""


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "a"), "permission denied"),
        (OSError("odd"), "odd"),
        (OSError(), "oserror"),
    ],
)
def test_reason(error: OSError, expected: str) -> None:
    assert reason(error) == expected


@given(st.text())
def test_nothing_that_acts_is_left(text: str) -> None:
    assert printable(text).isprintable()


def test_an_escape_is_shown_and_a_kept_character_stays() -> None:
    assert printable("a\x1b[2J\nb") == "a\\x1b[2J\\nb"
    assert printable("a\tb", keep="\t") == "a\tb"
