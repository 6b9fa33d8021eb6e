"""Integrations to be shown: small, and with everything that a page can draw."""

from pathlib import Path
from typing import Any

from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.integration import Integration
from toolkit.json_text import dumps
from toolkit.preview.page import document
from toolkit.preview.view import Choices, View

SVG = "http://www.w3.org/2000/svg"
SQUARE = f'<svg xmlns="{SVG}" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20" fill="#0000ff"/></svg>\n'
WIDE = f'<svg xmlns="{SVG}" viewBox="0 0 120 40"><rect width="120" height="40" fill="#0000ff"/></svg>\n'
HOST = "https://api.acme.example"
SECRET = {"key": "apiToken", "name": "API token", "type": "string", "description": "Your token.", "isSecret": True}
ENDPOINT = {
    "url": f"{HOST}/changes",
    "method": "POST",
    "headers": [{"name": "Authorization", "value": "Bearer {{{apiToken}}}"}],
}


def variable(key: str, kind: str, **more: object) -> dict[str, Any]:
    """A form variable of that type."""
    return {"key": key, "name": f"The {key}", "type": kind, "description": f"About {key}.", **more}


FORM = (
    SECRET,
    variable("title", "string", isOptional=True, defaultValue="Hello", placeholder="A title"),
    variable("site", "uri", isOptional=True, defaultValue="", description="See [the help](https://acme.example/help)."),
    variable("region", "enum", allowedValues=["eu", "us"]),
    variable("loud", "boolean", isOptional=True, defaultValue=False),
    variable(
        "volume",
        "string",
        isOptional=True,
        defaultValue="",
        isHidden=True,
        dependsOn=[
            {
                "variableKey": "loud",
                "variableLocation": "formVariables",
                "action": "showField",
                "conditions": [{"operator": "equalTo", "value": "true"}],
            }
        ],
    ),
    variable(
        "kinds",
        "multiselect",
        isOptional=True,
        multiselectOptions=[{"label": "Flags", "value": "flag"}, {"label": "Segments", "value": "segment"}],
        multiselectDefaultOptions=["flag"],
    ),
    variable("team", "dynamicEnum", isOptional=True),
    variable("where", "environmentSelector", isOptional=True, disableAfterSaving=True),
    variable("externalId", "generated"),
    variable("odd", "oauth", isOptional=True),
)
FORM_BODY = (
    '{"title": "{{{formVariables.title}}}", "region": "{{formVariables.region}}", "loud": {{formVariables.loud}}, '
    '"kinds": "{{formVariables.kinds}}", "site": "{{{formVariables.site}}}", "event": "{{{title.plainText}}}"}\n'
)
HOOK = {
    "endpoint": ENDPOINT,
    "templates": {"default": "templates/default.json.hbs", "validation": "templates/default.json.hbs"},
    "defaultPolicy": [{"effect": "allow", "resources": ["proj/*:env/production:flag/*"], "actions": ["*"]}],
}
_REQUEST = {"endpoint": ENDPOINT, "parser": {"statusValue": "/status", "approvalMatcher": "ok"}}
EVERYTHING: dict[str, Any] = {
    "formVariables": list(FORM),
    "details": "What to do after that is written in [our help](https://acme.example/help), step by step.",
    "requiresOAuth": True,
    "capabilities": {
        "auditLogEventsHook": HOOK,
        "approval": {
            "name": "Acme Changes",
            "environmentFormVariables": [variable("template", "string")],
            "approvalFormVariables": [variable("reason", "string", isOptional=True, defaultValue="")],
            **dict.fromkeys(("creationRequest", "statusRequest", "postApplyRequest", "deletionRequest"), _REQUEST),
        },
        "flagLink": {
            "header": "Acme item",
            "emptyState": {"title": "No items", "leadText": "See [the help](https://acme.example/links)."},
            "metadata": {"heading": {"type": "string"}, "author": {"type": "string"}},
            "uiBlocks": {
                "image": {"sourceUrl": "{{{metadata.heading}}}", "isAvatar": True},
                "title": {"linkToReference": True, "elements": [{"text": "{{{metadata.heading}}}"}]},
                "context": {"elements": [{"text": "by"}, {"text": "{{{metadata.author}}}", "isBold": True}]},
            },
        },
        "trigger": {"documentation": "https://acme.example/triggers", "parser": {"eventName": "/title"}},
        "syncedSegment": {"jsonResponseBody": '{"status": {{statusCode}} }'},
        "reservedCustomProperties": [{"name": "Acme tags", "key": "acme", "description": "Tags of Acme."}],
        "buttonAction": {"actionRequest": {"endpoint": ENDPOINT}, "requestBodyTemplates": []},
    },
}


def manifest(**members: object) -> dict[str, Any]:
    """A manifest with nothing to find fault with, and with these members."""
    plain: dict[str, Any] = {
        "name": "Acme Signals",
        "version": "1.0.0",
        "overview": "Send what changes in LaunchDarkly to Acme Signals.",
        "description": "Acme Signals shows what has changed in LaunchDarkly beside what your customers do.",
        "author": "Acme Signals",
        "supportEmail": "help@acme-signals.example",
        "links": {"site": "https://acme-signals.example", "privacyPolicy": "https://acme-signals.example/privacy"},
        "categories": ["monitoring"],
        "icons": {"square": "assets/square.svg", "horizontal": "assets/horizontal.svg"},
    }
    return {key: value for key, value in {**plain, **members}.items() if value is not None}


def files(members: dict[str, Any] | None = None, contents: dict[str, str] | None = None) -> dict[str, bytes]:
    """The files of an integration; ``contents`` replaces or adds some."""
    texts = {
        "manifest.json": dumps(manifest(**(members or {}))),
        "assets/square.svg": SQUARE,
        "assets/horizontal.svg": WIDE,
        "templates/default.json.hbs": FORM_BODY,
        **(contents or {}),
    }
    return {path: text.encode() for path, text in texts.items()}


def held(members: dict[str, Any] | None = None, contents: dict[str, str] | None = None) -> Integration:
    """The integration in memory."""
    return Integration.from_files("acme", files(members, contents))


def write(directory: Path, members: dict[str, Any] | None = None, contents: dict[str, str] | None = None) -> Path:
    """The integration on disk."""
    for path, data in files(members, contents).items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(data)
    return directory


def view(integration: Integration, *, linted: bool = False, live: bool = False, **choices: Any) -> View:
    """A view with these choices; form variables by their names."""
    findings = lint(integration, Settings()).findings if linted else ()
    return View(integration, findings, Choices.of(choices), live=live, address="acme")


def html(members: dict[str, Any] | None = None, contents: dict[str, str] | None = None, /, **choices: Any) -> str:
    """The self-contained page of an integration."""
    return document([view(held(members, contents), **choices)])
