"""Reads JSON text into a tree that knows where every key and value stands, without recursion."""

import json
import re
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from toolkit.json_text import pointer
from toolkit.json_text.position import Span
from toolkit.regex import regex

MAX_DEPTH: Final = 100_000
"""How many objects and arrays may be open at once; JavaScript has no limit but its memory."""

Expected = Literal["value", "item", "key", "first key", "colon", "comma", "end", "depth"]

STRING_BODY: Final = r'[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+'
_TOKEN = regex(
    rf"""
    [ \t\n\r]*+
    (?: (?P<string> "{STRING_BODY}" )
      | (?P<number> -?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+ (?![\w.+-]) )
      | (?P<word> (?:true|false|null) (?!\w) )
      | (?P<open> [\[{{] ) | (?P<close> [\]}}] ) | (?P<colon> : ) | (?P<comma> , )
    )""",
    re.VERBOSE,
)
_SPACE = regex(r"[ \t\n\r]*+")
_VALUE = frozenset({"string", "number", "word", "open"})
_ALLOWED: dict[Expected, frozenset[str]] = {
    "value": _VALUE,
    "item": _VALUE | {"close"},
    "key": frozenset({"string"}),
    "first key": frozenset({"string", "close"}),
    "colon": frozenset({"colon"}),
    "comma": frozenset({"comma", "close"}),
    "end": frozenset(),
}
CLOSER: Final = {"{": "}", "[": "]"}


class Key(NamedTuple):
    """The key of an object's member."""

    name: str
    span: Span


class Node:
    """A value in the text: its span, its key, its Python value and, in text order, its parts."""

    __slots__ = ("_named", "children", "end", "key", "start", "value")

    def __init__(self, key: Key | None, value: object, start: int, end: int) -> None:
        self.key = key
        self.value = value
        self.start = start
        self.end = end
        self.children: list[Node] = []
        self._named: dict[str, Node] | None = None

    def add(self, child: "Node") -> None:
        """Adds a part, and its value to this one's."""
        self.children.append(child)
        if isinstance(self.value, list):
            self.value.append(child.value)
        elif isinstance(self.value, dict) and child.key is not None:
            self.value[child.key.name] = child.value

    def child(self, part: str) -> "Node | None":
        """The part under a key (the last one of that name) or an index, as a pointer spells it."""
        if isinstance(self.value, list):
            place = pointer.index(part)
            return self.children[place] if place is not None and place < len(self.children) else None
        if self._named is None:
            self._named = {node.key.name: node for node in self.children if node.key is not None}
        return self._named.get(part)


class Unexpected(Exception):  # noqa: N818 - never leaves the room: it becomes a JsonSyntaxError
    """Not JSON at ``offset``, where ``expected`` should stand; the last token ends at ``after``."""

    def __init__(self, offset: int, expected: Expected, after: int, opened: list[Node]) -> None:
        super().__init__(offset)
        self.offset = offset
        self.expected = expected
        self.after = after
        self._opened = opened  # the scanner's own list, which begins with the node above all others

    @property
    def opened(self) -> list[Node]:
        """The objects and arrays that are not closed yet, outermost first."""
        return self._opened[1:]

    @property
    def innermost(self) -> Node | None:
        """The last of ``opened``."""
        return self._opened[-1] if len(self._opened) > 1 else None


def number(text: str) -> int | float:
    """A JSON integer as an int, or as the float that JavaScript makes of it when over 15 characters long."""
    return int(text) if len(text) < 16 else float(text)


class Resume(NamedTuple):
    """Where to go on scanning after a mistake, and what should stand there."""

    at: int
    expected: Expected


def scan(text: str, depth: int = MAX_DEPTH) -> Node:
    """The tree of a JSON text. Raises Unexpected where JavaScript's JSON.parse throws, and beyond a depth."""
    return scan_on(text, _stop, depth).children[0]


def scan_on(text: str, recover: Callable[[Unexpected], Resume], depth: int = MAX_DEPTH) -> Node:
    """A node above all values of a text, which may have mistakes: ``recover`` says how to go on after each.

    Raises Unexpected beyond a depth, at a bracket that closes another one, and whatever ``recover`` raises.
    """
    top = Node(None, [], 0, len(text))
    opened = [top]
    expected: Expected = "value"
    at = 0
    key = None
    while expected != "end" or _skip_space(text, at) < len(text):
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup not in _ALLOWED[expected]:
            at, expected = recover(Unexpected(_skip_space(text, at), expected, at, opened))
            continue
        kind = token.lastgroup
        start, end = token.span(kind)
        if kind == "comma":
            expected = "key" if isinstance(opened[-1].value, dict) else "value"
        elif kind == "colon":
            expected = "value"
        elif kind == "close":
            if text[start] != CLOSER[text[opened[-1].start]]:
                raise Unexpected(start, expected, at, opened)
            opened.pop().end = end
            expected = _after_value(opened)
        elif expected in ("key", "first key"):
            key = Key(_string(text[start:end]), Span(start, end))
            expected = "colon"
        else:
            node = Node(key, _VALUES[kind](text[start:end]), start, end)
            opened[-1].add(node)
            key = None
            expected = _open(node, opened, depth, at) if kind == "open" else _after_value(opened)
        at = end
    return top


def _stop(fault: Unexpected) -> Resume:
    raise fault


def _open(node: Node, opened: list[Node], depth: int, after: int) -> Expected:
    if len(opened) > depth:
        raise Unexpected(node.start, "depth", after, opened)
    opened.append(node)
    return "first key" if isinstance(node.value, dict) else "item"


def _after_value(opened: list[Node]) -> Expected:
    return "comma" if len(opened) > 1 else "end"


def _skip_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _string(token: str) -> str:
    return str(json.loads(token)) if "\\" in token else token[1:-1]


def _number(token: str) -> int | float:
    return number(token) if token.lstrip("-").isdigit() else float(token)


_VALUES: dict[str, Callable[[str], object]] = {
    "string": _string,
    "number": _number,
    "word": {"true": True, "false": False, "null": None}.__getitem__,
    "open": lambda mark: {} if mark == "{" else [],
}
