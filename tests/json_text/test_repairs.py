import json
import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.json_text import JsonSyntaxError, read
from toolkit.json_text.repairs import repaired, repairs

ONE_READING = [
    ('{"a": 1,}', '{"a": 1}'),
    ("[1,\n2 ,\n]\n", "[1,\n2\n]\n"),
    ('{"a": 1,,\n"b": 2}', '{"a": 1,\n"b": 2}'),
    ('{"a": 1,, ,}', '{"a": 1}'),
    ('{"a": "x" "b": 2}', '{"a": "x", "b": 2}'),
    ('{"a": 1 // why\n  "b": 2}', '{"a": 1,\n  "b": 2}'),
    ('["a"\n"b"\n-1]', '["a",\n"b",\n-1]'),
    ('[{"a": 1} {"b": [2] "c": 3}]', '[{"a": 1}, {"b": [2], "c": 3}]'),
    ('// ours\n{\r\n  # x\r\n  "a": 1, // y\r\n}\n// end', '{\r\n  "a": 1\r\n}\n'),
    ('{"a": /* one */ 1}', '{"a": 1}'),
    ('{\n  /* one\n     two */\n  "a": 1\n}', '{\n  "a": 1\n}'),
    ('{\n  /* one */ "a": 1\n}', '{\n  "a": 1\n}'),
    ("{} <!-- x -->", "{}"),
    ('{“a”: \u2018b\u2019, \'c\': "d”,\n"e": „f“}', '{"a": "b", "c": "d",\n"e": "f"}'),
    ('{"a": “don\u2019t \\n”}', '{"a": "don\u2019t \\n"}'),
    ("“x”", '"x"'),
]
UNCERTAIN = [
    "",
    "[1,,2]",
    "[,]",
    "{,}",
    '["a" "b"]',
    "[1 2]",
    '{"a": [1\n "b": 2}',
    '{"a": 1',
    '{"a": “b "c" d”}',
    "{'a': 'it's'}",
    "{'a': 'it\\'s'}",
    '{"a": “b “c” d”}',
    '{"a" 1}',
    '{"a": 1]',
    '{"a": True}',
    '["x", #fff\n]',
    '{"a": 1}, {"b": 2}',
    '{"a": 1,} x',
]


@pytest.mark.parametrize(("text", "wanted"), ONE_READING)
def test_one_reading_is_certain(text: str, wanted: str) -> None:
    found = repairs(text)
    assert repaired(text, found) == wanted
    read(wanted.encode())
    with pytest.raises(JsonSyntaxError):
        read(text.encode())


@pytest.mark.parametrize("text", UNCERTAIN)
def test_nothing_is_guessed(text: str) -> None:
    assert repairs(text) == ()


TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+|\s+')
COMMENTS = ("// c, \"d\": 'e'", "# ]}", "/* x */", "/* {\n [*/", "<!-- y -->", "/**/")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def tokens(text: str) -> list[str]:
    return [token for token in TOKENS.findall(text) if not token.isspace()]


def damaged(text: str, rng: random.Random) -> str:
    """A JSON text with mistakes of every kind that has one reading."""
    done = []
    pieces = TOKENS.findall(text)
    for index, piece in enumerate(pieces):
        after = next((one for one in pieces[index + 1 :] if not one.isspace()), "")
        dropped = piece == "," and "\n" in pieces[index + 1] and rng.random() < 0.4
        if piece.startswith('"') and rng.random() < 0.4 and not re.search('[“”„‟«»]|\\\\"', piece):
            piece = f"“{piece[1:-1]}”"
        done.append("" if dropped else piece)
        if not piece.isspace() and piece not in (",", "[", "{", ":") and after in ("]", "}") and rng.random() < 0.5:
            done.append(rng.choice([",", " ,"]))
        if rng.random() < 0.2:
            comment = rng.choice(COMMENTS)
            done.append(f" {comment}" + "\n" * comment.startswith(("//", "#")))
    return "".join(done)


@given(VALUES, st.integers(0, 3), st.integers(0, 2**32))
def test_what_was_damaged_is_itself_again(value: Any, indent: int, seed: int) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    broken = damaged(text, random.Random(seed))
    whole = repaired(broken, repairs(broken))
    assert json.loads(whole) == value
    assert tokens(whole) == tokens(text)


@given(VALUES, st.integers(0, 2**32))
def test_repairs_are_apart_and_touch_only_mistakes(value: Any, seed: int) -> None:
    broken = damaged(json.dumps(value, indent=1, ensure_ascii=False), random.Random(seed))
    last = -1
    for start, end, text in repairs(broken):
        assert last < start <= end
        gone = re.sub("|".join(map(re.escape, COMMENTS)), "", broken[start:end])
        assert set(gone) <= set(" \t\r\n,“”") and set(text) <= set(',"')
        last = end


@given(st.text("{}[]:,\"'“”a1/*#\n -<!>tru\\", max_size=30))
def test_whatever_is_repaired_is_json(text: str) -> None:
    found = repairs(text)
    if found:
        json.loads(repaired(text, found))
        assert repairs(repaired(text, found)) == ()


@given(VALUES)
def test_json_needs_no_repair(value: Any) -> None:
    assert repairs(json.dumps(value)) == ()
