import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.svg.css import MAX_CSS, Styles, is_plain_value, sheet_faults, unescape, value_faults


@pytest.mark.parametrize(
    ("css", "text"),
    [
        ("a", "a"),
        (r"\75rl", "url"),
        (r"\75 rl", "url"),
        (r"\000075rl", "url"),
        (r"\u", "u"),
        (r"\d800", "\ufffd"),
        (r"\0", "\ufffd"),
    ],
)
def test_unescape(css: str, text: str) -> None:
    assert unescape(css) == text


@pytest.mark.parametrize(
    "css",
    [
        "fill:url(#a)",
        "fill:url( '#a' ) red",
        "fill:rgb(1, 2, 3)",
        "font-family:'a(b', \"@import\"",
        "fill:red/* url(a) @import */",
        "a: \\28 b",
        "",
    ],
)
def test_values_that_only_style(css: str) -> None:
    assert list(value_faults(css)) == []


@pytest.mark.parametrize(
    ("css", "snippets"),
    [
        ("fill:url(a);stroke:url(b)", ["url(a)", "url(b)"]),
        ("fill:url(#a) url(b)", ["url(b)"]),
        ("fill:u\\72l(a)", ["u\\72l(a)"]),
        ("fill:url(a", ["url(a"]),
        ("fill:evil(url(a))", ["evil("]),
        ("behavior:x;-MOZ-BINDING:y", ["behavior", "-MOZ-BINDING"]),
        ("@import 'a'", ["@import"]),
        ("a<b", ["<"]),
    ],
)
def test_values_that_do_more(css: str, snippets: list[str]) -> None:
    assert [fault.snippet for fault in value_faults(css)] == snippets


@pytest.mark.parametrize(
    "css",
    [
        ".a, #b > g:hover, rect[x='body'], *, :root, svg|path, .c::before{fill:red}",
        "@media (min-width: 1px) and (color){.a{fill:red}}",
        "@keyframes a{from{opacity:0}40%{opacity:1}to{opacity:.5}}",
        ".a:nth-child(odd):not(.b):lang(en){fill:red}",
        ".a{color:red;&:hover{fill:blue}}",
        "@font-face{font-family:a;src:local('a')}",
    ],
)
def test_sheets_that_style_the_drawing(css: str) -> None:
    assert list(sheet_faults(css)) == []


@pytest.mark.parametrize("css", ["body{}", ".a, p{}", ".a div{}", ":is(body){}", "@media all{html{}}", "g{}h1{}"])
def test_sheets_that_style_the_page(css: str) -> None:
    [fault] = sheet_faults(css)
    assert fault.kind == "style"
    assert "would change the page" in fault.message


@settings(max_examples=100)
@given(st.text("url(#a)'\"\\;:{}/* \n7"), st.text("\\;:{}/* \n7a"))
def test_nothing_before_an_unquoted_address_hides_it(before: str, after: str) -> None:
    """Whatever stands before: unless it is in a comment or a string, the address is seen."""
    css = f"{before};fill:url(https://acme.example/){after}"
    if not set(before) & set("'\"*(\\"):
        assert any(fault.kind == "external-reference" for fault in value_faults(css))
    else:
        assert all(fault.snippet in css for fault in value_faults(css))


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("red", True),
        ("fill:url(#a_1.b);stroke:rgb(1, 2%, 3)", True),
        ("fill:hsla(1,2%,3%,.5) url(#a)", True),
        ("fill:url(a)", False),
        ("fill:url(#a", False),
        ("fill:rgb(url(a))", False),
        ("fill:translate(1px)", False),
        ("behavior:x", False),
        ("-moz-binding:x", False),
        ("@import", False),
        ("\\75rl", False),
        ("<", False),
    ],
)
def test_plain_values(value: str, plain: bool) -> None:
    assert is_plain_value(value) == plain
    if plain:
        assert list(value_faults(f"/*(*/{value}")) == []


def test_styles_beyond_the_limit_are_refused_unread() -> None:
    styles = Styles()
    value = "a:translate(1px);" * 100
    assert [styles.value_faults(value) for _ in range(99)] == [()] * 99, "the same value counts once"
    faults = [fault for n in range(MAX_CSS // len(value) + 2) for fault in styles.value_faults(f"{value}b{n}:c")]
    assert [fault.message for fault in faults][:1] == [f"the styles have over {MAX_CSS} characters, the limit"]
    assert [fault.kind for fault in styles.sheet_faults("g{transform:none(1)}")] == ["style"]
    assert list(styles.sheet_faults(".a{fill:url(#b)}")) == []
