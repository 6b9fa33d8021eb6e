"""A metric as the API answers it: what was sent, as far as the API knows it, and what the API adds."""

import secrets
import time
import uuid
from typing import Any

from toolkit.metrics.sandbox.schemas import FIELDS, check, is_absent
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
    "archived": False,
}
UNITS = ("analysisUnits", "randomizationUnits")
"""Two names for one thing; either is taken, and both are answered (the Terraform provider's tests, live)."""
NOT_KEPT = ("windowStartOffset", "windowEndOffset")
"""What the API has a type for, and by its documentation does not keep yet."""


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
        **_known(body, {}),
    }


def edited(metric: dict[str, Any], fields: dict[str, Any], *, strict: bool = False) -> dict[str, Any]:
    """``metric`` with other editable ``fields``, as the next version; raises RefusedError (400)."""
    for field in ("key", "kind"):
        if fields.get(field) != metric[field]:
            raise RefusedError(400, f"Invalid request: {field} cannot change")
    check(fields, strict=strict)
    own = {name: value for name, value in metric.items() if name.startswith("_")}
    known = _known(fields, metric)
    return {**own, "_version": metric["_version"] + 1, "_versionId": str(uuid.uuid4()), **known}


def _known(fields: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    known = {
        name: value
        for name, value in fields.items()
        if name in FIELDS and name not in NOT_KEPT and not is_absent(value)
    }
    said = [known[name] for name in UNITS if name in known and known[name] != before.get(name)]
    units = said[0] if said else before.get(UNITS[0], ["user"])
    event_default = DEFAULTS["eventDefault"] | known.pop("eventDefault", {})
    if event_default["disabled"]:
        event_default.pop("value", None)
    return {"name": fields["key"], **DEFAULTS, **known, "eventDefault": event_default, **dict.fromkeys(UNITS, units)}
