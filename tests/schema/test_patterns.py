"""Patterns from elsewhere have ECMAScript's verdict, in bounded time."""

import time

import pytest
import regress
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.schema.patterns import PatternError, matcher, translated

PIECES = st.sampled_from(
    [
        *("a", "b", ".", r"\s", r"\S", r"\d", r"\D", r"\w", r"\W", r"\b", r"\B", r"\/", r"\.", r"\-", "-", "\u00e9"),
        *("[ab]", "[^a]", "[a-c-]", r"[\s-]", r"[^\s]", r"[\S]", r"[\b]", r"[\]a]", "[[a]", "[^]", "[]", "[.]", "[$^]"),
        *(r"\u0061", r"\x61", r"\u2028", r"[\u0061-\u0063]", r"\0", r"\t", r"\n", r"[\n\r]", "^", "$"),
    ]
)
PATTERNS = st.recursive(
    PIECES,
    lambda inner: (
        st.builds("{}{}".format, inner, inner)
        | st.builds("(?:{}|{})".format, inner, inner)
        | st.builds("({}){}".format, inner, st.sampled_from(["", "?", "*", "+", "{2}", "{1,2}", "*?"]))
    ),
    max_leaves=5,
)
TEXTS = st.text(
    st.sampled_from("aAbc1_ -.$^/]\n\r\t\x0b\x1c\x85\xa0\ufeff\u2028\u200b\u00e9\x00\x08\U0001f600"), max_size=6
)


@settings(max_examples=500, deadline=None)
@given(PATTERNS, TEXTS)
def test_the_verdict_is_that_of_ecmascript(pattern: str, text: str) -> None:
    try:
        matches = matcher(pattern)
    except PatternError:
        pytest.fail(f"{pattern!r} is refused")
    assert matches(text) is (regress.Regex(pattern).find(text) is not None), translated(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "verdict"),
    [
        ("^(?!Acme)", "Acme Alerts", False),
        ("^(?!Acme)", "Alerts", True),
        ("(?<=a)b", "ab", True),
        ("^[^\\s]*$", "a\ud800b", True),
        ("^(?=.{3,5}$)", "abcd", True),
        ("^(?=.{3,5}$)", "ab", False),
        ("a$", "a\n", False),
    ],
)
def test_what_only_one_engine_knows(pattern: str, text: str, verdict: bool) -> None:
    assert matcher(pattern)(text) is verdict


@pytest.mark.parametrize(
    "pattern", [r"(a)\1", r"(?<n>a)\k<n>", "(?=(a*)*)", "(?=a*a*a*)", "(?!(?:a|b){2,})", "(?=x{1,9}y*)z+"]
)
def test_what_could_take_long_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="could take too long"):
        matcher(pattern)


@pytest.mark.parametrize("pattern", ["(", "[", "*a", "a{2,1}", "(?i)a", "\ud800("])
def test_what_is_no_expression_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="is no ECMAScript expression"):
        matcher(pattern)


@pytest.mark.parametrize(
    "pattern", ["^(?=a*$)b*$", "(?!b)a*$", "(?=a*)b", "(a|a)*$", "(?:a?){30}a{30}$", "(.*)(.*)(.*)(.*)=$"]
)
@pytest.mark.parametrize("size", [4_999, 1_000_000])
def test_no_text_takes_long(pattern: str, size: int) -> None:
    start = time.process_time()
    matcher(pattern)("a" * size + "!")
    assert time.process_time() - start < 2
