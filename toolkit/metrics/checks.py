"""What must hold for the fields of a metric definition, as tables; ``definition`` is the door to them."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Check = Callable[[object], str]


class Problem(NamedTuple):
    """A JSON pointer into the checked value, what is wrong there, and what to do about it (may be empty)."""

    pointer: str
    message: str
    help: str

    def __str__(self) -> str:
        return ": ".join(filter(None, self[:2])) + (f" ({self.help})" if self.help else "")


def shown(value: object) -> str:
    """``value`` as a message names it: short, and never as Python writes it."""
    names = {dict: "an object", list: "a list", type(None): "null", bool: str(value).lower()}
    return names.get(type(value)) or "`" + str(value)[:40].encode("utf-8", "replace").decode() + "`"


def _one_of(*choices: str) -> Check:
    listed = " or ".join([", ".join(choices[:-1]), choices[-1]])
    return lambda value: "" if value in choices else f"is {shown(value)}, it must be {listed}"


def _text(value: object) -> str:
    if not isinstance(value, str):
        return f"is {shown(value)}, it must be text"
    if not value:
        return "is empty"
    return "holds half of a surrogate pair" if re.search("[\ud800-\udfff]", value) else ""


def _matching(pattern: str, what: str) -> Check:
    def check(value: object) -> str:
        return _text(value) or ("" if re.fullmatch(pattern, str(value)) else f"is {shown(value)}, it must be {what}")

    return check


def _list_of(check: Check) -> Check:
    def check_list(value: object) -> str:
        if not isinstance(value, list) or not value:
            return f"is {shown(value) if value != [] else 'empty'}, it must be a list of texts"
        for index, item in enumerate(value):
            if message := check(item):
                return f"has an item (number {index + 1}) that {message}"
        return "" if len(set(value)) == len(value) else "names one thing twice"

    return check_list


def _percentile(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100:
        return ""
    return f"is {shown(value)}, it must be a whole number from 0 to 100"


FIELDS: dict[str, Check] = {
    "kind": _one_of("binary", "count", "numeric"),
    "key": _matching("[a-zA-Z0-9][a-zA-Z0-9_.-]*", "letters, digits, `_`, `.` and `-`, a letter or digit first"),
    "eventKey": _text,
    "name": _text,
    "description": _text,
    "unit": _text,
    "success": _one_of("higher", "lower"),
    "aggregation": _one_of("average", "sum"),
    "percentile": _percentile,
    "unitsWithoutEvents": _one_of("zero", "excluded"),
    "analysisUnits": _list_of(_text),
    "tags": _list_of(_matching("[a-zA-Z0-9_.-]{1,64}", "1 to 64 letters, digits, `_`, `.` and `-`")),
}
REQUIRED = {
    "kind": "say `binary`, `count` or `numeric`",
    "key": "add the key that names the metric in API calls",
    "eventKey": "add the event key that your code passes to `track()`",
}
NUMERIC_NEEDS = {
    "unit": "say what the values are, such as `ms` or `USD`",
    "success": "say whether `higher` or `lower` values are better",
}
NUMERIC_ONLY = {
    "unit": "remove it, or say `kind`: `numeric`",
    "aggregation": "remove it: `kind`: `count` sums, `binary` does not",
    "percentile": "remove it, or say `kind`: `numeric`",
    "unitsWithoutEvents": "remove it, or say `kind`: `numeric`",
}
HELP = {
    "kind": "binary asks whether the event came, count how often, numeric with what value",
    "key": "it is not the event key, which may be any text",
}
API_WORDS = {
    "isNumeric": "say it with `kind`: `numeric`, `count` or `binary`",
    "unitAggregationType": "say `kind`: `count`, or `aggregation` of a numeric metric",
    "successCriteria": "say `success`: `higher` or `lower`",
    "analysisType": "give `percentile` a number, or leave it out for the mean",
    "percentileValue": "say `percentile`",
    "eventDefault": "say `unitsWithoutEvents`: `zero` or `excluded`",
    "randomizationUnits": "say `analysisUnits`",
    "isActive": "remove it, the API has it no more",
    "selector": "remove it, a custom metric takes none",
    "urls": "remove it, a custom metric takes none",
}


def metric_problems(value: object, pointer: str = "") -> Iterator[Problem]:
    """What is wrong with ``value``, one metric definition as JSON, that stands at ``pointer`` in its file."""
    if not isinstance(value, dict):
        yield Problem(pointer, f"a metric is {shown(value)}, it must be an object", "start from `ldit schema metric`")
        return
    for field in value:
        if field not in FIELDS and field != "$schema":
            yield Problem(f"{pointer}/{_escaped(field)}", f"unknown field {shown(field)}", _remedy(field))
    for field, remedy in REQUIRED.items():
        if field not in value:
            yield Problem(pointer, f"{field} is missing", remedy)
    for field, check in FIELDS.items():
        if field in value and (message := check(value[field])):
            yield Problem(f"{pointer}/{field}", f"{field} {message}", HELP.get(field, ""))
    yield from _kind_problems(value, pointer)


def _kind_problems(metric: dict[str, object], pointer: str) -> Iterator[Problem]:
    match metric.get("kind"):
        case "numeric":
            for field, remedy in NUMERIC_NEEDS.items():
                if field not in metric:
                    yield Problem(pointer, f"{field} is missing, a numeric metric needs it", remedy)
            if "percentile" in metric and metric.get("unitsWithoutEvents") == "zero":
                message = "unitsWithoutEvents is `zero`, a percentile leaves such units out"
                yield Problem(f"{pointer}/unitsWithoutEvents", message, "remove it")
        case "binary" | "count" as kind:
            for field, remedy in NUMERIC_ONLY.items():
                if field in metric:
                    yield Problem(f"{pointer}/{field}", f"{field} means nothing for a {kind} metric", remedy)


def _remedy(field: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(field, FIELDS, n=1)
    return API_WORDS.get(field) or (f"did you mean `{near[0]}`?" if near else "remove it")


def _escaped(field: str) -> str:
    return field.replace("~", "~0").replace("/", "~1")
