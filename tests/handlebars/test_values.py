import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.handlebars.numbers import number_text, read_number
from toolkit.handlebars.properties import has, lookup
from toolkit.handlebars.values import UNDEFINED, Boxed, add, alike, is_empty, is_truthy, ordered_keys, same, to_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (1e21, "1e+21"),
        (123456789012345680000, "123456789012345680000"),
        (2**53 + 1, "9007199254740992"),
        (10**400, "Infinity"),
        (1.5e-7, "1.5e-7"),
        (0.000001, "0.000001"),
        (-12.5, "-12.5"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (math.nan, "NaN"),
        (-math.inf, "-Infinity"),
    ],
)
def test_numbers_print_as_in_javascript(number: float, text: str) -> None:
    assert number_text(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_printed_number_reads_back(number: float) -> None:
    assert read_number(number_text(number)) == number


@given(st.integers(-(2**53), 2**53))
def test_integers_print_plainly(number: int) -> None:
    assert number_text(number) == str(number) == number_text(float(number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        (" 12 \n", 12),
        ("0x1F", 31),
        ("0b11", 3),
        ("-Infinity", -math.inf),
        ("1e3", 1000),
        (".5", 0.5),
        ("5.", 5),
    ],
)
def test_text_reads_as_a_number(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["a", "1_000", "nan", "inf", "0x", "0x_1", "1 2", "-0x1", "1e", "+-1", "."])
def test_other_text_is_no_number(text: str) -> None:
    assert math.isnan(read_number(text))


@pytest.mark.parametrize("value", ["a", "0", 1, -1.5, True, [], {}, [0], Boxed(""), Boxed(0)])
def test_truth(value: object) -> None:
    assert is_truthy(value)


@pytest.mark.parametrize("value", ["", 0, 0.0, math.nan, False, None, UNDEFINED])
def test_falsehood(value: object) -> None:
    assert not is_truthy(value)


def test_emptiness() -> None:
    assert all(map(is_empty, ("", None, UNDEFINED, False, math.nan, [])))
    assert not any(map(is_empty, (0, 0.0, "0", {}, [0], True)))


def test_objects_go_through_integers_first() -> None:
    assert ordered_keys(["b", "10", "01", "2", "a", "4294967295", "-1", ""]) == [
        *("2", "10", "b", "01", "a", "4294967295", "-1", "")
    ]


def test_equality() -> None:
    one: list[object] = [1]
    assert same(1, 1.0) and same("a", "a") and same(one, one) and same(None, None) and same(UNDEFINED, UNDEFINED)
    assert not any((same(1, True), same(1, "1"), same(one, [1]), same(None, UNDEFINED), same(math.nan, math.nan)))
    assert alike(1, "1") and alike(True, 1) and alike(None, UNDEFINED) and alike(["a"], "a") and alike(Boxed(1), 1)
    assert not any((alike(None, 0), alike({}, {}), alike("a", 0), alike([], None)))


def test_addition() -> None:
    assert [add(1, 2), add(True, 1), add(1, None), add(Boxed(1), 1)] == [3, 2, 1, 2]
    assert [add(1, "2"), add([1, [2, None]], 3), add({}, ""), add("", None)] == [
        "12",
        "1,2,3",
        "[object Object]",
        "null",
    ]


def test_text() -> None:
    assert to_text([None, UNDEFINED, [True, {}], 1.0]) == ",,true,[object Object],1"
    assert to_text(object()) == "[object Object]"


def test_only_own_properties_have_values_but_inherited_ones_exist() -> None:
    assert (lookup({"a": 1}, "a"), lookup([5], "0"), lookup([5], "length"), lookup("a😀", "length")) == (1, 5, 1, 3)
    assert lookup("a😀", "1") == "\ud83d"
    owners: list[object] = [{}, [], "a", 1, True]
    assert [lookup(owner, "toString") for owner in owners] == [UNDEFINED] * 5
    assert has({}, "toString") and has([], "map") and has(Boxed("a"), "trim") and has(Boxed(1), "toFixed")
    assert not (has({}, "map") or has([], "trim") or has([], "0") or has(Boxed(True), "toFixed"))
