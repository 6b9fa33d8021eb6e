"""The JSON Schemas of what the metrics API takes, and the checks that they make."""

import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError, best_match

from toolkit.metrics.sandbox.wire import RefusedError

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
NONEMPTY: Json = {"type": "string", "minLength": 1}
TEXTS: Json = {"type": "array", "items": TEXT}
NOTHING: Json = {"enum": [None, "", []]}
"""What stands for an absent field: the Terraform provider sends such values with every create, live."""
ANY_OBJECT: Json = {"type": "object"}
URL: Json = {
    "type": "object",
    "properties": {
        "kind": {"enum": ["exact", "canonical", "substring", "regex"]},
        "url": TEXT,
        "substring": TEXT,
        "pattern": TEXT,
    },
}
FILTER: Json = {
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
REQUIRED: Json = {
    "key": {"type": "string", "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$"},
    "kind": {"enum": ["custom", "click", "pageview", "trace"]},
}
FIELDS: Json = REQUIRED | {
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
    "unitAggregationField": TEXT,
    "analysisType": {"enum": ["mean", "percentile"]},
    "percentileValue": {"type": "integer", "minimum": 0, "maximum": 100},
    "eventDefault": {
        "type": "object",
        "properties": {"disabled": {"type": "boolean"}, "value": {"enum": [0]}},
    },
    "dataSource": {"type": "object", "required": ["key"], "properties": {"key": TEXT}},
    "filters": FILTER,
    "urls": {"type": "array", "items": URL},
    "selector": TEXT,
    "archived": {"type": "boolean"},
    "windowStartOffset": {"type": "integer"},
    "windowEndOffset": {"type": "integer"},
    "winsorization": ANY_OBJECT,
    "denominator": ANY_OBJECT,
    "traceQuery": TEXT,
    "valueColumn": TEXT,
}


def _when(field: str, value: object, then: Json, otherwise: Json) -> Json:
    return {
        "if": {"required": [field], "properties": {field: {"const": value}}},
        "then": then,
        "else": otherwise,
    }


def _needs(**fields: Json) -> Json:
    return {"required": list(fields), "properties": fields}


URLS: Json = {"type": "array", "minItems": 1}
METRIC_POST: Json = {
    "type": "object",
    "required": ["key", "kind"],
    "properties": REQUIRED
    | {name: {"anyOf": [schema, NOTHING]} for name, schema in FIELDS.items() if name not in REQUIRED},
    "allOf": [
        _when("kind", "custom", _needs(eventKey=NONEMPTY), {}),
        _when("kind", "custom", {"properties": {"urls": NOTHING, "selector": NOTHING}}, {}),
        _when("kind", "click", _needs(urls=URLS, selector=NONEMPTY), {}),
        _when("kind", "pageview", _needs(urls=URLS), {}),
        _when("isNumeric", True, _needs(unit=NONEMPTY), {"properties": {"unit": NOTHING}}),
        _when(
            "analysisType",
            "percentile",
            _needs(percentileValue={"type": "integer"}),
            {"properties": {"percentileValue": NOTHING}},
        ),
    ],
}
STRICT: tuple[tuple[str, Json], ...] = (
    ("the OpenAPI text", _when("isNumeric", True, _needs(successCriteria={"type": "string"}), {})),
    (
        "the OpenAPI text",
        _when(
            "analysisType",
            "percentile",
            _needs(eventDefault={"type": "object", **_needs(disabled={"const": True})}),
            {},
        ),
    ),
)
"""What one public source demands and another does not, each with the source that demands it."""
MOST_OPERATIONS = 200
OPERATION: Json = {
    "type": "object",
    "required": ["op", "path"],
    "properties": {
        "op": {"enum": ["add", "remove", "replace", "move", "copy", "test"]},
        "path": TEXT,
        "from": TEXT,
        "value": {},
    },
}
OPERATIONS: Json = {"type": "array", "items": OPERATION, "maxItems": MOST_OPERATIONS}
PATCH: Json = {
    "oneOf": [
        OPERATIONS,
        {"type": "object", "required": ["patch"], "properties": {"comment": TEXT, "patch": OPERATIONS}},
    ]
}
GROUP_POST: Json = {
    "type": "object",
    "required": ["name", "kind", "metrics"],
    "properties": {
        "key": REQUIRED["key"],
        "name": NONEMPTY,
        "kind": {"enum": ["funnel", "standard"]},
        "description": TEXT,
        "maintainerId": TEXT,
        "tags": FIELDS["tags"],
        "metrics": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["key"], "properties": {"key": TEXT, "nameInGroup": TEXT}},
        },
    },
}
CLIENT_POST: Json = {
    "type": "object",
    "required": ["name", "redirectUri"],
    "properties": {"name": NONEMPTY, "redirectUri": NONEMPTY, "description": TEXT},
}


def _matches(_: object, wanted: str, value: object, __: object) -> Iterator[ValidationError]:
    # Python's `$` lets a line break follow, ECMAScript's does not; every pattern here has `^` and `$`.
    if isinstance(value, str) and not re.fullmatch(wanted, value):
        yield ValidationError(f"{value!r} does not match {wanted!r}")


_Validator: Any = validators.extend(Draft202012Validator, {"pattern": _matches})  # type: ignore[no-untyped-call]
_METRIC, _PATCH = _Validator(METRIC_POST), _Validator(PATCH)
_GROUP, _CLIENT = _Validator(GROUP_POST), _Validator(CLIENT_POST)
_STRICT = tuple((source, _Validator(schema)) for source, schema in STRICT)


def is_absent(value: object) -> bool:
    """Whether a field with this value counts as absent."""
    return value is None or value in ("", [])


def check(metric: object, *, strict: bool = False) -> None:
    """Raises RefusedError (400) with the one reason that helps most, unless the API would take ``metric``."""
    _refuse(best_match(_METRIC.iter_errors(metric)))
    for source, validator in _STRICT if strict else ():
        _refuse(best_match(validator.iter_errors(metric)), f" ({source} demands it)")


def check_group(group: object) -> None:
    """Raises RefusedError (400) unless the API would take ``group``, a new metric group."""
    _refuse(best_match(_GROUP.iter_errors(group)))


def check_client(client: object) -> None:
    """Raises RefusedError (400) unless the API would take ``client``, a new OAuth client."""
    _refuse(best_match(_CLIENT.iter_errors(client)))


def operations(body: Any) -> list[Json]:
    """The operations of a JSON Patch, which may come with a comment; raises RefusedError (400)."""
    _refuse(best_match(_PATCH.iter_errors(body)))
    return list(body["patch"] if isinstance(body, dict) else body)


def _refuse(reason: ValidationError | None, source: str = "") -> None:
    if reason:
        field = "/".join(map(str, reason.absolute_path)) or "body"
        raise RefusedError(400, f"Invalid request: {field}: {reason.message[:300]}{source}")
