"""Markdown that can do no harm."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.preview.markdown import clipped, coded, inline, marked

LINK = '<a href="{}" rel="noopener noreferrer" target="_blank">x</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** *c* `d`", "a <strong>b</strong> <em>c</em> <code>d</code>"),
        ("[x](https://acme.example/?a=1&b=2)", LINK.format("https://acme.example/?a=1&amp;b=2")),
        ("[x](mailto:a@acme.example)", LINK.format("mailto:a@acme.example")),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](JaVaScRiPt:alert(1))", "[x](JaVaScRiPt:alert(1))"),
        ("[x](data:text/html,a)", "[x](data:text/html,a)"),
        ("[x](//acme.example)", "[x](//acme.example)"),
        ("a<br>b & c", "a&lt;br&gt;b &amp; c"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("![x](https://acme.example/x.png)", "!" + LINK.format("https://acme.example/x.png")),
        ("# no heading\n- no list", "# no heading\n- no list"),
    ],
)
def test_links_emphasis_and_code(text: str, html: str) -> None:
    assert inline(text) == html


@given(st.text(st.sampled_from("[]()<>*_`\\!:ajvscript&#x3a;\"'/ \n"), max_size=60))
def test_no_text_makes_more_than_that(text: str) -> None:
    for tag in re.findall(r"<[^>]*>", str(inline(text))):
        assert re.fullmatch(
            r'</?(?:em|strong|code|a)>|<a href="(?:https?:|mailto:)[^"<>]*" rel="[a-z ]+" target="_blank">', tag
        )


def test_names_are_marked_the_longest_first() -> None:
    assert marked("$A_B<$A", ["$A", "$A_B"]) == "<mark>$A_B</mark>&lt;<mark>$A</mark>"
    assert marked("<a>", []) == "&lt;a&gt;"


def test_code_in_a_message() -> None:
    assert coded("write `<b>` here") == "write <code>&lt;b&gt;</code> here"
    assert coded("one ` alone") == "one ` alone"


def test_a_long_text_is_clipped() -> None:
    assert clipped("abc", 3) == "abc"
    assert clipped("abcd" * 1000, 3) == "abc… (3,997 more characters)"
