"""The events sinks: take what SDKs, browsers and event imports send, and match it to metrics as it arrives."""

import time
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from toolkit.metrics.sandbox.matching import reason_against
from toolkit.metrics.sandbox.state import Sandbox
from toolkit.metrics.sandbox.wire import RefusedError, answer, body_of

SHOWN = 200
KINDS = ("custom", "click", "pageview")
"""The kinds of events that metrics are made of; index, identify, summary and others are left out."""
Event = dict[str, Any]


async def bulk(sandbox: Sandbox, request: Request) -> Response:
    """What server SDKs post."""
    credential = request.headers.get("authorization", "")
    if not credential.startswith("sdk-"):
        raise RefusedError(401, "Invalid SDK key")
    return await _take(sandbox, request, credential)


async def mobile(sandbox: Sandbox, request: Request) -> Response:
    """What mobile SDKs post."""
    credential = request.headers.get("authorization", "").removeprefix("api_key ")
    if not credential.startswith("mob-"):
        raise RefusedError(401, "Invalid mobile key")
    return await _take(sandbox, request, credential)


async def client_side(sandbox: Sandbox, request: Request) -> Response:
    """What browsers post, and importers such as Segment; the client-side id in the path is no secret."""
    return await _take(sandbox, request, request.path_params["client"])


async def diagnostic(sandbox: Sandbox, request: Request) -> Response:
    """What SDKs say about themselves."""
    return Response(status_code=202)


async def import_data(sandbox: Sandbox, request: Request) -> Response:
    """The event-import endpoint, which answers 202 even to events that it drops."""
    project = sandbox.authorize(request, "importEventData")
    if request.headers.get("x-launchdarkly-event-schema") != "4":
        raise RefusedError(406, "the header X-LaunchDarkly-Event-Schema must be 4")
    items = [item if isinstance(item, dict) else {} for item in await _items(request)]
    events = [_event(item if item.get("kind") == "custom" else item | {"kind": None}) for item in items]
    _keep(sandbox, project, request.path_params["environment"], events)
    return Response(status_code=202)


async def recent(sandbox: Sandbox, request: Request) -> Response:
    """The newest events; this endpoint is the sandbox's own.

    ``metrics`` has the keys of those that an event counts for, ``others`` why it does not count for those that are
    near, ``problem`` why it counts for none at all.
    """
    events = [event for project in sandbox.options.projects for event in sandbox.store.events(project, SHOWN)]
    return answer({"items": sorted(events, key=lambda event: -int(event["number"]))[:SHOWN]})


async def _take(sandbox: Sandbox, request: Request, credential: str) -> Response:
    project, environment = sandbox.environment(credential)
    items = [item for item in await _items(request) if isinstance(item, dict) and item.get("kind") in KINDS]
    _keep(sandbox, project, environment, map(_event, items))
    return Response(status_code=202)


def _keep(sandbox: Sandbox, project: str, environment: str, events: Iterable[Event]) -> None:
    store = sandbox.store
    store.add_events(
        project, [{**each, "environment": environment, **_match(sandbox, project, each)} for each in events]
    )


def _match(sandbox: Sandbox, project: str, event: Event) -> dict[str, Any]:
    if event["problem"]:
        return {"metrics": [], "others": {}}
    reasons = {
        metric["key"]: reason_against(metric, event)
        for metric in sandbox.store.candidates(project, event["kind"], event["key"])
    }
    others = {key: reason for key, reason in reasons.items() if reason}
    counted = [key for key, reason in reasons.items() if not reason]
    problem = "" if reasons else "no metric has this event key" if event["kind"] == "custom" else "no metric counts it"
    return {"metrics": counted, "others": others, "problem": problem}


async def _items(request: Request) -> list[Any]:
    body = await body_of(request)
    if not isinstance(body, list):
        raise RefusedError(400, "Invalid request: events come as a list")
    return body


def _event(item: dict[str, Any]) -> Event:
    key, value, kind = item.get("key"), item.get("metricValue"), item.get("kind")
    contexts, attributes = _contexts(item)
    problem = ""
    if kind not in KINDS:
        problem = "dropped: its kind is not custom"
    elif kind == "custom" and (not isinstance(key, str) or not key):
        problem = "dropped: it has no event key"
    elif not contexts or not all(isinstance(each, str) for each in contexts.values()):
        problem = "dropped: it has no context keys"
    elif value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        problem = "dropped: its metric value is not a number"
    return {
        "received": int(time.time() * 1000),
        "kind": kind if kind in KINDS else "custom",
        "key": key if isinstance(key, str) else "",
        "value": None if problem else value,
        "contexts": {} if problem else contexts,
        "attributes": {} if problem else attributes,
        "data": item.get("data"),
        "url": str(item.get("url") or ""),
        "selector": str(item.get("selector") or ""),
        "problem": problem,
    }


def _contexts(item: dict[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The keys of an event's contexts by kind, and their attributes as far as they were sent."""
    context, keys = item.get("context"), item.get("contextKeys")
    if not isinstance(context, dict):
        if isinstance(keys, dict):
            return keys, {}
        # What SDKs before contexts sent.
        return ({"user": item["userKey"]} if item.get("userKey") else {}), {}
    if context.get("kind") != "multi":
        parts = {str(context.get("kind", "user")): context}
    else:
        parts = {kind: each for kind, each in context.items() if isinstance(each, dict)}
    return {kind: each.get("key") for kind, each in parts.items()}, parts
