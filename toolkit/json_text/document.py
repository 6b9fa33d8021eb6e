"""Reads the bytes of a JSON file as upstream does: JavaScript's JSON.parse on UTF-8 text without its BOM."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from toolkit.json_text.diagnose import diagnose
from toolkit.json_text.error import JsonSyntaxError
from toolkit.json_text.pointer import join, split
from toolkit.json_text.position import Span
from toolkit.json_text.scanner import Node, Unexpected, number, scan


class Duplicate(NamedTuple):
    """A key that its object has already: the pointer of the member, its key's span and that of the first."""

    pointer: str
    span: Span
    first: Span


@dataclass(frozen=True, eq=False, repr=False)
class Document:
    """A JSON file: its value, and on request where each part of it stands in ``text``, which has no BOM."""

    data: bytes
    text: str
    value: object
    bom: bool
    bad_utf8: bool
    _repeats: bool

    @cached_property
    def root(self) -> Node:
        """The tree of the text, with the span of every key and value."""
        return scan(self.text)

    def node(self, pointer: str) -> Node | None:
        """The node of the value at a JSON pointer, None where there is none."""
        node: Node | None = self.root
        for part in split(pointer):
            node = node and node.child(part)
        return node

    def span(self, pointer: str) -> Span | None:
        """Where the value at a JSON pointer stands, None when there is no such value."""
        node = self.node(pointer)
        return Span(node.start, node.end) if node else None

    def key_span(self, pointer: str) -> Span | None:
        """Where the key of the value at a JSON pointer stands, quotes included; None for an array's items."""
        node = self.node(pointer)
        return node.key.span if node and node.key else None

    @cached_property
    def duplicates(self) -> tuple[Duplicate, ...]:
        """Every key that its object has already, at any depth, in the order of the text."""
        return tuple(sorted(_duplicates(self.root), key=lambda duplicate: duplicate.span)) if self._repeats else ()


def read(data: bytes) -> Document:
    """The document in ``data``. Raises JsonSyntaxError where upstream's JSON.parse would throw.

    As there, the last of duplicate keys counts, a BOM is skipped and bytes that are not UTF-8 read as U+FFFD.
    """
    try:
        text, bad_utf8 = data.decode(), False
    except UnicodeDecodeError:
        text, bad_utf8 = _decode(data), True
    bom = text.startswith("\ufeff")
    text = text.removeprefix("\ufeff")
    repeats = False

    def build(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal repeats
        built = dict(pairs)
        repeats = repeats or len(built) < len(pairs)
        return built

    try:
        value = json.loads(text, object_pairs_hook=build, parse_int=number, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return _read_carefully(data, text, bom, bad_utf8)
    return Document(data, text, value, bom, bad_utf8, repeats)


def _read_carefully(data: bytes, text: str, bom: bool, bad_utf8: bool) -> Document:
    """What the standard library cannot read: too deep for it, or not JSON."""
    try:
        return Document(data, text, scan(text).value, bom, bad_utf8, True)
    except Unexpected as fault:
        encoding = json.detect_encoding(data)
        if encoding.startswith(("utf-16", "utf-32")):
            name = encoding[:6].upper()
            raise JsonSyntaxError(text, 0, 0, f"file is {name}, must be UTF-8", "save it as UTF-8") from None
        raise diagnose(text, fault) from None


def _decode(data: bytes) -> str:
    return data.decode(errors="replace")


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def _duplicates(root: Node) -> Iterator[Duplicate]:
    todo: list[tuple[Node, _Path | None]] = [(root, None)]
    while todo:
        node, path = todo.pop()
        first: dict[str, Span] = {}
        for place, child in enumerate(node.children):
            here = _Path(path, child.key.name if child.key else place)
            if child.key and (span := first.setdefault(child.key.name, child.key.span)) != child.key.span:
                yield Duplicate(here.pointer(), child.key.span, span)
            todo.append((child, here))


class _Path(NamedTuple):
    """The way to a value, innermost part first: a pointer string for each value would cost depth squared."""

    parent: "_Path | None"
    part: str | int

    def pointer(self) -> str:
        parts = []
        path: _Path | None = self
        while path:
            parts.append(path.part)
            path = path.parent
        return join("", *reversed(parts))
