"""The requests that LaunchDarkly would send: every capability, masked secrets, signatures, and commands for a shell."""

import base64
import hashlib
import hmac
import json
import os
import re
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
from toolkit.requests import CAPABILITIES, EVENT_NAMES, VALIDATION, Request, Values, placeholder, requests, why_none
from toolkit.rules.examples import (
    CONTENT,
    HOST,
    SIGNED,
    TEMPLATE,
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
    unsigned = one(hooked)
    assert dict(unsigned.all_headers)["X-LD-Signature"] == "(HMAC-SHA256 of the body)"
    assert "X-LD-Signature: (HMAC-SHA256 of the body)\n" in unsigned.as_text()
    comment = "\n# without X-LD-Signature, the HMAC-SHA256 of the body: not every value is given\ncurl "
    assert comment in unsigned.as_curl()
    assert unsigned.as_curl().count("X-LD-Signature") == 1
    request = one(hooked, Values({"token": "s3cret"}))
    digest = hmac.new(b"s3cret", (request.body or "").encode(), hashlib.sha256).hexdigest()
    assert dict(request.all_headers)["X-LD-Signature"] == digest
    assert f"--header 'X-LD-Signature: {digest}'" in request.as_curl()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("token", "$TOKEN"),
        ("apiToken", "$API_TOKEN"),
        ("APIToken", "$API_TOKEN"),
        ("api-token", "$API_TOKEN"),
        ("URL", "$URL"),
        ("oauth.baseURI", "$OAUTH_BASE_URI"),
        ("path", "$FORM_PATH"),
        ("home", "$FORM_HOME"),
        ("2ndKey", "$FORM_2ND_KEY"),
        ("ключ", "$FORM_____"),
        ("", "$FORM_"),
    ],
)
def test_a_value_that_nobody_gave_is_a_variable_of_a_shell_and_no_other(key: str, name: str) -> None:
    assert placeholder(key) == name
    run = subprocess.run(["sh", "-c", f"unset {name[1:]}; printf %s {name}"], capture_output=True, check=True)
    assert run.stdout == b""


def sent_by_a_shell(request: Request, **values: str) -> list[str]:
    """The arguments that a shell hands to curl for a request."""
    command = re.sub(r"^#.*\n", "", request.as_curl(), flags=re.MULTILINE).replace("curl", "printf '%s\\0'", 1)
    run = subprocess.run(["sh", "-c", command], env={"PATH": os.environ["PATH"], **values}, capture_output=True)
    assert run.stderr == b""
    return run.stdout.decode().split("\0")[:-1]


def test_variables_count_in_basic_authentication_and_in_a_url() -> None:
    endpoint = {"url": f"{HOST}/{{{{pathEncode token}}}}", "headers": [BASIC]}
    sent = sent_by_a_shell(one(damaged(hook_endpoint(endpoint, (TOKEN, REGION)))), TOKEN="s3 'cret")
    assert f"{HOST}/s3 'cret" in sent
    assert "Authorization: Basic " + base64.b64encode(b"eu:s3 'cret").decode() in sent


def test_the_connection_is_validated() -> None:
    validated = {**hook_with(flag=TEMPLATE), "templates/validation.json.hbs": '{"kind": "{{kind}}"}\n'}
    validated[NAME]["capabilities"]["auditLogEventsHook"]["templates"]["validation"] = "templates/validation.json.hbs"
    request = one(damaged(validated), event=VALIDATION)
    assert (request.name, request.body) == ("validation", '{"kind": "environment"}\n')
    assert [each.name for each in requests(everything(), Values(), event=VALIDATION)] == ["validationRequest"]
    nothing = damaged(hook_with(flag=TEMPLATE))
    assert requests(nothing, Values(), event=VALIDATION) == []
    assert why_none(nothing, VALIDATION, None) == "it has no validation template and no validation request"


def test_an_event_of_ones_own() -> None:
    hooked = damaged(hook_with(flag='{"flag": "{{{title.plainText}}}"}', member='{"member": "{{{name}}}"}'))
    assert json.loads(one(hooked, data={"kind": "member", "name": 'A "B"'}).body or "") == {"member": 'A "B"'}
    assert requests(hooked, Values(), data={"kind": 3}) == []
    with pytest.raises(LditError, match=r"flag\.json\.hbs:1:\d+: "):
        requests(hooked, Values(), data={"kind": "flag"})
    standard = json.loads(one(damaged(hook()), data={"kind": "flag", "title": "own"}).body or "")
    assert (standard["kind"], standard["title"]) == ("flag", "")


def test_choices_begin_as_the_form_does() -> None:
    body = '{"on": {{formVariables.on}}, "many": "{{{formVariables.many}}}"}'
    options = [{"label": name.upper(), "value": name} for name in ("a", "b")]
    many = {
        "key": "many",
        "name": "Many",
        "type": "multiselect",
        "description": "Choose.",
        "multiselectOptions": options,
    }
    switch = {key: value for key, value in ON.items() if key != "defaultValue"}
    chosen = {**many, "multiselectDefaultOptions": ["b"]}
    hooked = damaged({**hook_endpoint({}, (TOKEN, switch, chosen)), "templates/default.json.hbs": body})
    assert json.loads(one(hooked).body or "") == {"on": False, "many": "b"}
    assert json.loads(one(hooked, Values({"many": "a,b", "on": "true"})).body or "") == {"on": True, "many": "a,b"}


def test_the_lines_for_a_pull_request() -> None:
    assert one(damaged(hook_endpoint({"headers": [CONTENT]}))).as_preview() == (
        f"URL:    {HOST}/changes\nMETHOD: POST\nHEADER: Content-Type: application/json\nBODY:\tflag-toggled\n"
        + (one(damaged(hook_endpoint({"headers": [CONTENT]}))).body or "").rstrip()
    )


def test_a_signature_of_akamai_is_shown_without_entities() -> None:
    signed = {"name": "Authorization", "value": "{{edgeGridAuth 'GET' '/{{region}}' region}}"}
    request = one(together(hook_endpoint({"headers": [signed]}, (TOKEN, REGION))))
    assert request.headers[0][1].startswith("EG1-HMAC-SHA256 client_token=...;access_token=...;")


def test_headers_that_are_left_out_say_json() -> None:
    assert one(damaged(hook({"headers": None}, ()))).headers == (("Content-Type", "application/json"),)


def test_a_template_that_fails_is_named_with_its_place() -> None:
    with pytest.raises(LditError, match=r"^templates/flag\.json\.hbs:2:16: `titel` is not defined here"):
        one(damaged(hook_with(flag=TEMPLATE.replace("title.plainText", "titel"))))
    with pytest.raises(LditError, match=r"^manifest\.json:\d+:\d+: `{{` is never closed"):
        one(damaged(hook_endpoint({"url": "https://{{token}.acme.example"})))
    with pytest.raises(LditError, match="has no manifest"):
        requests(Integration.from_files("acme", {}), Values())


@pytest.mark.parametrize(
    ("patch", "event", "wanted", "why"),
    [
        ({}, "flag-toggled", None, "it has no capability with which LaunchDarkly calls anybody"),
        (
            hook_with(flag=TEMPLATE),
            "measured-rollout-reverted",
            None,
            "it receives no measured-rollout-reverted events",
        ),
        (hook_with(flag=TEMPLATE), "flag-toggled", "approval", "LaunchDarkly sends nothing for approval"),
        (
            capability("trigger", {"documentation": HOST}),
            "flag-toggled",
            None,
            "it calls LaunchDarkly (trigger), not the other way around",
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
