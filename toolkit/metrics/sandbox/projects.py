"""What clients ask first: the root of the API, who is calling, projects and environments."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from toolkit.metrics.sandbox.state import ENVIRONMENTS, NO_SUCH, Sandbox, credentials
from toolkit.metrics.sandbox.wire import RefusedError, answer

ROOT = ("projects", "caller-identity")


def link(href: str) -> dict[str, str]:
    """A link as the API writes it."""
    return {"href": href, "type": "application/json"}


async def root(sandbox: Sandbox, request: Request) -> Response:
    """The links that the API begins with."""
    sandbox.tokens.authorize(request)
    return answer({"links": {name: link(f"/api/v2/{name}") for name in ROOT}})


async def caller(sandbox: Sandbox, request: Request) -> Response:
    """Who the token belongs to."""
    kind = sandbox.tokens.authorize(request)
    return answer({"authKind": kind, "tokenName": "sandbox", "serviceToken": False, "scopes": ["writer"]})


async def collection(sandbox: Sandbox, request: Request) -> Response:
    """All projects."""
    sandbox.tokens.authorize(request)
    items = [_project(key, request) for key in sandbox.options.projects]
    return answer({"_links": {"self": link("/api/v2/projects")}, "items": items, "totalCount": len(items)})


async def show(sandbox: Sandbox, request: Request) -> Response:
    """One project, or 404."""
    return answer(_project(sandbox.authorize(request), request))


async def environments(sandbox: Sandbox, request: Request) -> Response:
    """The environments of a project."""
    return answer(_environments(sandbox.authorize(request)))


async def environment(sandbox: Sandbox, request: Request) -> Response:
    """One environment, or 404."""
    project = sandbox.authorize(request)
    if request.path_params["environment"] not in ENVIRONMENTS:
        raise RefusedError(404, NO_SUCH)
    return answer(_environment(project, request.path_params["environment"]))


def _project(key: str, request: Request) -> dict[str, Any]:
    href = f"/api/v2/projects/{key}"
    more = {}
    if "environments" in request.query_params.get("expand", ""):
        more = {"environments": _environments(key)}
    return {
        "_id": credentials(key, "")["_id"],
        "_links": {"self": link(href), "environments": link(f"{href}/environments")},
        "key": key,
        "name": key,
        "tags": [],
        "includeInSnippetByDefault": False,
        "defaultClientSideAvailability": {"usingEnvironmentId": False, "usingMobileKey": False},
        **more,
    }


def _environments(project: str) -> dict[str, Any]:
    items = [_environment(project, key) for key in ENVIRONMENTS]
    href = f"/api/v2/projects/{project}/environments"
    return {"_links": {"self": link(href)}, "items": items, "totalCount": len(items)}


def _environment(project: str, key: str) -> dict[str, Any]:
    return {
        **credentials(project, key),
        "_links": {"self": link(f"/api/v2/projects/{project}/environments/{key}")},
        "key": key,
        "name": key.title(),
        "color": "417505",
        "defaultTtl": 0,
        "secureMode": False,
        "defaultTrackEvents": False,
        "requireComments": False,
        "confirmChanges": False,
        "tags": [],
        "critical": False,
    }
