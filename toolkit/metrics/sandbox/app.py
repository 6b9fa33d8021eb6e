"""The sandbox as one ASGI application: the table of what it answers, and what happens around every answer."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from toolkit.metrics.sandbox import events, metrics, openapi, page, segments
from toolkit.metrics.sandbox.faults import FaultyApp
from toolkit.metrics.sandbox.state import Sandbox
from toolkit.metrics.sandbox.wire import RefusedError, error

Handler = Callable[[Sandbox, Request], Awaitable[Response]]

METRICS = "/api/v2/metrics/{project}"
ENDPOINTS: dict[str, dict[str, Handler]] = {
    METRICS: {"GET": metrics.collection, "POST": metrics.create},
    f"{METRICS}/{{key}}": {"GET": metrics.show, "PATCH": metrics.patch, "DELETE": metrics.delete},
    "/api/v2/projects": {"GET": metrics.projects},
    "/api/v2/caller-identity": {"GET": metrics.caller},
    # The official validation server has the singular, LaunchDarkly itself the plural.
    "/api/v2/segment-target/{integration}": {"POST": segments.receive},
    "/api/v2/segment-targets/{integration}": {"POST": segments.receive},
    "/v2/event-data-import/{project}/{environment}": {"POST": events.import_data},
    "/bulk": {"POST": events.bulk},
    "/diagnostic": {"POST": events.diagnostic},
    "/events": {"GET": events.recent},
    "/": {"GET": page.show},
    "/page.css": {"GET": page.style},
    "/page.js": {"GET": page.script},
    "/openapi.json": {"GET": openapi.show},
}


def create(sandbox: Sandbox) -> ASGIApp:
    """The application; with faults around it if the options ask for any."""
    routes = [
        Route(path, _endpoint(sandbox, path, handlers), methods=list(handlers)) for path, handlers in ENDPOINTS.items()
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _no_route})
    faults = sandbox.options.faults
    return FaultyApp(app, faults) if faults.rates else app


def _endpoint(sandbox: Sandbox, path: str, handlers: dict[str, Handler]) -> Callable[[Request], Awaitable[Response]]:
    limited = path.startswith("/api/v2/")

    async def endpoint(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        route = f"{method} {path}"
        try:
            if limited and not sandbox.limit.take(route):
                raise RefusedError(429, "Rate limited")
            response = await handlers[method](sandbox, request)
        except RefusedError as refused:
            response = error(refused.status, str(refused), refused.code)
        except ClientDisconnect:
            response = Response(status_code=400)
        if limited:
            response.headers.update(sandbox.limit.headers(route))
        return response

    return endpoint


async def _no_route(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)  # noqa: S101 - it is registered for nothing else
    return error(failure.status_code, failure.detail, headers=dict(failure.headers or {}))
