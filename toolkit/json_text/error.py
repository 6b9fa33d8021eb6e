"""The error of this room."""

from toolkit.errors import LditError


class JsonSyntaxError(LditError):
    """A text that is not JSON, because of the ``length`` (maybe 0) code points at ``offset`` of ``text``."""

    def __init__(self, text: str, offset: int, length: int, message: str, help: str) -> None:  # noqa: A002
        super().__init__(message, help)
        self.text = text
        self.offset = offset
        self.length = length
