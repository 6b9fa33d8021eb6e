import pytest

from toolkit.handlebars import ITEM, Steps, block_parameters, calls, comments, parse, references, texts

RESOLVED: list[tuple[str, list[tuple[str, Steps | None]]]] = [
    ("{{a}}{{{b.c}}}", [("a", ("a",)), ("b.c", ("b", "c"))]),
    ("{{this.a}}{{./a}}{{this}}{{.}}", [("this.a", ("a",)), ("./a", ("a",)), ("this", ()), (".", ())]),
    ("{{a.[b c]}}{{'quoted'}}", [("a.b c", ("a", "b c")), ("quoted", ("quoted",))]),
    ("{{#if a}}{{b}}{{else if c}}{{d}}{{else}}{{e}}{{/if}}", [(name, (name,)) for name in "abcde"]),
    ("{{#equal a 'x'}}{{b}}{{else}}{{c}}{{/equal}}", [(name, (name,)) for name in "abc"]),
    ("{{queryEncode a}}{{pathEncode (lookup b c)}}", [(name, (name,)) for name in "abc"]),
    ("{{#each a}}{{b}}{{this}}{{else}}{{c}}{{/each}}", [
        ("a", ("a",)), ("b", ("a", ITEM, "b")), ("this", ("a", ITEM)), ("c", ("c",)),
    ]),
    ("{{#each a}}{{#each b}}{{c}}{{../d}}{{../../e}}{{../../../f}}{{/each}}{{/each}}", [
        ("a", ("a",)), ("b", ("a", ITEM, "b")), ("c", ("a", ITEM, "b", ITEM, "c")),
        ("../d", ("a", ITEM, "d")), ("../../e", ("e",)), ("../../../f", ("../../../f",)),
    ]),
    ("{{#with a}}{{b}}{{../c}}{{#with this}}{{../d}}{{/with}}{{else}}{{e}}{{/with}}", [
        ("a", ("a",)), ("b", ("a", "b")), ("../c", ("c",)), ("this", ("a",)), ("../d", ("d",)), ("e", ("e",)),
    ]),
    ("{{#each a as |x i|}}{{x.b}}{{i}}{{../c}}{{#if y}}{{x}}{{/if}}{{else}}{{x}}{{/each}}", [
        ("a", ("a",)), ("x.b", ("a", ITEM, "b")), ("i", None), ("../c", ("c",)),
        ("y", ("a", ITEM, "y")), ("x", ("a", ITEM)), ("x", ("x",)),
    ]),
    ("{{#with a.b as |x|}}{{#each x.c}}{{x.d}}{{e}}{{/each}}{{/with}}", [
        ("a.b", ("a", "b")), ("x.c", ("a", "b", "c")), ("x.d", ("a", "b", "d")), ("e", ("a", "b", "c", ITEM, "e")),
    ]),
    ("{{@root.a}}{{@index}}{{#each b}}{{@root.c}}{{@index}}{{@../index}}{{@other}}{{/each}}", [
        ("@root.a", ("a",)), ("@index", ("@index",)), ("b", ("b",)), ("@root.c", ("c",)),
        ("@index", None), ("@../index", ("@../index",)), ("@other", ("@other",)),
    ]),
    ("{{#a}}{{b}}{{../c}}{{@index}}{{@root.d}}{{else}}{{e}}{{/a}}", [
        ("a", ("a",)), ("b", None), ("../c", None), ("@index", None), ("@root.d", ("d",)), ("e", ("e",)),
    ]),
    ("{{#each (lookup a 'b')}}{{c}}{{../d}}{{/each}}", [("a", ("a",)), ("c", None), ("../d", ("d",))]),
    ("{{#shout a}}{{b}}{{/shout}}", [("a", ("a",)), ("b", None)]),
    ("{{#*inline 'p'}}{{a}}{{/inline}}{{> p b c=d}}{{#> q}}{{e}}{{/q}}", [
        ("a", None), ("b", ("b",)), ("d", ("d",)), ("e", None),
    ]),
    ("{{^a}}{{b}}{{/a}}{{#unless c}}{{d}}{{/unless}}", [(name, (name,)) for name in "abcd"]),
]  # fmt: skip


@pytest.mark.parametrize(("template", "wanted"), RESOLVED)
def test_variables_lead_somewhere(template: str, wanted: list[tuple[str, Steps | None]]) -> None:
    assert [(found.name, found.resolved) for found in references(parse(template))] == wanted


def test_variables_have_a_place_and_a_role() -> None:
    text = "é {{a}} {{{ b.c }}} {{& d}} {{#e}}{{/e}} {{#if f}}{{/if}} {{{queryEncode g}}} {{queryEncode h x=i}}"
    found = list(references(parse(text)))
    assert [text[one.start : one.end] for one in found] == ["a", "b.c", "d", "e", "f", "g", "h", "i"]
    assert [one.role for one in found] == [*["printed"] * 3, "section", *["argument"] * 4]
    assert [one.raw for one in found] == [False, True, True, False, False, True, False, False]


def test_a_name_is_a_helper_only_if_it_is_one() -> None:
    program = parse("{{shout}}{{queryEncode}}{{if}}")
    assert [found.name for found in references(program)] == ["shout"]
    assert [found.name for found in references(program, helpers={"shout"})] == ["queryEncode"]


def test_calls_say_how_a_helper_is_called() -> None:
    text = "{{#equal a b}}{{else}}{{/equal}}{{#if (shout 1)}}{{queryEncode c}}{{/if}}{{a.b c}}{{plain}}"
    found = [(one.name, len(one.params), one.block, one.has_else) for one in calls(parse(text))]
    assert found == [
        ("equal", 2, True, True),
        ("if", 1, True, False),
        ("shout", 1, False, False),
        ("queryEncode", 1, False, False),
        ("a.b", 1, False, False),
    ]
    assert [text[one.start : one.end] for one in calls(parse(text))] == ["equal", "if", "shout", "queryEncode", "a.b"]


def test_texts_are_what_is_no_mustache() -> None:
    text = 'a {b} {{c}} "{{^d}}x{{else}}y{{/d}}\\{{e}} {{! f }}{{> g}}{{{{h}}}}{{i}}{{{{/h}}}}z'
    found = [text[one.start : one.end] for one in texts(parse(text))]
    assert found == ["a {b} ", ' "', "x", "y", "{{e}} ", "{{i}}", "z"]


def test_block_parameters_are_found_wherever_they_are_used() -> None:
    text = (
        "{{#each a as |x i|}}{{x.b}}{{#if i}}{{{queryEncode x c=(lookup i 'd')}}}{{else if x}}{{y}}{{this.x}}"
        "{{/if}}{{> p x}}{{#x}}{{../i}}{{/x}}{{/each}}{{x}}"
    )
    found = list(block_parameters(parse(text)))
    assert [text[one.start : one.end] for one in found] == ["x.b", "i", "x", "i", "x", "x", "x"]
    assert [one.name for one in found] == ["x", "i", "x", "i", "x", "x", "x"]


def test_comments_are_found_in_templates_that_do_not_parse() -> None:
    text = "{{! a }}x{{~!-- b }} --~}}{{#if}}\\{{! c }}{{{{raw}}}}{{! d }}{{{{/raw}}}}{{!-- never closed }}"
    assert [text[slice(*span)] for span in comments(text)] == ["{{! a }}", "{{~!-- b }} --~}}"]
