"""What must not be in an icon: one violation, its kind, its place, its fix."""

from typing import Literal, NamedTuple

from toolkit.text import printable
from toolkit.text_edits import Replacement

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
    "circular-reference",
    "endless-filter",
    "oversize",
]


class Violation(NamedTuple):
    """``start`` and ``end`` are code points of the file's text; ``message`` and ``help`` are for the author.

    ``edits`` are the replacements in that text that remove the violation and nothing that is seen, where there are any.
    """

    kind: Kind
    start: int
    end: int
    message: str
    help: str
    edits: tuple[Replacement, ...] = ()


def excerpt(text: str, limit: int = 60) -> str:
    """Text from a file, fit for a message: on one line, printable, cut at ``limit`` characters."""
    line = printable(" ".join(text[: 4 * limit].split()))
    return line if len(line) <= limit else line[: limit - 3] + "..."
