"""The table of what people write where JSON wants something else: comments, other quotes, words, numbers."""

import json
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from toolkit.json_text.error import JsonSyntaxError
from toolkit.json_text.scanner import Expected

_VALUE: Final = frozenset[Expected]({"value", "item"})
_KEY: Final = frozenset[Expected]({"key", "first key"})
_COLON: Final = frozenset[Expected]({"colon"})
_COMMA: Final = frozenset[Expected]({"comma"})
_ANY: Final = _VALUE | _KEY | _COLON | _COMMA | frozenset[Expected]({"end"})
COMMENT: Final = r"//[^\r\n]*|/\*(?s:.)*?(?:\*/|\Z)|#(?![0-9a-fA-F]{3,8}\s*[,\]}])[^\r\n]*|<!--(?s:.)*?(?:-->|\Z)"
"""What is a comment elsewhere: in JavaScript, in shell scripts, in HTML."""


class Mistake(NamedTuple):
    """A pattern that stands where one of ``expected`` should.

    ``{found}`` in the message and in the help is what it matches, ``{fixed}`` what ``fix`` makes of that.
    """

    expected: frozenset[Expected]
    pattern: str
    message: str
    help: str
    fix: Callable[[str], str] = str


def find_mistake(text: str, offset: int, expected: Expected) -> JsonSyntaxError | None:
    """The mistake of the table that stands at ``offset``, if any."""
    for mistake in _MISTAKES:
        if expected in mistake.expected and (match := re.compile(mistake.pattern).match(text, offset)):
            found = match[0].rstrip(" \t")
            words = {"found": _shorten(found), "fixed": _shorten(mistake.fix(found))}
            message, help_ = mistake.message.format(**words), mistake.help.format(**words)
            return JsonSyntaxError(text, offset, len(found), message, help_)
    return None


def _shorten(found: str) -> str:
    line = " ".join(found.split())
    return line if len(line) <= 40 else line[:39] + "…"


def _quote(found: str) -> str:
    return json.dumps(found.strip("'`\"“”„‟\u2018\u2019«»"), ensure_ascii=False)


def _code_point(found: str) -> str:
    return f"U+{ord(found):04X}"


def _integer(found: str) -> str:
    return str(int(found.replace("_", ""), 0))


def _decimal(found: str) -> str:
    minus = "-" if found.startswith("-") else ""
    whole, _, fraction = found.lstrip("+-").partition(".")
    return minus + (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


_END_OF_NUMBER = r"(?![\w.+-])"
_MISTAKES: Final = (
    Mistake(
        _ANY,
        r"(?m)^(?:<{7}|={7}|>{7}|\|{7})(?![<=>|])",
        "merge conflict mark `{found}`",
        "keep one side of the conflict and delete the marks",
    ),
    Mistake(
        _ANY,
        COMMENT,
        "comment, which JSON does not allow",
        "delete the comment",
    ),
    Mistake(_ANY, r"\ufffd+", "bytes that are not UTF-8", "save the file as UTF-8"),
    Mistake(
        _ANY,
        r"[^\S \t\n\r]|[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060\ufeff]",
        "invisible character {fixed} outside a string",
        "replace it with a plain space",
        _code_point,
    ),
    Mistake(
        _VALUE | _KEY,
        r"'(?:[^'\\\r\n]|\\.)*'?|[\u2018\u2019][^\u2018\u2019\r\n]*[\u2018\u2019]?",
        "single quotes around a string",
        "use double quotes: {fixed}",
        _quote,
    ),
    Mistake(
        _VALUE | _KEY,
        r"[“”„‟«»][^“”„‟«»\"\r\n]*[“”„‟«»\"]?",
        "typographic quotes around a string",
        "use plain double quotes: {fixed}",
        _quote,
    ),
    Mistake(_VALUE | _KEY, "`[^`]*`?", "backticks around a string", "use double quotes: {fixed}", _quote),
    Mistake(
        _VALUE | _KEY,
        r"\$\{[^}\r\n]*\}|\$\w+|<[^<>\r\n]+>|%\w+%|\{\{[^{}\"\r\n]*\}\}",
        "placeholder `{found}` without double quotes",
        "fill in the real value, or quote it: {fixed}",
        _quote,
    ),
    Mistake(_VALUE, r"(?i:true|false)(?!\w)", "`{found}` is not JSON", "write `{fixed}`", str.lower),
    Mistake(_VALUE, r"(?i:null|none|nil|undefined)(?!\w)", "`{found}` is not JSON", "write `null`"),
    Mistake(
        _VALUE,
        r"[+-]?(?i:nan|inf(?:inity)?)(?!\w)",
        "`{found}` is no number in JSON",
        "write a number or `null`",
    ),
    Mistake(
        _VALUE,
        r"[+-]?0(?:[xX][0-9a-fA-F]{1,20}|[oO][0-7]{1,20}|[bB][01]{1,20})" + _END_OF_NUMBER,
        "number `{found}` is not decimal",
        "write {fixed}",
        _integer,
    ),
    Mistake(
        _VALUE,
        r"-?[1-9]\d{0,20}(?:_\d{1,20}){1,9}" + _END_OF_NUMBER,
        "number `{found}` holds `_`",
        "write {fixed}",
        _integer,
    ),
    Mistake(
        _VALUE,
        r"\+(?:\d+\.?\d*|\.\d+)" + _END_OF_NUMBER,
        "number `{found}` has a plus sign",
        "write {fixed}",
        _decimal,
    ),
    Mistake(
        _VALUE,
        r"-?0\d+\.?\d*" + _END_OF_NUMBER,
        "number `{found}` starts with a needless zero",
        "write {fixed}",
        _decimal,
    ),
    Mistake(
        _VALUE,
        r"-?(?:\d+\.|\.\d+)" + _END_OF_NUMBER,
        "number `{found}` has no digit on one side of its point",
        "write {fixed}",
        _decimal,
    ),
    Mistake(_VALUE | _KEY, r"\.{2,}|…", "`{found}` in place of content", "write the content out, or delete it"),
    Mistake(
        _VALUE,
        r"[+-]?[\d.][^\s,\"\[\]{}]*",
        "`{found}` is not a number",
        "write a decimal number, or quote it as text: {fixed}",
        _quote,
    ),
    Mistake(
        _VALUE,
        r"\w[^\",:\[\]{}\r\n]*\"(?=\s*(?:[,\]}]|\Z))",
        "opening quote of `{found}` is missing",
        "write {fixed}",
        _quote,
    ),
    Mistake(
        _KEY,
        r"\w[^\",:\[\]{}\r\n]*\"(?=\s*:)",
        "opening quote of `{found}` is missing",
        "write {fixed}",
        _quote,
    ),
    Mistake(_KEY, r"-?[\w$@.][\w$@./-]*", "key `{found}` is not in double quotes", "write {fixed}", _quote),
    Mistake(
        _VALUE,
        r"[^\W\d][^\",\[\]{}\r\n]*|[@&*~/\\#][^\s,\"\[\]{}]+",
        "text `{found}` is not in double quotes",
        "write {fixed}",
        _quote,
    ),
    Mistake(_VALUE, r"\(", "parenthesis in place of a bracket", "use `[` and `]` for an array"),
    Mistake(_COLON, r"=>?|->|:=", "`{found}` in place of a colon", "write `:`"),
    Mistake(_COMMA, r";", "semicolon in place of a comma", "write `,`"),
    Mistake(_COMMA, r"\+(?=\s*[\"'])", "plus sign between strings", "join them into one string"),
)
