"""Why a request ends without an answer of its own."""

from toolkit.errors import LditError


class GoneError(LditError):
    """There is surely nothing: no such host."""


class UnsureError(LditError):
    """Nobody can tell: refused, broken, too slow. ``silent`` when the host did not answer at all."""

    def __init__(self, message: str, *, silent: bool = False) -> None:
        super().__init__(message)
        self.silent = silent
