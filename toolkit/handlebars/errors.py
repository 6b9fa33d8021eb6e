"""What this room raises."""

from typing import Literal

from toolkit.errors import LditError

Phase = Literal["parse", "render", "limit"]


class EvaluationError(LditError):
    """Something that a value or a helper cannot do; the renderer makes a HandlebarsError of it.

    ``offset`` is where, if that is not simply the statement; ``name`` the path that leads to no value.
    """

    def __init__(self, message: str, offset: int | None = None, name: str | None = None) -> None:
        super().__init__(message)
        self.offset = offset
        self.name = name


class HandlebarsError(LditError):
    """A template that cannot be parsed or rendered, or that passes one of our limits.

    ``offset`` counts code points from the start of the template; ``line`` and ``column`` count from 1.
    Where a variable, helper or partial is missing, ``name`` is its path as written, so that a caller may
    suggest another.
    """

    def __init__(
        self,
        message: str,
        *,
        text: str,
        offset: int,
        phase: Phase,
        name: str | None = None,
        help: str = "",  # noqa: A002
    ) -> None:
        super().__init__(message, help)
        self.offset = offset
        self.line, self.column = position(text, offset)
        self.phase: Phase = phase
        self.name = name


def position(text: str, offset: int) -> tuple[int, int]:
    """The line and column of a code point, both from 1; CR, LF and CR LF end a line, as in handlebars.js."""
    breaks = text.count("\n", 0, offset) + text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
    start = 1 + max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset))
    return 1 + breaks, 1 + offset - start
