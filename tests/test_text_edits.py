import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.text_edits import Replacement, apply


@pytest.mark.parametrize(
    ("replacements", "after"),
    [
        ([], "abc"),
        ([(0, 1, "x")], "xbc"),
        ([(3, 3, "x"), (0, 0, "y")], "yabcx"),
        ([(1, 2, ""), (2, 3, "z")], "az"),
        ([(0, 3, "")], ""),
        ([(1, 1, "a"), (1, 1, "b")], "aabbc"),
        ([Replacement(1, 2, "é🎉")], "aé🎉c"),
    ],
)
def test_replacements_in_any_order(replacements: list[tuple[int, int, str]], after: str) -> None:
    assert apply("abc", replacements) == apply("abc", reversed(replacements)) == after


@pytest.mark.parametrize("replacements", [[(0, 2, ""), (1, 3, "")], [(2, 1, "")], [(-1, 0, "")], [(0, 4, "")]])
def test_what_overlaps_or_lies_outside_is_refused(replacements: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        apply("abc", replacements)


@given(st.text(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.text(max_size=3)), max_size=6))
def test_what_is_not_replaced_stays(text: str, wanted: list[tuple[int, int, str]]) -> None:
    chosen, reached = list[tuple[int, int, str]](), 0
    for gap, length, new in wanted:
        start, end = reached + gap, reached + gap + length
        if end > len(text):
            break
        chosen.append((start, end, new))
        reached = end
    after = apply(text, chosen)
    assert len(after) == len(text) + sum(len(new) - (end - start) for start, end, new in chosen)
    shift = 0
    for start, end, new in chosen:
        assert after[start + shift : start + shift + len(new)] == new
        shift += len(new) - (end - start)
    assert after.endswith(text[reached:])
