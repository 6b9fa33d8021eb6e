import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.json_text import is_deeper

VALUES = st.recursive(
    st.none() | st.integers() | st.text('[]{}"\\ a', max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('[{"', max_size=2), inner, max_size=3),
    max_leaves=12,
)


def depth(value: object) -> int:
    if isinstance(value, list | dict):
        return 1 + max(map(depth, value.values() if isinstance(value, dict) else value), default=0)
    return 0


@given(VALUES, st.booleans())
def test_the_depth_is_that_of_the_value(value: object, indented: bool) -> None:
    text = json.dumps(value, indent=1 if indented else None)
    assert not is_deeper(text, depth(value))
    assert depth(value) == 0 or is_deeper(text, depth(value) - 1)


@pytest.mark.parametrize(
    ("text", "deeper"),
    [
        ("[[", True),
        ("[" * 100_000, True),
        ("[]" * 9, False),
        ('["[[', True),
        ("]]]", False),
        ('"[[[', True),
        ("", False),
    ],
)
def test_what_is_no_json_is_measured_too(text: str, deeper: bool) -> None:
    assert is_deeper(text, 1) is deeper
