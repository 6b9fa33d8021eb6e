import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handlebars.hostile import TEMPLATES
from tests.handlebars.templates import CONTEXTS, cases
from toolkit.handlebars import HandlebarsError, block_parameters, calls, comments, parse, references, render, texts

ROOT = Path(__file__).parents[2]
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def report() -> tuple[dict[str, tuple[str, float]], int]:
    """What came of each hostile template, in seconds of processor time, and the memory that the process took."""
    code = "from tests.handlebars.hostile import main; main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    *lines, memory = map(json.loads, done.stdout.splitlines())
    return {name: (verdict, seconds) for name, verdict, seconds in lines}, memory


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_hostile_template_ends_soon(name: str, report: tuple[dict[str, tuple[str, float]], int]) -> None:
    verdict, seconds = report[0][name]
    assert seconds < 1, verdict


def test_hostile_templates_take_little_memory(report: tuple[dict[str, tuple[str, float]], int]) -> None:
    assert report[1] < 200 * MEGABYTE


@pytest.mark.parametrize("name", ["nested blocks", "else if", "sub-expressions", "nested each", "mustaches"])
def test_passing_a_limit_is_said_so(name: str) -> None:
    with pytest.raises(HandlebarsError) as caught:
        render(TEMPLATES[name], {"a": list(range(100)), "b": True})
    assert caught.value.phase == "limit"


def test_nesting_up_to_the_limit_renders() -> None:
    depth = 95
    assert render("{{#if b}}" * depth + "x" + "{{/if}}" * depth, {"b": True}) == "x"
    assert render("{{#if c}}" + "{{else if c}}" * (depth - 1) + "{{else}}x{{/if}}", {"c": False}) == "x"
    nested = "(lookup " * depth + "b" + " 'c')" * depth
    assert render(f"{{{{#if {nested}}}}}{{{{else}}}}x{{{{/if}}}}", {"b": False}) == "x"


def test_a_deep_caller_is_no_crash() -> None:
    def deeper(levels: int) -> str:
        return deeper(levels - 1) if levels else render("{{#if b}}" * 90 + "x" + "{{/if}}" * 90, {"b": True})

    with pytest.raises(HandlebarsError) as caught:
        deeper(sys.getrecursionlimit() - 250)
    assert caught.value.phase == "limit"


def test_a_list_in_itself_is_no_crash() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(HandlebarsError, match="nested more than"):
        render("{{a}}", {"a": endless})


SCRAPS = st.sampled_from(
    [
        *("{{", "}}", "{{{", "}}}", "{{{{", "}}}}", "{{#", "{{/", "{{^", "{{>", "{{#>", "{{&", "{{!", "{{!--", "--}}"),
        *("{{else}}", "{{#*inline", "{{/inline}}", "if ", "each ", "with ", "lookup ", "equal ", "as |", "|", "(", ")"),
        *("a", "b", "xs", "this", ".", "..", "/", "@", "@index", "[", "]", "'", '"', "=", "~", "\\", " ", "\n", "\0"),
        *("1", "-1.5", "true", "null", "{{#if a}}", "{{/if}}", "{{#each xs}}", "{{/each}}"),
        *("{{{{raw}}}}", "{{{{/raw}}}}"),
    ]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abxs01", max_size=2), inner, max_size=3),
    max_leaves=8,
)


def judge(template: str, context: Any) -> None:
    """Renders and walks; whatever happens but a HandlebarsError fails the test."""
    try:
        assert isinstance(render(template, context), str)
    except HandlebarsError as error:
        assert error.line >= 1 and error.column >= 1 and 0 <= error.offset <= len(template)
        assert error.phase in ("parse", "render", "limit") and str(error)
    try:
        program = parse(template)
    except HandlebarsError:
        return
    spans = [(one.start, one.end) for walk in (references, calls, block_parameters) for one in walk(program)]
    spans += [(one.start, one.end) for one in texts(program)] + comments(template)
    assert all(0 <= start < end <= len(template) for start, end in spans)


@given(st.lists(SCRAPS, max_size=25).map("".join), VALUES)
def test_scraps_never_crash(template: str, context: Any) -> None:
    judge(template, context)


@given(st.text(), VALUES)
def test_text_without_mustaches_renders_itself(template: str, context: Any) -> None:
    judge(template, context)
    if "{{" not in template and "\0" not in template:
        assert render(template, context) == template


def test_random_templates_never_crash() -> None:
    for case in cases(500, seed=11):
        for context in CONTEXTS:
            judge(case.template, context)
