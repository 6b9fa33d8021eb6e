"""The metrics API: every function takes a sandbox and a request, and answers or raises RefusedError."""

import json
from typing import Any

import jsonpatch
import jsonpointer
from starlette.requests import Request
from starlette.responses import Response

from toolkit.metrics.sandbox import listing, representation, schemas
from toolkit.metrics.sandbox.state import NO_SUCH, Sandbox
from toolkit.metrics.sandbox.wire import RefusedError, answer, body_of

LARGEST_METRIC = 256 * 1024


async def create(sandbox: Sandbox, request: Request) -> Response:
    """Creates a metric: 201, or 409 where its key is taken."""
    project = sandbox.authorize(request, "createMetric")
    body = await body_of(request)
    schemas.check(body, strict=sandbox.options.strict)
    metric = representation.created(project, body)
    if not sandbox.store.create(project, metric):
        raise RefusedError(409, f"the metric key {body['key']} is taken")
    return answer(metric, 201)


async def collection(sandbox: Sandbox, request: Request) -> Response:
    """A page of the metrics of a project."""
    project = sandbox.authorize(request)
    return answer(listing.page(sandbox.store, project, request.url.path, request.query_params))


async def show(sandbox: Sandbox, request: Request) -> Response:
    """One metric, or 404."""
    return answer(_metric(sandbox, sandbox.authorize(request), request))


async def patch(sandbox: Sandbox, request: Request) -> Response:
    """Changes a metric by JSON Patch (RFC 6902)."""
    project = sandbox.authorize(request, "updateMetric")
    _metric(sandbox, project, request)
    operations = schemas.operations(await body_of(request))
    metric = _metric(sandbox, project, request)  # again: it may have gone while the body came
    fields = {name: value for name, value in metric.items() if not name.startswith("_")}
    changed = representation.edited(metric, _patched(fields, operations), strict=sandbox.options.strict)
    sandbox.store.replace(project, changed)
    return answer(changed)


async def delete(sandbox: Sandbox, request: Request) -> Response:
    """Deletes a metric: 204, or 404."""
    project = sandbox.authorize(request, "deleteMetric")
    _metric(sandbox, project, request)
    sandbox.store.delete(project, request.path_params["key"])
    return Response(status_code=204)


def _metric(sandbox: Sandbox, project: str, request: Request) -> dict[str, Any]:
    metric = sandbox.store.get(project, request.path_params["key"])
    if metric is None:
        raise RefusedError(404, NO_SUCH)
    return metric


def _patched(fields: dict[str, Any], operations: list[dict[str, Any]]) -> dict[str, Any]:
    changed: object = fields
    try:
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
        RecursionError,
    ) as why:
        raise RefusedError(400, f"Invalid request: the patch does not apply: {str(why)[:200]}") from None
    if not isinstance(changed, dict):
        raise RefusedError(400, "Invalid request: the patch leaves no metric")
    return changed


def _lenient(operation: dict[str, Any], fields: object) -> dict[str, Any]:
    """LaunchDarkly lets `replace` create a field."""
    name = str(operation["path"])[1:]
    absent = isinstance(fields, dict) and name and "/" not in name and name not in fields
    return operation | {"op": "add"} if absent and operation["op"] == "replace" else operation
