"""What examples are built from: capabilities that are right as they stand, to be damaged in one place."""

import json
from typing import Any

from toolkit.integration.manifest import NAME
from toolkit.rules.registry import Patch

README = (
    "# Acme Signals\n\nMeasure experiments with Acme Signals: "
    "[user documentation](https://launchdarkly.com/docs/integrations/acme-signals).\n\n"
    "## Testing\n\nRun `npm test`.\n"
)
"""A README in which nothing is missing, to put something wrong into."""
ZEPHYR: Patch = {
    f"../zephyr/{NAME}": json.dumps(
        {
            "name": "Zephyr",
            "supportEmail": "support@zephyr.example",
            "links": {"site": "https://zephyr.example", "privacyPolicy": "https://zephyr.example/privacy"},
        }
    ).encode()
}
"""A patch that puts another integration beside the sample."""
HOST = "https://api.acme-signals.example"
CONTENT = {"name": "Content-Type", "value": "application/json"}
TOKEN = {"key": "token", "name": "API token", "type": "string", "description": "Enter your token.", "isSecret": True}
REGION = {"key": "region", "name": "Region", "description": "Choose the region of your Acme account."}
SITE = {
    "key": "site",
    "name": "Acme site",
    "type": "uri",
    "description": "Enter the address of your Acme site, without a slash at the end.",
}
BEARER = {"name": "Authorization", "value": "Bearer {{{token}}}"}
SIGNED = {"hmacSignature": {"headerName": "X-LD-Signature", "hmacSecretFormVariableKey": "token"}}
ENDPOINT = {"url": f"{HOST}/changes", "method": "POST", "headers": [CONTENT, BEARER]}
POLICY = {"effect": "allow", "resources": ["proj/*:env/production:flag/*"], "actions": ["*"]}
SETTLED = {"statusValue": "/status", "approvalMatcher": "^approved$", "rejectionMatcher": "^declined$"}


def links(**changes: str | None) -> Patch:
    """A patch that changes links of the card."""
    return {NAME: {"links": changes}}


def capability(name: str, value: object, *variables: object, **members: object) -> Patch:
    """A patch that gives the sample one capability, with the form variables and other members of the manifest."""
    form = {"formVariables": list(variables)} if variables else {}
    return {NAME: {"capabilities": {name: value}, **form, **members}}


def changed(value: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The value with other members; those changed to None are left out."""
    return {key: part for key, part in {**value, **changes}.items() if part is not None}


def hook(endpoint: Any = None, variables: tuple[object, ...] = (TOKEN,), **members: object) -> Patch:
    """A patch that makes the sample a hook with the standard payload; ``endpoint`` changes its endpoint."""
    value = {"endpoint": changed(ENDPOINT, endpoint or {}), "templates": {}, "useStandardWebhookPayload": True}
    return capability("auditLogEventsHook", changed({**value, "defaultPolicy": [POLICY]}, members), *variables)


def policy(*statements: dict[str, Any]) -> Patch:
    """A patch that makes the sample a hook with this policy; each statement changes one that is right."""
    return hook(defaultPolicy=[changed(POLICY, statement) for statement in statements])


def approval(parser: Any = None, **members: object) -> Patch:
    """A patch that makes the sample an approval system; ``parser`` changes that of the request that creates one."""
    created = changed({**SETTLED, "approvalId": "/id"}, parser or {})
    requests = {
        "creationRequest": {**_request("POST", created, "/approvals"), "jsonBody": '{"flag": "{{{flag.key}}}"}'},
        "statusRequest": _request("GET", SETTLED, "/approvals/{{context.approvalId}}"),
        "postApplyRequest": _request("POST", SETTLED, "/approvals/{{context.approvalId}}/apply"),
        "deletionRequest": _request("DELETE", SETTLED, "/approvals/{{context.approvalId}}"),
    }
    return capability("approval", {**requests, **members}, TOKEN, categories=["approval"])


def _request(method: str, parser: object, path: str) -> dict[str, object]:
    return {"endpoint": {**ENDPOINT, "url": HOST + path, "method": method}, "parser": parser}


def synced(**members: object) -> Patch:
    """A patch that makes the sample a synced segment with these paths to its members."""
    paths = {"environmentIdPath": "/environment", "cohortIdPath": "/cohort/id", "cohortNamePath": "/cohort/name"}
    parser = {**paths, "memberArrayParser": {"memberIdPath": "/id"}, **members}
    return capability("syncedSegment", {"requestParser": parser}, categories=["synced-segments"])


def trigger(**members: object) -> Patch:
    """A patch that makes the sample a flag trigger."""
    return capability("trigger", {"documentation": "https://acme-signals.example/help/triggers", **members})


def store(validation: Any = None, url: str = f"{HOST}/stores/{{{{_featureStoreKey}}}}", **members: object) -> Patch:
    """A patch that makes the sample a feature store; ``validation`` changes the endpoint that tests the connection.

    The members are those of the request that stores the flags.
    """
    request = {"endpoint": {**ENDPOINT, "url": url, "method": "PUT"}, **members}
    check = {"endpoint": {**ENDPOINT, "method": "GET", **(validation or {})}, "parser": {"success": "/ok"}}
    value = {"formVariables": [TOKEN], "validationRequest": check, "featureStoreRequest": request}
    return capability("featureStore", value)


def form(*variables: dict[str, Any], **properties: object) -> Patch:
    """A patch with one form variable with these properties, or several, in a form that LaunchDarkly reads itself."""
    return capability("flagCleanup", {}, *(variables or ({**REGION, **properties},)))


def form_of_flag_cleanup(*variables: dict[str, Any], **properties: object) -> Patch:
    """The same with a form of a capability."""
    return capability("flagCleanup", {"formVariables": list(variables or ({**REGION, **properties},))})


def form_of_approval(**properties: object) -> Patch:
    """The same with the dialog of an approval, where all answers are sent."""
    body = (
        '{"answers": { {{#each approvalFormVariables}}"{{@key}}": "{{this}}"{{#unless @last}},{{/unless}}{{/each}} } }'
    )
    patch = approval(approvalFormVariables=[{**REGION, **properties}])
    patch[NAME]["capabilities"]["approval"]["creationRequest"]["jsonBody"] = body
    return patch


TEMPLATE = '{\n  "title": "{{{title.plainText}}}"\n}\n'
"""A template file in which nothing is wrong."""


def hook_with(suffix: str = ".json.hbs", endpoint: object = None, **texts: str) -> Patch:
    """A patch that makes the sample an audit log hook with a template file of this text for each kind."""
    paths = {kind: f"templates/{kind}{suffix}" for kind in texts}
    files = {path: texts[kind] for kind, path in paths.items()}
    return {**hook(endpoint, useStandardWebhookPayload=None, templates=paths), **files}


def hook_endpoint(endpoint: object, variables: tuple[object, ...] = (TOKEN,), **members: object) -> Patch:
    """The same, with a good template, and these changes of the endpoint."""
    templates = {"default": "templates/default.json.hbs"}
    patch = hook(endpoint, variables, useStandardWebhookPayload=None, templates=templates, **members)
    return {**patch, "templates/default.json.hbs": TEMPLATE}


def link_with(text: str, metadata: object = None, blocks: object = None, **members: object) -> Patch:
    """A patch that gives the sample a flag link with these words, or other blocks."""
    blocks = blocks or {"title": {"elements": [{"text": text}]}}
    value = {"header": "Acme record", "emptyState": {"title": "No records yet."}, "uiBlocks": blocks, **members}
    return capability("flagLink", value | ({"metadata": metadata} if metadata is not None else {}))


def approval_with(body: str) -> Patch:
    """A patch that makes the sample an approval system with this body of the request that creates one."""
    patch = approval()
    patch["manifest.json"]["capabilities"]["approval"]["creationRequest"]["jsonBody"] = body
    return patch
