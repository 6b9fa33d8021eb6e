"""Metric groups: create, get, list, delete."""

import re
import secrets
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from toolkit.metrics.sandbox import schemas
from toolkit.metrics.sandbox.projects import link
from toolkit.metrics.sandbox.state import NO_SUCH, Sandbox
from toolkit.metrics.sandbox.wire import RefusedError, answer, body_of


async def create(sandbox: Sandbox, request: Request) -> Response:
    """Creates a metric group: 201, or 409 where its key is taken."""
    project = sandbox.authorize(request, "createMetricGroup")
    body = await body_of(request)
    schemas.check_group(body)
    for metric in body["metrics"]:
        if not sandbox.store.get(project, metric["key"]):
            raise RefusedError(400, f"Invalid request: metrics: there is no metric {metric['key'][:100]}")
    group = _group(sandbox, project, body)
    if not sandbox.store.add_group(project, group):
        raise RefusedError(409, f"the metric group key {group['key']} is taken")
    return answer(group, 201)


async def collection(sandbox: Sandbox, request: Request) -> Response:
    """All metric groups of a project."""
    project = sandbox.authorize(request)
    groups = sandbox.store.groups(project)
    href = f"/api/v2/projects/{project}/metric-groups"
    return answer({"items": groups, "totalCount": len(groups), "_links": {"self": link(href)}})


async def show(sandbox: Sandbox, request: Request) -> Response:
    """One metric group, or 404."""
    project = sandbox.authorize(request)
    for group in sandbox.store.groups(project):
        if group["key"] == request.path_params["key"]:
            return answer(group)
    raise RefusedError(404, NO_SUCH)


async def delete(sandbox: Sandbox, request: Request) -> Response:
    """Deletes a metric group: 204, or 404."""
    project = sandbox.authorize(request, "deleteMetricGroup")
    if not sandbox.store.delete_group(project, request.path_params["key"]):
        raise RefusedError(404, NO_SUCH)
    return Response(status_code=204)


def _group(sandbox: Sandbox, project: str, body: dict[str, Any]) -> dict[str, Any]:
    key = body.get("key") or re.sub("[^a-z0-9]+", "-", body["name"].lower()).strip("-") or "group"
    href = f"/api/v2/projects/{project}/metric-groups"
    metrics = []
    for named in body["metrics"]:
        metric = sandbox.store.get(project, named["key"]) or {}
        metrics.append(
            {
                **{name: metric.get(name) for name in ("_id", "key", "name", "kind", "isNumeric", "_versionId")},
                "_links": metric.get("_links", {}),
                "nameInGroup": named.get("nameInGroup", metric.get("name", "")),
            }
        )
    return {
        "_id": secrets.token_hex(12),
        "key": key,
        "name": body["name"],
        "kind": body["kind"],
        "description": body.get("description", ""),
        "tags": body.get("tags", []),
        "_creationDate": int(time.time() * 1000),
        "_lastModified": int(time.time() * 1000),
        "maintainer": {"key": body.get("maintainerId", "sandbox"), "kind": "member", "_links": {}},
        "metrics": metrics,
        "version": 1,
        "_version": 1,
        "_links": {"self": link(f"{href}/{key}"), "parent": link(href)},
    }
