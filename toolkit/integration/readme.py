"""The README as rules see it: headings, links, code, tables, and what in it is prose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from toolkit.finding import Place
from toolkit.integration import blocks, headings
from toolkit.integration.blocks import Code, Fence, Table
from toolkit.integration.files import File
from toolkit.integration.headings import Heading
from toolkit.integration.link import Link
from toolkit.integration.markdown import bare, blanked
from toolkit.regex import regex

if TYPE_CHECKING:
    from toolkit.integration.commonmark import Markdown

NAME = "README.md"
_REFERENCE = regex(r"(?<![\w\]\\])(\[[^\[\]]++\])\[([^\[\]^][^\[\]]*+)?\]")
_ADDRESSES = {"href": False, "src": True}
"""The HTML attributes that lead somewhere, and whether an image is there."""


class Undefined(NamedTuple):
    """``[text][name]`` where nothing says what the name stands for: it is shown as it is typed."""

    name: str
    place: Place


@dataclass(frozen=True)
class Readme:
    """A README that could be read, whatever the case of its name."""

    file: File

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.file.text.strip()

    @property
    def has_body(self) -> bool:
        """Whether it says anything beside its headings."""
        tokens = self._markdown.tokens
        pairs = zip([None, *tokens], tokens, strict=False)
        return any(token.content.strip() for before, token in pairs if not before or before.type != "heading_open")

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in their order, those in lists, quotes and HTML included."""
        return headings.headings(self._markdown, self.words, self.file)

    @cached_property
    def title(self) -> Heading | None:
        """What the README is called: in its front matter, in its first heading, or beside an image above that."""
        return headings.title(self._markdown, self.headings, self.file)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What a fragment may name, in small letters: the headings as GitHub names them, and the ids in HTML."""
        attributes = (attribute for tag in self._markdown.tags for attribute in tag.attributes)
        ids = (one.value.lower() for one in attributes if one.name in ("id", "name") and one.value)
        return frozenset((*headings.anchors(self.headings), *ids))

    @cached_property
    def prose(self) -> str:
        """The text with blanks in place of code, of HTML comments and of front matter; offsets stay."""
        return blanked(self.file.text, self._no_prose())

    @cached_property
    def words(self) -> str:
        """The prose with blanks in place of tags, addresses and definitions as well: what a reader reads."""
        return blanked(self._unmarked, bare(self._unmarked))

    @cached_property
    def fences(self) -> tuple[Fence, ...]:
        """The fenced blocks of code."""
        return tuple(blocks.fences(self._markdown, self.file))

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """What stands in backticks within a line."""
        return tuple(blocks.codes(self._markdown, self.file))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables."""
        return tuple(blocks.tables(self._markdown, self.file))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link and image, in the order of the text; code, comments and footnotes hold none."""
        return tuple(sorted(self._links(), key=lambda link: link.place.span or (0, 0)))

    @cached_property
    def undefined(self) -> tuple[Undefined, ...]:
        """The links to a definition that is not there."""
        text = blanked(self._unmarked, ((mark.start, mark.end) for mark in self._markdown.marks))
        matches = _REFERENCE.finditer(text)
        return tuple(Undefined(match[2] or match[1][1:-1], self.file.at(*match.span())) for match in matches)

    @cached_property
    def _markdown(self) -> Markdown:
        from toolkit.integration.commonmark import Markdown

        return Markdown(self.file.text)

    @cached_property
    def _unmarked(self) -> str:
        """The prose without tags, definitions, and the addresses in marks."""
        known = self._markdown
        marks = ((mark.start, mark.end) if mark.kind == "autolink" else mark.target for mark in known.marks)
        tags = ((tag.start, tag.end) for tag in known.tags)
        definitions = ((one.start, one.end) for one in known.definitions.values())
        return blanked(self.prose, (*filter(None, marks), *tags, *definitions))

    def _no_prose(self) -> Iterator[tuple[int, int]]:
        known = self._markdown
        yield known.front_matter
        yield from (known.span(token) for token in known.tokens if token.type in ("fence", "code_block"))
        yield from ((mark.start, mark.end) for mark in known.marks if mark.kind == "code")
        yield from ((tag.start, tag.end) for tag in known.tags if tag.name == "!--")

    def _links(self) -> Iterator[Link]:
        known, text = self._markdown, self.file.text
        defined: set[str] = set()
        for mark in known.marks:
            label, image = text[slice(*mark.label)], mark.kind == "image"
            if mark.target and (mark.kind != "autolink" or ":" in label):
                yield self._link(mark.target, label, image=image)
            elif mark.reference in known.definitions and mark.reference not in defined:
                defined.add(mark.reference)
                yield self._link(known.definitions[mark.reference].target, label, image=image)
        for one in (attribute for tag in known.tags for attribute in tag.attributes):
            if one.name in _ADDRESSES and one.value:
                yield self._link((one.start, one.end), "", image=_ADDRESSES[one.name])
        for target in bare(self._unmarked):
            yield self._link((target.start, target.end), target.text, bare=True)

    def _link(self, span: tuple[int, int], shown: str, *, image: bool = False, bare: bool = False) -> Link:
        return Link(self.file.text[slice(*span)], self.file.at(*span), "readme", self.file.path, shown, bare, image)
