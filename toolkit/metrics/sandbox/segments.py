"""Synced segments, as the official validation server answers them: the request is read with the pointers of
the manifest's parser, and the answer is rendered from its template.

Like that server, it counts a falsy value (0, false, an empty text) as missing where a pointer is required, so
a member whose boolean is false is refused; matches without anchoring; and takes the environment's id for its
key.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import regress
from jsonpointer import EndOfList, JsonPointer, JsonPointerException
from jsonschema import Draft202012Validator
from starlette.requests import Request
from starlette.responses import Response

from toolkit.metrics.hosts import HOSTS
from toolkit.metrics.sandbox.state import Sandbox
from toolkit.metrics.sandbox.wire import RefusedError, answer, body_of

Render = Callable[[str, dict[str, object]], str]
TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
CAPABILITY = {
    "type": "object",
    "required": ["requestParser"],
    "properties": {
        "requestParser": {
            "type": "object",
            "required": ["memberArrayParser"],
            "properties": {"memberArrayParser": TEXTS, "arrayInclusion": TEXTS},
            "additionalProperties": {"type": "string"},
        },
        "jsonResponseBody": {"type": "string"},
    },
}


class Member(NamedTuple):
    """One membership: ``value`` is true to add the context to the segment, false to remove it."""

    userId: object  # noqa: N815 - the names are the official server's
    cohortId: object  # noqa: N815
    cohortName: object  # noqa: N815
    cohortUrl: object  # noqa: N815
    value: object


class Update(NamedTuple):
    """What a request asks for."""

    environment: object
    context_kind: object
    batch: list[Member]


def read(parser: Mapping[str, Any], body: object) -> Update:
    """What ``body`` asks for, by a manifest's ``requestParser``; raises RefusedError (400)."""
    environment = _required(body, parser.get("environmentIdPath"))
    kind = _value(body, parser.get("contextKindPath")) or "user"
    cohort = (
        _required(body, parser.get("cohortIdPath")),
        _required(body, parser.get("cohortNamePath")),
        _value(body, parser.get("cohortUrlPath")),
    )
    return Update(
        environment, kind, [m for group in _groups(parser, body) for m in _members(parser, cohort, *group)]
    )


def _groups(parser: Mapping[str, Any], body: object) -> Iterator[tuple[object, bool | None]]:
    """The arrays of members, each with whether it adds them (None: each member says so itself)."""
    if inclusion := parser.get("arrayInclusion"):
        members = _required(body, parser.get("memberArrayPath"))
        action = _required(body, inclusion.get("path"))
        yield members, _matches(inclusion.get("matcher", ""), action)
    elif parser.get("memberArrayPath"):
        yield _required(body, parser["memberArrayPath"]), None
    for field, adds in (("addMemberArrayPath", True), ("removeMemberArrayPath", False)):
        if parser.get(field):
            members = _value(body, parser[field])
            yield ([] if members is None else members), adds


def _members(
    parser: Mapping[str, Any], cohort: tuple[object, object, object], members: object, adds: bool | None
) -> Iterator[Member]:
    paths = parser["memberArrayParser"]
    if not isinstance(members, list):
        raise RefusedError(400, "the value of the member array is not an array")
    for member in members:
        value = _required(member, paths.get("booleanMembershipPath")) if adds is None else adds
        yield Member(
            _required(member, paths.get("memberIdPath")),
            _value(member, paths.get("cohortIdPath")) or cohort[0],
            _value(member, paths.get("cohortNamePath")) or cohort[1],
            cohort[2],
            value,
        )


def _value(document: object, pointer: str | None) -> Any:
    if not pointer:
        return None
    try:
        value = JsonPointer(pointer).resolve(document, None)
        return None if isinstance(value, EndOfList) else value
    except (JsonPointerException, TypeError, ValueError):
        return None


def _required(document: object, pointer: str | None) -> Any:
    value = _value(document, pointer)
    if pointer and not value and value != [] and value != {}:
        raise RefusedError(400, f"the request has no value at {pointer}")
    return value


def _matches(matcher: str, value: object) -> bool:
    try:
        return regress.Regex(matcher).find(value if isinstance(value, str) else json.dumps(value)) is not None
    except regress.RegressError as why:
        raise RefusedError(500, f"the matcher of arrayInclusion is no regular expression: {why}") from None


async def receive(sandbox: Sandbox, request: Request, render: Render | None = None) -> Response:
    """Answers a request for the integration whose directory the path names; no token is asked for."""
    key = request.path_params["integration"]
    body = await body_of(request)
    capability = _capability(_manifest(sandbox.options.integrations, key), key)
    status, update, message = 200, None, ""
    try:
        update = read(capability["requestParser"], body)
    except RefusedError as refused:
        status, message = refused.status, str(refused)
    context = _context(key, body, update, status, message)
    sandbox.segments.appendleft(
        {"integration": key, **{k: context[k] for k in context if k != "requestBody"}}
    )
    if update:
        sandbox.segments[0]["batch"] = [member._asdict() for member in update.batch]
    if not (template := capability.get("jsonResponseBody")):
        return Response(status_code=status)
    return _rendered(render or _default_render(), template, context, status)


def _context(key: str, body: object, update: Update | None, status: int, message: str) -> dict[str, object]:
    cohort = update.batch[0].cohortId if update and update.batch else None
    segment = f"{key}-{cohort}" if update else ""
    return {
        "requestBody": body,
        "statusCode": status,
        "errorMessage": message,
        "projectKey": "default",
        "environmentKey": update.environment if update else "",
        "segmentKey": segment,
        "segmentUrl": f"{HOSTS['commercial'].api}/default/production/segments/{segment}/targeting",
    }


def _rendered(render: Render, template: str, context: dict[str, object], status: int) -> Response:
    try:
        return answer(json.loads(render(template, context)), status)
    except ValueError as why:
        raise RefusedError(500, f"jsonResponseBody does not render to JSON: {why}") from None


def _default_render() -> Render:
    from toolkit.handlebars import render

    return render


def _capability(manifest: object, key: str) -> dict[str, Any]:
    capabilities = manifest.get("capabilities") if isinstance(manifest, dict) else None
    capability = capabilities.get("syncedSegment") if isinstance(capabilities, dict) else None
    if capability is None:
        raise RefusedError(400, f"the integration {key} has no synced segment")
    if not Draft202012Validator(CAPABILITY).is_valid(capability):
        raise RefusedError(
            500, f"the synced segment of {key} does not follow the manifest's schema, run `ldit lint`"
        )
    assert isinstance(capability, dict)  # noqa: S101 - the schema says so
    return capability


def _manifest(integrations: Path | None, key: str) -> object:
    names = (
        [each for each in integrations.iterdir() if each.name.lower() == key.lower()] if integrations else []
    )
    if not names:
        help_ = "" if integrations else "; start the sandbox with --integrations DIRECTORY"
        raise RefusedError(404, f"there is no integration {key}{help_}")
    try:
        return json.loads((names[0] / "manifest.json").read_bytes())
    except (OSError, ValueError, RecursionError) as why:
        raise RefusedError(500, f"cannot read the manifest of {key}: {why}") from None
