"""The sandbox's own OpenAPI document: everything that it takes, and every answer that it may give."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from toolkit import __version__
from toolkit.metrics.sandbox.listing import LARGEST_PAGE, PAGE
from toolkit.metrics.sandbox.schemas import CLIENT_POST, FIELDS, GROUP_POST, METRIC_POST, PATCH
from toolkit.metrics.sandbox.state import Sandbox
from toolkit.metrics.sandbox.wire import CODES, answer

Json = dict[str, Any]

ANY_OBJECT: Json = {"type": "object"}
WHOLE = {"type": "integer"}
TEXT = {"type": "string"}
LINKS: Json = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["href", "type"],
        "properties": {"href": TEXT, "type": TEXT},
    },
}
METRIC: Json = {
    "type": "object",
    "required": [
        *("_id", "_versionId", "_version", "_creationDate", "_links"),
        *("key", "name", "kind", "tags", "dataSource"),
    ],
    "properties": FIELDS
    | {"_id": TEXT, "_versionId": TEXT, "_version": WHOLE, "_creationDate": WHOLE, "_links": LINKS},
}
ERROR: Json = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {"code": TEXT, "message": TEXT, "id": TEXT},
}
EVENTS: Json = {"type": "array", "items": {}}
PAGING = [
    ("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE}),
    ("offset", {"type": "integer", "minimum": 0, "maximum": 10**9, "default": 0}),
    ("sort", {"enum": ["createdAt", "-createdAt", "name", "-name"]}),
    ("filter", TEXT),
]


def _list_of(item: Json) -> Json:
    items = {"type": "array", "items": item}
    properties = {"items": items, "totalCount": WHOLE, "_links": LINKS}
    return {"type": "object", "required": ["items"], "properties": properties}


def _operation(answers: dict[int, Json | None], *refusals: int, body: Json | None = None, public: bool = False) -> Json:
    """``answers`` by status (None: no body), and the statuses of the errors."""
    contents: dict[int, Json | None] = answers | dict.fromkeys(refusals, ERROR)
    operation: Json = {"responses": {str(status): _response(status, content) for status, content in contents.items()}}
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return operation | ({"security": []} if public else {})


def _response(status: int, schema: Json | None) -> Json:
    response: Json = {"description": CODES.get(status, "done")}
    return response | ({"content": {"application/json": {"schema": schema}}} if schema is not None else {})


def _page(media_type: str) -> Json:
    return {"get": {"responses": {"200": {"description": "done", "content": {media_type: {}}}}, "security": []}}


PROJECT = "/api/v2/projects/{project}"
SINK = {"post": _operation({202: None}, 400, 401, 413, body=EVENTS)}
DIAGNOSTIC = {"post": _operation({202: None}, public=True)}
FLAGS = {"get": _operation({200: ANY_OBJECT}, public=True)}
STREAM = _page("text/event-stream")
SEGMENT = {"post": _operation({200: {}}, 400, 404, 413, 429, 500, body={}, public=True)}
PATHS: dict[str, dict[str, Json]] = {
    "/api/v2/metrics/{project}": {
        "get": _operation({200: _list_of(METRIC)}, 400, 401, 403, 404, 429)
        | {"parameters": [{"in": "query", "name": name, "schema": schema} for name, schema in PAGING]},
        "post": _operation({201: METRIC}, 400, 401, 403, 404, 409, 413, 429, body=METRIC_POST),
    },
    "/api/v2/metrics/{project}/{key}": {
        "get": _operation({200: METRIC}, 401, 403, 404, 429),
        "patch": _operation({200: METRIC}, 400, 401, 404, 409, 413, 429, body=PATCH),
        "delete": _operation({204: None}, 401, 403, 404, 429),
    },
    f"{PROJECT}/metric-groups": {
        "get": _operation({200: _list_of(ANY_OBJECT)}, 401, 404, 429),
        "post": _operation({201: ANY_OBJECT}, 400, 401, 403, 404, 409, 413, 429, body=GROUP_POST),
    },
    f"{PROJECT}/metric-groups/{{key}}": {
        "get": _operation({200: ANY_OBJECT}, 401, 404, 429),
        "delete": _operation({204: None}, 401, 403, 404, 429),
    },
    "/api/v2": {"get": _operation({200: ANY_OBJECT}, 401, 429)},
    "/api/v2/projects": {"get": _operation({200: _list_of(ANY_OBJECT)}, 401, 429)},
    PROJECT: {"get": _operation({200: ANY_OBJECT}, 401, 404, 429)},
    f"{PROJECT}/environments": {"get": _operation({200: _list_of(ANY_OBJECT)}, 401, 404, 429)},
    f"{PROJECT}/environments/{{environment}}": {"get": _operation({200: ANY_OBJECT}, 401, 404, 429)},
    "/api/v2/caller-identity": {"get": _operation({200: ANY_OBJECT}, 401, 429)},
    "/api/v2/oauth/clients": {
        "get": _operation({200: _list_of(ANY_OBJECT)}, 401, 429),
        "post": _operation({201: ANY_OBJECT}, 400, 401, 403, 413, 429, body=CLIENT_POST),
    },
    "/api/v2/oauth/clients/{key}": {
        "get": _operation({200: ANY_OBJECT}, 401, 404, 429),
        "delete": _operation({204: None}, 401, 403, 404, 429),
    },
    "/trust/oauth/authorize": {
        "get": _operation({200: None}, 303, 400, public=True),
        "post": _operation({303: None}, 400, 403, public=True),
    },
    "/trust/oauth/token": {"post": _operation({200: ANY_OBJECT, 400: ANY_OBJECT, 401: ANY_OBJECT}, 413, public=True)},
    "/api/v2/segment-target/{integration}": SEGMENT,
    "/api/v2/segment-targets/{integration}": SEGMENT,
    "/v2/event-data-import/{project}/{environment}": {
        "post": _operation({202: None}, 400, 401, 404, 406, 413, body=EVENTS)
        | {
            "parameters": [
                {
                    "in": "header",
                    "name": "X-LaunchDarkly-Event-Schema",
                    "required": True,
                    "schema": {"enum": ["4"]},
                }
            ]
        }
    },
    "/bulk": SINK,
    "/mobile": SINK,
    "/mobile/bulk": SINK,
    "/mobile/events/bulk": SINK,
    "/events/bulk/{client}": {"post": _operation({202: None}, 400, 413, body=EVENTS, public=True)},
    "/diagnostic": DIAGNOSTIC,
    "/mobile/events/diagnostic": DIAGNOSTIC,
    "/events/diagnostic/{client}": DIAGNOSTIC,
    "/sdk/latest-all": FLAGS,
    "/sdk/evalx/{client}/contexts/{context}": FLAGS,
    "/sdk/evalx/{client}/users/{context}": FLAGS,
    "/msdk/evalx/contexts/{context}": FLAGS,
    "/sdk/goals/{client}": {"get": _operation({200: {"type": "array"}}, public=True)},
    "/all": STREAM,
    "/eval/{client}/{context}": STREAM,
    "/meval/{context}": STREAM,
    "/events": {"get": _operation({200: _list_of(ANY_OBJECT)}, public=True)},
    "/": _page("text/html"),
    "/changes": {
        "get": _operation({200: ANY_OBJECT, 204: None}, 400, public=True)
        | {
            "parameters": [
                {"in": "query", "name": "since", "schema": {"type": "string", "pattern": "^[0-9]{1,9}-[0-9]{1,9}$"}}
            ]
        }
    },
    "/page.css": _page("text/css"),
    "/page.js": _page("text/javascript"),
    "/openapi.json": {"get": _operation({200: ANY_OBJECT}, public=True)},
}


def document(*projects: str) -> Json:
    """The document of a sandbox that knows ``projects``."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "LaunchDarkly sandbox", "version": __version__},
        "paths": {path: _with_parameters(path, item, projects) for path, item in PATHS.items()},
        "components": {"securitySchemes": {"token": {"type": "apiKey", "in": "header", "name": "Authorization"}}},
        "security": [{"token": []}],
    }


def _with_parameters(path: str, item: dict[str, Json], projects: tuple[str, ...]) -> Json:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    schemas = {
        name: {"enum": list(projects)} if name == "project" else {"type": "string", "minLength": 1} for name in names
    }
    parameters = [{"in": "path", "name": name, "required": True, "schema": s} for name, s in schemas.items()]
    return {**item, "parameters": parameters} if parameters else dict(item)


async def show(sandbox: Sandbox, request: Request) -> Response:
    """The OpenAPI document of this sandbox."""
    return answer(document(*sandbox.options.projects))
