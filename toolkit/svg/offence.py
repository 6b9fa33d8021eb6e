"""What a safety check says: one offence, its kind, its place."""

from typing import Literal, NamedTuple

Kind = Literal[
    "script",
    "event-handler",
    "external-reference",
    "foreign-content",
    "animation",
    "style",
    "embedded-data",
    "declaration",
    "expansion",
]


class Offence(NamedTuple):
    """``start`` and ``end`` are code points of the file's text; ``message`` and ``help`` are for the author."""

    kind: Kind
    start: int
    end: int
    message: str
    help: str


def excerpt(text: str, limit: int = 60) -> str:
    """Text from a file, fit for a message: on one line, printable, cut at ``limit`` characters."""
    line = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text[: 4 * limit].split()))
    return line if len(line) <= limit else line[: limit - 3] + "..."
