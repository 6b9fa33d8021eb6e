"""How deep the objects and arrays of a text are nested, before anything is built from it."""

from toolkit.json_text.scanner import STRING_BODY
from toolkit.regex import regex

_BRACKET = regex(rf'"{STRING_BODY}"|[\[{{\]}}]')


def is_deeper(text: str, levels: int) -> bool:
    """Whether more than ``levels`` objects and arrays are open at once somewhere in a JSON text, or one cut short."""
    if text.count("[") + text.count("{") <= levels:
        return False
    open_ = 0
    for bracket in _BRACKET.finditer(text):
        first = text[bracket.start()]
        open_ += (first in "[{") - (first in "]}")
        if open_ > levels:
            return True
    return False
