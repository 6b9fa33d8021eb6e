"""Finds the links in the short Markdown texts of a manifest, where a whole parser would cost more than all the rest."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from toolkit.regex import regex

_INLINE = regex(r"\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()]|\([^\s()]*\))*))")
_DEFINED = regex(r"^ {0,3}\[[^\[\]\n]+\]:\s*(\S+)", re.MULTILINE)
_AUTO = regex(r"<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*)>", re.IGNORECASE)
_ATTRIBUTE = regex(r"\b(?:href|src)\s*=\s*[\"']([^\"'\n]*)", re.IGNORECASE)
_BARE = regex(
    r"\bhttps?://[a-z0-9][a-z0-9.-]*\.[a-z]{2,}\b[^\s<>()\[\]\"'`]*|\b(?:javascript|vbscript|data):[^\s<>()\[\]]+",
    re.IGNORECASE,
)
_VISIBLE = regex(r"\S")
_TRAILING = ".,;:!?*_"
_LABEL = 300
"""Code points; a link's text is not looked for further back."""


class Target(NamedTuple):
    """Where a link leads, from ``start`` to ``end`` of the text; ``text`` is what is shown for it."""

    start: int
    end: int
    url: str
    text: str = ""
    bare: bool = False
    image: bool = False


def targets(markdown: str) -> Iterator[Target]:
    """Every link and image of a text, and the addresses that stand in it as they are, in the order of the text."""
    if ":" not in markdown and "](" not in markdown and "=" not in markdown:
        return
    found = [*_inline(markdown), *_marked(markdown)]
    yield from sorted([*found, *bare(blanked(markdown, found))])


def bare(text: str) -> Iterator[Target]:
    """The addresses in plain text."""
    for match in _BARE.finditer(text):
        url = match[0].rstrip(_TRAILING)
        yield Target(match.start(), match.start() + len(url), url, url, bare=True)


def blanked(text: str, spans: Iterable[tuple[Any, ...]]) -> str:
    """``text`` with blanks in place of everything in ``spans`` but line breaks, so that offsets stay."""
    pieces: list[str] = []
    last = 0
    for start, end, *_ in sorted(spans):
        pieces += text[last:start], _VISIBLE.sub(" ", text[max(start, last) : end])
        last = max(last, end)
    return "".join((*pieces, text[last:]))


def attributes(html: str) -> Iterator[Target]:
    """Where the elements of an HTML text lead."""
    for match in _ATTRIBUTE.finditer(html):
        yield Target(*match.span(1), match[1])


def _inline(text: str) -> Iterator[Target]:
    for match in _INLINE.finditer(text):
        group = 2 if match[1] is None else 1
        opening = text.rfind("[", max(0, match.start() - _LABEL), match.start())
        if opening < 0:
            continue
        image = text[max(0, opening - 1) : opening] == "!"
        yield Target(*match.span(group), match[group], text[opening + 1 : match.start()], image=image)


def _marked(text: str) -> Iterator[Target]:
    for pattern in (_DEFINED, _AUTO):
        for match in pattern.finditer(text):
            yield Target(*match.span(1), match[1], match[1])
    yield from attributes(text)
