"""The tags and comments of a piece of HTML, with the place of each attribute's value."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.regex import regex

_ATTRIBUTE = r"\s++([a-zA-Z_:][\w:.-]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++)))?+"
_TAG = regex(rf"<(/?[a-zA-Z][a-zA-Z0-9-]*+)((?:{_ATTRIBUTE})*+)\s*+/?>")
_ATTRIBUTES = regex(_ATTRIBUTE)


class Attribute(NamedTuple):
    """``start`` and ``end`` are those of the value; both are 0 where it has none."""

    name: str
    value: str
    start: int
    end: int


class Tag(NamedTuple):
    """``name`` in small letters, after a slash for a closing tag; a comment is called ``!--``."""

    name: str
    start: int
    end: int
    attributes: tuple[Attribute, ...] = ()


def tags(text: str, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """Every tag and comment from ``start`` to ``end`` of a text; what is inside a comment is none."""
    end = len(text) if end is None else end
    at = text.find("<", start, end)
    while at >= 0:
        found = _comment(text, at, end) if text.startswith("<!--", at) else _tag(text, at, end)
        if found:
            yield found
        at = text.find("<", found.end if found else at + 1, end)


def _comment(text: str, start: int, end: int) -> Tag:
    """A comment that is never closed goes on to the end."""
    closing = text.find("-->", start + 4, end)
    return Tag("!--", start, end if closing < 0 else closing + 3)


def _tag(text: str, start: int, end: int) -> Tag | None:
    match = _TAG.match(text, start, end)
    if not match:
        return None
    attributes = map(_attribute, _ATTRIBUTES.finditer(text, *match.span(2)))
    return Tag(match[1].lower(), start, match.end(), tuple(attributes))


def _attribute(match: re.Match[str]) -> Attribute:
    group = next((group for group in (2, 3, 4) if match[group] is not None), None)
    value, span = (match[group], match.span(group)) if group else ("", (0, 0))
    return Attribute(match[1].lower(), value, *span)
