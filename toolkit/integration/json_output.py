"""Whether what a template makes is JSON, and which part of the template made a given part of it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from toolkit.json_text import Document, JsonSyntaxError, read

if TYPE_CHECKING:
    from toolkit.integration.template import Template

_MARK = 0xF0000
"""The first of the private characters that mark where a piece of literal text starts."""


def parsed(output: str) -> Document:
    """The JSON that a template made. Raises JsonSyntaxError where JavaScript's JSON.parse would."""
    if output.startswith("\ufeff"):
        raise JsonSyntaxError(output, 0, 1, "there is a byte order mark in front", "save it as UTF-8 without BOM")
    return read(output.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode())


def is_blank(output: str) -> bool:
    """Whether nothing is left of it once JavaScript has trimmed it."""
    from toolkit.handlebars.lexer import WHITESPACE

    return not output.strip(WHITESPACE)


def fault(output: str) -> JsonSyntaxError | None:
    """Why it is not JSON."""
    try:
        parsed(output)
    except JsonSyntaxError as error:
        return error
    return None


def origin(template: Template, context: Any, offset: int) -> int:
    """Where in a template the code point at ``offset`` of its output comes from.

    It is the code point itself where that stands in the template, else the mustache that made it.
    """
    from toolkit.handlebars import PRODUCTION, render

    marked, starts, ends = _marked(template)
    at, made = 0, []
    for char in render(marked, context, PRODUCTION):
        if ord(char) < _MARK:
            at += 1
        else:
            made.append((at, ord(char) - _MARK))
    index = bisect_right(made, (offset, len(starts))) - 1
    if index + 1 < len(made) and made[index + 1][0] == offset + 1:
        return starts[made[index + 1][1]] - 1  # the character in front of a mark
    if index < 0:
        return 0
    begin, piece = made[index]
    return min(starts[piece] + offset - begin, ends[piece])


def _marked(template: Template) -> tuple[str, list[int], list[int]]:
    """The template with marks, where each stands in the template, and where its piece of literal text ends.

    A mark stands behind the first visible character of each piece.
    """
    from toolkit.handlebars import texts
    from toolkit.handlebars.lexer import WHITESPACE

    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for content in texts(template.program):
        source = template.text[content.start : content.end]
        blanks = len(source) - len(source.lstrip(WHITESPACE))
        if blanks < len(source) and not source.startswith(("\\", "{{"), blanks):
            begin = content.start + blanks + 1
            parts += [template.text[done:begin], chr(_MARK + len(starts))]
            starts.append(begin)
            ends.append(content.end)
            done = begin
    return "".join([*parts, template.text[done:]]), starts, ends
