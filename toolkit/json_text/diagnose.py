"""Says what is wrong with a text that is not JSON, and what to do about it."""

from toolkit.errors import LditError
from toolkit.json_text.scanner import Unexpected


class JsonSyntaxError(LditError):
    """A text that is not JSON, because of the ``length`` (maybe 0) code points at ``offset`` of ``text``."""

    def __init__(self, text: str, offset: int, length: int, message: str, help: str) -> None:  # noqa: A002
        super().__init__(message, help)
        self.text = text
        self.offset = offset
        self.length = length


def diagnose(text: str, fault: Unexpected, encoding: str = "utf-8") -> JsonSyntaxError:
    """The error to show for the point where the scanner had to stop."""
    if fault.expected == "depth":
        message = f"nested more than {len(fault.opened):,} levels deep"
        return JsonSyntaxError(text, fault.offset, 1, message, "flatten it")
    found = text[fault.offset : fault.offset + 1]
    message = f"unexpected `{found}`" if found else "unexpected end of the file"
    return JsonSyntaxError(text, fault.offset, len(found), message, f"expected a {fault.expected}")
