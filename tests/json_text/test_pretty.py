import json
import re
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import LditError
from toolkit.json_text import JsonSyntaxError, dumps, pretty, read

TEXT = st.text(alphabet="ab/ \"'\\\té漢😀\u0301\x7f\u2028", max_size=4)
LONG_TEXT = st.builds(lambda text, length: text + "x" * length, TEXT, st.integers(0, 78))
NUMBERS = st.integers(-9999, 999_999) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = NUMBERS | TEXT | LONG_TEXT | st.sampled_from([None, True, False])
VALUES = st.recursive(
    SCALARS,
    lambda parts: (
        st.lists(parts, max_size=5)
        | st.dictionaries(TEXT | LONG_TEXT, parts, max_size=4)
        | st.lists(NUMBERS, max_size=20)
        | st.lists(st.dictionaries(TEXT, parts, max_size=3), max_size=3)
    ),
    max_leaves=15,
)
SPACES = ["", "", "", "", " ", "\t", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", " \n \t\n ", "\n\n\n"]
TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\[\]{}:,"]+')


def layouts(value: object, spaces: list[str]) -> Iterator[str]:
    """JSON text for a value, laid out in several ways, in the last with ``spaces`` between the tokens."""
    yield json.dumps(value, separators=(",", ":"))
    yield json.dumps(value, ensure_ascii=False).replace("/", "\\/")
    for indent in (2, 4, "\t"):
        yield json.dumps(value, ensure_ascii=False, indent=indent)
    tokens = TOKENS.findall(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    yield "".join(token + space for token, space in zip(tokens, cycle(spaces), strict=False))


@settings(max_examples=350, deadline=None)
@given(VALUES, st.lists(st.sampled_from(SPACES), min_size=1, max_size=25))
def test_prints_what_prettier_prints(
    prettier_format: Callable[[object], object], value: object, spaces: list[str]
) -> None:
    for text in layouts(value, spaces):
        assert pretty(text) == prettier_format(text)


@given(VALUES, st.lists(st.sampled_from(SPACES), min_size=1, max_size=25))
def test_changes_no_value_and_nothing_when_printed_again(value: object, spaces: list[str]) -> None:
    for text in layouts(value, spaces):
        printed = pretty(text)
        assert repr(read(printed.encode()).value) == repr(read(text.encode()).value)
        assert pretty(printed) == printed


# What prettier 2 prints for each.
CASES = {
    "1": "1",
    "-0": "-0",
    "1.0": "1.0",
    "1.50": "1.5",
    "10.00": "10.0",
    "1E5": "1e5",
    "1e+05": "1e5",
    "-1.5E-010": "-1.5e-10",
    "1.00e00": "1.0",
    '"\\/\\u002f\\u00e9\\\\/"': '"/\\u002f\\u00e9\\\\/"',
    "{}": "{}",
    "{\n}": "{}",
    "[ \n ]": "[]",
    '{"a":1,"a":{}}': '{ "a": 1, "a": {} }',
    '{\n"a":[{"b":1}]}': '{\n  "a": [{ "b": 1 }]\n}',
    '{"a":\n{"b":1\n}}': '{ "a": { "b": 1 } }',
    '{"a":{\r"b":1}}': '{\n  "a": {\n    "b": 1\n  }\n}',
    '{"a":1,\n\n\n"b":2,"c":3}': '{\n  "a": 1,\n\n  "b": 2,\n  "c": 3\n}',
    '{"a":1\n\n,"b":2}': '{\n  "a": 1,\n\n  "b": 2\n}',
    '{"a":1\n,\n"b":2}': '{ "a": 1, "b": 2 }',
    '["a",\n\n"b"]': '["a", "b"]',
    "[1,\n\n2,3]": "[\n  1,\n\n  2, 3\n]",
    "[1,\r\n\t\r\n2]": "[\n  1,\n\n  2\n]",
    "[1\r\n,\r\n2]": "[1, 2]",
    "[[1,2],[3,4]]": "[\n  [1, 2],\n  [3, 4]\n]",
    "[[1,2],\n\n[3,4]]": "[\n  [1, 2],\n\n  [3, 4]\n]",
    "[[1,2],[3]]": "[[1, 2], [3]]",
    "[[1,2]]": "[[1, 2]]",
    '[{"a":1,"b":2},{"a":1,"b":2}]': '[\n  { "a": 1, "b": 2 },\n  { "a": 1, "b": 2 }\n]',
    '[{"a":1,"b":2},[1,2]]': '[{ "a": 1, "b": 2 }, [1, 2]]',
    f'["{"x" * 76}"]': f'["{"x" * 76}"]',
    f'["{"x" * 77}"]': f'[\n  "{"x" * 77}"\n]',
    f'["{"漢" * 38}"]': f'["{"漢" * 38}"]',
    f'["{"漢" * 38}x"]': f'[\n  "{"漢" * 38}x"\n]',
    f'{{"a":"{"x" * 69}"}}': f'{{ "a": "{"x" * 69}" }}',
    f'{{"a":"{"x" * 70}"}}': f'{{\n  "a": "{"x" * 70}"\n}}',
    f"[{','.join(['1234'] * 14)}]": f"[\n  {', '.join(['1234'] * 13)},\n  1234\n]",
    f"[{','.join(['123'] * 17)}]": f"[\n  {', '.join(['123'] * 15)},\n  123, 123\n]",
    "\ufeff [1]": "\ufeff[1]",
}


@pytest.mark.parametrize("text", CASES, ids=lambda text: ascii(text[:30]))
def test_prints(text: str) -> None:
    assert pretty(text) == CASES[text] + "\n"


def test_the_cases_are_right_about_prettier(prettier_format: Callable[[object], object]) -> None:
    assert {text: prettier_format(text) for text in CASES} == {text: printed + "\n" for text, printed in CASES.items()}


def test_accepted_manifests_stay_as_they_are(corpus: Path) -> None:
    manifests = [path.read_bytes().decode() for path in corpus.glob("integrations/*/manifest.json")]
    assert manifests
    assert [pretty(text) for text in manifests] == manifests


@pytest.mark.parametrize("text", ["", "{", "[1,]", '{"a": 1} // note', "\ufeff\ufeff1"])
def test_what_is_not_json_is_an_error(text: str) -> None:
    with pytest.raises(JsonSyntaxError):
        pretty(text)


def test_prints_1_000_levels_and_no_more() -> None:
    assert pretty("[" * 1000 + "]" * 1000).count("\n") == 1999
    with pytest.raises(JsonSyntaxError, match="nested more than 1,000 levels deep"):
        pretty("[" * 1001 + "]" * 1001)


def test_dumps_opens_objects_out() -> None:
    value = {"name": "Ünïcode 😀 \ud800", "list": [1, 2], "empty": [{}, []], "nested": {"a": None}}
    assert dumps(value) == (
        '{\n  "name": "Ünïcode 😀 \\ud800",\n  "list": [1, 2],\n  "empty": [{}, []],\n'
        '  "nested": {\n    "a": null\n  }\n}\n'
    )


@given(VALUES)
def test_dumps_is_prettier_clean_and_can_be_read_back(value: object) -> None:
    printed = dumps(value)
    assert pretty(printed) == printed
    assert read(printed.encode()).value == read(json.dumps(value).encode()).value


def test_dumps_refuses_what_json_cannot_hold() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(float("inf"))
    deep: object = None
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(LditError, match="nested"):
        dumps(deep)
