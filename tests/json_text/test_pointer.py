import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.json_text import escape, join, lookup, split

# The document and the pointers of RFC 6901, section 5.
EXAMPLE = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}


PARTS = st.text(alphabet="ab01~/é ")


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", EXAMPLE),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/e^f", 3),
        ("/g|h", 4),
        ("/i\\j", 5),
        ('/k"l', 6),
        ("/ ", 7),
        ("/m~0n", 8),
    ],
)
def test_looks_up_the_examples_of_the_standard(pointer: str, value: object) -> None:
    assert lookup(EXAMPLE, pointer) == value


@pytest.mark.parametrize(
    "pointer",
    ["/absent", "/foo/2", "/foo/-1", "/foo/01", "/foo/1_0", "/foo/\u0660", "/foo/-", "/foo/0/0", "//0"],
)
def test_finds_nothing_where_there_is_nothing(pointer: str) -> None:
    with pytest.raises(LookupError):
        lookup(EXAMPLE, pointer)


def test_a_pointer_starts_with_a_slash() -> None:
    with pytest.raises(ValueError, match="does not start with /"):
        split("foo")


@given(st.lists(PARTS))
def test_splits_what_was_joined(parts: list[str]) -> None:
    assert split(join("", *parts)) == tuple(parts)


@given(st.lists(PARTS), PARTS)
def test_joins_to_a_pointer(parts: list[str], last: str) -> None:
    assert join(join("", *parts), last) == join("", *parts, last) == f"{join('', *parts)}/{escape(last)}"


def test_joins_an_index() -> None:
    assert join("/list", 0, "name") == "/list/0/name"
