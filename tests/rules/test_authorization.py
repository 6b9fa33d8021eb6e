"""How requests prove who sends them."""

import pytest

from tests.rules.conftest import Fixed, Messages
from toolkit.rules.examples import BEARER, CONTENT, ENDPOINT, HOST, TOKEN, approval, hook
from toolkit.rules.registry import Patch


def _sends(name: str, value: str) -> Patch:
    return hook({"headers": [CONTENT, {"name": name, "value": value}]}, (TOKEN,))


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("Bearer{{token}}", "Bearer {{token}}"),
        ("basic{{token}}", "basic {{token}}"),
        ("Bearer Bearer {{token}}", "Bearer {{token}}"),
        ("Baerer {{token}}", "Bearer {{token}}"),
        ("Bearar {{token}}", "Bearer {{token}}"),
    ],
)
def test_a_scheme_stands_once_before_a_space(messages: Messages, fixed: Fixed, value: str, right: str) -> None:
    patch = _sends("Authorization", value)
    assert len(messages("wrong-authorization", patch)) == 1
    found = fixed("wrong-authorization", patch)["capabilities"]["auditLogEventsHook"]
    assert found["endpoint"]["headers"][1]["value"] == right


@pytest.mark.parametrize(
    "value",
    [
        "Bearer {{token}}",
        "bearer {{token}}",
        "{{token}}",
        "{{{basicAuthHeaderValue 'a' token}}}",
        "GenieKey {{token}}",
        "Splunk {{token}}",
        "SSWS {{token}}",
        "Token token={{token}}",
        "key={{token}}",
        "Api-Token {{token}}",
    ],
)
def test_schemes_of_all_kinds(messages: Messages, value: str) -> None:
    assert messages("wrong-authorization", _sends("Authorization", value)) == []


@pytest.mark.parametrize(
    ("name", "value", "count"),
    [
        ("Authorization", "Bearer 5f1d7a84e9b2c3061d7a84e9", 1),
        ("X-Api-Key", "5f1d7a84-e9b2-c306-1d7a-84e9b2c3061d", 1),
        ("Authorization", "Bearer {{token}}", 0),
        ("X-Api-Key-Version", "2024-10-01-preview", 0),
        ("X-Acme-Source", "LaunchDarkly-2024-10-01", 0),
        ("Authorization", "none", 0),
    ],
)
def test_a_credential_is_asked_for(messages: Messages, name: str, value: str, count: int) -> None:
    assert len(messages("fixed-credential", _sends(name, value))) == count


@pytest.mark.parametrize(("headers", "count"), [([CONTENT, BEARER], 0), ([CONTENT], 1)])
def test_one_request_forgets_the_token(messages: Messages, headers: list[object], count: int) -> None:
    endpoint = {**ENDPOINT, "url": f"{HOST}/approvals/{{{{context.approvalId}}}}", "headers": headers}
    request = {"endpoint": endpoint, "parser": {"statusValue": "/status", "approvalMatcher": "^yes$"}}
    assert len(messages("missing-authorization", approval(deletionRequest=request))) == count


def test_a_capability_without_secrets_forgets_none(messages: Messages) -> None:
    assert messages("missing-authorization", hook({"headers": [CONTENT]}, ())) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Authorisation", "Authorization"),
        ("Authorizaton", "Authorization"),
        ("ContentType", "Content-Type"),
        ("content_type", "Content-Type"),
        ("UserAgent", "User-Agent"),
        ("authorization", None),
        ("Proxy-Authorization", None),
        ("X-Authorization", None),
        ("Accept-Language", None),
        ("Content-MD5", None),
        ("X-Api-Key", None),
    ],
)
def test_standard_headers(messages: Messages, name: str, meant: str | None) -> None:
    expected = [f"{name} is not a standard header"] if meant else []
    assert messages("misspelled-header", _sends(name, "{{token}}")) == expected
