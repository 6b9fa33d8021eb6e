import pytest

from tests.handlebars.differential import AVAILABLE, differences, theirs
from tests.handlebars.templates import CONTEXTS, Case, cases

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="needs node and the npm package handlebars 4.7.8")

QUIRKS = (
    "{{{a}}}{{{zero}}}",
    "{{{t}}}{{{a}}}x{{{a}}}",
    "{{{a}}}{{#t}}{{{a}}}{{/t}}{{{a}}}",
    "{{#if t}}{{{a}}}{{/if}}{{{a}}}",
    "{{@queryEncode}}",
    "{{@queryEncode 1}}",
    "{{../if 1}}",
    "{{#each xs as |v|}}{{#o as |x y|}}{{x}}{{y}}{{/o}}{{/each}}",
    "{{#each xs as |v|}}{{#*inline 'p' as |x|}}{{x}}{{/inline}}{{> p}}{{v}}{{/each}}",
    "{{#b as |a|}}{{#if @root.f}}{{else if c}}{{a}}{{/if}}{{/b}}",
    "{{#*inline}}x{{/inline}}{{> [undefined]}}",
    "{{#*inline 'p'}}{{#each this}}{{@key}},{{/each}}{{/inline}}{{> p s z=1 y=2 z=3 1=4}}",
    "{{#*inline 'p'}}{{{zero}}}{{/inline}}a\n  {{> p}}\n",
    "{{#*inline 'p'}}a\nb{{/inline}}\n  {{> p}}\nc",
    "{{#> p}}fallback {{#*inline 'p'}}x{{/inline}}{{> p}}{{/p}}",
    "{{#*inline 'p'}}[{{> @partial-block}}]{{/inline}}{{#> p}}{{#> p}}x{{/p}}{{/p}}",
    "{{#each xs}}{{#equal this 'p'}}{{#equal this 'p'}}same{{else}}boxed {{this}}{{/equal}}{{/equal}}{{/each}}",
    "{{#each xs}}{{#equal 1 1}}{{#if this}}{{this}}{{/if}}{{#each this}}{{this}}{{/each}}{{/equal}};{{/each}}",
    "{{#each xs}}{{#with ..}}{{name}}{{/with}}{{/each}}",
    "{{#with a}}{{#with this}}{{../name}}{{/with}}{{/with}}",
    "{{#each objects}}{{#each tags}}{{../name}}{{@../index}}{{@index}}{{@root.name}} {{/each}}{{/each}}",
    "{{#each xs}}{{#if @root.a}}{{this}}{{/if}},{{/each}}",
    "{{formatWithOffset ts 3600 'simple'}} {{formatWithOffset ts '60' 'rfc3339'}} {{formatWithOffset ts}}",
)


def test_quirks_are_those_of_handlebars_js() -> None:
    wanted = [Case(template, context) for template in QUIRKS for context in CONTEXTS]
    found = differences(wanted, theirs(wanted))
    assert not found, "\n".join(found)


def test_random_templates_fare_as_in_handlebars_js() -> None:
    wanted = list(cases(2000, seed=20_260))
    verdicts = theirs(wanted)
    found = differences(wanted, verdicts)
    assert not found, "\n".join(found[:5])
    assert sum("output" in verdict for verdict in verdicts) > 600, "most templates are refused: the test is idle"
