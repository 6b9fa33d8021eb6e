import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.integration.markdown import Target, blanked, targets


def urls(text: str) -> list[str]:
    return [target.url for target in targets(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No link at all: nothing.", []),
        ("[Read on](https://acme.io/a).", ["https://acme.io/a"]),
        ('[Read on](https://acme.io/a "The title").', ["https://acme.io/a"]),
        ("[Read on](<https://acme.io/a b>).", ["https://acme.io/a b"]),
        ("[Read on]( https://acme.io/a_(b) ).", ["https://acme.io/a_(b)"]),
        ("[a](b) and [c](d)", ["b", "d"]),
        ("[Nowhere]().", [""]),
        ("![An image](a.png)", ["a.png"]),
        ("[![An image](a.png)](https://acme.io)", ["a.png", "https://acme.io"]),
        ("<https://acme.io/a>", ["https://acme.io/a"]),
        ("[Read on][1]\n\n[1]: https://acme.io/a", ["https://acme.io/a"]),
        ('<a href="https://acme.io/a">Read on</a>', ["https://acme.io/a"]),
        ("<img src='a.png'>", ["a.png"]),
        ("See https://acme.io/a?b=c#d.", ["https://acme.io/a?b=c#d"]),
        ("See https://acme.io/a, or http://acme.io!", ["https://acme.io/a", "http://acme.io"]),
        ("Enter https://<host>.acme.io or https://HOST_NAME.", []),
        ("Enter https://{COMPANY}.acme.io:8080/path.", []),
        ("javascript:alert and data:text/html,x", ["javascript:alert", "data:text/html,x"]),
        ("It shows data: numbers, and Javascript: code.", []),
    ],
)
def test_links_are_found(text: str, expected: list[str]) -> None:
    assert urls(text) == expected


def test_what_is_known_about_a_link() -> None:
    text = "See [the docs](https://acme.io), ![a logo](logo.svg) and https://acme.io/x."
    assert list(targets(text)) == [
        Target(15, 30, "https://acme.io", "the docs"),
        Target(43, 51, "logo.svg", "a logo", image=True),
        Target(57, 74, "https://acme.io/x", "https://acme.io/x", bare=True),
    ]


PIECES = st.sampled_from(["[", "]", "(", ")", "](", "<", ">", "!", "\\", "\n", " ", '"', "'", "`", "a", "é", "🦄", ":"])
WORDS = st.sampled_from(["https://acme.io", "http://", "javascript:x", "href='q'", "[a](b)", "[1]: c", "<b:c>"])


@given(st.lists(PIECES | WORDS).map("".join))
def test_a_link_stands_where_it_is_said_to_stand(text: str) -> None:
    found = list(targets(text))
    assert [text[target.start : target.end] for target in found] == [target.url for target in found]
    assert found == sorted(found)


@pytest.mark.parametrize(
    "piece", ["[", "](", "](a", "(", "[a](", "[](", "<a:", "https://a.", 'href="', "[a]: ", "a.a-"]
)
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    start = time.process_time()
    list(targets(piece * 20_000))
    assert time.process_time() - start < 2


@given(st.text(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)))
def test_blanking_keeps_lengths_and_lines(text: str, spans: list[list[int]]) -> None:
    result = blanked(text, [(start, end) for start, end in spans])
    assert len(result) == len(text)
    for offset, (old, new) in enumerate(zip(text, result, strict=True)):
        inside = any(start <= offset < end for start, end in spans)
        assert new == (" " if inside and not old.isspace() else old)
