"""Finds tags and attributes in the text of a well-formed document; only for places that a finding needs."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_NAME = re.compile(r"<([^\s/>]+)")
_ATTRIBUTE = re.compile(r"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_CLOSE = re.compile(r"\s*(/?)>")
_MARKUP = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?]]>|<\?.*?\?>|<(?P<end>/?)[^\s/>!?][^\s/>]*+(?:"[^"]*"|'[^']*'|[^"'/>])*+(?P<empty>/?)>""",
    re.DOTALL,
)


class Span(NamedTuple):
    """From ``start`` up to, not including, ``end``: code points of a text."""

    start: int
    end: int


class Attribute(NamedTuple):
    """An attribute as written: the span from its name to its closing quote, that of its value, and where the white
    space before it begins."""

    span: Span
    value: Span
    gap: int


class StartTag(NamedTuple):
    name: str
    span: Span
    attributes: Mapping[str, Attribute]
    empty: bool


def start_tag(text: str, start: int) -> StartTag:
    """The start tag that begins at ``start``, with the place of each attribute."""
    name = _NAME.match(text, start)
    if name is None:
        raise ValueError(f"no tag at {start}")
    attributes: dict[str, Attribute] = {}
    position = name.end()
    while found := _ATTRIBUTE.match(text, position):
        value = Span(found.start(2) + 1, found.end() - 1)
        attributes[found[1]] = Attribute(Span(found.start(1), found.end()), value, position)
        position = found.end()
    close = _CLOSE.match(text, position)
    if close is None:
        raise ValueError(f"the tag at {start} does not close")
    return StartTag(name[1], Span(start, close.end()), attributes, bool(close[1]))


def element_span(text: str, start: int) -> Span:
    """The element whose start tag begins at ``start``, up to the end of its end tag."""
    depth = 0
    for markup in _MARKUP.finditer(text, start):
        if markup["end"] is None:
            continue
        if markup["end"]:
            depth -= 1
        elif not markup["empty"]:
            depth += 1
        if depth == 0:
            return Span(start, markup.end())
    raise ValueError(f"the element at {start} does not close")
