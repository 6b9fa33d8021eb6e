"""JSON as upstream's JavaScript reads it, with the span of every key and value, and as prettier writes it."""

from toolkit.json_text.depth import is_deeper
from toolkit.json_text.document import Document, Duplicate, read
from toolkit.json_text.error import JsonSyntaxError
from toolkit.json_text.pointer import escape, join, lookup, split
from toolkit.json_text.position import Span, lines, position
from toolkit.json_text.pretty import dumps, pretty

__all__ = [
    "Document",
    "Duplicate",
    "JsonSyntaxError",
    "Span",
    "dumps",
    "escape",
    "is_deeper",
    "join",
    "lines",
    "lookup",
    "position",
    "pretty",
    "read",
    "split",
]
