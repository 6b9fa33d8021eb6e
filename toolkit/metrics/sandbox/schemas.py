"""The JSON Schemas of what the metrics API takes, and the checks that they make."""

import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError, best_match

from toolkit.metrics.sandbox.wire import RefusedError

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
URL = {
    "type": "object",
    "properties": {
        "kind": {"enum": ["exact", "canonical", "substring", "regex"]},
        "url": TEXT,
        "substring": TEXT,
        "pattern": TEXT,
    },
}
FILTER = {
    "type": "object",
    "required": ["type", "op", "values", "negate"],
    "properties": {
        "type": {"enum": ["group", "contextAttribute", "eventProperty"]},
        "op": TEXT,
        "values": {"type": "array"},
        "negate": {"type": "boolean"},
        "attribute": TEXT,
        "contextKind": TEXT,
    },
}
FIELDS: dict[str, Any] = {
    "key": {"type": "string", "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$"},
    "kind": {"enum": ["custom", "click", "pageview", "trace"]},
    "name": TEXT,
    "description": TEXT,
    "isNumeric": {"type": "boolean"},
    "unit": TEXT,
    "eventKey": TEXT,
    "successCriteria": {"enum": ["HigherThanBaseline", "LowerThanBaseline"]},
    "tags": {"type": "array", "items": {"type": "string", "pattern": "^[a-zA-Z0-9_.-]{1,64}$"}},
    "analysisUnits": TEXTS,
    "randomizationUnits": TEXTS,
    "maintainerId": TEXT,
    "unitAggregationType": {"enum": ["average", "sum", "count_distinct"]},
    "analysisType": {"enum": ["mean", "percentile"]},
    "percentileValue": {"type": "integer", "minimum": 0, "maximum": 100},
    "eventDefault": {
        "type": "object",
        "properties": {"disabled": {"type": "boolean"}, "value": {"enum": [0]}},
    },
    "dataSource": {"type": "object", "required": ["key"], "properties": {"key": TEXT}},
    "filters": FILTER,
    "urls": {"type": "array", "items": URL, "minItems": 1},
    "selector": {"type": "string", "minLength": 1},
    "archived": {"type": "boolean"},
}


def _when(field: str, value: object, then: dict[str, Any], otherwise: dict[str, Any]) -> dict[str, Any]:
    return {
        "if": {"required": [field], "properties": {field: {"const": value}}},
        "then": then,
        "else": otherwise,
    }


METRIC_POST: dict[str, Any] = {
    "type": "object",
    "required": ["key", "kind"],
    "properties": FIELDS,
    "allOf": [
        _when(
            "kind",
            "custom",
            {
                "required": ["eventKey"],
                "properties": {"eventKey": {"minLength": 1}, "urls": False, "selector": False},
            },
            {},
        ),
        _when("kind", "click", {"required": ["urls", "selector"]}, {}),
        _when("kind", "pageview", {"required": ["urls"]}, {}),
        _when(
            "isNumeric",
            True,
            {"required": ["unit"], "properties": {"unit": {"minLength": 1}}},
            {"properties": {"unit": False}},
        ),
        _when(
            "analysisType",
            "percentile",
            {
                "required": ["percentileValue", "eventDefault"],
                "properties": {"eventDefault": {"required": ["disabled"], "properties": {"disabled": {"const": True}}}},
            },
            {"properties": {"percentileValue": False}},
        ),
    ],
}
MOST_OPERATIONS = 200
OPERATION: dict[str, Any] = {
    "type": "object",
    "required": ["op", "path"],
    "properties": {
        "op": {"enum": ["add", "remove", "replace", "move", "copy", "test"]},
        "path": TEXT,
        "from": TEXT,
        "value": {},
    },
}
PATCH: dict[str, Any] = {
    "oneOf": [
        {"type": "array", "items": OPERATION, "maxItems": MOST_OPERATIONS},
        {
            "type": "object",
            "required": ["patch"],
            "properties": {
                "comment": TEXT,
                "patch": {"type": "array", "items": OPERATION, "maxItems": MOST_OPERATIONS},
            },
        },
    ]
}


def _matches(_: object, wanted: str, value: object, __: object) -> Iterator[ValidationError]:
    # Python's `$` lets a line break follow, ECMAScript's does not; every pattern here has `^` and `$`.
    if isinstance(value, str) and not re.fullmatch(wanted, value):
        yield ValidationError(f"{value!r} does not match {wanted!r}")


_Validator: Any = validators.extend(Draft202012Validator, {"pattern": _matches})  # type: ignore[no-untyped-call]
_METRIC, _PATCH = _Validator(METRIC_POST), _Validator(PATCH)


def check(metric: object) -> None:
    """Raises RefusedError (400) with the one reason that helps most, unless the API would take ``metric``."""
    _refuse(best_match(_METRIC.iter_errors(metric)))


def operations(body: Any) -> list[dict[str, Any]]:
    """The operations of a JSON Patch, which may come with a comment; raises RefusedError (400)."""
    _refuse(best_match(_PATCH.iter_errors(body)))
    return list(body["patch"] if isinstance(body, dict) else body)


def _refuse(reason: ValidationError | None) -> None:
    if reason:
        field = "/".join(map(str, reason.absolute_path)) or "body"
        raise RefusedError(400, f"Invalid request: {field}: {reason.message[:300]}")
