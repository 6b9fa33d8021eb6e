"""The metrics API: every function takes a sandbox and a request, and answers or raises RefusedError."""

import json
from typing import Any

import jsonpatch
import jsonpointer
from starlette.requests import Request
from starlette.responses import Response

from toolkit.metrics.sandbox import listing, representation, schemas
from toolkit.metrics.sandbox.state import Sandbox
from toolkit.metrics.sandbox.wire import RefusedError, answer, body_of

NO_SUCH = "Invalid resource identifier"
LARGEST_METRIC = 256 * 1024


async def caller(sandbox: Sandbox, request: Request) -> Response:
    sandbox.authorize(request)
    return answer({"authKind": "token", "tokenName": "sandbox", "serviceToken": False, "scopes": ["writer"]})


async def projects(sandbox: Sandbox, request: Request) -> Response:
    sandbox.authorize(request)
    link = {"href": "/api/v2/projects", "type": "application/json"}
    project = {
        "_id": "0" * 24,
        "_links": {"self": {"href": f"{link['href']}/{sandbox.project}", "type": "application/json"}},
        "key": sandbox.project,
        "name": sandbox.project,
        "tags": [],
        "includeInSnippetByDefault": False,
    }
    return answer({"_links": {"self": link}, "items": [project], "totalCount": 1})


async def create(sandbox: Sandbox, request: Request) -> Response:
    sandbox.authorize(request)
    body = await body_of(request)
    schemas.check(body)
    metric = representation.created(sandbox.project, body)
    if not sandbox.store.create(sandbox.project, metric):
        raise RefusedError(409, f"the metric key {body['key']} is taken")
    return answer(metric, 201)


async def collection(sandbox: Sandbox, request: Request) -> Response:
    sandbox.authorize(request)
    found = sandbox.store.metrics(sandbox.project)
    return answer(listing.page(found, request.url.path, request.query_params))


async def show(sandbox: Sandbox, request: Request) -> Response:
    return answer(_metric(sandbox, request))


async def patch(sandbox: Sandbox, request: Request) -> Response:
    _metric(sandbox, request)
    operations = schemas.operations(await body_of(request))
    metric = _metric(sandbox, request)  # again: it may have gone while the body came
    fields = {name: value for name, value in metric.items() if not name.startswith("_")}
    changed = representation.edited(metric, _patched(fields, operations))
    sandbox.store.replace(sandbox.project, changed)
    return answer(changed)


async def delete(sandbox: Sandbox, request: Request) -> Response:
    _metric(sandbox, request)
    sandbox.store.delete(sandbox.project, request.path_params["key"])
    return Response(status_code=204)


def _metric(sandbox: Sandbox, request: Request) -> dict[str, Any]:
    sandbox.authorize(request)
    metric = sandbox.store.get(sandbox.project, request.path_params["key"])
    if metric is None:
        raise RefusedError(404, NO_SUCH)
    return metric


def _lenient(operation: dict[str, Any], fields: object) -> dict[str, Any]:
    """LaunchDarkly lets `replace` create a field, and `remove` one that is not there is an error with it too."""
    name = str(operation["path"])[1:]
    absent = isinstance(fields, dict) and "/" not in name and name and name not in fields
    return operation | {"op": "add"} if absent and operation["op"] == "replace" else operation


def _patched(fields: dict[str, Any], operations: list[dict[str, Any]]) -> dict[str, Any]:
    try:
        changed = fields
        for operation in operations:
            changed = jsonpatch.apply_patch(changed, [_lenient(operation, changed)])
            if len(json.dumps(changed)) > LARGEST_METRIC:
                raise RefusedError(400, f"Invalid request: the patch makes a metric of over {LARGEST_METRIC >> 10} kB")
    except jsonpatch.JsonPatchTestFailed:
        raise RefusedError(409, "a test of the patch failed", "optimistic_locking_error") from None
    # The library lets some malformed operations escape as plain errors.
    except (
        jsonpatch.JsonPatchException,
        jsonpointer.JsonPointerException,
        TypeError,
        LookupError,
        ValueError,
    ) as why:
        raise RefusedError(400, f"Invalid request: the patch does not apply: {str(why)[:200]}") from None
    if not isinstance(changed, dict):
        raise RefusedError(400, "Invalid request: the patch leaves no metric")
    return changed
