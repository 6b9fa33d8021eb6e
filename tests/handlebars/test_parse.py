import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handlebars.templates import cases
from toolkit.handlebars import HandlebarsError, parse
from toolkit.handlebars.errors import position
from toolkit.handlebars.nodes import (
    Block,
    Call,
    Content,
    Decorator,
    Expression,
    Literal,
    Mustache,
    Partial,
    Path,
    Program,
)

REFUSED = [
    ("x {{name", 1, 9, "`{{` is never closed"),
    ("https://{{site}.example", 1, 15, "`{{` is never closed"),
    ("{{site}.example/{{key}}", 1, 7, "a single `}` does not close a mustache"),
    ("{{a}}}", 1, 4, "`{{` is closed by `}}}`"),
    ("{{{a}}", 1, 5, "`{{{` is closed by `}}`"),
    ("{{}}", 1, 3, "there is nothing in the mustache"),
    ("{{a b=}}", 1, 7, "the mustache ends too early"),
    ("{{a (b}}", 1, 7, "the mustache ends too early"),
    ("{{a,b}}", 1, 4, "unexpected `,` in a mustache"),
    ("{{#if a == b}}{{/if}}", 1, 10, "unexpected `=` in a mustache"),
    ("{{list.0}}", 1, 8, "unexpected `0` in a mustache"),
    ("{{queryEncode 'a}} {{b}}", 1, 15, "`'` is never closed"),
    ("{{[a b}}", 1, 3, "`[` is never closed"),
    ("{{a.this}}", 1, 3, "`this` may only start a path, not end `a.this`"),
    ("{{#each a as |x}}{{/each}}", 1, 16, "the mustache ends too early"),
    ("{{a as |x|}}", 1, 5, "unexpected `as |` in a mustache"),
    ("{{else}}", 1, 1, "this `{{else}}` belongs to no block"),
    ("{{#if a}}{{else}}{{else}}{{/if}}", 1, 18, "this `{{else}}` belongs to no block"),
    ("a{{/if}}", 1, 2, "`{{/if}}` closes nothing"),
    ("{{#if a}}\n\nx", 3, 2, "`{{#if}}` of line 1 is never closed"),
    ("{{#if a}}\n{{#each b}}\n{{/if}}", 2, 4, "`{{#each}}` is closed by `{{/if}}`"),
    ("{{#if a}}{{/if a}}", 1, 16, "unexpected `a` in a mustache"),
    ("{{#*inline 'a'}}{{else}}{{/inline}}", 1, 1, "an inline partial has no `{{else}}`"),
    ("{{!-- a }}", 1, 1, "the comment is never closed"),
    ("{{{{a}}}} b", 1, 10, "the raw block is never closed"),
    ("é😀{{\na\n,}}", 2, 2, "unexpected `,` in a mustache"),
    ("a\0b", 1, 2, "a NUL character is not allowed here"),
]


@pytest.mark.parametrize(("template", "line", "column", "message"), REFUSED)
def test_says_what_is_wrong_and_where(template: str, line: int, column: int, message: str) -> None:
    with pytest.raises(HandlebarsError) as caught:
        parse(template)
    error = caught.value
    assert (str(error), error.phase, error.line, error.column) == (message, "parse", line, column)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_any_line_break_ends_a_line(line_break: str) -> None:
    assert position(f"a{line_break}{line_break}bc", 2 + 2 * len(line_break)) == (3, 2)


@given(st.text("ab\r\n"), st.integers(0, 20))
def test_a_position_leads_back_to_the_offset(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    line, column = position(text, offset)
    lines = (text[:offset] + "|").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert (line, column) == (len(lines), len(lines[-1]))


def test_a_template_is_parsed_once() -> None:
    assert parse("{{a}} once") is parse("{{a}} once")


def check_expression(text: str, node: Expression) -> None:
    written = text[node.start : node.end]
    if isinstance(node, Path):
        assert written[0] in "@.[" or node.original[0] == written[0] or written[0] in "'\""
        assert written == written.strip()
    elif isinstance(node, Literal):
        assert written[0] in "\"'" or written[0].isalnum() or written[0] == "-"
    else:
        assert written[0] == "(" and written[-1] == ")"
        check_call(text, node)


def check_call(text: str, call: Call) -> None:
    check_expression(text, call.path)
    for argument in (*call.params, *call.hash.values()):
        assert call.start <= argument.start < argument.end <= call.end
        check_expression(text, argument)


def check_program(text: str, program: Program) -> None:
    """Every node stands where it says it stands, and within its parent, in order."""
    end = 0
    for node in program.body:
        assert end <= node.start < node.end <= len(text)
        end = node.end
        written = text[node.start : node.end]
        if isinstance(node, Content):
            assert node.value in node.original
            assert written.rstrip("\\") == node.original.rstrip("\\")
            continue
        assert written.startswith("{{") and written.endswith("}}")
        if isinstance(node, Mustache | Block | Decorator):
            check_call(text, node.call)
        if isinstance(node, Partial):
            check_expression(text, node.name)
        for name in ("program", "inverse"):
            if branch := getattr(node, name, None):
                check_program(text, branch)


def test_nodes_stand_where_they_say() -> None:
    parsed = 0
    for case in cases(600, seed=7):
        try:
            program = parse(case.template)
        except HandlebarsError:
            continue
        check_program(case.template, program)
        parsed += 1
    assert parsed > 300
