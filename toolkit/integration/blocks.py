"""The code and the tables of a Markdown text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from toolkit.finding import Place
from toolkit.integration.files import File

if TYPE_CHECKING:
    from markdown_it.token import Token

    from toolkit.integration.commonmark import Markdown

_SHOWN = frozenset(("text", "text_special", "code_inline"))


class Fence(NamedTuple):
    """A fenced block of code. ``language`` is the first word behind its opening mark, in small letters."""

    language: str
    text: str
    place: Place
    starts: tuple[int, ...]
    """Where in the README's text each line of ``text`` starts."""

    def at(self, start: int, end: int) -> Place:
        """The code points from ``start`` to ``end`` of ``text``."""
        return self.place._replace(span=(self._offset(start), self._offset(end)))

    def _offset(self, offset: int) -> int:
        line = self.text.count("\n", 0, offset)
        return self.starts[line] + offset - (self.text.rfind("\n", 0, offset) + 1)


class Code(NamedTuple):
    """A word or a few in backticks."""

    text: str
    place: Place


class Cell(NamedTuple):
    """One cell of a table: its text without marks, and where it stands."""

    text: str
    place: Place


class Table(NamedTuple):
    """A table: its header, then its other rows."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def codes(markdown: Markdown, file: File) -> Iterator[Code]:
    """Whatever stands in backticks within a line."""
    for mark in markdown.marks:
        if mark.kind == "code":
            yield Code(file.text[slice(*mark.label)].strip(), file.at(*mark.label))


def fences(markdown: Markdown, file: File) -> Iterator[Fence]:
    """The fenced blocks, in the order of the text."""
    for token in markdown.tokens:
        if token.type == "fence":
            words = token.info.split()
            language = words[0].lower() if words else ""
            starts = tuple(_starts(token, markdown))
            yield Fence(language, token.content, file.at(*markdown.span(token)), starts)


def _starts(token: Token, markdown: Markdown) -> Iterator[int]:
    """Where the lines of a block of code start: each is the end of its line of the text."""
    first, last = token.map or (0, 0)
    for number, line in enumerate(token.content.split("\n"), first + 1):
        start, end = (markdown.lines[min(at, last, len(markdown.lines) - 1)] for at in (number, number + 1))
        shown = markdown.text[start:end].rstrip("\r\n")
        yield start + max(len(shown) - len(line), 0)


def tables(markdown: Markdown, file: File) -> Iterator[Table]:
    """The tables, in the order of the text."""
    from toolkit.integration.commonmark import CELLS

    rows: list[list[Cell]] = []
    for token, following in pairwise(markdown.tokens):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in CELLS:
            rows[-1].append(Cell(plain(following), file.at(*following.meta["span"])))
        elif following.type == "table_close":
            header, *others = map(tuple, rows)
            yield Table(header, tuple(others))


def plain(inline: Token) -> str:
    """The words of a block, without marks."""
    return "".join(child.content for child in inline.children or () if child.type in _SHOWN).strip()
