"""The requests of each capability that makes any."""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from toolkit import events
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.integration.templates import APPROVAL, BUTTON, EVENTS, FEATURES, HOOK
from toolkit.requests.payload import FLAGS, standard_payload
from toolkit.requests.rendering import Rendering
from toolkit.requests.request import Request
from toolkit.requests.values import Values

EVENT_NAMES: Final = (*(name for some in events.CHANGES.values() for name in some), *events.ROLLOUTS.values())
"""The samples to choose from: changes, and what an ``eventsHook`` tells of."""
_APPROVALS = ("creationRequest", "statusRequest", "postApplyRequest", "deletionRequest", "memberListRequest")
_UNSIGNED = "(HMAC-SHA256 of the body)"
_CALLED = ("trigger", "syncedSegment")
"""Capabilities with which the partner calls LaunchDarkly."""
Body = Callable[[Rendering], str]


def requests(
    integration: Integration,
    values: Values,
    *,
    event: str = "flag-toggled",
    capability: str | None = None,
    moment: datetime | None = None,
) -> list[Request]:
    """The requests of an integration, or of one of CAPABILITIES, with a sample of EVENT_NAMES.

    Raises LditError for a value that is not known, and where a template cannot be rendered.
    """
    manifest = integration.manifest
    if manifest is None:
        raise LditError(f"{integration.path} has no manifest.json that can be read", "`ldit lint` says why")
    values.check(manifest)
    rendering = Rendering(integration, manifest, values, moment)
    wanted = [capability] if capability else list(CAPABILITIES)
    return [request for name in wanted for request in CAPABILITIES[name](rendering, event)]


def why_none(integration: Integration, event: str, capability: str | None) -> str:
    """Why an integration makes no request of that kind, in a sentence without its period."""
    manifest = integration.manifest
    held = manifest.object("/capabilities") if manifest else {}
    if capability:
        return f"LaunchDarkly sends nothing for {capability}"
    if manifest and (manifest.object(f"{HOOK}/endpoint") or manifest.object(f"{EVENTS}/endpoint")):
        return f"it is not told of {event}"
    if manifest and manifest.has(f"{HOOK}/deliveryMethod"):
        return "LaunchDarkly delivers its events in a way of its own"
    if called := [name for name in _CALLED if name in held]:
        return f"it calls LaunchDarkly ({', '.join(called)}), not the other way round"
    return "it has no capability with which LaunchDarkly calls anybody"


def _change(rendering: Rendering, event: str) -> Iterator[Request]:
    """The request of a change history hook for an event."""
    kind = next((kind for kind, names in events.CHANGES.items() if event in names), None)
    if kind is None:
        return
    pointers = [f"{HOOK}/templates/{key}" for key in (kind, "default") if rendering.has(f"{HOOK}/templates/{key}")]

    def body(now: Rendering) -> str:
        return now.text(pointers[0], event) if pointers else standard_payload(now.data(event))

    yield from _request(rendering, HOOK, event, event, body)


def _rollout(rendering: Rendering, event: str) -> Iterator[Request]:
    """The requests of an events hook: for the event that was asked for, else for each that has a template."""
    for key, name in events.ROLLOUTS.items():
        pointer = f"{EVENTS}/templates/{key}"
        if rendering.has(pointer) and (event == name or event not in events.ROLLOUTS.values()):
            yield from _request(rendering, EVENTS, name, name, partial(Rendering.text, pointer=pointer, event=name))


def _approval(rendering: Rendering, _: str) -> Iterator[Request]:
    for name in _APPROVALS:
        yield from _with_json_body(rendering, f"{APPROVAL}/{name}", name)


def _with_json_body(rendering: Rendering, request: str, name: str) -> Iterator[Request]:
    pointer = f"{request}/jsonBody"
    body = partial(Rendering.text, pointer=pointer, event=events.APPROVAL) if rendering.has(pointer) else None
    yield from _request(rendering, request, name, events.APPROVAL, body)


def _store(rendering: Rendering, _: str) -> Iterator[Request]:
    yield from _with_json_body(rendering, f"{FEATURES}/validationRequest", "validationRequest")
    request = f"{FEATURES}/featureStoreRequest"

    def body(now: Rendering) -> str:
        prefix, suffix = (now.text(f"{request}/{name}", events.APPROVAL) for name in ("payloadPrefix", "payloadSuffix"))
        return f"{prefix}{FLAGS}{suffix}"

    yield from _request(rendering, request, "featureStoreRequest", events.APPROVAL, body)


def _button(rendering: Rendering, _: str) -> Iterator[Request]:
    for index, template in enumerate(rendering.manifest.list(f"{BUTTON}/requestBodyTemplates")):
        key = template.get("key") if isinstance(template, dict) else None
        pointer = f"{BUTTON}/requestBodyTemplates/{index}/jsonBody"
        body = partial(Rendering.text, pointer=pointer, event=events.APPROVAL)
        yield from _request(rendering, f"{BUTTON}/actionRequest", str(key), events.APPROVAL, body)


def _options(rendering: Rendering, _: str) -> Iterator[Request]:
    for variable in rendering.manifest.form_variables:
        yield from _request(rendering, f"{variable.pointer}/dynamicOptions", variable.key, events.APPROVAL, None)


CAPABILITIES: Final[Mapping[str, Callable[[Rendering, str], Iterator[Request]]]] = {
    "auditLogEventsHook": _change,
    "eventsHook": _rollout,
    "approval": _approval,
    "featureStore": _store,
    "buttonAction": _button,
    "dynamicOptions": _options,
}
"""What makes requests: the capabilities, and the form variables whose options are asked for."""


def _request(rendering: Rendering, parent: str, name: str, event: str, body: Body | None) -> Iterator[Request]:
    """The request to the endpoint of what stands at a pointer, if it has one."""
    manifest, endpoint = rendering.manifest, f"{parent}/endpoint"
    if manifest.object(endpoint):
        yield Request(
            capability="dynamicOptions" if parent.endswith("/dynamicOptions") else parent.split("/")[2],
            name=name,
            method=manifest.text(f"{endpoint}/method"),
            url=rendering.text(f"{endpoint}/url", event),
            headers=(*_headers(rendering, endpoint, event), *_signature(rendering, endpoint, body)),
            body=body(rendering) if body else None,
            unset=rendering.values.unset(manifest),
        )


def _headers(rendering: Rendering, endpoint: str, event: str) -> Iterator[tuple[str, str]]:
    listed = rendering.manifest.get(f"{endpoint}/headers")
    if listed is None:
        yield "Content-Type", "application/json"
    for index, header in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(header, dict):
            yield str(header.get("name")), rendering.text(f"{endpoint}/headers/{index}/value", event)


def _signature(rendering: Rendering, endpoint: str, body: Body | None) -> Iterator[tuple[str, str]]:
    """The header that signs the body, with the secret where that was given."""
    signature = rendering.manifest.object(f"{endpoint}/hmacSignature")
    if signature:
        secret = rendering.values.given.get(str(signature.get("hmacSecretFormVariableKey")))
        sent = body(rendering.unmasked()) if body else ""
        known = secret and not any(name in sent for name in rendering.values.unset(rendering.manifest))
        digest = hmac.new(str(secret).encode(), sent.encode(), hashlib.sha256).hexdigest() if known else _UNSIGNED
        yield str(signature.get("headerName") or "X-LD-Signature"), digest
