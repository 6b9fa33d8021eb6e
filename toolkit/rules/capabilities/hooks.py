"""Hooks: what LaunchDarkly tells the partner of."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Manifest
from toolkit.integration.pointers import AUDIT_LOG_HOOK, EVENTS_HOOK
from toolkit.json_text import join
from toolkit.rules.examples import CONTENT, ENDPOINT, POLICY, capability, hook
from toolkit.rules.registry import error, rule, warning

_STANDARD = {"templates": {}, "useStandardWebhookPayload": True, "defaultPolicy": [POLICY]}


@rule(
    error,
    bad=capability("auditLogEventsHook", _STANDARD),
    good=capability("auditLogEventsHook", {**_STANDARD, "deliveryMethod": "custom"}, author="LaunchDarkly"),
)
def missing_endpoint(manifest: Manifest) -> Iterator[Problem]:
    """An audit log hook has an endpoint.

    LaunchDarkly would not know where to send anything. The official schema allows a hook without an endpoint, for those
    that LaunchDarkly delivers itself with `"deliveryMethod": "custom"`.
    """
    if (
        manifest.object(AUDIT_LOG_HOOK)
        and not manifest.has(f"{AUDIT_LOG_HOOK}/endpoint")
        and not manifest.has(f"{AUDIT_LOG_HOOK}/deliveryMethod")
    ):
        yield Problem(
            manifest.key(AUDIT_LOG_HOOK), "the hook has no endpoint", "add `endpoint` with url, method and headers"
        )


@rule(error, bad=hook({"headers": None}, ()), gate="tests")
def missing_headers(manifest: Manifest) -> Iterator[Problem]:
    """The endpoint of an audit log hook lists its headers.

    The official schema does not require `headers`, the official tests do. An empty list is enough.
    """
    endpoint = manifest.object(f"{AUDIT_LOG_HOOK}/endpoint")
    if endpoint and endpoint.get("headers") is None:
        place = manifest.key(f"{AUDIT_LOG_HOOK}/endpoint")
        yield Problem(place, "the endpoint has no headers", 'add `"headers": []`, or a Content-Type')


@rule(
    warning,
    bad=[
        hook(useStandardWebhookPayload=None),
        hook(useStandardWebhookPayload=None, templates={"default": ""}),
        capability("eventsHook", {"endpoint": {**ENDPOINT, "headers": [CONTENT]}, "templates": {}}),
    ],
)
def missing_templates(manifest: Manifest) -> Iterator[Problem]:
    """A hook has templates or uses the standard payload.

    With `"templates": {}` alone, a partner received empty requests. With `"useStandardWebhookPayload": true`
    LaunchDarkly sends its own JSON. A template for `validation` is sent only when a member sets the hook up.
    """
    for pointer in (AUDIT_LOG_HOOK, EVENTS_HOOK):
        templates = manifest.get(f"{pointer}/templates")
        other = manifest.flag(f"{pointer}/useStandardWebhookPayload") or manifest.has(f"{pointer}/deliveryMethod")
        if isinstance(templates, dict) and not templates and not other:
            own = pointer == AUDIT_LOG_HOOK
            help_ = 'add one, or `"useStandardWebhookPayload": true`' if own else "add one for each event"
            yield Problem(manifest.at(f"{pointer}/templates"), "the hook has no templates", help_)
        for kind, path in templates.items() if isinstance(templates, dict) else ():
            if isinstance(path, str) and not path.strip():
                place = manifest.at(join(f"{pointer}/templates", kind))
                yield Problem(place, f"the path of the {kind} template is blank", "name a file, or remove it")
        if isinstance(templates, dict) and list(templates) == ["validation"]:
            message = "the hook has a template for the validation only"
            yield Problem(manifest.at(f"{pointer}/templates"), message, "add one, such as `default`")
