"""The README as rules see it: its headings, its links, and what in it is prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from toolkit.finding import Place
from toolkit.integration.files import File
from toolkit.integration.link import Link
from toolkit.integration.markdown import Target, blanked, targets

if TYPE_CHECKING:
    from markdown_it.token import Token

NAME = "README.md"
_LINE = re.compile(r"\r\n?|\n")
_ANCHOR = re.compile(r"<[a-z][^<>]*?\b(?:id|name)\s*=\s*[\"']([^\"'\n]+)", re.IGNORECASE)
_TITLE = re.compile(
    r"\s*(?:<h1\b[^<>]*>(.{1,200}?)</h1>|---\n(?:.{0,200}\n){0,20}?title: *[\"']?([^\n\"']{1,200})"
    r"|(?:\[)?!\[([^\]\n]{1,200})\]|<(?:p|div)\b[^<>]*>\s*<img\b[^<>]*\balt=[\"']([^\"']{1,200}))"
)
"""A title in HTML, in a front matter, or in the words of a logo that stands first."""
_CODE = re.compile(r"(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


class Heading(NamedTuple):
    """A heading: ``level`` from 1, its text without marks, and where it stands."""

    level: int
    text: str
    place: Place


@dataclass(frozen=True)
class Readme:
    """A README that could be read, whatever the case of its name."""

    file: File

    @property
    def is_blank(self) -> bool:
        return not self.file.text.strip()

    @property
    def has_body(self) -> bool:
        """Whether it says anything beside its headings."""
        return any(token.content.strip() for token in self._body())

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in their order, those in lists and quotes included."""
        pairs = zip(self._tokens, self._tokens[1:], strict=False)
        return tuple(self._heading(*pair) for pair in pairs if pair[0].type == "heading_open")

    @property
    def title(self) -> Heading | None:
        """What the README is called: its first heading, or what stands there in HTML or beside a logo."""
        text = self.file.text
        if match := _TITLE.match(text):
            words = next(filter(None, match.groups()))
            return Heading(1, re.sub(r"<[^<>]*>", " ", words).strip(), self.file.at(*match.span()))
        first = self.headings[0] if self.headings else None
        underlined = first is not None and first.place.span is not None and not text[: first.place.span[0]].strip()
        return first if first is not None and (first.level == 1 or underlined) else None

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What a fragment may name, in small letters: the headings as GitHub names them, and the ids in HTML."""
        names: list[str] = []
        for heading in self.headings:
            name = re.sub(r"[^\w\- ]", "", heading.text.lower()).replace(" ", "-")
            names.append(f"{name}-{names.count(name)}" if name in names else name)
        return frozenset((*names, *(match[1].lower() for match in _ANCHOR.finditer(self.prose))))

    @cached_property
    def prose(self) -> str:
        """The text with blanks in place of code; offsets stay."""
        blocks = (token for token in self._tokens if token.type in ("fence", "code_block"))
        without_blocks = blanked(self.file.text, (self._span(token) for token in blocks))
        return blanked(without_blocks, (match.span() for match in _CODE.finditer(without_blocks)))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link and image, in the order of the text; code holds none."""
        return tuple(self._link(target) for target in self._targets())

    def _body(self) -> Iterator[Token]:
        for before, token in zip([None, *self._tokens], self._tokens, strict=False):
            if before is None or before.type != "heading_open":
                yield token

    def _targets(self) -> Iterator[Target]:
        """What looks like a link and is one: the scan knows where, the parser knows what."""
        from markdown_it.common.utils import unescapeAll

        real = {url for token in self._tokens for url in _destinations(token)}
        for target in targets(self.prose):
            if target.bare or unescapeAll(target.url) in real:
                yield target

    def _link(self, target: Target) -> Link:
        place = self.file.at(target.start, target.end)
        return Link(target.url, place, "readme", self.file.path, target.text, target.bare, target.image)

    def _heading(self, opening: Token, inline: Token) -> Heading:
        words = "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))
        start, end = self._span(opening)
        text = self.file.text[start:end]
        return Heading(int(opening.tag[1]), words.strip(), self.file.at(start, start + len(text.rstrip())))

    def _span(self, token: Token) -> tuple[int, int]:
        first, last = token.map or (0, 0)
        return self._lines[first], self._lines[min(last, len(self._lines) - 1)]

    @cached_property
    def _lines(self) -> list[int]:
        """The offset at which each line starts, and where the text ends."""
        text = self.file.text
        return [0, *(match.end() for match in _LINE.finditer(text)), len(text)]

    @cached_property
    def _tokens(self) -> list[Token]:
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark").enable("table")
        parser.normalizeLink = parser.normalizeLinkText = str  # type: ignore[method-assign, assignment]
        parser.validateLink = bool  # type: ignore[method-assign, assignment]
        return parser.parse(self.file.text)


def _destinations(token: Token) -> Iterator[str]:
    for child in token.children or ():
        yield from (str(child.attrs[name]) for name in ("href", "src") if name in child.attrs)
        if child.type == "html_inline":
            yield from (target.url for target in targets(child.content))
    if token.type == "html_block":
        yield from (target.url for target in targets(token.content))
