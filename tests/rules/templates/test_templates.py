"""Rules on templates: what they say, where, what they let pass, and that hostile templates end soon."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.rules.conftest import Messages
from toolkit.config import Settings
from toolkit.engine import run_rules
from toolkit.examples import damaged
from toolkit.finding import Finding
from toolkit.fixes import fix
from toolkit.integration import Integration
from toolkit.integration.json_output import origin, parsed
from toolkit.rules import RULES
from toolkit.rules.examples import (
    CONTENT,
    HOST,
    approval_with,
    capability,
    hook_endpoint,
    hook_with,
    link_with,
    store,
)
from toolkit.rules.examples import TEMPLATE as GOOD
from toolkit.rules.registry import Patch
from toolkit.rules.run import INTERNAL_ERROR
from toolkit.rules.templates.suggestions import nearest

OURS = [
    rule
    for rule in RULES.values()
    if rule.room == "templates" or rule.check.__module__.endswith(("responses", "akamai", "flag_links"))
]
TITLE = "{{{title.plainText}}}"


def found(patch: Patch) -> list[Finding]:
    return list(run_rules(damaged(patch), OURS).findings)


def said(patch: Patch) -> list[tuple[str, str]]:
    return [(finding.rule, finding.problem.message) for finding in found(patch)]


def gated(patch: Patch) -> set[str]:
    return {finding.rule for finding in found(patch) if "tests" in finding.gates}


def hook(text: str, kind: str = "flag") -> Patch:
    return hook_with(**{kind: text})


def test_a_missing_variable_is_named_with_line_column_and_remedy() -> None:
    (finding,) = found(hook('{\n  "title": "{{{titel.plainText}}}"\n}\n'))
    assert finding.rule == "broken-template"
    assert finding.region
    assert (finding.region.line, finding.region.column, finding.region.end_column) == (2, 16, 31)
    assert finding.problem.message == "`titel.plainText` is not defined here"
    assert finding.problem.help == "did you mean `title.plainText`?"


def test_a_place_in_a_string_of_the_manifest_is_counted_in_the_file() -> None:
    patch = approval_with('{"é": "{{{titel.plainText}}}"}')
    (finding,) = found(patch)
    integration = damaged(patch)
    assert finding.region
    line = integration.files["manifest.json"].text.splitlines()[finding.region.line - 1]
    assert line[finding.region.column - 1 : finding.region.end_column - 1] == "titel.plainText"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("plainText", "title.plainText"),
        ("formVariables.url", "url"),
        ("titleverb", "titleVerb"),
        ("project.environmnt.key", "project.environment.key"),
        ("timestamp.simple", "timestamp"),
        ("environment.key", "project.environment.key"),
        ("projetc.owner", "project"),
        ("titel.subject", "title"),
        ("palinText", "title.plainText"),
        ("nothing", None),
        ("nothing.at.all", None),
    ],
)
def test_the_nearest_name(name: str, meant: str | None) -> None:
    known = [
        "title",
        "title.plainText",
        "titleVerb",
        "url",
        "project",
        "project.environment",
        "project.environment.key",
    ]
    assert nearest(name, [*known, "timestamp"]) == meant


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "{{#if comment}}{{{comment}}}{{/if}}"}\n',
        '{"tags": [{{#each tags}}"{{{this}}}"{{#unless @last}},{{/unless}}{{/each}}]}\n',
        '{"at": "{{formatWithOffset timestamp.milliseconds 60 \'simple\'}}"}\n',
        '{"key": "{{{key}}}", "kind": "{{#equal kind \'flag\'}}flag{{/equal}}"}\n',
        '{"region": "{{{formVariables.token}}}"}\n',
        '{"one": {{timestamp.seconds}}, "two": [{}, {"a": {"b": {"c": "{{{name}}}"}}}]}\n',
        '{"property": "{{#if customProperties}}{{#each customProperties}}{{{this.name}}}{{/each}}{{/if}}"}\n',
        '{"literal": "\\\\{{name}}", "single": "{name} {{! no comment }}"}\n',
    ],
)
def test_a_good_template_is_left_alone(text: str) -> None:
    assert [item for item in said(hook(text)) if "single" not in text] == []


@pytest.mark.parametrize(
    ("patch", "rules"),
    [
        (hook("{{#if a}}"), {"broken-template"}),
        (hook('{"a": "{{formVariables.region}}"}\n'), {"broken-template"}),
        (hook('{"a": "{{oauth.baseURI}}"}\n'), {"broken-template"}),
        (hook("\ufeff" + GOOD), {"invalid-json-body"}),
        (hook('{"a": "{{title.html}}"}\n'), {"invalid-json-body"}),
        (hook('{"a": "{{comment}}"}\n'), set()),
        (hook('{"a": "{{comment}}"}\n', "project"), {"broken-template"}),
        (hook("not JSON\n", "validation"), set()),
        (hook(" \n", "validation"), {"silent-template"}),
        (hook("\n", "member"), {"invalid-json-body", "silent-template"}),
        (hook_with(".JSON", flag="no\n"), {"invalid-json-body"}),
        (hook_with(".txt", flag="no\n"), set()),
        (hook_endpoint({"url": "{{oauth.baseURI}}/x"}), {"broken-template"}),
        (hook_endpoint({"url": "https://a.example/{{context.member.email}}"}), set()),
        (hook_endpoint({"url": "https://a.example/{{#if nothing}}{{nothing}}{{/if}}"}), set()),
        (link_with("{{{metadata.size}}}", {"size": {"type": "string"}}), set()),
        (link_with("{{{metadata.size}}}", {}), {"broken-template"}),
        (link_with("Acme"), {"missing-metadata"}),
        (link_with("{{{token}}}", {}), {"broken-template"}),
    ],
)
def test_the_official_verdict(patch: Patch, rules: set[str]) -> None:
    assert gated(patch) == rules


VARIABLE = {"key": "host", "name": "Host", "description": "Enter your host."}


@pytest.mark.parametrize(
    ("url", "type_", "refused"),
    [
        ("https://api.acme.example/{{host}}", "string", False),
        ("https://{{host}}/x", "enum", True),  # the slip
        ("https://{{host}}.acme.example:8080/x", "string", True),
        ("https://{{ host }}/x", "string", False),
        ("https://{{token}}:{{host}}@acme.example/x", "string", False),
        ("https://{{#if host}}{{host}}{{/if}}/x", "string", False),
        ("https://acme.example?to={{host}}", "string", False),
        ("{{host}}/x", "enum", False),
        ("{{host}}/x", "string", True),
        ("{{{host}}}/x", "string", False),
    ],
)
def test_answers_are_shown_for_known_hosts_only(url: str, type_: str, refused: bool) -> None:
    token = {**VARIABLE, "key": "token", "type": "string"}
    patch = hook_endpoint(
        {"url": url, "headers": [CONTENT]}, ({**VARIABLE, "type": type_}, token), includeErrorResponseBody=True
    )
    assert gated(patch) == ({"error-body-of-any-host"} if refused else set())


def test_without_form_variables_a_braced_host_is_refused() -> None:
    url = {"url": "https://{{#if context}}a.example{{/if}}", "headers": [CONTENT]}
    assert gated(hook_endpoint(url, (), includeErrorResponseBody=True)) == {"error-body-of-any-host"}


def akamai(**changes: str) -> Patch:
    names = [
        "hostname",
        "network",
        "namespaceId",
        "groupId",
        "_featureStoreKey",
        "clientSecret",
        "clientToken",
        "accessToken",
    ]
    path = "/edgekv/{{namespaceId}}"
    value = f"{{{{edgeGridAuth '{changes.get('signed', 'GET')}' '{path}' {' '.join(names)}}}}}"
    endpoint = {
        "url": f"https://{{{{hostname}}}}{path}",
        "method": changes.get("method", "GET"),
        "headers": [{"name": "Authorization", "value": value}],
    }
    variables = [{**VARIABLE, "key": name, "type": "string"} for name in names if name[0] != "_"]
    requests = {name: {"endpoint": endpoint} for name in ("validationRequest", "featureStoreRequest")}
    patch = capability("featureStore", {"formVariables": variables, **requests})
    return {".": changes.get("directory", "akamai-edgeworkers"), **patch}


@pytest.mark.parametrize(
    ("patch", "refused"),
    [
        (akamai(), False),
        (akamai(method="PUT"), True),
        (akamai(method="PUT", signed="PUT"), False),
        (akamai(method="POST", signed="POST"), True),
        (akamai(method="PUT", directory="acme"), False),
        ({".": "akamai-edgeworkers"}, True),
    ],
)
def test_akamai_signs_what_it_sends(patch: Patch, refused: bool) -> None:
    assert gated(patch) == ({"wrong-akamai-signature"} if refused else set())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": "{{#if note}}x{{/if}}"}\n', "unknown-variable: `note` is not defined here"),
        ('{"a": "{{#unless kind}}{{note}}{{/unless}}"}\n', "unknown-variable: `note` is not defined here"),
        ('{"a": "{{pathEncode note}}"}\n', "unknown-variable: `note` is not defined here"),
        (
            '{"a": "{{#each tags}}{{@last}}{{/each}}{{#if @last}}x{{/if}}"}\n',
            "unknown-variable: `@last`",
        ),
        ('{"a": "{{#if kind}}x{{else}}{{upper kind}}{{/if}}"}\n', "broken-template: there is no helper `upper`"),
        ('{"a": "{{#unless kind}}{{#if kind key}}{{/if}}{{/unless}}"}\n', "broken-template: `if` takes 1 arguments"),
        ('{"a": "{{#unless kind}}{{> part}}{{/unless}}"}\n', "broken-template: there is no partial `part`"),
        ('{"a": "{{comment}}"}\n', "missing-in-some-events: `comment` is missing in flag-created"),
        ('{"a": "${verbKind}"}\n', "stray-brace: `${verbKind}` is sent as it is"),
        ('{"a": "x {titleVerb}} y"}\n', "stray-brace: `{titleVerb}}` is sent as it is"),
        (
            '{"a": [{{#each tags}}"{{{this}}}",{{/each}}]}\n',
            "fragile-json-body: with flag-rules-updated the result",
        ),
        ('{"a": 1{{#unless comment}},{{/unless}} }\n', "fragile-json-body: with flag-created the result is not JSON"),
        ('{"a": 1{{#if comment}}{{else}},{{/if}} }\n', "fragile-json-body: with flag-created the result is not JSON"),
        ('{"a": {{#if formVariables.on}}1{{/if}} }\n', "fragile-json-body: with optional fields left empty"),
        ('{"a": {{#if project.key}}1{{/if}} }\n', "fragile-json-body: without `project.key` the result is not JSON"),
        (
            '{"a": "{{{key}}}", "a": "{{{name}}}"}\n',
            'duplicate-body-key: the key "a" is used twice',
        ),
        ('{"a": "{{details.plainText}}"}\n', "escaped-text: `details.plainText` is escaped for HTML here"),
        ('{"a": "{{ ~name~ }}"}\n', "broken-template: "),
        ('{"a": "{{name}}", "b": "{{project.name}}"}\n', "escaped-text: `name` is escaped for HTML here, and 1 more"),
    ],
)
def test_what_the_official_tests_do_not_see(text: str, expected: str) -> None:
    on = {**VARIABLE, "key": "on", "type": "boolean"}
    patch = dict(hook(text))
    manifest: Any = patch["manifest.json"]
    manifest["formVariables"] = [*manifest["formVariables"], on]
    assert any(f"{rule}: {message}".startswith(expected) for rule, message in said(patch)), said(patch)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"a": "{{{approvalId}}}"', "invalid-json-body"),
        ('{"a": "{{#if details}}"}', "broken-template"),
        ('{"a": "{{{environment.region}}}"}', "unknown-variable"),
        ('{"a": "{{{context.title}}}"}', "unknown-variable"),
        ('{"a": "{{{upper title.plainText}}}"}', "broken-template"),
        ('{"a": "{{{title}}"}', "broken-template"),
        ('{"a": "line\nbreak"}', "invalid-json-body"),
        ('{"a": {{{flag.key}}} }', "fragile-json-body"),
        ('{"a": {{{customProperties.jira.values.[4]}}} }', "unreserved-property"),
        ('{"tags": [{{#each project.tags}}"{{{this}}}",{{/each}}]}', "fragile-json-body"),
        ('{"a": 1, "a": 2}', "duplicate-body-key"),
        ('{"a": "{{approvalDescription}}"}', "escaped-text"),
        ('{"a": "{{#each approvalFormVariables}}{{@key}}{{{this}}}{{/each}}"}', None),
        ('{"a": "{{{customProperties.acme.values.[0]}}}"}', "unreserved-property"),
    ],
)
def test_the_body_of_an_approval(body: str, expected: str | None) -> None:
    assert {rule for rule, _ in said(approval_with(body))} == ({expected} if expected else set())


def test_a_fix_adds_the_third_brace() -> None:
    settings = Settings(select=("escaped-text",))
    patch = hook('{"a": "{{ name }} {{title.plainText}}", "b": "{{~#if comment~}}{{~ comment ~}}{{/if}}"}\n')
    text = fix(damaged(patch), settings, unsafe=True).integration.files["templates/flag.json.hbs"].text
    assert "{{{name}}}" in text
    assert "{{{title.plainText}}}" in text
    assert "{{{comment}}}" in text


@pytest.mark.parametrize(
    "text", [GOOD, '{ "a":\n [{{#each tags}}\n  "{{{this}}}", {{/each}}\n{{~#if key}} "b"{{/if}} ]}']
)
def test_the_origin_of_what_was_made(text: str) -> None:
    (template,) = [one for one in damaged(hook(text)).templates if one.is_file]
    context = template.context("flag-rules-updated")
    made = template.render(context)
    places = [origin(template, context, offset) for offset in range(len(made))]
    literal = [offset for offset, place in enumerate(places) if text[place : place + 1] == made[offset]]
    assert sum(made[offset] in '[]"{}' for offset in literal) >= sum(mark in '[]"{}' for mark in made) - 4
    for offset, place in enumerate(places):
        assert made[offset] == text[place : place + 1] or "{{" in text[max(place - 8, 0) : place + 3]


def test_a_byte_order_mark_is_no_json() -> None:
    with pytest.raises(Exception, match="byte order mark"):
        parsed("\ufeff{}")
    assert parsed('{"a": "\ud800"}').value


HOSTILE = {
    "open": "{{" * 500_000,
    "mustaches": "{{key}} " * 40_000,
    "deep": "{{#if key}}" * 20_000 + "{{/if}}" * 20_000,
    "loops": "{{#each tags}}" * 40 + "x" + "{{/each}}" * 40,
    "fields": "".join(f"{{{{#each {'../' * n}_links}}}}" for n in range(9)) + "x" + "{{/each}}" * 9,
    "itself": "{{#*inline 'a'}}{{> a}}{{> a}}{{/inline}}{{> a}}",
    "braces": "{key}} " * 20_000,
    "quotes": '"' * 200_000 + "{{key}}" * 1_000,
    "object": '{"a":' * 5_000 + "{{key}}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_template_ends_in_a_finding_soon(text: str) -> None:
    for patch in (hook_with(flag=text), approval_with(text)):
        start = time.process_time()
        findings = found(patch)
        assert findings
        assert not any(finding.rule == INTERNAL_ERROR for finding in findings)
        assert time.process_time() - start < 5


def test_accepted_integrations_have_no_error(corpus: Path) -> None:
    for directory in sorted((corpus / "integrations").iterdir()):
        if directory.is_dir():
            errors = [f for f in run_rules(Integration.read(directory), OURS).findings if f.severity.name == "error"]
            assert errors == [], directory.name


@pytest.mark.parametrize("deep", ["[" * 40_000 + "]" * 40_000, '{"a":' * 40_000 + "1" + "}" * 40_000])
def test_json_that_is_far_too_deep_is_not_read(deep: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    monkeypatch.setattr("toolkit.integration.json_output.read", lambda data: read.append(len(data)))
    monkeypatch.setattr("toolkit.rules.capabilities.stores.read", lambda data: read.append(len(data)))
    rooms = ("templates", "requests")
    bodies = [rule for rule in RULES.values() if rule.room in rooms or rule.id == "invalid-store-payload"]
    body = f'{{"title": {deep}, "at": "{{{{{{timestamp.simple}}}}}}"}}\n'
    (finding,) = run_rules(damaged(hook_with(flag=body)), bodies).findings
    message = "the result is nested more than 1000 levels deep"
    assert (finding.rule, finding.problem.message, finding.gate) == ("broken-template", message, None)
    assert run_rules(damaged(approval_with(body)), bodies).findings == ()
    assert run_rules(damaged(store(payloadPrefix=body.partition("]")[0].partition("1")[0])), bodies).findings == ()
    assert not read


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("title", 1),
        ("timestamp", 1),
        ("_links.site", 1),
        ("title.plainText", 0),
        ("kind", 0),
        ("tags", 0),
        ("title.nothing", 0),
    ],
)
def test_an_object_is_not_printed(messages: Messages, name: str, count: int) -> None:
    assert len(messages("printed-object", hook_with(flag=f'{{"x": "{{{{{{{name}}}}}}}"}}\n'))) == count


def test_the_fields_of_an_object_are_printed_in_a_block(messages: Messages) -> None:
    text = '{"x": "{{#with title}}{{{plainText}}}{{/with}}{{#each tags}}{{{this}}}{{/each}}"}\n'
    assert messages("printed-object", hook_with(flag=text)) == []
    assert len(messages("printed-object", hook_with(flag='{"x": "{{#each _links}}{{this}}{{/each}}"}\n'))) == 1


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ("pathEncode", 1),
        ("pathEncode kind key", 1),
        ("queryEncode kind", 0),
        ("basicAuthHeaderValue key", 1),
        ("formatWithOffset timestamp.milliseconds 0", 1),
        ("formatWithOffset timestamp.milliseconds 0 'simple'", 0),
    ],
)
def test_helpers_get_what_they_need(messages: Messages, call: str, count: int) -> None:
    assert len(messages("wrong-helper-arguments", hook_with(flag=f'{{"x": "{{{{{call}}}}}"}}\n'))) == count


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("flags", "flag"),
        ("Flag", "flag"),
        ("proj", "project"),
        ("env", "environment"),
        ("flag", None),
        ("segment", None),
        ("ai-config", None),
    ],
)
def test_kinds_of_events(messages: Messages, kind: str, meant: str | None) -> None:
    expected = [f"there is no event of kind `{kind}`"] if meant else []
    for head in (f"#equal kind '{kind}'", f"#equal '{kind}' kind"):
        assert messages("unknown-kind", hook_with(flag=f"{{{{{head}}}}}x{{{{/equal}}}}{{{{kind}}}}\n")) == expected


@pytest.mark.parametrize(
    ("text", "endpoint", "count"),
    [
        ("{}\n", None, 1),
        ('{"text": "A flag"}\n', None, 1),
        ('{"text": "{{kind}}"}\n', None, 0),
        ("{}\n", {"url": f"{HOST}/{{{{context.kind}}}}"}, 0),
        ("{{! nothing }}\n", None, 0),
    ],
)
def test_a_template_says_what_has_happened(messages: Messages, text: str, endpoint: object, count: int) -> None:
    assert len(messages("constant-template", hook_with(".json.hbs", endpoint, flag=text))) == count
    assert messages("constant-template", hook_with(validation=text, flag=GOOD)) == []


def test_a_template_names_real_hosts(messages: Messages) -> None:
    text = '{"x": "https://example.com/{{kind}}", "y": "https://a.io"}\n'
    found = [message for message in messages("placeholder-host", hook_with(flag=text)) if "acme-signals" not in message]
    assert found == ["example.com is a placeholder host"]


def test_branches_that_no_event_takes_make_json_too(messages: Messages) -> None:
    tag = (
        "{{#if customProperties}}{{#each customProperties.acme.values}}%s{{#unless @last}},{{/unless}}{{/each}}{{/if}}"
    )
    for inside, count in (('"{{{this}}}"', 0), ('"\n{{{this}}}"', 1)):
        text = f'{{"tags": [{tag % inside}]}}\n'
        assert len(messages("fragile-json-body", hook_with(flag=text))) == count


def helps(patch: Patch) -> list[str]:
    return [finding.problem.help for finding in found(patch) if finding.rule in ("broken-template", "unknown-variable")]


def test_a_name_that_is_right_but_missing_in_the_event_is_never_its_own_remedy() -> None:
    (help_,) = helps(hook('{\n  "a": "{{{key}}}"\n}\n', "member"))
    assert help_ == "no event of this template has it: print another field, such as `title.plainText`"


def test_an_unknown_field_of_an_object_is_answered_with_its_fields() -> None:
    (help_,) = helps(hook('{\n  "a": "{{{formVariables.zzz}}}"\n}\n'))
    assert help_ == "use one of: formVariables.token"


def test_an_item_of_a_list_is_this() -> None:
    (help_,) = helps(hook('{\n  "a": [{{#each tags}}"{{{tags}}}"{{/each}}]\n}\n'))
    assert help_ == "inside the block it is `this`"


def test_oauth_that_is_not_there_is_told_once() -> None:
    endpoint = {
        "url": "{{{oauth.baseURI}}}/changes",
        "headers": [CONTENT, {"name": "Authorization", "value": "Bearer {{{oauth.accessToken}}}"}],
    }
    assert said(hook_endpoint(endpoint, ())) == [("broken-template", "`oauth.baseURI` is not defined here")]


def test_a_list_is_tried_with_one_item_and_with_three() -> None:
    text = '{\n  "tags": [{{#each tags}}"{{{this}}}" {{/each}}]\n}\n'
    rules = [rule for rule, _ in said(hook(text))]
    assert rules in (["invalid-json-body"], ["fragile-json-body"])


def test_a_time_in_another_unit_is_told_of_the_minority() -> None:
    seconds, millis = '{\n  "a": {{timestamp.seconds}}\n}\n', '{\n  "a": {{timestamp.milliseconds}}\n}\n'
    texts = {"flag": seconds, "project": millis, "environment": millis}
    (finding,) = [one for one in found(hook_with(**texts)) if one.rule == "mixed-time-units"]
    assert finding.problem.place.file == "templates/flag.json.hbs"


def test_a_key_that_names_the_unit_decides() -> None:
    seconds, millis = '{\n  "a_ms": {{timestamp.seconds}}\n}\n', '{\n  "a_ms": {{timestamp.milliseconds}}\n}\n'
    (finding,) = [
        one for one in found(hook_with(flag=seconds, project=seconds, member=millis)) if one.rule == "mixed-time-units"
    ]
    assert finding.problem.help.startswith("print `{{timestamp.milliseconds}}`")


def test_a_body_that_breaks_only_with_events_that_the_policy_bars_is_noted() -> None:
    body = '{\n  "a": "x"{{#equal kind "member"}} "b": 1{{/equal}}\n}\n'
    severities = {one.severity.name for one in found(hook_with(default=body)) if one.rule == "fragile-json-body"}
    assert severities == {"note"}
