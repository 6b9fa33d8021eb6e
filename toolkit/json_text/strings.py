"""Explains what is wrong inside a string: not closed, a raw line break or tab, an escape that JSON lacks."""

import re
from typing import Final

from toolkit.json_text.error import JsonSyntaxError
from toolkit.json_text.scanner import STRING_BODY
from toolkit.regex import regex

_ESCAPE_HELP: Final = {
    "'": "write ' without the backslash",
    "`": "write ` without the backslash",
    "0": r"write \u0000",
    "v": r"write \u000b",
    "a": r"write \u0007",
    "x": r"write \u00 and the two digits",
    "U": r"write the character itself",
    "\n": r"write \n, or put the string on one line",
    "\r": r"write \n, or put the string on one line",
}
_NEXT_LINE_IS_JSON = regex(r'[\r\n]\s*(?:"|[\]}]\s*(?:[,\]}]|\Z)|\Z)')


def find_bad_string(text: str, offset: int) -> JsonSyntaxError | None:
    """What is wrong with the string whose opening quote is at ``offset``; None when it is a good one."""
    body = re.compile(STRING_BODY).match(text, offset + 1)
    end = body.end() if body else offset + 1
    found = text[end : end + 1]
    if found == '"':
        return None
    if found == "\\":
        return _bad_escape(text, end)
    if not found or found in "\r\n":
        return _bad_line_end(text, offset, end)
    if found == "\t":
        return JsonSyntaxError(text, end, 1, "tab inside a string", r"write \t, or a space")
    code = ord(found)
    return JsonSyntaxError(
        text, end, 1, f"control character U+{code:04X} inside a string", rf"delete it, or write \u{code:04x}"
    )


def _bad_escape(text: str, offset: int) -> JsonSyntaxError:
    found = text[offset + 1 : offset + 2]
    if found == "u":
        digits = re.compile(r"[0-9a-fA-F]*").match(text, offset + 2)
        length = digits.end() - offset if digits else 2
        return JsonSyntaxError(text, offset, length, r"`\u` without four hexadecimal digits", r"write it as in \u00e9")
    line_ends = found in "\r\n"
    message = "backslash at the end of a line" if line_ends else rf"`\{found}` is not an escape in JSON"
    help_ = _ESCAPE_HELP.get(found, rf"write \\{found} for a backslash and {found}")
    return JsonSyntaxError(text, offset, 1 + len(found), message, help_)


def _bad_line_end(text: str, offset: int, end: int) -> JsonSyntaxError:
    """A closing quote was forgotten, or else the string was meant to go on in the next line."""
    line = text[offset:end].rstrip(" \t,")
    if typographic := re.search("[“”„]", line):
        help_ = f"replace {typographic[0]} with a plain double quote"
    else:
        help_ = 'write `"` where it ends'
    goes_on = '"' in text[end:] and not _NEXT_LINE_IS_JSON.match(text, end)
    if goes_on and not text[offset:end].rstrip().endswith(","):
        return JsonSyntaxError(text, end, 1, "line break inside a string", r"write \n, or put the string on one line")
    return JsonSyntaxError(text, offset, len(line), "closing quote of the string is missing", help_)
