"""Marks of what is still to be written: ``$FIX_ME``, ``TODO``, filler text, ``<your company>``."""

import re
from collections.abc import Iterator
from functools import lru_cache

from toolkit.regex import regex

FIX_ME = "$FIX_ME"
"""The mark that the official scaffold leaves wherever an answer is missing."""
_UNFINISHED = regex(
    r"\bTODO\b(?!s?[- ](?:lists?|items?|apps?|tasks?|boards?|comments?)\b)|\b(?:FIXME|XXX|TBD)\b|\b[Ll]orem [Ii]psum\b"
    r"|\bdolor sit amet\b|\b(?i:change|replace)[-_ ]?(?i:me)\b|\b(?i:this is a placeholder)\b"
    r"|^\W*(?i:placeholder (?:text|link|url|description))\b|\b[Ii]nsert [\w ]{1,30} here\b"
    r"|\bYour (?:Company|Organization|Organisation|Product)\b|\b[Aa]sdf\w*",
    re.MULTILINE,
)
"""Words that stand for others still to come."""
_SIGNS = (
    *("todo", "fixme", "xxx", "tbd", "lorem ipsum", "dolor sit amet", "asdf", " here", "this is a placeholder"),
    *(f"placeholder {what}" for what in ("text", "link", "url", "description")),
    *(f"{verb}{mark}me" for verb in ("change", "replace") for mark in ("", " ", "-", "_")),
    *("your company", "your organi", "your product"),
)
"""One of them stands, in small letters, in every text that has such words: they are found far more quickly."""
_GAP = regex(r"(?i)<(?:your|insert|enter)[ _-][^<>\n]{0,60}>|\[(?:your|insert|enter)[ _-][^\[\]\n]{0,60}\](?!\()")
_GAPS = tuple(f"{bracket}{word}" for bracket in "<[" for word in ("your", "insert", "enter"))
"""``<your company>`` and the like, which an example of an input may hold."""


def unfinished(text: str) -> Iterator[re.Match[str]]:
    """Where a text, or a part of it, is still to come."""
    small = text.lower()
    return _UNFINISHED.finditer(text) if any(sign in small for sign in _SIGNS) else iter(())


def gaps(text: str) -> Iterator[re.Match[str]]:
    """Where a text has a gap to be filled in."""
    small = text.lower()
    return _GAP.finditer(text) if any(sign in small for sign in _GAPS) else iter(())


@lru_cache(maxsize=1024)
def is_unfinished(text: str) -> bool:
    """Whether the text, or a part of it, is still to come."""
    return FIX_ME in text or any(unfinished(text))
