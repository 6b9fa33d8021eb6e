"""Which metrics an event counts for, and why not the others."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from toolkit.metrics.definition import kind_of

Json = Mapping[str, Any]
OPERATORS: dict[str, Callable[[Any, list[Any]], bool]] = {
    "in": lambda value, wanted: value in wanted,
    "startsWith": lambda value, wanted: any(str(value).startswith(str(each)) for each in wanted),
    "endsWith": lambda value, wanted: any(str(value).endswith(str(each)) for each in wanted),
    "contains": lambda value, wanted: any(str(each) in str(value) for each in wanted),
    "exists": lambda value, wanted: True,
    "lessThan": lambda value, wanted: any(_number(value) < _number(each) for each in wanted),
    "lessThanOrEqual": lambda value, wanted: any(_number(value) <= _number(each) for each in wanted),
    "greaterThan": lambda value, wanted: any(_number(value) > _number(each) for each in wanted),
    "greaterThanOrEqual": lambda value, wanted: any(_number(value) >= _number(each) for each in wanted),
}


def reason_against(metric: Json, event: Json) -> str:
    """Why ``event`` (see ``events.Event``) does not count for ``metric``, which has its kind; empty if it does."""
    for reason in (_key, _page, _state, _unit, _value):
        if message := reason(metric, event):
            return message
    filters = metric.get("filters")
    return _filter(filters, event) if filters else ""


def _key(metric: Json, event: Json) -> str:
    key = metric.get("eventKey")
    if event["kind"] != "custom" or key == event["key"]:
        return ""
    return f"wrong letter case: its event key is `{key}`"


def _page(metric: Json, event: Json) -> str:
    if event["kind"] == "custom":
        return ""
    if metric["kind"] != event["kind"]:
        return f"it counts {metric['kind']} events"
    if not any(_fits(pattern, event["url"]) for pattern in metric.get("urls", ())):
        return "the URL fits none of its patterns"
    other = event["kind"] == "click" and metric.get("selector") != event["selector"]
    return f"it counts clicks on `{metric.get('selector')}`" if other else ""


def _state(metric: Json, event: Json) -> str:
    return "it is archived" if metric.get("archived") else ""


def _unit(metric: Json, event: Json) -> str:
    units = metric.get("analysisUnits") or ["user"]
    return "" if set(units) & event["contexts"].keys() else f"other context kind: it is measured by {', '.join(units)}"


def _value(metric: Json, event: Json) -> str:
    missing = kind_of(metric) == "numeric" and event["value"] is None
    return "the event has no metric value" if missing else ""


def _filter(filters: Json, event: Json) -> str:
    if filters.get("type") == "group":
        reasons = [_filter(each, event) for each in filters["values"] if isinstance(each, Mapping)]
        failed = list(filter(None, reasons))
        holds = not failed if filters["op"] == "and" else len(failed) < len(reasons) or not reasons
        reason = failed[0] if failed else "its filter excludes the event"
    else:
        name, value = _looked_up(filters, event)
        holds = value is not None and _compared(filters["op"], value, filters["values"])
        reason = f"filter: {name} is {'absent' if value is None else repr(value)}"
    if filters.get("negate"):
        holds, reason = not holds, "its filter excludes the event"
    return "" if holds else reason


def _looked_up(condition: Json, event: Json) -> tuple[str, Any]:
    attribute = str(condition.get("attribute", "")).lstrip("/")
    if condition.get("type") == "eventProperty":
        data = event["data"]
        return f"the property {attribute}", data.get(attribute) if isinstance(data, Mapping) else None
    kind = str(condition.get("contextKind") or "user")
    attributes = event["attributes"].get(kind, {}) | {"key": event["contexts"].get(kind)}
    return f"{kind}.{attribute}", attributes.get(attribute)


def _compared(operator: str, value: Any, wanted: list[Any]) -> bool:
    if operator == "matches":
        return any(_found(str(each), str(value)) for each in wanted)
    compare = OPERATORS.get(operator, OPERATORS["in"])
    values = value if isinstance(value, list) else [value]
    return any(compare(each, wanted) for each in values)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _fits(pattern: Json, url: str) -> bool:
    match pattern.get("kind"):
        case "exact":
            return url == pattern.get("url")
        case "canonical":
            return re.split("[?#]", url)[0].rstrip("/") == re.split("[?#]", str(pattern.get("url")))[0].rstrip("/")
        case "substring":
            return str(pattern.get("substring")) in re.split("#", url)[0]
        case _:
            return _found(str(pattern.get("pattern")), url)


def _found(pattern: str, text: str) -> bool:
    import re2

    try:
        return re2.search(pattern, text[:10_000]) is not None
    except (re2.error, UnicodeError):
        return False
