"""One cause is told by one rule, and names of the integration are compared with care."""

import pytest

from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.examples import damaged
from toolkit.finding import Severity
from toolkit.integration.manifest import NAME
from toolkit.rules.examples import BEARER, CONTENT, HOST, README, SITE, TEMPLATE, TOKEN, hook, hook_with, policy
from toolkit.rules.registry import Patch


def said(patch: Patch) -> list[tuple[str, str, str]]:
    known = {finding.problem for finding in lint(damaged({}), Settings()).findings}
    found = lint(damaged(patch), Settings()).findings
    return [(one.rule, one.problem.message, one.problem.help) for one in found if one.problem not in known]


def rules(patch: Patch) -> list[str]:
    return [rule for rule, _, _ in said(patch) if rule != "placeholder-host"]


def test_a_template_that_another_is_to_be_named_for_is_not_unreferenced() -> None:
    files = {"templates/flags.json.hbs": TEMPLATE, "templates/flag.json.hbs": None}
    assert rules({**hook_with(flag=TEMPLATE), **files}) == ["missing-template"]


def test_a_placeholder_at_the_end_is_no_incomplete_sentence() -> None:
    assert rules({NAME: {"details": "Acme Signals measures every record of yours. TODO: say more"}}) == [
        "placeholder-text"
    ]


def test_a_template_called_json_is_to_be_renamed() -> None:
    (found,) = said({"templates/a.json": '{"a": {{#if b}}1{{/if}}}\n'})[:1]
    assert found == (
        "invalid-json",
        "templates/a.json is not JSON, but a template",
        "rename it to `templates/a.json.hbs`",
    )


def test_an_odd_url_names_the_answer_that_makes_it_so() -> None:
    site = {**SITE, "type": "string", "placeholder": "https://acme-signals.io/a?b=1&&c=2"}
    account = {**TOKEN, "key": "account", "isSecret": False, "name": "Account", "placeholder": "shop"}
    url = {"url": "{{{site}}}&d={{{account}}}", "headers": [CONTENT, BEARER]}
    (message,) = [message for rule, message, _ in said(hook(url, (TOKEN, account, site))) if rule == "odd-url"]
    assert "for site" in message


def test_a_resource_takes_its_parents_from_the_one_beside_it() -> None:
    patch = policy({}, {"resources": ["flag/*"]})
    helps = [help_ for rule, _, help_ in said(patch) if rule == "unknown-resource"]
    assert helps == ["write `proj/*:env/production:flag/*`, as beside it"]


@pytest.mark.parametrize(
    "host",
    ["acme.example", "acme-signals.test", "acme-signs.example", "beta-signals.example", "docs.acme-signals.example"],
)
def test_another_domain_is_no_misspelled_one(host: str) -> None:
    assert "misspelled-own-host" not in rules({NAME: {"supportEmail": f"support@{host}"}})


@pytest.mark.parametrize(
    "line",
    [
        "`POST /v2/changes`",
        "`GET /v2/tokens`",
        "`POST /v3/tokens`",
        "`POST https://acme-signals.io/api`",
        "```http\nPOST /v2/changes HTTP/1.1\n```",
    ],
)
def test_other_requests_in_a_readme_are_let_pass(line: str) -> None:
    patch = {**hook({"url": f"{HOST}/v2/changes"}), "README.md": f"{README}\n{line}\n"}
    assert "wrong-request-in-readme" not in rules(patch)


def test_a_secret_that_authorizes_is_more_than_a_note() -> None:
    variable = {**TOKEN, "isSecret": False}
    found = [
        one for one in lint(damaged(hook(None, (variable,))), Settings()).findings if one.rule == "unmarked-secret"
    ]
    assert [one.severity for one in found] == [Severity.warning]


def test_the_parents_beside_it_fit_another_kind_too() -> None:
    helps = [
        help_ for rule, _, help_ in said(policy({}, {"resources": ["proj/*:segment/*"]})) if rule == "unknown-resource"
    ]
    assert helps == ["write `proj/*:env/production:segment/*`, as beside it"]


def test_a_comma_is_missed_between_the_values_of_a_custom_property() -> None:
    items = '{{#each customProperties.acme.values}}"{{{this}}}"{{#unless @first}}, {{/unless}}{{/each}}'
    body = (
        f'{{\n  "s": [{{{{#if customProperties}}}}{{{{#if customProperties.acme}}}}{items}{{{{/if}}}}{{{{/if}}}}]\n}}\n'
    )
    messages = [message for rule, message, _ in said(hook_with(flag=body)) if rule == "fragile-json-body"]
    assert messages and messages[0].startswith("with 3 items in `customProperties.acme.values` the result is not JSON")
