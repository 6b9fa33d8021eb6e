"""Finds the parts of a tag in the text of a well-formed document; where it begins, the XML parser says."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple


class Span(NamedTuple):
    """From ``start`` up to, not including, ``end``: code points of a text."""

    start: int
    end: int


class Attribute(NamedTuple):
    """An attribute as written: its span from the name to the closing quote, and that of its value.

    ``gap`` is where the white space before it begins.
    """

    span: Span
    value: Span
    gap: int


class StartTag(NamedTuple):
    """A start tag as written; ``attributes`` by their written names, ``empty`` where it ends in ``/>``."""

    name: str
    span: Span
    attributes: Mapping[str, Attribute]
    empty: bool


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The beginning of a tag; an attribute or the end of a tag, as XML defines them.

    In a name, a value and an end no other can begin. Compiled when a place is wanted first.
    """
    part = r"""[ \t\r\n]*+(?:
        (?P<name> [^ \t\r\n=/>"'<]++ ) [ \t\r\n]*+ = [ \t\r\n]*+ (?P<value> "[^"<]*+" | '[^'<]*+' )
      | (?P<close> /?+> )
    )"""
    return re.compile(r"<([^ \t\r\n/>]++)"), re.compile(part, re.VERBOSE)


def start_tag(text: str, start: int) -> StartTag:
    """The start tag that begins at ``start``, with the place of each attribute. Raises ValueError where none does."""
    begins, goes_on = _patterns()
    name = begins.match(text, start)
    attributes: dict[str, Attribute] = {}
    position = name.end() if name else start
    while name and (part := goes_on.match(text, position)):
        if part["close"]:
            return StartTag(name[1], Span(start, part.end()), attributes, part["close"] == "/>")
        value = Span(part.start("value") + 1, part.end() - 1)
        attributes[part["name"]] = Attribute(Span(part.start("name"), part.end()), value, position)
        position = part.end()
    raise ValueError(f"no start tag at {start}")
