"""The list of metrics: its ``filter``, ``sort``, ``limit`` and ``offset``."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from toolkit.metrics.sandbox.wire import RefusedError

Metric = Mapping[str, Any]
LARGEST_PAGE, PAGE = 50, 20
SORTS: dict[str, Callable[[Metric], Any]] = {
    "createdAt": lambda metric: metric["_creationDate"],
    "name": lambda metric: metric["name"],
}
FILTERS: dict[tuple[str, str], Callable[[Metric, list[str]], bool]] = {
    ("query", "equals"): lambda metric, words: any(
        word.lower() in f"{metric['key']} {metric['name']}".lower() for word in words
    ),
    ("tags", "contains"): lambda metric, tags: set(tags) <= set(metric["tags"]),
    ("eventKeys", "anyOf"): lambda metric, keys: metric.get("eventKey") in keys,
    ("eventKind", "equals"): lambda metric, kinds: metric["kind"] in kinds,
    ("isNumeric", "equals"): lambda metric, truths: str(metric["isNumeric"]).lower() in truths,
    ("unitAggregationType", "equals"): lambda metric, types: metric["unitAggregationType"] in types,
}
TERM = re.compile(r"""\s*(\w+)\s+(\w+)\s+(\[[^]]*\]|"(?:[^"\\]|\\.)*"|[\w.-]+)\s*(?:,|$)""")


def page(metrics: list[dict[str, Any]], path: str, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of ``metrics`` with links to its neighbours; raises RefusedError (400) for a bad parameter."""
    limit, offset = _number(query, "limit", PAGE, 1, LARGEST_PAGE), _number(query, "offset", 0, 0, 10**9)
    tests = _tests(query.get("filter", ""))
    found = [metric for metric in metrics if all(test(metric) for test in tests)]
    sort = query.get("sort", "createdAt")
    if sort.removeprefix("-") not in SORTS:
        raise RefusedError(400, "Invalid request: sort must be createdAt or name, with - before it to descend")
    found.sort(key=SORTS[sort.removeprefix("-")])
    if sort.startswith("-"):
        found.reverse()  # not sort(reverse=True), which would keep equals in their order
    places = {"self": offset, "first": 0, "last": max(0, len(found) - 1) // limit * limit}
    if offset:
        places["prev"] = max(0, offset - limit)
    if offset + limit < len(found):
        places["next"] = offset + limit
    kept = {name: query[name] for name in ("sort", "filter") if name in query}
    links = {
        rel: {
            "href": f"{path}?{urlencode({'limit': limit, 'offset': at} | kept)}",
            "type": "application/json",
        }
        for rel, at in places.items()
    }
    return {"items": found[offset : offset + limit], "totalCount": len(found), "_links": links}


def _number(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = query.get(name, str(default))
    if not re.fullmatch("[0-9]{1,10}", text) or not least <= int(text) <= most:
        raise RefusedError(400, f"Invalid request: {name} must be a whole number from {least} to {most}")
    return int(text)


def _tests(text: str) -> list[Callable[[Metric], bool]]:
    tests, position = [], 0
    while position < len(text):
        term = TERM.match(text, position)
        test = FILTERS.get((term[1], term[2])) if term else None
        if not term or not test:
            raise RefusedError(400, "Invalid request: this sandbox does not know that filter")
        tests.append(_bound(test, _words(term[3])))
        position = term.end()
    return tests


def _bound(test: Callable[[Metric, list[str]], bool], words: list[str]) -> Callable[[Metric], bool]:
    return lambda metric: test(metric, words)


def _words(text: str) -> list[str]:
    if text[0] not in '["':
        return [text]
    try:
        value = json.loads(text)
    except ValueError:
        raise RefusedError(400, "Invalid request: a filter holds a value that is not JSON") from None
    return [str(word) for word in value] if isinstance(value, list) else [str(value)]
