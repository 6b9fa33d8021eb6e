"""Drops the whitespace beside ``~`` and around tags that stand alone on a line, as handlebars.js 4.7 does."""

from typing import NamedTuple

from toolkit.handlebars.lexer import WHITESPACE
from toolkit.handlebars.nodes import Block, Comment, Content, Decorator, Mustache, Partial, Program, Statement, branches

_BLANKS = " \t"


class _Wishes(NamedTuple):
    """What a tag asks of the text around it.

    ``open`` and ``close`` are its ``~``; the others say that it takes its line with it if it stands alone
    there, as a whole or with one of its ends.
    """

    open: bool
    close: bool
    whole: bool = False
    opening: bool = False
    closing: bool = False


def control(program: Program) -> None:
    """Sets the ``value`` of every text of a template, and the ``indent`` of its partials."""
    _Control().body(program.body, is_root=True)


class _Control:
    def __init__(self) -> None:
        self._stripped_left: set[int] = set()  # texts, by where they start
        self._stripped_right: set[int] = set()

    def body(self, body: list[Statement], *, is_root: bool = False) -> None:
        for index, node in enumerate(body):
            wishes = self._wishes(node)
            if not wishes:
                continue
            before = _ends_line(body, index, is_root)
            after = _starts_line(body, index, is_root)
            if wishes.close:
                self._omit_right(body, index + 1, everything=True)
            if wishes.open:
                self._omit_left(body, index - 1, everything=True)
            if wishes.whole and before and after:
                self._omit_right(body, index + 1)
                if self._omit_left(body, index - 1) and isinstance(node, Partial):
                    body[index] = node._replace(indent=_indent(body[index - 1]))
            if wishes.opening and before:
                self._omit_right(branches(node)[0].body, 0)
                self._omit_left(body, index - 1)
            if wishes.closing and after:
                self._omit_right(body, index + 1)
                last = branches(node)[-1].body
                self._omit_left(last, len(last) - 1)

    def _wishes(self, node: Statement) -> _Wishes | None:
        if isinstance(node, Content):
            return None
        if isinstance(node, Mustache):
            return _Wishes(*node.strip)
        if isinstance(node, Comment):
            return _Wishes(*node.strip, whole=True)
        if programs := branches(node):
            return self._block(node, programs)
        return _Wishes(*node.open_strip, whole=isinstance(node, Partial))

    def _block(self, node: Block | Partial | Decorator, programs: list[Program]) -> _Wishes:
        for program in programs:
            self.body(program.body)
        first = programs[0].body
        if node.open_strip.close:
            self._omit_right(first, 0, everything=True)
        last = first
        if isinstance(node, Block) and len(programs) == 2:
            last = self._else(node, first, programs[1])
        if node.close_strip.open:
            self._omit_left(last, len(last) - 1, everything=True)
        if last is not first and _ends_line(first, len(first)) and _starts_line(last, -1):
            self._omit_left(first, len(first) - 1)
            self._omit_right(last, 0)
        return _Wishes(
            node.open_strip.open,
            node.close_strip.close,
            opening=_starts_line(first, -1),
            closing=_ends_line(last, len(last)),
        )

    def _else(self, block: Block, first: list[Statement], inverse: Program) -> list[Statement]:
        """Strips beside the ``{{else}}``; returns what follows, for ``{{else if}}`` that body."""
        after = inverse.body
        if inverse.chained and isinstance(chained := inverse.body[0], Block) and chained.program:
            after = chained.program.body
        if block.inverse_strip.open:
            self._omit_left(first, len(first) - 1, everything=True)
        if block.inverse_strip.close:
            self._omit_right(after, 0, everything=True)
        return after

    def _omit_right(self, body: list[Statement], index: int, *, everything: bool = False) -> None:
        """Strips the start of the text at ``index``: all whitespace, or the rest of a blank line."""
        node = body[index] if index < len(body) else None
        if not isinstance(node, Content) or (not everything and node.start in self._stripped_right):
            return
        if everything:
            value = node.value.lstrip(WHITESPACE)
        else:
            value = node.value.lstrip(_BLANKS).removeprefix("\r").removeprefix("\n")
        self._stripped_right.discard(node.start)
        if value != node.value:
            self._stripped_right.add(node.start)
            body[index] = node._replace(value=value)

    def _omit_left(self, body: list[Statement], index: int, *, everything: bool = False) -> bool:
        """Strips the end of the text at ``index``: all whitespace, or the indentation before a tag."""
        node = body[index] if index >= 0 else None
        if not isinstance(node, Content) or (not everything and node.start in self._stripped_left):
            return False
        value = node.value.rstrip(WHITESPACE if everything else _BLANKS)
        self._stripped_left.discard(node.start)
        if value == node.value:
            return False
        self._stripped_left.add(node.start)
        body[index] = node._replace(value=value)
        return True


def _ends_line(body: list[Statement], index: int, is_root: bool = False) -> bool:
    """Whether only blanks stand between the start of a line, or of the template, and the node."""
    if index == 0:
        return is_root
    before = body[index - 1]
    if not isinstance(before, Content):
        return False
    text = before.original.rstrip(WHITESPACE)
    return "\n" in before.original[len(text) :] or (is_root and index == 1 and not text)


def _starts_line(body: list[Statement], index: int, is_root: bool = False) -> bool:
    """Whether only blanks stand between the node and the end of its line, or of the template."""
    if index + 1 == len(body):
        return is_root
    after = body[index + 1]
    if not isinstance(after, Content):
        return False
    text = after.original.lstrip(WHITESPACE)
    blanks = after.original[: len(after.original) - len(text)]
    return "\n" in blanks or (is_root and index + 2 == len(body) and not text)


def _indent(before: Statement) -> str:
    original = before.original if isinstance(before, Content) else ""
    return original[len(original.rstrip(_BLANKS)) :]
