"""Prints JSON text exactly as prettier 2 does with its defaults: 2 spaces, 80 columns, LF."""

import json
from collections.abc import Iterator
from math import inf
from typing import Final, NamedTuple

from toolkit.errors import LditError
from toolkit.json_text.diagnose import diagnose
from toolkit.json_text.scanner import CLOSER, Node, Unexpected, scan
from toolkit.json_text.width import width
from toolkit.regex import regex

WIDTH: Final = 80
MAX_DEPTH: Final = 1_000
"""Indented text grows with the square of its depth; prettier itself gives up before 500 levels."""

_BLANK_LINE = regex(r"[ \t,]*+(?:\r\n?+|\n)[ \t]*+[\r\n]")
_LINE_BREAK = regex(r"[\r\n]")
_LONE_SURROGATE = regex(r"[\ud800-\udfff]")
_ESCAPE = regex(r"\\(.)")


def pretty(text: str) -> str:
    """What prettier 2 prints for ``text``: with a final line feed, and with the BOM if there is one.

    Raises JsonSyntaxError when the text is not JSON (comments are not), or nested over MAX_DEPTH levels deep.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    try:
        root = scan(text, MAX_DEPTH)
    except Unexpected as fault:
        raise diagnose(text, fault) from None
    return bom + "".join(_Printer(text, root).lines()) + "\n"


def dumps(value: object) -> str:
    """A Python value as prettier-clean JSON: objects opened out, nothing escaped but what must be.

    Raises ValueError for infinity and NaN, LditError when it is nested some hundred levels deep.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
    except RecursionError:
        raise LditError("the value is nested too deep to be printed", "flatten it") from None
    return pretty(_LONE_SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text))


class _Piece(NamedTuple):
    """What is still to be printed: ``before``, then a value that starts at ``column``, then ``after``."""

    before: str
    value: Node | None = None
    indent: int = 0
    column: int = 0
    after: str = ""


class _Printer:
    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.root = root
        self.widths: dict[Node, float] = {}
        nodes = [root]
        for node in nodes:
            nodes.extend(node.children)
        for node in reversed(nodes):
            self.widths[node] = self.width(node)

    def width(self, node: Node) -> float:
        """The columns of a value on one line; infinite where prettier breaks it though it would fit."""
        if not node.children:
            return width(self.flat(node))
        if self.must_break(node):
            return inf
        braces = 2 if isinstance(node.value, dict) else 0
        return braces + sum(width(self.key(child)) + self.widths[child] + 2 for child in node.children)

    def must_break(self, node: Node) -> bool:
        """An opened out object, blank lines, or a list of nothing but objects (or lists) of several parts."""
        first = node.children[0]
        if first.key and _LINE_BREAK.search(self.text, node.start, first.key.span.start):
            return True
        if first.key or _is_numbers(node):
            return any(map(self.blank_line_after, node.children[:-1]))
        return len(node.children) > 1 and all(
            len(child.children) > 1 and type(child.value) is type(first.value) for child in node.children
        )

    def lines(self) -> Iterator[str]:
        """The printed text in pieces."""
        todo = [_Piece("", self.root)]
        while todo:
            before, node, indent, column, after = todo.pop()
            yield before
            if node is None:
                continue
            if not node.children or column + self.widths[node] + len(after) <= WIDTH:
                yield self.flat(node) + after
                continue
            brace = self.text[node.start]
            yield brace
            todo.append(_Piece(f"\n{' ' * indent}{CLOSER[brace]}{after}"))
            parts = self.filled if _is_numbers(node) else self.opened_out
            todo.extend(reversed(list(parts(node, indent + 2))))

    def opened_out(self, node: Node, indent: int) -> Iterator[_Piece]:
        """The parts of an object or array, each on its own line."""
        blank = ""
        for child in node.children:
            key = self.key(child)
            comma = "," if child is not node.children[-1] else ""
            yield _Piece(f"{blank}\n{' ' * indent}{key}", child, indent, indent + width(key), comma)
            blank = "\n" if self.blank_line_after(child) else ""

    def filled(self, node: Node, indent: int) -> Iterator[_Piece]:
        """The numbers of an array, as many on a line as fit."""
        blank, column = "", WIDTH
        for child in node.children:
            number = self.flat(child) + ("," if child is not node.children[-1] else "")
            if blank or column + 1 + len(number) > WIDTH:
                yield _Piece(f"{blank}\n{' ' * indent}{number}")
                column = indent + len(number)
            else:
                yield _Piece(f" {number}")
                column += 1 + len(number)
            blank = "\n" if self.blank_line_after(child) else ""

    def flat(self, node: Node) -> str:
        """A value on one line."""
        if isinstance(node.value, str):
            return _string(self.text[node.start : node.end])
        if not isinstance(node.value, (dict, list)):
            return _number(self.text[node.start : node.end])
        parts = ", ".join(self.key(child) + self.flat(child) for child in node.children)
        if isinstance(node.value, list):
            return f"[{parts}]"
        return f"{{ {parts} }}" if parts else "{}"

    def key(self, node: Node) -> str:
        """The key of an object's member with its colon, nothing for an array's item."""
        return _string(self.text[slice(*node.key.span)]) + ": " if node.key else ""

    def blank_line_after(self, node: Node) -> bool:
        return _BLANK_LINE.match(self.text, node.end) is not None


def _is_numbers(node: Node) -> bool:
    """Whether prettier fills lines with the items."""
    return (
        isinstance(node.value, list)
        and len(node.children) > 1
        and all(type(child.value) in (int, float) for child in node.children)
    )


def _string(token: str) -> str:
    """A string as written, but for the needless escape of a slash."""
    return _ESCAPE.sub(lambda escape: escape[1] if escape[1] == "/" else escape[0], token)


def _number(token: str) -> str:
    """A number, true, false or null, without the zeros and the plus sign that say nothing."""
    mantissa, _, exponent = token.lower().partition("e") if token[-1].isdigit() else (token, "", "")
    whole, point, fraction = mantissa.partition(".")
    fraction = fraction[:1] + fraction[1:].rstrip("0")
    minus = "-" if exponent.startswith("-") else ""
    exponent = exponent.lstrip("+-").lstrip("0")
    return whole + point + fraction + (f"e{minus}{exponent}" if exponent else "")
