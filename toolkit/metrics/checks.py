"""What must hold for the fields of a metric definition, as tables; ``definition`` is the door to them."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from toolkit.text import did_you_mean

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
    if not re.search(r"[^\s\ufeff]", value):
        return "is blank" if value else "is empty"
    return "holds half of a surrogate pair" if re.search("[\ud800-\udfff]", value) else ""


def _matching(pattern: str, what: str) -> Check:
    def check(value: object) -> str:
        return _text(value) or ("" if re.fullmatch(pattern, str(value)) else f"is {shown(value)}, it must be {what}")

    return check


def _texts(check: Check, *, may_be_empty: bool = False) -> Check:
    def check_list(value: object) -> str:
        if not isinstance(value, list) or not (value or may_be_empty):
            return f"is {shown(value) if value != [] else 'empty'}, it must be a list of texts"
        for index, item in enumerate(value):
            if message := check(item):
                return f"has an item (number {index + 1}) that {message}"
        return "" if len(set(value)) == len(value) else "names one thing twice"

    return check_list


def _whole(least: int, most: int) -> Check:
    def check(value: object) -> str:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return ""
        return f"is {shown(value)}, it must be a whole number from {least} to {most}"

    return check


def _object(value: object) -> str:
    return "" if isinstance(value, dict) and value else f"is {shown(value)}, it must be an object with fields"


def _data_source(value: object) -> str:
    return _object(value) or ("" if isinstance(value, dict) and not _text(value.get("key")) else "needs a `key`")


def _urls(value: object) -> str:
    if not isinstance(value, list) or not value:
        return f"is {shown(value) if value != [] else 'empty'}, it must be a list of URL patterns"
    for index, item in enumerate(value):
        word = URL_KINDS.get(str(item.get("kind"))) if isinstance(item, dict) else None
        if not word or _text(item.get(word)):
            return f"has an item (number {index + 1}) that is no URL pattern"
    return ""


URL_KINDS = {"exact": "url", "canonical": "url", "substring": "substring", "regex": "pattern"}
LONGEST_WINDOW = 2**53
FIELDS: dict[str, Check] = {
    "kind": _one_of("binary", "count", "numeric", "click", "pageview"),
    "key": _matching("[a-zA-Z0-9][a-zA-Z0-9_.-]*", "letters, digits, `_`, `.` and `-`, a letter or digit first"),
    "eventKey": _text,
    "name": _text,
    "description": _text,
    "unit": _text,
    "success": _one_of("higher", "lower"),
    "aggregation": _one_of("average", "sum"),
    "percentile": _whole(0, 100),
    "unitsWithoutEvents": _one_of("zero", "excluded"),
    "analysisUnits": _texts(_text),
    "tags": _texts(_matching("[a-zA-Z0-9_.-]{1,64}", "1 to 64 letters, digits, `_`, `.` and `-`"), may_be_empty=True),
    "maintainerId": _text,
    "dataSource": _data_source,
    "filters": _object,
    "windowStartOffset": _whole(-LONGEST_WINDOW, LONGEST_WINDOW),
    "windowEndOffset": _whole(-LONGEST_WINDOW, LONGEST_WINDOW),
    "urls": _urls,
    "selector": _text,
}
REQUIRED = {
    "kind": "say `binary`, `count`, `numeric`, `click` or `pageview`",
    "key": "add the key that names the metric in API calls",
}
CUSTOM = ("binary", "count", "numeric")
EVENT_KEY = {"eventKey": "add the event key that your code passes to `track()`"}
URLS = {"urls": 'add the pages, such as `[{"kind": "substring", "substring": "/checkout"}]`'}
NEEDS: dict[str, dict[str, str]] = {
    "binary": EVENT_KEY,
    "count": EVENT_KEY,
    "numeric": EVENT_KEY
    | {
        "unit": "say what the values are, such as `ms` or `USD`",
        "success": "say whether `higher` or `lower` values are better",
    },
    "click": URLS | {"selector": "add the CSS selector of what is clicked"},
    "pageview": URLS,
}
"""What a metric of each kind must say, beyond REQUIRED, and how."""
ONLY_FOR: dict[str, tuple[tuple[str, ...], str]] = {
    "eventKey": (CUSTOM, "remove it, or say `kind`: `binary`"),
    "unit": (("numeric",), "remove it, or say `kind`: `numeric`"),
    "aggregation": (("numeric",), "remove it: `kind`: `count` sums, `binary` does not"),
    "percentile": (("numeric", "count"), "remove it, or say `kind`: `numeric` or `count`"),
    "unitsWithoutEvents": (("numeric",), "remove it, or say `kind`: `numeric`"),
    "urls": (("click", "pageview"), "remove it, or say `kind`: `pageview`"),
    "selector": (("click",), "remove it, or say `kind`: `click`"),
}
"""The kinds that a field means something for, and what to do where it does not."""
HELP = {
    "kind": "binary asks whether the event came, count how often, numeric with what value",
    "key": "it is not the event key, which may be any text",
    "urls": "each has a `kind` (exact, canonical, substring or regex) and a `url`, `substring` or `pattern`",
}
API_WORDS = {
    "isNumeric": "say it with `kind`: `numeric`, `count` or `binary`",
    "unitAggregationType": "say `kind`: `count`, or `aggregation` of a numeric metric",
    "successCriteria": "say `success`: `higher` or `lower`",
    "analysisType": "give `percentile` a number, or leave it out for the mean",
    "percentileValue": "say `percentile`",
    "eventDefault": "say `unitsWithoutEvents`: `zero` or `excluded`",
    "randomizationUnits": "say `analysisUnits`",
    "isActive": "remove it, the API no longer has it",
}
"""Fields of the API that a definition says in its own words, and how."""


def metric_problems(value: object, pointer: str = "") -> Iterator[Problem]:
    """What is wrong with ``value``, one metric definition as JSON, that stands at ``pointer`` in its file."""
    if not isinstance(value, dict):
        yield Problem(pointer, f"a metric is {shown(value)}, it must be an object", "start from `ldit schema metric`")
        return
    for field in value:
        if remedy := API_WORDS.get(field) or ("" if field in FIELDS else did_you_mean(field, FIELDS, 0.8)):
            yield Problem(f"{pointer}/{_escaped(field)}", f"unknown field {shown(field)}", remedy)
    for field, remedy in REQUIRED.items():
        if field not in value:
            yield Problem(pointer, f"{field} is missing", remedy)
    for field, check in FIELDS.items():
        if field in value and (message := check(value[field])):
            yield Problem(f"{pointer}/{field}", f"{field} {message}", HELP.get(field, ""))
    yield from _kind_problems(value, pointer)


def is_passed_on(field: str) -> bool:
    """Whether ``field`` of a definition goes to the API as it is, because nothing here knows what it means."""
    return field not in FIELDS and field not in API_WORDS and field != "$schema"


def _kind_problems(metric: dict[str, object], pointer: str) -> Iterator[Problem]:
    kind = metric.get("kind")
    if not isinstance(kind, str) or kind not in NEEDS:
        return
    for field, remedy in NEEDS[kind].items():
        if field not in metric:
            yield Problem(pointer, f"{field} is missing, a {kind} metric needs it", remedy)
    for field, (kinds, remedy) in ONLY_FOR.items():
        if field in metric and kind not in kinds:
            yield Problem(f"{pointer}/{field}", f"{field} means nothing for a {kind} metric", remedy)
    if "percentile" in metric and metric.get("unitsWithoutEvents") == "zero":
        message = "unitsWithoutEvents is `zero`, a percentile leaves such units out"
        yield Problem(f"{pointer}/unitsWithoutEvents", message, "remove it")


def _escaped(field: str) -> str:
    return field.replace("~", "~0").replace("/", "~1")
