"""The requests of each capability that makes any."""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from toolkit import events
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.integration.pointers import APPROVAL, AUDIT_LOG_HOOK, BUTTON_ACTION, EVENTS_HOOK, FEATURE_STORE
from toolkit.json_text import join
from toolkit.requests.payload import FLAGS, standard_payload
from toolkit.requests.rendering import Rendering
from toolkit.requests.request import Request
from toolkit.requests.values import Values

VALIDATION: Final = "validation"
"""What is sent when a customer clicks "Validate connection"."""
EVENT_NAMES: Final = (
    *(name for some in events.CHANGES.values() for name in some),
    *events.ROLLOUTS.values(),
    VALIDATION,
)
"""The events to choose from: changes, what an ``eventsHook`` receives, and the validation of a connection."""
_CHANGES = frozenset(name for some in events.CHANGES.values() for name in some)
_APPROVALS = ("creationRequest", "statusRequest", "postApplyRequest", "deletionRequest", "memberListRequest")
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
    data: Mapping[str, Any] | None = None,
) -> list[Request]:
    """The requests of an integration, or of one of CAPABILITIES, for one of EVENT_NAMES.

    ``data`` is the JSON of an event, to be sent in place of the sample. Raises LditError for a value that is not known,
    and where a template cannot be rendered.
    """
    manifest = integration.manifest
    if manifest is None:
        raise LditError(f"{integration.path} has no manifest.json that can be read", "`ldit lint` says why")
    values.check(manifest)
    rendering = Rendering(integration, manifest, values, moment, data)
    wanted = [capability] if capability else list(CAPABILITIES)
    return [request for name in wanted for request in CAPABILITIES[name](rendering, event)]


def why_none(integration: Integration, event: str, capability: str | None) -> str:
    """Why an integration makes no request of that kind, in a sentence without its period."""
    manifest = integration.manifest
    held = manifest.object("/capabilities") if manifest else {}
    if capability:
        return f"LaunchDarkly sends nothing for {capability}"
    if event == VALIDATION:
        return "it has no validation template and no validation request"
    if manifest and (manifest.object(f"{AUDIT_LOG_HOOK}/endpoint") or manifest.object(f"{EVENTS_HOOK}/endpoint")):
        return f"it receives no {event} events"
    if manifest and manifest.has(f"{AUDIT_LOG_HOOK}/deliveryMethod"):
        return "LaunchDarkly delivers its events in a way of its own"
    if called := [name for name in _CALLED if name in held]:
        return f"it calls LaunchDarkly ({', '.join(called)}), not the other way around"
    return "it has no capability with which LaunchDarkly calls anybody"


def _change(rendering: Rendering, event: str) -> Iterator[Request]:
    """The request of a change history hook for an event, or to validate its connection."""
    templates = f"{AUDIT_LOG_HOOK}/templates"
    if event == VALIDATION:
        if rendering.has(f"{templates}/{VALIDATION}"):
            tested = events.TESTED[VALIDATION]
            body = partial(Rendering.text, pointer=f"{templates}/{VALIDATION}", event=tested)
            yield from _request(rendering, AUDIT_LOG_HOOK, VALIDATION, tested, body)
        return
    kind = rendering.event.get("kind") if rendering.event is not None else _kind(event)
    if not isinstance(kind, str):
        return
    pointers = [pointer for key in (kind, "default") if rendering.has(pointer := join(templates, key))]

    def text(now: Rendering) -> str:
        return now.text(pointers[0], event) if pointers else standard_payload(now.data(event))

    yield from _request(rendering, AUDIT_LOG_HOOK, event, event, text)


def _kind(event: str) -> str | None:
    return next((kind for kind, names in events.CHANGES.items() if event in names), None)


def _rollout(rendering: Rendering, event: str) -> Iterator[Request]:
    """The requests of an events hook: for the event that was asked for, else for each that has a template."""
    for key, name in events.ROLLOUTS.items():
        pointer = f"{EVENTS_HOOK}/templates/{key}"
        if rendering.has(pointer) and event in (name, *_CHANGES):
            yield from _request(
                rendering, EVENTS_HOOK, name, name, partial(Rendering.text, pointer=pointer, event=name)
            )


def _approval(rendering: Rendering, event: str) -> Iterator[Request]:
    for name in _APPROVALS if event != VALIDATION else ():
        yield from _with_json_body(rendering, f"{APPROVAL}/{name}", name)


def _with_json_body(rendering: Rendering, request: str, name: str) -> Iterator[Request]:
    pointer = f"{request}/jsonBody"
    body = partial(Rendering.text, pointer=pointer, event=events.APPROVAL) if rendering.has(pointer) else None
    yield from _request(rendering, request, name, events.APPROVAL, body)


def _store(rendering: Rendering, event: str) -> Iterator[Request]:
    yield from _with_json_body(rendering, f"{FEATURE_STORE}/validationRequest", "validationRequest")
    if event == VALIDATION:
        return
    request = f"{FEATURE_STORE}/featureStoreRequest"

    def body(now: Rendering) -> str:
        prefix, suffix = (now.text(f"{request}/{name}", events.APPROVAL) for name in ("payloadPrefix", "payloadSuffix"))
        return f"{prefix}{FLAGS}{suffix}"

    yield from _request(rendering, request, "featureStoreRequest", events.APPROVAL, body)


def _button(rendering: Rendering, event: str) -> Iterator[Request]:
    bodies = rendering.manifest.list(f"{BUTTON_ACTION}/requestBodyTemplates") if event != VALIDATION else ()
    for index, template in enumerate(bodies):
        key = template.get("key") if isinstance(template, dict) else None
        pointer = f"{BUTTON_ACTION}/requestBodyTemplates/{index}/jsonBody"
        body = partial(Rendering.text, pointer=pointer, event=events.APPROVAL)
        yield from _request(rendering, f"{BUTTON_ACTION}/actionRequest", str(key), events.APPROVAL, body)


def _options(rendering: Rendering, event: str) -> Iterator[Request]:
    for variable in rendering.manifest.form_variables if event != VALIDATION else ():
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
            headers=tuple(_headers(rendering, endpoint, event)),
            body=body(rendering) if body else None,
            unset=rendering.values.unset(manifest),
            signature=_signature(rendering, endpoint, body),
        )


def _headers(rendering: Rendering, endpoint: str, event: str) -> Iterator[tuple[str, str]]:
    listed = rendering.manifest.get(f"{endpoint}/headers")
    if listed is None:
        yield "Content-Type", "application/json"
    for index, header in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(header, dict):
            yield str(header.get("name")), rendering.text(f"{endpoint}/headers/{index}/value", event)


def _signature(rendering: Rendering, endpoint: str, body: Body | None) -> tuple[str, str] | None:
    """The header that signs the body; empty where the secret or a part of the body was not given."""
    signature = rendering.manifest.object(f"{endpoint}/hmacSignature")
    if not signature:
        return None
    secret = rendering.values.given.get(str(signature.get("hmacSecretFormVariableKey")))
    sent = body(rendering.unmasked()) if body else ""
    known = secret and not any(name in sent for name in rendering.values.unset(rendering.manifest))
    digest = hmac.new(str(secret).encode(), sent.encode(), hashlib.sha256).hexdigest() if known else ""
    return str(signature.get("headerName") or "X-LD-Signature"), digest
