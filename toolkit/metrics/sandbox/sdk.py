"""What SDKs ask for when they start: flags, of which a sandbox has none, at once or as a stream."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from toolkit.metrics.sandbox.state import Sandbox
from toolkit.metrics.sandbox.wire import answer

HEARTBEAT = 60.0
STEP = 0.1


async def poll(sandbox: Sandbox, request: Request) -> Response:
    """All flags and segments, for server SDKs."""
    return answer({"flags": {}, "segments": {}})


async def evaluated(sandbox: Sandbox, request: Request) -> Response:
    """All flags as they are for one context, for client-side and mobile SDKs."""
    return answer({})


async def goals(sandbox: Sandbox, request: Request) -> Response:
    """The click and pageview metrics that the JavaScript SDK watches for."""
    project, _ = sandbox.environment(request.path_params["client"])
    metrics = sandbox.store.select(project, "kind in ('click', 'pageview')", rest="order by number limit 200")
    found = [{name: each.get(name) for name in ("key", "kind", "urls", "selector")} for each in metrics]
    return answer([each for each in found if each["urls"]])


async def stream(sandbox: Sandbox, request: Request) -> Response:
    """The same as ``poll``, and nothing new ever after; for server SDKs."""
    return _stream(sandbox, '{"path": "/", "data": {"flags": {}, "segments": {}}}')


async def evaluated_stream(sandbox: Sandbox, request: Request) -> Response:
    """The same as ``evaluated``, and nothing new ever after."""
    return _stream(sandbox, "{}")


def _stream(sandbox: Sandbox, data: str) -> Response:
    async def lines() -> AsyncIterator[str]:
        yield f"event: put\ndata: {data}\n\n"
        waited = 0.0
        while not sandbox.closing.is_set():
            await asyncio.sleep(STEP)
            waited += STEP
            if waited > HEARTBEAT:
                waited = 0.0
                yield ":\n"

    return StreamingResponse(lines(), media_type="text/event-stream")
