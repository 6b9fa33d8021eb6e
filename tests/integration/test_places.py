"""From symbolic places to lines and columns."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.finding import Edit, Place, Region
from toolkit.integration import Integration, places

TEXT = '{\n  "name": "a\\u00e9\\n\\ud83d\\ude00z",\n  "links": {"site": "https://acme.example"}\n}\n'


def region(place: Place, text: str = TEXT) -> Region | None:
    return Integration.from_files("acme", {"manifest.json": text.encode()}).region(place)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("manifest.json", "/name"), Region(2, 11, 2, 35)),
        (Place("manifest.json", "/name", key=True), Region(2, 3, 2, 9)),
        (Place("manifest.json", "/name", span=(0, 1)), Region(2, 12, 2, 13)),
        (Place("manifest.json", "/name", span=(1, 2)), Region(2, 13, 2, 19)),
        (Place("manifest.json", "/name", span=(3, 4)), Region(2, 21, 2, 33)),
        (Place("manifest.json", "/name", span=(4, 99)), Region(2, 33, 2, 34)),
        (Place("manifest.json", "/links/none"), Region(3, 12, 3, 44)),
        (Place("manifest.json", "/none/deep"), Region(1, 1, 4, 2)),
        (Place("manifest.json", span=(0, 1)), Region(1, 1, 1, 2)),
        (Place("manifest.json"), None),
        (Place(""), None),
        (Place("absent.txt", span=(0, 1)), None),
    ],
)
def test_a_place_is_a_region(place: Place, expected: Region | None) -> None:
    assert region(place) == expected


@given(st.text(max_size=30), st.booleans(), st.data())
def test_a_span_of_a_string_is_found_behind_its_escapes(value: str, escaped: bool, data: st.DataObject) -> None:
    value = value.encode("utf-8", "replace").decode()
    at = data.draw(st.integers(0, len(value)))
    text = json.dumps({"name": value}, ensure_ascii=escaped)
    found = region(Place("manifest.json", "/name", span=(at, len(value))), text)
    assert found
    lines = text.split("\n")
    source = lines[0][found.column - 1 : found.end_column - 1]
    assert json.loads(f'"{source}"') == value[at:]


def test_a_long_string_is_gone_through_once_for_all_places() -> None:
    text = json.dumps({"name": "\n{{x}}" * 20_000})
    integration = Integration.from_files("acme", {"manifest.json": text.encode()})
    places._starts.cache_clear()
    for at in range(0, 120_000, 600):
        assert integration.region(Place("manifest.json", "/name", span=(at, at + 1)))
    assert places._starts.cache_info().misses == 1


def changed(text: str, edit: Edit) -> str:
    change = Integration.from_files("acme", {"manifest.json": text.encode()}).change(edit)
    assert change
    return text[: change.start] + change.text + text[change.end :]


@pytest.mark.parametrize(
    ("text", "pointer", "expected"),
    [
        ('{"a": 1, "b": 2}', "/a", '{"b": 2}'),
        ('{"a": 1 ,\r\n "b": 2}', "/b", '{"a": 1 }'),
        ('{\n  "a": 1,\n  "b": 2\n}', "/b", '{\n  "a": 1\n}'),
        ('{\n  "a": 1\n}', "/a", "{\n  \n}"),
        ("[1, 2 , 3]", "/2", "[1, 2 ]"),
        ("[[1]]", "/0/0", "[[]]"),
    ],
)
def test_a_member_goes_with_its_comma(text: str, pointer: str, expected: str) -> None:
    assert changed(text, Edit(Place("manifest.json", pointer), None)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', '{"a": 1,"b": 2}'),
        ('{ "a": 1 }', '{ "a": 1, "b": 2 }'),
        ('{\n\n\t"a": 1\n}', '{\n\n\t"a": 1,\n\t"b": 2\n}'),
        ('{\r\n  "a": 1\r\n}', '{\r\n  "a": 1,\r\n  "b": 2\r\n}'),
        ('{\r  "a": 1\r}', '{\r  "a": 1,\r  "b": 2\r}'),
    ],
)
def test_a_new_member_is_indented_as_the_one_before(text: str, expected: str) -> None:
    assert changed(text, Edit(Place("manifest.json", "/a"), '"b": 2', after=True)) == expected
