"""A metric as the API answers it: what was sent, as far as the API knows it, and what the API adds."""

import secrets
import time
import uuid
from typing import Any

from toolkit.metrics.sandbox.schemas import FIELDS, check
from toolkit.metrics.sandbox.wire import RefusedError

DEFAULTS: dict[str, Any] = {
    "description": "",
    "isNumeric": False,
    "successCriteria": "HigherThanBaseline",
    "tags": [],
    "unitAggregationType": "average",
    "analysisType": "mean",
    "eventDefault": {"disabled": False, "value": 0},
    "dataSource": {"key": "launchdarkly-hosted"},
}


def created(project: str, body: dict[str, Any]) -> dict[str, Any]:
    """The answer to a create: the fields that the API knows (it drops others silently), defaults, its own."""
    href = f"/api/v2/metrics/{project}"
    return {
        "_id": secrets.token_hex(12),
        "_versionId": str(uuid.uuid4()),
        "_version": 1,
        "_creationDate": int(time.time() * 1000),
        "_links": {
            "self": {"href": f"{href}/{body['key']}", "type": "application/json"},
            "parent": {"href": href, "type": "application/json"},
        },
        **_known(body),
    }


def edited(metric: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """``metric`` with other editable ``fields``, as the next version; raises RefusedError (400)."""
    for field in ("key", "kind"):
        if fields.get(field) != metric[field]:
            raise RefusedError(400, f"Invalid request: {field} cannot change")
    check(fields)
    own = {name: value for name, value in metric.items() if name.startswith("_")}
    return {**own, "_version": metric["_version"] + 1, "_versionId": str(uuid.uuid4()), **_known(fields)}


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in fields.items() if name in FIELDS}
    units = known.pop("randomizationUnits", None) or ["user"]  # the old name of analysisUnits
    return {"name": fields["key"], "analysisUnits": units, **DEFAULTS, **known}
