from typing import Any

import pytest

from toolkit.handlebars import OFFICIAL, PRODUCTION, HandlebarsError, render

ACME: dict[str, Any] = {
    "name": "Acme",
    "html": '<b>"it\'s" `a`=&</b>',
    "nothing": None,
    "yes": True,
    "no": False,
    "zero": 0,
    "tags": ["x", "y"],
    "empty": [],
    "flag": {"key": "f", "on": True, "a b": "spaced"},
    "flags": [{"key": "one", "tags": ["u", "v"]}, {"key": "two", "tags": []}],
    "by_key": {"b": 1, "10": 2, "9": 3},
}

RENDERED = {
    "text and values": [
        ("plain", "plain"),
        ("{{name}}|{{ name }}|{{{name}}}|{{&name}}", "Acme|Acme|Acme|Acme"),
        ("{{html}}", "&lt;b&gt;&quot;it&#x27;s&quot; &#x60;a&#x60;&#x3D;&amp;&lt;/b&gt;"),
        ("{{{html}}}", ACME["html"]),
        ("[{{nothing}}|{{yes}}|{{no}}|{{zero}}]", "[|true|false|0]"),
        ("{{tags}} {{flag}} {{flags}}", "x,y [object Object] [object Object],[object Object]"),
        ("{{{zero}}}{{{yes}}} {{zero}}{{yes}}", "1 0true"),
    ],
    "paths": [
        ("{{flag.key}} {{flag/key}} {{this.flag.key}} {{./name}} {{flag.[a b]}} {{[name]}}", "f f f Acme spaced Acme"),
        ("{{tags.[1]}} {{tags.length}} {{flags.0.key}}", "y 2 one"),
        ('{{"name"}} {{lookup this "name"}} {{lookup tags 0}} {{lookup name 0}}', "Acme Acme x A"),
        ("[{{constructor}}{{flag.toString}}{{__proto__}}{{tags.map}}]", "[]"),
    ],
    "conditions": [
        ("{{#if yes}}a{{else}}b{{/if}}{{#if missing}}a{{else}}b{{/if}}", "ab"),
        ("{{#if empty}}a{{^}}b{{/if}}{{#if zero}}a{{/if}}{{#if zero includeZero=true}}c{{/if}}", "bc"),
        ("{{#unless no}}a{{/unless}}{{#unless flag}}b{{else}}c{{/unless}}", "ac"),
        ("{{#if no}}a{{else if zero}}b{{else if yes}}c{{else}}d{{/if}}", "c"),
        ("{{#equal name 'Acme'}}a{{/equal}}{{#equal zero '0'}}b{{else}}c{{/equal}}", "ac"),
        ("{{#if no}}a{{else equal name 'Acme'}}b{{/if}}", "b"),
    ],
    "loops and scopes": [
        ("{{#each tags}}{{@index}}{{@key}}{{this}}{{@first}}{{@last}} {{/each}}", "00xtruefalse 11yfalsetrue "),
        ("{{#each by_key}}{{@key}}={{this}} {{/each}}", "9=3 10=2 b=1 "),
        ("{{#each empty}}a{{else}}none{{/each}}{{#each 'text'}}a{{else}}none{{/each}}", "nonenone"),
        ("{{#each flags}}{{#each tags}}{{../key}}{{@../index}}{{this}} {{/each}}{{/each}}", "one0u one0v "),
        ("{{#with flag}}{{key}} {{../name}} {{@root.name}}{{/with}}", "f Acme Acme"),
        ("{{#with nothing}}a{{else}}b{{/with}}{{#with this}}{{#with this}}{{name}}{{/with}}{{/with}}", "bAcme"),
        ("{{#each flags as |flag at|}}{{at}}{{flag.key}}{{flag.missing}} {{/each}}", "0one 1two "),
        ("{{#flag}}{{key}}{{/flag}}{{#tags}}{{.}}{{/tags}}{{#yes}}{{name}}{{/yes}}{{^no}}n{{/no}}", "fxyAcmen"),
    ],
    "whitespace": [
        ("a\n  {{#if yes}}\n  b\n  {{/if}}\nc", "a\n  b\nc"),
        ("a\n{{#if no}}\nb\n{{else}}\nc\n{{/if}}\n", "a\nc\n"),
        ("a \n {{~name~}} \n b", "aAcmeb"),
        ("a {{~#if yes~}} b {{~/if~}} c", "abc"),
        ("a\n {{! gone }}\nb{{!-- {{gone}} --}}", "a\nb"),
        ("a\n  {{name}}\nb", "a\n  Acme\nb"),
    ],
    "escapes and raw blocks": [
        ("\\{{name}} \\\\{{name}} \\\\\\{{name}}", "{{name}} \\Acme \\\\Acme"),
        ("{{{{equal 1 1}}}}{{name}} {{{{x}}}}{{{{/x}}}}{{{{/equal}}}}", "{{name}} {{{{x}}}}{{{{/x}}}}"),
    ],
    "partials": [
        (
            '{{#*inline "p"}}[{{key}}{{more}}]{{/inline}}{{> p flag more=1}}{{#with flag}}{{> p more=2}}{{/with}}',
            "[f1][f2]",
        ),
        ("{{#> missing}}instead{{/missing}}", "instead"),
        ('{{#*inline "p"}}({{> @partial-block}}){{/inline}}{{#> p}}{{name}}{{/p}}', "(Acme)"),
        ('{{#*inline "p"}}a\nb\n{{/inline}}\n  {{> p}}\nc', "  a\n  b\nc"),
        ('{{#*inline "p"}}x{{/inline}}{{> (lookup @root "which")}}', "x"),
    ],
}


@pytest.mark.parametrize(
    ("template", "output"),
    [pytest.param(*case, id=f"{feature}: {case[0]}") for feature, cases in RENDERED.items() for case in cases],
)
def test_renders(template: str, output: str) -> None:
    assert render(template, {**ACME, "which": "p"}) == output


REFUSED = [
    ("{{titel}}", 1, 3, "titel", "`titel` is not defined here"),
    ("a\n {{ flag.titel }}", 2, 5, "flag.titel", "`flag.titel` is not defined here"),
    ("{{#if gone.key}}x{{/if}}", 1, 7, "gone.key", "`gone` is not defined here, so `gone.key` cannot be read"),
    ("{{#if nothing.key}}x{{/if}}", 1, 7, "nothing.key", "`nothing` is null, so `nothing.key` cannot be read"),
    ("{{name.first}}", 1, 3, "name.first", "`name` is no object, so `name.first` cannot be read"),
    ("{{#gone}}x{{/gone}}", 1, 4, "gone", "`gone` is not defined here"),
    ("{{^gone}}x{{/gone}}", 1, 4, "gone", "`gone` is not defined here"),
    ("{{@index}}", 1, 3, "@index", "`@index` is not defined here"),
    ("{{#if ../name.x}}x{{/if}}", 1, 7, "../name.x", "`../name.x` is not defined here, there is nothing around"),
    ("{{shout name}}", 1, 3, "shout", "there is no helper `shout`"),
    ("{{#if (shout name)}}x{{/if}}", 1, 8, "shout", "there is no helper `shout`"),
    ("{{name 1}}", 1, 3, "name", "there is no helper `name`"),
    ("{{> footer}}", 1, 5, "footer", "there is no partial `footer`"),
    ("{{if yes}}", 1, 3, None, "`if` needs a block"),
    ("{{#if yes no}}x{{/if}}", 1, 4, None, "`if` takes exactly one argument, not 2"),
    ("{{#equal yes}}x{{/equal}}", 1, 4, None, "`equal` takes exactly two arguments"),
    ("{{#if yes as |x|}}{{x}}{{/if}}", 1, 21, "x", "the block does not set `x`"),
    ("{{formatWithOffset name 0 'simple'}}", 1, 3, None, "`formatWithOffset` was not given a time"),
    ("{{queryEncode half}}", 1, 3, None, "half of a surrogate pair"),
    ("{{odd}}", 1, 1, None, "an object with a field `toString` cannot be printed"),
    ('{{#*inline "p"}}{{> p}}{{/inline}}{{> p}}', 1, 1, None, "a partial includes itself"),
    ("{{* shout}}", 1, 1, None, "there is no decorator `shout`"),
    ("{{#if no}}{{> p 1 2}}{{/if}}", 1, 11, None, "a partial takes one context at most"),
]


@pytest.mark.parametrize(("template", "line", "column", "name", "message"), REFUSED)
def test_refuses(template: str, line: int, column: int, name: str | None, message: str) -> None:
    with pytest.raises(HandlebarsError) as caught:
        render(template, {**ACME, "half": "\ud83d", "odd": {"toString": 1}})
    error = caught.value
    assert str(error).startswith(message)
    assert (error.phase, error.line, error.column, error.name) == ("render", line, column, name)


DEAD = [  # what handlebars.js 4.7.7 made of each, with 4.7.8's answer beside it
    ("{{#with title as |t|}}[{{t}}]{{/with}}", "[]", "[[object Object]]"),
    ("{{#with title as |t|}}[{{#if t}}yes{{else}}no{{/if}}]{{/with}}", "[no]", "[yes]"),
    ("{{#with title as |plain|}}[{{plain}}]{{/with}}", "[text]", "[[object Object]]"),
    ("{{#with title as |plain|}}[{{plain.length}}]{{/with}}", "[4]", "[]"),
    ("{{#each list as |i|}}[{{i}}]{{/each}}", "[][]", "[1][2]"),
    ("{{#each list as |i n|}}{{#with @root as |list|}}{{list}}{{/with}}{{/each}}", "1,21,2", "[object Object]" * 2),
]


@pytest.mark.parametrize(("template", "dead", "alive"), DEAD)
def test_block_parameters_may_be_dead(template: str, dead: str, alive: str) -> None:
    context = {"title": {"plain": "text"}, "list": [1, 2]}
    assert render(template, context, dead_block_params=True) == dead
    assert render(template, context) == alive


def test_a_path_on_a_dead_block_parameter_is_refused() -> None:
    template = "{{#with title as |t|}}{{t.plain}}{{/with}}"
    assert render(template, {"title": {"plain": "text"}}) == "text"
    with pytest.raises(HandlebarsError, match="the block parameter `t` has no value") as caught:
        render(template, {"title": {"plain": "text"}}, dead_block_params=True)
    assert (caught.value.phase, caught.value.column) == ("render", 25)


def test_a_null_block_parameter_is_blamed_by_its_name() -> None:
    with pytest.raises(HandlebarsError, match=r"`i` is null, so `i\.name` cannot be read"):
        render("{{#each list as |i|}}{{i.name}}{{/each}}", {"list": [None]})


def test_a_branch_that_is_not_taken_may_name_anything() -> None:
    assert render("{{#if no}}{{gone}}{{shout 1}}{{> p}}{{/if}}", ACME) == ""


def test_the_production_helpers_are_those_of_the_checks_and_one_more() -> None:
    assert PRODUCTION.keys() - OFFICIAL.keys() == {"edgeGridAuth"}
    template = "{{edgeGridAuth 'GET' '/{{path}}' name}}"
    assert render(template, ACME, PRODUCTION).startswith("EG1-HMAC-SHA256 client_token=...;")
    with pytest.raises(HandlebarsError, match="there is no helper `edgeGridAuth`"):
        render(template, ACME)


def test_rendering_changes_nothing_in_the_context() -> None:
    context: dict[str, Any] = {"a": {"b": [1]}, "c": None}
    render("{{#*inline 'p'}}{{x}}{{/inline}}{{#each a.b}}{{> p x=1}}{{/each}}{{#with a}}{{b}}{{/with}}", context)
    assert context == {"a": {"b": [1]}, "c": None}
