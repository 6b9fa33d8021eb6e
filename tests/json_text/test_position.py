import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.json_text import position


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 2, (1, 3)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\r\rb", 2, (2, 1)),
        ("\n\r\n\r", 4, (4, 1)),
        ("é😀x", 2, (1, 3)),
        ("a\u2028b", 2, (1, 3)),
    ],
)
def test_counts_lines_and_columns_from_one(text: str, offset: int, expected: tuple[int, int]) -> None:
    assert position(text, offset) == expected


@given(st.text(alphabet="ab\r\n", max_size=12), st.data())
def test_lines_and_columns_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    line, column = position(text, offset)
    assert starts[line - 1] + column - 1 == offset
    assert line == len(starts) or offset < starts[line]
