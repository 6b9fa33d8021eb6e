"""Synced segments, answered as the official validation server does, from the manifest's ``jsonResponseBody``.

Like that server, it asks for no token and takes the environment's id for its key.
"""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from starlette.requests import Request
from starlette.responses import Response

from toolkit.errors import LditError
from toolkit.metrics.hosts import HOSTS
from toolkit.metrics.sandbox.segment_parser import Update, read
from toolkit.metrics.sandbox.state import Sandbox
from toolkit.metrics.sandbox.wire import RefusedError, answer, body_of

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


async def receive(sandbox: Sandbox, request: Request) -> Response:
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
    batch = update.batch if update else []
    sandbox.segments_received += 1
    sandbox.segments.appendleft({"integration": key, "batch": batch, **context})
    if not (template := capability.get("jsonResponseBody")):
        return Response(status_code=status)
    try:
        return answer(json.loads(sandbox.options.render(template, context)), status)
    except (ValueError, RecursionError, LditError) as why:
        raise RefusedError(500, f"jsonResponseBody does not render to JSON: {why}") from None


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


def _capability(manifest: object, key: str) -> dict[str, Any]:
    capabilities = manifest.get("capabilities") if isinstance(manifest, dict) else None
    capability: Any = capabilities.get("syncedSegment") if isinstance(capabilities, dict) else None
    if capability is None:
        raise RefusedError(400, f"the integration {key} has no synced segment")
    if not Draft202012Validator(CAPABILITY).is_valid(capability):
        raise RefusedError(500, f"the synced segment of {key} does not follow its schema, run `ldit lint`")
    return dict(capability)


def _manifest(integrations: Path | None, key: str) -> object:
    names = [each for each in integrations.iterdir() if each.name.lower() == key.lower()] if integrations else []
    if not names:
        help_ = "" if integrations else "; start the sandbox with --integrations DIRECTORY"
        raise RefusedError(404, f"there is no integration {key}{help_}")
    try:
        return json.loads((names[0] / "manifest.json").read_bytes())
    except (OSError, ValueError, RecursionError) as why:
        raise RefusedError(500, f"cannot read the manifest of {key}: {why}") from None
