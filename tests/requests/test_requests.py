"""The requests that LaunchDarkly would send: every capability, masked secrets, signatures, and commands for a shell."""

import hashlib
import hmac
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import LditError
from toolkit.examples import damaged
from toolkit.integration import Integration
from toolkit.requests import CAPABILITIES, EVENT_NAMES, Request, Values, requests, why_none
from toolkit.rules.examples import (
    CONTENT,
    GOOD,
    HOST,
    SIGNED,
    TOKEN,
    approval,
    capability,
    hook,
    hook_endpoint,
    hook_with,
    store,
)
from toolkit.rules.registry import Patch

GOLDEN = Path(__file__).with_name("requests.txt")
NAME = "manifest.json"
REGION = {"key": "region", "name": "Region", "type": "enum", "description": "Choose.", "allowedValues": ["eu", "us"]}
OPTIONS = {
    "endpoint": {"url": f"{HOST}/{{{{region}}}}/teams", "method": "GET", "headers": []},
    "parser": {"optionsPath": "/teams", "optionsItems": {"label": "/name", "value": "/id"}},
}
TEAM = {"key": "team", "name": "Team", "type": "dynamicEnum", "description": "Choose.", "dynamicOptions": OPTIONS}
ON = {"key": "on", "name": "On", "type": "boolean", "description": "Switch.", "isOptional": True, "defaultValue": False}
BASIC = {"name": "Authorization", "value": "{{{basicAuthHeaderValue region token}}}"}
BUTTON = {
    "actionRequest": {"endpoint": {"url": f"{HOST}/tasks", "method": "POST"}},
    "requestBodyTemplates": [
        {"key": "cleanup", "jsonBody": '{"flag": "{{{flagKey}}}"}', "requiredContext": ["flagKey"]},
        {"key": "setup", "jsonBody": '{"sdk": "{{{content.sdk}}}"}', "requiredContext": ["content"]},
    ],
}


def together(*patches: Patch) -> Integration:
    """The sample with the capabilities, form variables and files of all patches."""
    files: dict[str, Any] = {}
    manifest: dict[str, Any] = {"capabilities": {}, "formVariables": []}
    for patch in patches:
        files |= {path: text for path, text in patch.items() if path != NAME}
        manifest["capabilities"] |= patch[NAME]["capabilities"]
        form = manifest["formVariables"]
        form += [variable for variable in patch[NAME].get("formVariables", ()) if variable not in form]
    return damaged({**files, NAME: manifest})


def everything() -> Integration:
    rollouts = {
        "endpoint": {"url": f"{HOST}/rollouts", "method": "POST", "headers": [CONTENT]},
        "templates": {"measuredRolloutReverted": "templates/reverted.json.hbs"},
    }
    signed = {"url": f"{HOST}/{{{{region}}}}/changes", **SIGNED}
    body = '{"title": "{{{title.plainText}}}", "region": "{{{formVariables.region}}}"}\n'
    asking: Any = approval()
    asking[NAME]["capabilities"]["approval"]["creationRequest"]["jsonBody"] = '{"flag": "{{{flag.key}}}"}'
    return together(
        {**hook_endpoint(signed, (TOKEN, REGION, ON)), "templates/default.json.hbs": body},
        {
            **capability("eventsHook", rollouts),
            "templates/reverted.json.hbs": '{"flag": "{{{templateVariables.flagKey}}}"}\n',
        },
        asking,
        store(payloadPrefix='{"environment": "{{{envId}}}", "value": ', payloadSuffix="}"),
        capability("buttonAction", BUTTON, TEAM),
    )


def one(integration: Integration, values: Values | None = None, **options: Any) -> Request:
    (found,) = requests(integration, values or Values(), **options)
    return found


def test_every_capability_has_its_requests() -> None:
    found = requests(everything(), Values({"token": "t0ps3cret"}), event="flag-copied")
    assert {request.capability for request in found} == set(CAPABILITIES)
    text = "\n\n".join(request.as_text() for request in found) + "\n"
    assert text == GOLDEN.read_text()
    assert "t0ps3cret" not in text


def test_only_one_capability() -> None:
    found = requests(everything(), Values(), capability="approval")
    names = ["creationRequest", "statusRequest", "postApplyRequest", "deletionRequest"]
    assert [request.name for request in found] == names


@pytest.mark.parametrize(("event", "title"), [("flag-created", "created the"), ("member-updated", "updated the")])
def test_the_event_chooses_the_template(event: str, title: str) -> None:
    hooked = damaged(hook_with(flag='{"flag": "{{{title.plainText}}}"}', member='{"member": "{{{title.plainText}}}"}'))
    body = json.loads(one(hooked, event=event).body or "")
    assert title in body[event.partition("-")[0]]


def test_without_a_template_the_standard_payload_is_sent() -> None:
    body = json.loads(one(damaged(hook())).body or "")
    assert body["kind"] == "flag"
    assert body["title"] == "Ada Example turned on the flag New checkout in 'Production'"


def test_the_moment_is_that_of_the_event() -> None:
    hooked = damaged(
        hook_with(flag='{"a": {{timestamp.milliseconds}}, "b": "{{timestamp.rfc3339}} {{timestamp.simple}}"}')
    )
    body = json.loads(one(hooked, moment=datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)).body or "")
    assert body == {"a": 1735787045000, "b": "2025-01-02T03:04:05Z 2025-01-02 03:04:05"}


def test_secrets_are_masked_unless_shown() -> None:
    hooked = damaged(hook_endpoint({"headers": [CONTENT, BASIC]}, (TOKEN, REGION)))
    assert dict(one(hooked, Values({"token": "s3cret"})).headers)["Authorization"] == "Basic ZXU6Kioq"  # eu:***
    shown = one(hooked, Values({"token": "s3cret"}, show_secrets=True))
    assert dict(shown.headers)["Authorization"] == "Basic ZXU6czNjcmV0"


def test_values_defaults_and_what_nobody_gave() -> None:
    body = '{"region": "{{{formVariables.region}}}", "on": {{formVariables.on}}, "token": "{{{formVariables.token}}}"}'
    hooked = damaged({**hook_endpoint({}, (TOKEN, REGION, ON)), "templates/default.json.hbs": body})
    request = one(hooked)
    assert json.loads(request.body or "") == {"region": "eu", "on": False, "token": "$TOKEN"}
    assert request.unset == {"$TOKEN"}
    given = one(hooked, Values({"region": "us", "on": "true", "token": "x"}, show_secrets=True))
    assert json.loads(given.body or "") == {"region": "us", "on": True, "token": "x"}
    with pytest.raises(LditError, match="on is `yes`, but a boolean"):
        one(hooked, Values({"on": "yes"}))
    with pytest.raises(LditError, match="no form variable regoin") as caught:
        one(hooked, Values({"regoin": "us"}))
    assert caught.value.help == "did you mean `region`?"


def test_the_signature_is_that_of_the_body() -> None:
    hooked = damaged(hook_endpoint({"headers": [CONTENT], **SIGNED}))
    assert dict(one(hooked).headers)["X-LD-Signature"] == "(HMAC-SHA256 of the body)"
    request = one(hooked, Values({"token": "s3cret"}))
    digest = hmac.new(b"s3cret", (request.body or "").encode(), hashlib.sha256).hexdigest()
    assert dict(request.headers)["X-LD-Signature"] == digest


def test_a_signature_of_akamai_is_shown_without_entities() -> None:
    signed = {"name": "Authorization", "value": "{{edgeGridAuth 'GET' '/{{region}}' region}}"}
    request = one(together(hook_endpoint({"headers": [signed]}, (TOKEN, REGION))))
    assert request.headers[0][1].startswith("EG1-HMAC-SHA256 client_token=...;access_token=...;")


def test_headers_that_are_left_out_say_json() -> None:
    assert one(damaged(hook({"headers": None}, ()))).headers == (("Content-Type", "application/json"),)


def test_a_template_that_fails_is_named_with_its_place() -> None:
    with pytest.raises(LditError, match=r"^templates/flag\.json\.hbs:2:16: `titel` is not defined here"):
        one(damaged(hook_with(flag=GOOD.replace("title.plainText", "titel"))))
    with pytest.raises(LditError, match=r"^manifest\.json:\d+:\d+: `{{` is never closed"):
        one(damaged(hook_endpoint({"url": "https://{{token}.acme.example"})))
    with pytest.raises(LditError, match="has no manifest"):
        requests(Integration.held("acme", {}), Values())


@pytest.mark.parametrize(
    ("patch", "event", "wanted", "why"),
    [
        ({}, "flag-toggled", None, "it has no capability with which LaunchDarkly calls anybody"),
        (hook_with(flag=GOOD), "measured-rollout-reverted", None, "it is not told of measured-rollout-reverted"),
        (hook_with(flag=GOOD), "flag-toggled", "approval", "LaunchDarkly sends nothing for approval"),
        (
            capability("trigger", {"documentation": HOST}),
            "flag-toggled",
            None,
            "it calls LaunchDarkly (trigger), not the other way round",
        ),
        (
            capability("auditLogEventsHook", {"deliveryMethod": "custom", "templates": {}}),
            "flag-toggled",
            None,
            "LaunchDarkly delivers its events in a way of its own",
        ),
    ],
)
def test_why_there_is_none(patch: Patch, event: str, wanted: str | None, why: str) -> None:
    assert requests(damaged(patch), Values(), event=event, capability=wanted) == []
    assert why_none(damaged(patch), event, wanted) == why


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)


@given(TEXT, TEXT, TEXT)
def test_a_shell_takes_the_command_as_it_was_meant(url: str, value: str, body: str) -> None:
    unset = frozenset({"$TOKEN", "$TOKEN_2"})
    request = Request(
        "hook", "flag", "POST", url, (("Authorization", f"{value}$TOKEN"),), f"{body}$TOKEN_2{value}", unset
    )
    command = request.as_curl().partition("\n")[2].replace("curl", "printf '%s\\0'", 1)
    run = subprocess.run(
        ["sh", "-c", command], env={"TOKEN": "a b'", "TOKEN_2": '"$x'}, capture_output=True, check=True
    )
    arguments = run.stdout.decode().split("\0")[:-1]

    def filled(text: str) -> str:
        return text.replace("$TOKEN_2", '"$x').replace("$TOKEN", "a b'")

    assert arguments == [
        *("--request", "POST", filled(url), "--header", f"Authorization: {filled(value)}a b'"),
        *("--data-raw", f'{filled(body)}"$x{filled(value)}'),
    ]


def test_every_integration_of_the_corpus_and_every_event(corpus: Path) -> None:
    made = 0
    for directory in sorted((corpus / "integrations").iterdir()):
        integration = Integration.read(directory) if directory.is_dir() else None
        for event in EVENT_NAMES if integration and integration.templates else ():
            try:
                made += len(requests(integration, Values(), event=event)) if integration else 0
            except LditError as error:
                assert "is not defined here" in str(error)
    assert made > 500
