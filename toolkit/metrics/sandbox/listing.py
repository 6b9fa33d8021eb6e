"""The list of metrics: its ``filter``, ``sort``, ``limit`` and ``offset``, as SQL."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from toolkit.metrics.sandbox.store import Store
from toolkit.metrics.sandbox.wire import RefusedError
from toolkit.regex import regex

LARGEST_PAGE, PAGE = 50, 20
SORTS = {"createdAt": "number", "name": "name {0}, number"}


class Condition(NamedTuple):
    """A part of an SQL condition, and its values."""

    sql: str
    values: list[str]


def _field(path: str) -> Callable[[list[str]], Condition]:
    """The text at ``path`` is one of the words."""
    return lambda words: Condition(f"coalesce({path}, '') in ({', '.join('?' * len(words))})", words)


def _flag(path: str) -> Callable[[list[str]], Condition]:
    """The truth at ``path`` is one of the words."""
    return lambda words: Condition(
        f"iif(coalesce({path}, 0), 'true', 'false') in ({', '.join('?' * len(words))})", words
    )


def _query(words: list[str]) -> Condition:
    sql = "instr(lower(key || ' ' || name), lower(?)) > 0"
    return Condition(" or ".join([sql] * len(words)) or "false", words)


def _tags(words: list[str]) -> Condition:
    sql = "exists (select 1 from json_each(metric, '$.tags') where value = ?)"
    return Condition(" and ".join([sql] * len(words)) or "true", words)


def _nowhere(words: list[str]) -> Condition:
    """What no metric of a sandbox has: connections to experiments, teams, views."""
    return Condition("false" if words != ["false"] else "true", [])


FILTERS: dict[str, Callable[[list[str]], Condition]] = {
    "query": _query,
    "tags": _tags,
    "eventKeys": _field("json_extract(metric, '$.eventKey')"),
    "eventKind": _field("kind"),
    "kind": _field("kind"),
    "isNumeric": _flag("json_extract(metric, '$.isNumeric')"),
    "unitAggregationType": _field("json_extract(metric, '$.unitAggregationType')"),
    "archived": _flag("json_extract(metric, '$.archived')"),
    "maintainerIds": _field("json_extract(metric, '$.maintainerId')"),
    "dataSourceKeys": _field("json_extract(metric, '$.dataSource.key')"),
    "hasConnections": _nowhere,
    "maintainerTeamKey": _nowhere,
    "view": _nowhere,
}
TERM = regex(r"""\s*(\w+)\s+(?:equals|contains|anyOf)\s+(\[[^]]*\]|"(?:[^"\\]|\\.)*"|[\w.-]+)\s*(?:,|$)""")


def page(store: Store, project: str, path: str, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of metrics with links to its neighbors; raises RefusedError (400) for a bad parameter."""
    limit, offset = _number(query, "limit", PAGE, 1, LARGEST_PAGE), _number(query, "offset", 0, 0, 10**9)
    where, values = _where(query.get("filter", ""))
    sort = query.get("sort", "createdAt")
    if sort.removeprefix("-") not in SORTS:
        raise RefusedError(400, "Invalid request: sort must be createdAt or name, with - before it to descend")
    direction = "desc" if sort.startswith("-") else ""
    order = f"order by {SORTS[sort.removeprefix('-')].format(direction)} {direction}"
    total = store.total(project, where, values)
    items = store.select(project, where, values, f"{order} limit {limit} offset {offset}")
    places = {"self": offset, "first": 0, "last": max(0, total - 1) // limit * limit}
    if offset:
        places["prev"] = max(0, offset - limit)
    if offset + limit < total:
        places["next"] = offset + limit
    kept = {name: query[name] for name in ("sort", "filter", "expand") if name in query}
    links = {
        rel: {"href": f"{path}?{urlencode({'limit': limit, 'offset': at} | kept)}", "type": "application/json"}
        for rel, at in places.items()
    }
    return {"items": items, "totalCount": total, "_links": links}


def _number(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = query.get(name, str(default))
    if not re.fullmatch("[0-9]{1,10}", text) or not least <= int(text) <= most:
        raise RefusedError(400, f"Invalid request: {name} must be a whole number from {least} to {most}")
    return int(text)


def _where(text: str) -> tuple[str, list[str]]:
    conditions, values, position = ["true"], [], 0
    while position < len(text):
        term = TERM.match(text, position)
        known = FILTERS.get(term[1]) if term else None
        if not term or not known:
            raise RefusedError(400, "Invalid request: filter: this sandbox does not know that filter")
        condition = known(_words(term[2]))
        conditions.append(f"({condition.sql})")
        values += condition.values
        position = term.end()
    if len(values) > 500:
        raise RefusedError(400, "Invalid request: filter: it has too many values")
    return " and ".join(conditions), values


def _words(text: str) -> list[str]:
    if text[0] not in '["':
        return [text]
    try:
        value = json.loads(text)
        words = [str(word) for word in value] if isinstance(value, list) else [str(value)]
        "".join(words).encode()
    except (ValueError, RecursionError):
        raise RefusedError(400, "Invalid request: filter: it holds a value that is not JSON") from None
    return words
