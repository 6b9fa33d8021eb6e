"""The events sink: takes what SDKs and event imports send, and matches it to metrics by event key."""

import time
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from toolkit.metrics.definition import kind_of
from toolkit.metrics.sandbox.state import Sandbox
from toolkit.metrics.sandbox.wire import RefusedError, answer, body_of

SHOWN = 200


async def bulk(sandbox: Sandbox, request: Request) -> Response:
    """What SDKs post; what no metric is made of (index, identify, summary, ...) is left out."""
    if not request.headers.get("authorization", "").startswith("sdk-"):
        raise RefusedError(401, "Invalid SDK key")
    items = [each for each in await _items(request) if isinstance(each, dict) and each.get("kind") == "custom"]
    sandbox.store.add_events(sandbox.project, [_event(item, _contexts_of_sdk(item)) for item in items])
    return Response(status_code=202)


async def diagnostic(sandbox: Sandbox, request: Request) -> Response:
    """What SDKs say about themselves."""
    return Response(status_code=202)


async def import_data(sandbox: Sandbox, request: Request) -> Response:
    """The event-import endpoint, which answers 202 even to events that it drops."""
    sandbox.authorize(request)
    if request.headers.get("x-launchdarkly-event-schema") != "4":
        raise RefusedError(406, "the header X-LaunchDarkly-Event-Schema must be 4")
    items = [item if isinstance(item, dict) else {} for item in await _items(request)]
    sandbox.store.add_events(sandbox.project, [_event(item, item.get("contextKeys")) for item in items])
    return Response(status_code=202)


async def recent(sandbox: Sandbox, request: Request) -> Response:
    """The newest events with the metrics that they count for; this endpoint is the sandbox's own."""
    return answer({"items": list(matched(sandbox))})


def matched(sandbox: Sandbox) -> Iterator[dict[str, Any]]:
    """The newest events, newest first, each with ``metrics``: the keys of those that it counts for.

    ``problem`` says why an event counts for none, or not for all that have its event key (a numeric one needs
    a value).
    """
    metrics = sandbox.store.metrics(sandbox.project)
    for event in sandbox.store.events(sandbox.project, SHOWN):
        same = [] if event["problem"] else [m for m in metrics if m.get("eventKey") == event["key"]]
        blind = [m["key"] for m in same if kind_of(m) == "numeric" and event["value"] is None]
        problem = event["problem"] or ("" if same else "no metric has this event key")
        if blind:
            problem = f"no metric value, which {', '.join(blind)} needs"
        yield event | {"metrics": [m["key"] for m in same if m["key"] not in blind], "problem": problem}


async def _items(request: Request) -> list[Any]:
    body = await body_of(request)
    if not isinstance(body, list):
        raise RefusedError(400, "Invalid request: events come as a list")
    return body


def _event(item: dict[str, Any], contexts: object) -> dict[str, Any]:
    key, value = item.get("key"), item.get("metricValue")
    problem = ""
    if item.get("kind") != "custom":
        problem = "dropped: its kind is not custom"
    elif not isinstance(key, str) or not key:
        problem = "dropped: it has no event key"
    elif not isinstance(contexts, dict) or not contexts or not all(isinstance(k, str) for k in contexts.values()):
        problem = "dropped: it has no context keys"
    elif value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        problem = "dropped: its metric value is not a number"
    return {
        "received": int(time.time() * 1000),
        "key": key if isinstance(key, str) else "",
        "value": None if problem else value,
        "contexts": {} if problem else contexts,
        "problem": problem,
    }


def _contexts_of_sdk(item: dict[str, Any]) -> object:
    context = item.get("context")
    if not isinstance(context, dict):
        return item.get("contextKeys")
    if context.get("kind") != "multi":
        return {str(context.get("kind")): context.get("key")}
    return {kind: each.get("key") for kind, each in context.items() if isinstance(each, dict)}
