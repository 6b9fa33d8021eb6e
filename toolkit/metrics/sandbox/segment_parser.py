"""Reads a synced-segment request with the pointers of a manifest's ``requestParser``.

Like the official validation server, it counts a falsy value (0, false, an empty text) as missing where a
pointer is required, so a member whose boolean is false is refused; and it matches without anchoring.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import regress
from jsonpointer import EndOfList, JsonPointer, JsonPointerException

from toolkit.metrics.sandbox.wire import RefusedError


class Member(NamedTuple):
    """One membership: ``value`` is true to add the context to the segment, false to remove it."""

    userId: object  # noqa: N815 - the names are the official server's
    cohortId: object  # noqa: N815
    cohortName: object  # noqa: N815
    cohortUrl: object  # noqa: N815
    value: object


class Update(NamedTuple):
    """What a request asks for."""

    environment: object
    context_kind: object
    batch: list[Member]


def read(parser: Mapping[str, Any], body: object) -> Update:
    """What ``body`` asks for, by a manifest's ``requestParser``; raises RefusedError (400)."""
    environment = _required(body, parser.get("environmentIdPath"))
    kind = _value(body, parser.get("contextKindPath")) or "user"
    cohort = (
        _required(body, parser.get("cohortIdPath")),
        _required(body, parser.get("cohortNamePath")),
        _value(body, parser.get("cohortUrlPath")),
    )
    return Update(environment, kind, [m for group in _groups(parser, body) for m in _members(parser, cohort, *group)])


def _groups(parser: Mapping[str, Any], body: object) -> Iterator[tuple[object, bool | None]]:
    """The arrays of members, each with whether it adds them (None: each member says so itself)."""
    if inclusion := parser.get("arrayInclusion"):
        members = _required(body, parser.get("memberArrayPath"))
        action = _required(body, inclusion.get("path"))
        yield members, _matches(inclusion.get("matcher", ""), action)
    elif parser.get("memberArrayPath"):
        yield _required(body, parser["memberArrayPath"]), None
    for field, adds in (("addMemberArrayPath", True), ("removeMemberArrayPath", False)):
        if parser.get(field):
            members = _value(body, parser[field])
            yield ([] if members is None else members), adds


def _members(
    parser: Mapping[str, Any], cohort: tuple[object, object, object], members: object, adds: bool | None
) -> Iterator[Member]:
    paths = parser["memberArrayParser"]
    if not isinstance(members, list):
        raise RefusedError(400, "the value of the member array is not an array")
    for member in members:
        value = _required(member, paths.get("booleanMembershipPath")) if adds is None else adds
        yield Member(
            _required(member, paths.get("memberIdPath")),
            _value(member, paths.get("cohortIdPath")) or cohort[0],
            _value(member, paths.get("cohortNamePath")) or cohort[1],
            cohort[2],
            value,
        )


def _value(document: object, pointer: str | None) -> Any:
    if not pointer:
        return None
    try:
        value = JsonPointer(pointer).resolve(document, None)
        return None if isinstance(value, EndOfList) else value
    except (JsonPointerException, TypeError, ValueError):
        return None


def _required(document: object, pointer: str | None) -> Any:
    value = _value(document, pointer)
    if pointer and not value and value != [] and value != {}:
        raise RefusedError(400, f"the request has no value at {pointer}")
    return value


def _matches(matcher: str, value: object) -> bool:
    try:
        return regress.Regex(matcher).find(value if isinstance(value, str) else json.dumps(value)) is not None
    except regress.RegressError as why:
        raise RefusedError(500, f"the matcher of arrayInclusion is no regular expression: {why}") from None
