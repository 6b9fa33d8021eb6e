import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.go_regexp import refusal

ACCEPTED = [  # by Go 1.27
    "",
    "^(add|remove)$",
    "(?P<name>a)(?P<name>b)",
    "(?<n1_>a)",
    "(?P<1>a)",
    r"\\C",
    r"\Q\C(?P<é>\E",
    r"\Q\C",
    "[(?P<é>)]",
    "[](?P<é>]",
    "[[:alpha:](?P<é>]",
    r"[\](?P<é>]",
    r"\pL{1000}",
    "(" * 999 + ")" * 999,
    "(?:" * 1100 + "a" + ")" * 1100,
    "(?i)" * 1100,
    "(a)(?i)(?-s:b)" * 600,
    "é{2}",
]
REFUSED = [
    (r"\C", r"invalid escape sequence: \C"),
    (r"a\\\C", r"invalid escape sequence: \C"),
    (r"\Qx\E\C", r"invalid escape sequence: \C"),
    (r"[\\]\C", r"invalid escape sequence: \C"),
    (r"[\C]", "invalid escape sequence"),
    ("(?P<é>a)", "invalid named capture: (?P<é>"),
    ("(?<né>a)", "invalid named capture: (?<né>"),
    ("(?P<a٣>b)", "invalid named capture"),
    ("(?P<a b>c)", "invalid named capture"),
    ("(" * 1000 + ")" * 1000, "expression nests too deeply"),
    ("(?:(" * 1000 + "))" * 1000, "expression nests too deeply"),
    ("a(?=b)", "invalid perl operator"),
    (r"(a)\1", "invalid escape sequence"),
    ("a{1001}", "invalid repetition size"),
    ("(", "missing )"),
    ("\ud800", "it holds half a surrogate pair"),
]


@pytest.mark.parametrize("pattern", ACCEPTED)
def test_go_compiles(pattern: str) -> None:
    assert refusal(pattern) == ""


@pytest.mark.parametrize(("pattern", "reason"), REFUSED)
def test_go_refuses(pattern: str, reason: str) -> None:
    assert refusal(pattern).startswith(reason)


@given(st.text("()[]\\QEC?P<n>é:a-i^*|{}1 "))
def test_any_text_has_a_verdict(pattern: str) -> None:
    assert isinstance(refusal(pattern), str)
