"""The sandbox as one ASGI application: the table of what it answers, and what happens around every answer."""

import logging
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from toolkit.metrics.sandbox import events, groups, metrics, oauth, openapi, page, projects, sdk, segments
from toolkit.metrics.sandbox.faults import FaultyApp
from toolkit.metrics.sandbox.guard import Guard
from toolkit.metrics.sandbox.state import Sandbox
from toolkit.metrics.sandbox.wire import RefusedError, error

Handler = Callable[[Sandbox, Request], Awaitable[Response]]

LOG = logging.getLogger("ldit.sandbox")
METRICS = "/api/v2/metrics/{project}"
PROJECT = "/api/v2/projects/{project}"
GROUPS = f"{PROJECT}/metric-groups"
ENDPOINTS: dict[str, dict[str, Handler]] = {
    METRICS: {"GET": metrics.collection, "POST": metrics.create},
    f"{METRICS}/{{key}}": {"GET": metrics.show, "PATCH": metrics.patch, "DELETE": metrics.delete},
    GROUPS: {"GET": groups.collection, "POST": groups.create},
    f"{GROUPS}/{{key}}": {"GET": groups.show, "DELETE": groups.delete},
    "/api/v2": {"GET": projects.root},
    "/api/v2/projects": {"GET": projects.collection},
    PROJECT: {"GET": projects.show},
    f"{PROJECT}/environments": {"GET": projects.environments},
    f"{PROJECT}/environments/{{environment}}": {"GET": projects.environment},
    "/api/v2/caller-identity": {"GET": projects.caller},
    "/api/v2/oauth/clients": {"GET": oauth.clients, "POST": oauth.register},
    "/api/v2/oauth/clients/{key}": {"GET": oauth.client, "DELETE": oauth.unregister},
    "/trust/oauth/authorize": {"GET": oauth.consent_page, "POST": oauth.consent},
    "/trust/oauth/token": {"POST": oauth.exchange},
    # The official validation server has the singular, LaunchDarkly itself the plural.
    "/api/v2/segment-target/{integration}": {"POST": segments.receive},
    "/api/v2/segment-targets/{integration}": {"POST": segments.receive},
    "/v2/event-data-import/{project}/{environment}": {"POST": events.import_data},
    "/bulk": {"POST": events.bulk},
    "/diagnostic": {"POST": events.diagnostic},
    "/mobile": {"POST": events.mobile},
    "/mobile/bulk": {"POST": events.mobile},
    "/mobile/events/bulk": {"POST": events.mobile},
    "/mobile/events/diagnostic": {"POST": events.diagnostic},
    "/events/bulk/{client}": {"POST": events.client_side},
    "/events/diagnostic/{client}": {"POST": events.diagnostic},
    "/sdk/latest-all": {"GET": sdk.poll},
    "/all": {"GET": sdk.stream},
    "/sdk/evalx/{client}/contexts/{context}": {"GET": sdk.evaluated},
    "/sdk/evalx/{client}/context": {"REPORT": sdk.evaluated},
    "/sdk/evalx/{client}/users/{context}": {"GET": sdk.evaluated},
    "/sdk/goals/{client}": {"GET": sdk.goals},
    "/eval/{client}/{context}": {"GET": sdk.evaluated_stream},
    "/eval/{client}": {"REPORT": sdk.evaluated_stream},
    "/msdk/evalx/contexts/{context}": {"GET": sdk.evaluated},
    "/msdk/evalx/context": {"REPORT": sdk.evaluated},
    "/meval/{context}": {"GET": sdk.evaluated_stream},
    "/meval": {"REPORT": sdk.evaluated_stream},
    "/events": {"GET": events.recent},
    "/": {"GET": page.show},
    "/changes": {"GET": page.changes},
    "/page.css": {"GET": page.style},
    "/page.js": {"GET": page.script},
    "/openapi.json": {"GET": openapi.show},
}


def create(sandbox: Sandbox, host: str = "127.0.0.1") -> ASGIApp:
    """The application for a server at ``host``; with faults around it if the options ask for any."""
    routes = [
        Route(path, _endpoint(sandbox, path, handlers), methods=list(handlers)) for path, handlers in ENDPOINTS.items()
    ]
    app: ASGIApp = Starlette(routes=routes, exception_handlers={HTTPException: _no_route})
    faults = sandbox.options.faults
    return Guard(FaultyApp(app, faults) if faults.rates else app, host, sandbox.options.origins)


def _endpoint(sandbox: Sandbox, path: str, handlers: dict[str, Handler]) -> Callable[[Request], Awaitable[Response]]:
    limited = path.startswith("/api/v2")

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
        except Exception:  # it is a bug: said where the sandbox runs, and no reason to end it
            LOG.exception("%s failed", route)
            response = error(500, "Internal server error of the sandbox, see where it runs")
        if limited:
            response.headers.update(sandbox.limit.headers(route))
        return response

    return endpoint


async def _no_route(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)  # noqa: S101 - it is registered for nothing else
    return error(failure.status_code, failure.detail, headers=dict(failure.headers or {}))
