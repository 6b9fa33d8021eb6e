"""Requests: where they go, their headers and signatures."""

import pytest

from tests.rules.conftest import Fixed, Messages
from toolkit.rules.examples import BEARER, CONTENT, REGION, SITE, TOKEN, approval, capability, form, hook, store


@pytest.mark.parametrize(
    "url",
    [
        "https://api.acme.example/changes?x={{region}}#y",
        "https://{{region}}.acme.example:8443/v1",
        "https://{{host}}:{{port}}/v1",
        "https://{{host}}{{#if eu}}.eu{{/if}}:{{port}}",
        "https://{{#if region}}{{region}}{{else}}api.acme.example{{/if}}/v1",
        "{{{url}}}",
        "{{url}}/v1",
        "HTTP://api.acme.example",
        "https://{{user}}:{{token}}@acme.example/",
        "https://localhost:3000/",
        "https://[::1]:3000/",
        "https://münchen.example/",
        "{environment.host}}/api",
        "https://{{region}.acme.example",
    ],
)
def test_urls_that_can_be_called_or_are_templates_gone_wrong(messages: Messages, url: str) -> None:
    assert messages("malformed-endpoint", hook({"url": url})) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "empty"),
        ("api.acme.example/v1", "does not start with https"),
        ("ftp://acme.example", "does not start with https"),
        ("https://", "no host"),
        ("https:///v1", "no host"),
        ("https://acme .example/", "space"),
        ("https://acme.example/ ", "space"),
        ("{{url}} ", "space"),
        ("https://acme..example/", "is not valid"),
        ("https://acme,example/", "is not valid"),
    ],
)
def test_urls_that_cannot(messages: Messages, url: str, said: str) -> None:
    variable = {**SITE, "key": "url"}
    (message,) = messages("malformed-endpoint", hook({"url": url}, (TOKEN, variable)))
    assert said in message


def test_the_link_to_an_approval_is_a_url_too(messages: Messages) -> None:
    assert len(messages("malformed-endpoint", approval({"urlTemplate": "acme.example/{{context.approvalId}}"}))) == 1


def test_every_capability_s_requests_are_looked_at(messages: Messages, fixed: Fixed) -> None:
    patch = store({"url": "http://acme.example"})
    assert messages("endpoint-without-https", patch) == ["the request uses http"]
    request = fixed("endpoint-without-https", patch)["capabilities"]["featureStore"]["validationRequest"]
    assert request["endpoint"]["url"] == "https://acme.example"


@pytest.mark.parametrize(
    ("url", "count"), [("{{{token}}}/x", 0), ("{{region}}/?key={{token}}", 1), ("https://a/?b", 0)]
)
def test_a_secret_in_a_url(messages: Messages, url: str, count: int) -> None:
    assert len(messages("secret-in-url", hook({"url": url}))) == count


def test_a_status_may_be_asked_for_with_get(messages: Messages) -> None:
    assert messages("wrong-method", approval()) == []
    body = {"endpoint": {"url": "https://a.example", "method": "GET", "headers": []}, "jsonBody": "{}"}
    assert len(messages("wrong-method", approval(statusRequest=body))) == 1


@pytest.mark.parametrize(
    ("prefix", "suffix", "count"),
    [
        ('{"key": "ld-{{envId}}", "value": ', "}", 0),
        ('[{"value": ', "}]", 0),
        ('{"count": {{envId}}, "value": ', "}", 0),
        ('{"value": {{{envId}}}, "flags": ', "}", 0),
        ('{"value": ', "}}", 1),
        ("", "}", 1),
    ],
)
def test_prefix_and_suffix_make_json(messages: Messages, prefix: str, suffix: str, count: int) -> None:
    assert len(messages("invalid-store-payload", store(payloadPrefix=prefix, payloadSuffix=suffix))) == count


@pytest.mark.parametrize("name", ["Content-Type:", "Content/Type", "Inhalt-Tüp", "X Y", "", "(x)"])
def test_names_that_no_header_has(messages: Messages, name: str) -> None:
    assert len(messages("invalid-header-name", hook({"headers": [{"name": name, "value": "x"}]}))) == 1


@pytest.mark.parametrize("name", ["X-Api-Key", "DD-API-KEY", "x_y.z", "1", "!#$%&'*+-.^_`|~"])
def test_names_that_a_header_may_have(messages: Messages, name: str) -> None:
    assert messages("invalid-header-name", hook({"headers": [{"name": name, "value": "x"}]})) == []


def test_a_colon_at_the_end_is_taken_away(fixed: Fixed) -> None:
    found = fixed("invalid-header-name", hook({"headers": [{"name": "Authorization: ", "value": "x"}]}))
    assert found["capabilities"]["auditLogEventsHook"]["endpoint"]["headers"][0]["name"] == "Authorization"


def test_two_requests_may_have_the_same_header(messages: Messages) -> None:
    assert messages("duplicate-header", approval()) == []
    assert len(messages("duplicate-header", hook({"headers": [CONTENT, BEARER, CONTENT, CONTENT]}))) == 2


@pytest.mark.parametrize(
    ("value", "count"), [("", 1), (" ", 1), ("x ", 1), ("a\nb", 1), ("{{\n token }}", 0), ("a b", 0)]
)
def test_values_of_headers(messages: Messages, value: str, count: int) -> None:
    assert len(messages("invalid-header-value", hook({"headers": [{"name": "X-A", "value": value}]}))) == count


@pytest.mark.parametrize(
    ("kind", "template", "count"),
    [
        ("application/json", "templates/a.json.hbs", 0),
        ("application/vnd.api+json; charset=utf-8", "templates/a.json", 0),
        ("text/plain", "templates/a.JSON.hbs", 1),
        ("application/json", "templates/a.txt.hbs", 1),
        ("application/json", "templates/a.hbs", 0),
        ("text/html", "templates/a.html.hbs", 0),
        ("application/jsonp", "templates/a.json.hbs", 1),
        ("json", "templates/a.json.hbs", 1),
        ("{{region}}", "templates/a.json.hbs", 0),
    ],
)
def test_the_content_type_fits_the_templates(messages: Messages, kind: str, template: str, count: int) -> None:
    headers = [{"name": "Content-Type", "value": kind}]
    patch = hook({"headers": headers}, templates={"default": template}, useStandardWebhookPayload=None)
    assert len(messages("wrong-content-type", patch)) == count


def test_a_json_body_is_json(messages: Messages) -> None:
    headers = [{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}]
    endpoint = {"url": "https://a.example", "method": "POST", "headers": headers}
    patch = approval(creationRequest={"endpoint": endpoint, "jsonBody": '{"a": 1}'})
    assert messages("wrong-content-type", patch) == [
        "the Content-Type is application/x-www-form-urlencoded, but jsonBody is JSON"
    ]


@pytest.mark.parametrize(
    ("name", "value", "count"),
    [
        ("X-LD-Signature", "{{token}}", 1),
        ("x-hub-signature-256", "sha256={{{ token }}}", 1),
        ("X-Acme-HMAC", "{{formVariables.token}}", 1),
        ("X-LD-Signature", "{{context.kind}}", 0),
        ("X-LD-Token", "{{token}}", 0),
        ("X-Signature-Key", "{{token}}", 0),
        ("X-Signature-Version", "{{token}}", 0),
    ],
)
def test_a_secret_is_no_signature(messages: Messages, name: str, value: str, count: int) -> None:
    assert len(messages("secret-as-signature", hook({"headers": [{"name": name, "value": value}]}))) == count


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ({**TOKEN}, None),
        ({**REGION, "type": "string"}, "is not a form variable"),
        ({**TOKEN, "isSecret": False}, "is not a secret string"),
        ({**TOKEN, "type": "uri"}, "is not a secret string"),
    ],
)
def test_what_signs_is_a_secret_string(messages: Messages, variable: dict[str, object], said: str | None) -> None:
    signature = {"headerName": "X-LD-Signature", "hmacSecretFormVariableKey": "token"}
    endpoint = {"url": "https://a.example", "method": "POST", "headers": [], "hmacSignature": signature}
    for rule, patch in (
        ("wrong-signing-secret", hook(endpoint, (variable,))),
        ("wrong-signing-secret", capability("eventsHook", {"endpoint": endpoint, "templates": {}}, variable)),
    ):
        found = messages(rule, patch)
        assert len(found) == (said is not None)
        assert all(said and said in message for message in found)


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("https://{{{site}}}/v1", 1),
        ("https://{{ site }}", 1),
        ("{{{site}}}/v1", 0),
        ("https://{{region}}.acme.io/v1", 0),
        ("https://api.acme.io//v1", 1),
        ("https://api.acme.io/v1//x", 1),
        ("https://api.acme.io/?to=https://acme.io//x", 0),
        ("https://api.acme.io/v1#x", 1),
        ("https://api.acme.io/{{#if region}}eu{{/if}}", 0),
    ],
)
def test_the_shape_of_a_url(messages: Messages, url: str, count: int) -> None:
    region = {**REGION, "type": "string"}
    assert len(messages("odd-url", hook({"url": url}, (TOKEN, SITE, region)))) == count


def test_people_may_follow_a_fragment(messages: Messages) -> None:
    assert messages("odd-url", approval({"urlTemplate": "https://acme.io/#/{{context.approvalId}}"})) == []


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/:region/x", 1),
        ("/<region>", 1),
        ("/?r=%region%", 1),
        ("/[region]/x", 1),
        ("/<%= region %>", 1),
        ("/${region}", 1),
        ("/:other/x", 0),
        ("/a:region", 0),
        ("/{{region}}:443/x", 0),
    ],
)
def test_variables_of_other_programs(messages: Messages, path: str, count: int) -> None:
    region = {**REGION, "type": "string"}
    assert len(messages("stray-brace", hook({"url": f"https://acme.io{path}"}, (TOKEN, region)))) == count


def test_a_hook_is_not_called_with_delete(messages: Messages) -> None:
    assert len(messages("wrong-method", hook({"method": "DELETE"}))) == 1
    assert messages("wrong-method", approval()) == []


@pytest.mark.parametrize("host", ["a1b2.ngrok.io", "webhook.site", "acme.ngrok-free.app"])
def test_a_tunnel_is_no_host(messages: Messages, host: str) -> None:
    said = messages("placeholder-host", hook({"url": f"https://{host}/x"}))
    assert f"{host} is a placeholder host" in said


@pytest.mark.parametrize(("method", "count"), [("GET", 0), ("POST", 1), ("PUT", 1), ("DELETE", 1)])
def test_asking_for_a_status_changes_nothing(messages: Messages, method: str, count: int) -> None:
    request = {"endpoint": {"url": "https://a.example", "method": method, "headers": []}}
    assert len(messages("wrong-method", approval(statusRequest=request))) == count


@pytest.mark.parametrize(
    ("value", "count"), [('"{{token}}"', 1), ("'x'", 1), ('Token token="{{token}}"', 0), ("Caf\u00e9", 1), ("x", 0)]
)
def test_quotes_are_sent_too(messages: Messages, value: str, count: int) -> None:
    patch = hook({"headers": [CONTENT, BEARER, {"name": "X-Acme-Source", "value": value}]})
    assert len(messages("invalid-header-value", patch)) == count


def test_a_form_offers_https(messages: Messages) -> None:
    choice = form(type="enum", allowedValues=["http://api.acme.io", "https://eu.acme.io", "eu"])
    assert messages("endpoint-without-https", choice) == ["http://api.acme.io uses http"]
    assert messages("endpoint-without-https", form(type="string", isOptional=True, defaultValue="http://acme.io")) == []
