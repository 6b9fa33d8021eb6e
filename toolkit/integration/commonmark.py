"""Markdown as GitHub reads it, with the place of every link, tag, definition and piece of code in the text.

The parser knows lines only; the rules for what is inside a line are watched, and what they match is found in its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from toolkit.integration.html import Tag, tags
from toolkit.json_text.position import Span
from toolkit.regex import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_LINE = regex(r"\r\n?|\n")
_DESTINATION = regex(r"\[(?:[^\[\]\\]|\\.)*+\]:\s*+(?:<([^<>\n]*+)>|(\S++))", re.DOTALL)
_FRONT_MATTER = regex(r"---[ \t]*+(?:\r\n?|\n)(?=[\w-]++[ \t]*+:)(?s:.*?)[\r\n]---[ \t]*+(?=[\r\n]|\Z)")
CELLS = frozenset(("th_open", "td_open"))


class Mark(NamedTuple):
    """What is no plain text, from ``start`` to ``end``; a code span's ``label`` is what is between its backticks.

    A link's or image's ``label`` is what is in its brackets, ``target`` its address, or, where that is defined
    elsewhere, ``reference`` the name of it.
    """

    start: int
    end: int
    kind: Literal["link", "image", "autolink", "html", "code", "escape"]
    label: Span
    target: Span | None = None
    reference: str = ""


class Definition(NamedTuple):
    """``[name]: address``, from ``start`` to ``end`` with its whole lines; ``target`` is the address."""

    start: int
    end: int
    target: Span


class Markdown:
    """A text that was parsed. Offsets count code points of ``text``."""

    def __init__(self, text: str) -> None:
        self.text = text
        front = _FRONT_MATTER.match(text)
        self.front_matter = Span(0, front.end() if front else 0)
        """What stands between lines of three hyphens at the start, with these; GitHub shows it as a table."""
        self._cursors: dict[int, int] = {}  # by line: how much of it is taken by cells of a table
        self._parse()

    def _parse(self) -> None:
        parser, watcher = _parser()
        end = self.front_matter.end
        blank = re.sub(r"[^\r\n]", " ", self.text[:end])
        environment: dict[str, Any] = {}
        self._parsed = blank + self.text[end:].replace("\0", "\ufffd")  # as the parser does
        self.tokens: list[Token] = parser.parse(self._parsed, environment)
        """The blocks. What is inside of a table's cell says where it stands, as its ``meta["span"]``."""
        known = environment.get("references", {})
        for name in [name for name in known if name.startswith("^")]:
            del known[name]  # a footnote, which GitHub has beyond CommonMark
        self.definitions = {name: found for name, value in known.items() if (found := self._definition(value["map"]))}
        """By their names as the parser compares them."""
        marks: list[Mark] = []
        for before, token in pairwise(self.tokens):
            if token.type == "inline":
                token.children = []
                watcher.found = []
                parser.inline.parse(token.content, parser, environment, token.children)
                if watcher.found or before.type in CELLS:
                    at = self._offsets(token)
                    token.meta["span"] = Span(at[0], at[-1])
                    marks += (_moved(mark, at) for mark in watcher.found)
        self.marks = tuple(sorted(marks))
        """In the order of the text."""

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The HTML tags and comments."""
        spans = [self.span(token) for token in self.tokens if token.type == "html_block"]
        spans += [Span(mark.start, mark.end) for mark in self.marks if mark.kind == "html"]
        return tuple(tag for span in sorted(spans) for tag in tags(self.text, *span))

    def span(self, token: Token) -> Span:
        """The lines of a block, the last line break included."""
        first, last = token.map or (0, 0)
        return Span(self.lines[first], self.lines[min(last, len(self.lines) - 1)])

    @cached_property
    def lines(self) -> list[int]:
        """The offset at which each line starts, and where the text ends."""
        return [0, *(match.end() for match in _LINE.finditer(self.text)), len(self.text)]

    def _definition(self, lines: list[int]) -> Definition | None:
        start, end = (self.lines[min(line, len(self.lines) - 1)] for line in lines)
        match = _DESTINATION.search(self.text, start, end)
        return Definition(start, end, Span(*match.span(match.lastindex or 0))) if match else None

    def _offsets(self, token: Token) -> list[int]:
        """Where each character of a block's content stands, and where the last of its lines ends."""
        found: list[int] = []
        first = token.map[0] if token.map else 0
        for number, line in enumerate(token.content.split("\n"), first):
            found += self._aligned(line, number)
        return found

    def _aligned(self, line: str, number: int) -> list[int]:
        """Where the characters of one line of content, and its end, stand in that line of the text."""
        end = self.lines[number + 1]
        start = self._cursors.get(number, self.lines[number])
        shown = line.strip(" \t")
        at = self._parsed.find(shown, start, end)
        if at < 0:
            at = self._parsed.find(shown.replace("|", "\\|"), start, end)
        if at < 0:  # never seen; whatever is in this line then stands at its start
            self._cursors[number] = end
            return [start] * (len(line) + 1)
        indent = len(line) - len(line.lstrip(" \t"))
        places = [*range(at - indent, at)]
        for char in line[indent:]:
            at += char == "|" and self.text.startswith("\\|", at)  # as a table's cell escapes it
            places.append(at)
            at += 1
        self._cursors[number] = places[indent + len(shown)] if len(shown) < len(line) - indent else at
        return [*places, at]


def _moved(mark: Mark, at: list[int]) -> Mark:
    """A mark with offsets of the whole text instead of a block's content."""
    target = mark.target and Span(at[mark.target.start], at[mark.target.end])
    label = Span(at[mark.label.start], at[mark.label.end])
    return mark._replace(start=at[mark.start], end=at[mark.end], label=label, target=target)


class _Watcher:
    """Writes down what the rules for the inside of a line match."""

    def __init__(self) -> None:
        self.found: list[Mark] = []
        self._in_image = 0

    def watch(self, kind: Any, rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
        def watched(state: StateInline, silent: bool) -> bool:
            start = state.pos
            self._in_image += kind == "image"
            matched = rule(state, silent)
            self._in_image -= kind == "image"
            unclosed = kind == "code" and state.pending  # backticks that stand for themselves
            if matched and not silent and not self._in_image and not unclosed:
                self.found.append(_mark(kind, state, start))
            return matched

        return watched


def _mark(kind: Any, state: StateInline, start: int) -> Mark:
    end = state.pos
    if kind in ("link", "image"):
        return _link(kind, state, start)
    if kind == "autolink":
        return Mark(start, end, kind, Span(start + 1, end - 1), Span(start + 1, end - 1))
    ticks = end - start - len(state.src[start:end].lstrip("`")) if kind == "code" else 0
    return Mark(start, end, kind, Span(start + ticks, end - ticks))


def _link(kind: Any, state: StateInline, start: int) -> Mark:
    from markdown_it.common.utils import normalizeReference

    text, end, helpers = state.src, state.pos, state.md.helpers
    opening = start + (kind == "image")
    closing = helpers.parseLinkLabel(state, opening, kind == "link")
    label = Span(opening + 1, closing)
    after = text[closing + 1 : closing + 2] if end > closing + 1 else ""
    if after == "(":
        at = closing + 2
        while text[at] in " \t\n":
            at += 1
        result = helpers.parseLinkDestination(text, at, state.posMax)
        quoted = text[at] == "<"
        return Mark(start, end, kind, label, Span(at + quoted, result.pos - quoted) if result.ok else Span(at, at))
    name = text[closing + 2 : end - 1] if after else ""
    return Mark(start, end, kind, label, reference=normalizeReference(name or text[slice(*label)]))


def _parser() -> tuple[MarkdownIt, _Watcher]:
    from markdown_it import MarkdownIt, rules_inline

    parser, watcher = MarkdownIt("commonmark").enable("table"), _Watcher()
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.normalizeLink = parser.normalizeLinkText = str  # type: ignore[method-assign, assignment]
    parser.validateLink = bool  # type: ignore[method-assign, assignment]
    rules: tuple[tuple[str, str, Any], ...] = (
        ("link", "link", rules_inline.link),
        ("image", "image", rules_inline.image),
        ("autolink", "autolink", rules_inline.autolink),
        ("html_inline", "html", rules_inline.html_inline),
        ("backticks", "code", rules_inline.backtick),
        ("escape", "escape", rules_inline.escape),
    )
    for name, kind, rule in rules:
        parser.inline.ruler.at(name, watcher.watch(kind, rule))
    return parser, watcher
