import base64
import json
import math
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.json_text import JsonSyntaxError, join, lookup, read
from toolkit.json_text.scanner import Node, Unexpected, scan

TEXT = st.text(alphabet="ab~/ \\\"'\n\té漢😀\x7f\u2028\ufeff", max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(TEXT, parts, max_size=4),
    max_leaves=12,
)
SPACES = st.sampled_from(["", " ", "\t", "\n", "\r\n", "  \n"])
FRAGMENTS = st.sampled_from([
    '"', "\\", "'", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e5", "1", "+", "/", "/*", "#", "null",
    "tru", "NaN", "Infinity", "\n", "\t", "\0", "\x1f", "\x7f", "\u00a0", "\u2028", "\ufeff", "é",
    "\\u12", "\\ud800", "\\x",
])  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> str:
    """JSON in one of many layouts."""
    space, colon, comma = draw(SPACES), draw(SPACES), draw(SPACES)
    value = draw(VALUES)
    ascii_only = draw(st.booleans())
    text = json.dumps(value, ensure_ascii=ascii_only, separators=(f"{comma},{space}", f"{space}:{colon}"))
    return space + text + comma


@st.composite
def damaged_texts(draw: st.DrawFn) -> str:
    """JSON with a few things cut out and put in."""
    text = draw(texts())
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 3)))
        text = text[:start] + draw(st.just("") | FRAGMENTS) + text[end:]
    return text


ACCEPTED = [
    "0", "-0", "-0.0e-0", "1e400", "1E+2", "1" * 10_000, "0." + "3" * 5_000, '"\\ud800"', '"\\udc00\\ud800"',
    '"\x7f"', '"\u2028\u2029"', '"\ufeff"', '"\\u0000"', '{"":{"":[]}}', '{"a":1,"a":2}', '{"__proto__":1}',
    " \t\r\n1 \t\r\n", "\ufeff[]", "\ufeff {}", "[" * 1500 + "]" * 1500, '{"a":' * 5000 + "1" + "}" * 5000,
]  # fmt: skip
REFUSED = [
    "", " ", "\ufeff", "\ufeff\ufeff1", "1\ufeff", "\u00a01", "1\u00a0", "\u20281", "\x0b1", "\x0c1", "01",
    "-01", "1.", ".5", "+1", "-", "--1", "1e", "1e+", "0x1", "1_0", "1,", "NaN", "Infinity", "-Infinity",
    "nan", "True", "nulll", "nul", "truefalse", "'a'", '"', '"\\"', '"a', '"\t"', '"\n"', '"\0"', '"\x1f"',
    '"\\x41"', '"\\u12"', '"\\u+123"', '"\\u 123"', '"\\uD83', "[", "]", "[1,]", "[,1]", "[1,,2]", "[1 2]",
    "[1}", "{", "}", "{a:1}", '{"a"}', '{"a",1}', '{"a":}', '{"a":1,}', '{,"a":1}', '{"a":1 "b":2}',
    '{"a"::1}', '{1:1}', "{}{}", "{} x", "// c\n1", "1 /* c */", "1 # c", "\0", "1\0", "\u0663", "\uff11",
    "1\u0663", "[" * 1500, '{"a":' * 5000,
]  # fmt: skip


def accepts(data: bytes) -> bool:
    try:
        read(data)
    except JsonSyntaxError as error:
        assert 0 <= error.offset <= error.offset + error.length <= len(error.text)
        assert str(error)
        assert error.help
        return False
    return True


@pytest.mark.parametrize("text", ACCEPTED, ids=lambda text: ascii(text[:20]))
def test_accepts(text: str) -> None:
    assert read(text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: ascii(text[:20]))
def test_refuses(text: str) -> None:
    with pytest.raises(JsonSyntaxError):
        read(text.encode())


def test_the_tables_are_right_about_javascript(js_accepts: Callable[[object], object]) -> None:
    verdicts = {text: js_accepts(base64.b64encode(text.encode()).decode()) for text in ACCEPTED + REFUSED}
    assert verdicts == dict.fromkeys(ACCEPTED, True) | dict.fromkeys(REFUSED, False)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=20) | damaged_texts().map(str.encode) | texts().map(lambda text: text.encode("utf-16")))
def test_judges_as_javascript_does(js_accepts: Callable[[object], object], data: bytes) -> None:
    assert accepts(data) == js_accepts(base64.b64encode(data).decode())


def same(one: object, other: object) -> bool:
    return repr(one) == repr(other)


@given(texts() | damaged_texts())
@example("[1e400, -0, 1.0, 123456789012345, 1234567890123456, -12345678901234, " + "9" * 400 + "]")
@example('{"a": 1, "b": 2, "a": {"\\ud83d\\ude00": "\\ud800"}}')
def test_the_quick_reader_and_the_scanner_agree(text: str) -> None:
    try:
        root = scan(text.removeprefix("\ufeff"))
    except Unexpected:
        assert not accepts(text.encode())
    else:
        assert same(read(text.encode()).value, root.value)


@given(VALUES)
def test_reads_what_was_written(value: object) -> None:
    expected = json.loads(
        json.dumps(value), parse_int=lambda digits: float(digits) if len(digits) > 15 else int(digits)
    )
    assert same(read(json.dumps(value).encode()).value, expected)


def every_node(node: Node, pointer: str = "") -> list[tuple[str, Node]]:
    found = [(pointer, node)]
    for place, child in enumerate(node.children):
        found += every_node(child, join(pointer, child.key.name if child.key else place))
    return found


@given(texts())
def test_every_span_holds_its_value_and_every_key_span_its_key(text: str) -> None:
    document = read(text.encode())
    for pointer, node in every_node(document.root):
        span, key_span = document.span(pointer), document.key_span(pointer)
        assert span == (node.start, node.end)
        assert same(read(text[node.start : node.end].encode()).value, lookup(document.value, pointer))
        assert (key_span is None) == (node.key is None)
        if key_span:
            assert json.loads(text[slice(*key_span)]) == (node.key and node.key.name)


def test_spans_point_at_keys_and_values() -> None:
    text = '{"name": "Acme", "list": [10, {"a/b": null}]}'
    document = read(text.encode())

    def cut(span: tuple[int, int] | None) -> str | None:
        return text[slice(*span)] if span else None

    assert cut(document.span("")) == text
    assert cut(document.span("/name")) == '"Acme"'
    assert cut(document.key_span("/name")) == '"name"'
    assert cut(document.span("/list/1/a~1b")) == "null"
    assert cut(document.key_span("/list/1/a~1b")) == '"a/b"'
    assert cut(document.span("/list/0")) == "10"
    for nowhere in ["/list/2", "/list/-1", "/list/00", "/name/0", "/absent", "/list/1/absent"]:
        assert document.span(nowhere) is document.key_span(nowhere) is None
    assert document.key_span("") is document.key_span("/list/0") is None


def test_finds_duplicate_keys_at_any_depth() -> None:
    text = '{"a": 1, "b": [{"x~": 1, "x~": 2, "x\\u007e": 3}], "a": {"c": 1}}'
    document = read(text.encode())
    assert document.value == {"a": {"c": 1}, "b": [{"x~": 3}]}
    assert [
        (duplicate.pointer, text[slice(*duplicate.span)], duplicate.span.start, duplicate.first.start)
        for duplicate in document.duplicates
    ] == [("/b/0/x~0", '"x~"', 25, 16), ("/b/0/x~0", '"x\\u007e"', 34, 16), ("/a", '"a"', 50, 1)]


@given(texts())
def test_finds_no_duplicates_where_there_are_none(text: str) -> None:
    assert read(text.encode()).duplicates == ()


def test_reads_100_000_levels() -> None:
    document = read(b"[" * 100_000 + b"]" * 100_000)
    assert document.span("/0" * 500) == (500, 199_500)


def test_finds_duplicates_5_000_levels_down() -> None:
    document = read(b'{"a":' * 5000 + b'{"b": 1, "b": 2}' + b"}" * 5000)
    assert [duplicate.pointer for duplicate in document.duplicates] == ["/a" * 5000 + "/b"]


def test_more_than_100_000_levels_are_an_error() -> None:
    with pytest.raises(JsonSyntaxError, match="nested more than 100,000 levels deep"):
        read(b"[" * 100_001 + b"]" * 100_001)


def test_numbers_are_as_in_javascript() -> None:
    value = read(b"[1, -0, 1.0, 1e400, -1e400, 9007199254740993]").value
    assert same(value, [1, 0, 1.0, math.inf, -math.inf, 9007199254740992.0])


def test_a_bom_is_not_part_of_the_text() -> None:
    document = read(b'\xef\xbb\xbf{"a": 1}')
    assert document.bom
    assert document.text == '{"a": 1}'
    assert document.span("/a") == (6, 7)
    assert not read(b"{}").bom


def test_bad_utf8_is_read_and_reported() -> None:
    document = read(b'\xef\xbb\xbf["\xff", "\xef\xbf\xbd", "\xe2\x82", "\xc3\xa9"]')
    assert document.value == ["\ufffd", "\ufffd", "\ufffd", "é"]
    assert document.bad_utf8
    good = read('["\ufffd"]'.encode())
    assert not good.bad_utf8


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_names_other_encodings(encoding: str) -> None:
    with pytest.raises(JsonSyntaxError) as caught:
        read('{"a": 1}'.encode(encoding))
    assert str(caught.value) == f"file is {encoding[:6].upper()}, must be UTF-8"
    assert caught.value.help == "save it as UTF-8"
    assert (caught.value.offset, caught.value.length) == (0, 0)
