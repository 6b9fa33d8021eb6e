"""The headings of a Markdown text, what it is called, and what links to its parts are called on GitHub."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from toolkit.finding import Place
from toolkit.integration.blocks import plain
from toolkit.integration.files import File
from toolkit.json_text.position import Span

if TYPE_CHECKING:
    from toolkit.integration.commonmark import Markdown

_TITLE = r"(?m)^title[ \t]*+:[ \t]*+[\"']?([^\"'\r\n]++)"
_HTML = frozenset(f"h{level}" for level in range(1, 7))


class Heading(NamedTuple):
    """A heading: ``level`` from 1, its text without marks, and where it stands."""

    level: int
    text: str
    place: Place


def headings(markdown: Markdown, words: str, file: File) -> tuple[Heading, ...]:
    """The headings in their order, those in lists, quotes and HTML included; ``words`` are the text without marks."""
    found = [*_marked(markdown, file), *_in_html(markdown, words, file)]
    return tuple(sorted(found, key=lambda heading: heading.place.span or (0, 0)))


def _marked(markdown: Markdown, file: File) -> Iterator[Heading]:
    for opening, inline in pairwise(markdown.tokens):
        if opening.type == "heading_open":
            start, end = markdown.span(opening)
            end = start + len(markdown.text[start:end].rstrip())
            yield Heading(int(opening.tag[1]), plain(inline), file.at(start, end))


def _in_html(markdown: Markdown, words: str, file: File) -> Iterator[Heading]:
    opening = None
    for tag in markdown.tags:
        if opening and tag.name == f"/{opening.name}":
            shown = " ".join(words[opening.end : tag.start].split())
            yield Heading(int(opening.name[1]), shown, file.at(opening.start, tag.end))
            opening = None
        elif tag.name in _HTML:
            opening = tag


def title(markdown: Markdown, found: tuple[Heading, ...], file: File) -> Heading | None:
    """The title in the front matter, else the first heading, else the words for an image above it.

    A heading of level 2 is a title where it is underlined and the first of ``found``.
    """
    if match := re.compile(_TITLE).search(markdown.text, *markdown.front_matter):
        return Heading(1, match[1].strip(), file.at(*match.span(1)))
    first = found[0] if found else None
    span = (first and first.place.span) or (len(markdown.text),) * 2
    is_underlined = not markdown.text.startswith(("#", "<"), span[0])
    if first and (first.level == 1 or (first.level == 2 and is_underlined)):
        return first._replace(level=1)
    images = ((end, markdown.text[start:end].strip(), file.at(start, end)) for start, end in _image_words(markdown))
    return next((Heading(1, text, place) for end, text, place in images if text and end <= span[0]), None)


def _image_words(markdown: Markdown) -> list[Span]:
    """What is said about each image."""
    images = (tag for tag in markdown.tags if tag.name == "img")
    in_html = (Span(one.start, one.end) for tag in images for one in tag.attributes if one.name == "alt")
    return sorted((*in_html, *(mark.label for mark in markdown.marks if mark.kind == "image")))


def anchors(found: Iterable[Heading]) -> Iterator[str]:
    """The name of each heading in a link, as GitHub makes it: a number tells it from those before it."""
    known: Counter[str] = Counter()
    for heading in found:
        name = "".join(filter(_is_kept, heading.text.lower())).replace(" ", "-")
        yield f"{name}-{known[name]}" if known[name] else name
        known[name] += 1


def _is_kept(char: str) -> bool:
    """Whether it is a letter, a mark, a digit, a connector such as ``_``, a hyphen or a blank."""
    category = unicodedata.category(char)
    return char in "- " or category[0] in "LM" or category in ("Nd", "Nl", "Pc")
