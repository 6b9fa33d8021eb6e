"""Cuts a template into tokens, by the rules of handlebars.js 4.7: text, mustaches, comments, raw blocks, ``\\{{``.

Whitespace is JavaScript's, which has U+FEFF and lacks U+001C to U+001F and U+0085.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.handlebars.errors import HandlebarsError

WHITESPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_S = f"[{WHITESPACE}]"
_NAME = rf"[^{WHITESPACE}!\"#%-,./;->@\[-\^`{{-~]++"
_AFTER_LITERAL = rf"(?=[~}})]|{_S})"
_AFTER_NAME = rf"(?=[=~}}/.)|]|{_S})"


class Token(NamedTuple):
    """``value`` is the text that it stands for: unescaped, without quotes or a dropped backslash."""

    kind: str
    start: int
    end: int
    value: str


def _enclosed(opening: str, closing: str) -> str:
    """A string up to its first bare closing mark, or else, with every mark escaped, up to the last one."""
    plain = rf"[^\\{closing}]"
    return rf"{opening}(?:{plain}++|\\{closing}?+)*+{closing}|{opening}[\s\S]*\\{closing}"


_MUSTACHE: tuple[tuple[str, str], ...] = (  # the first rule that fits wins, so the order counts
    ("OPEN_SEXPR", r"\("),
    ("CLOSE_SEXPR", r"\)"),
    ("OPEN_RAW_BLOCK", r"\{\{\{\{"),
    ("CLOSE_RAW_BLOCK", r"\}\}\}\}"),
    ("OPEN_PARTIAL", r"\{\{~?>"),
    ("OPEN_PARTIAL_BLOCK", r"\{\{~?#>"),
    ("OPEN_BLOCK", r"\{\{~?#\*?"),
    ("OPEN_ENDBLOCK", r"\{\{~?/"),
    ("INVERSE", rf"\{{\{{~?(?:\^|{_S}*else){_S}*~?\}}\}}"),
    ("OPEN_INVERSE", r"\{\{~?\^"),
    ("OPEN_INVERSE_CHAIN", rf"\{{\{{~?{_S}*else(?![A-Za-z0-9_])"),
    ("OPEN_UNESCAPED", r"\{\{~?\{"),
    ("OPEN", r"\{\{~?&"),
    ("LONG_COMMENT", r"\{\{~?!--"),
    ("COMMENT", r"\{\{~?![\s\S]*?\}\}"),
    ("OPEN", r"\{\{~?\*?"),
    ("EQUALS", r"="),
    ("ID", rf"\.\.|\.{_AFTER_NAME}"),
    ("SEP", r"[/.]"),
    ("CLOSE_UNESCAPED", r"\}~?\}\}"),
    ("CLOSE", r"~?\}\}"),
    ("STRING", _enclosed('"', '"')),
    ("STRING", _enclosed("'", "'")),
    ("DATA", r"@"),
    ("BOOLEAN", rf"(?:true|false){_AFTER_LITERAL}"),
    ("UNDEFINED", rf"undefined{_AFTER_LITERAL}"),
    ("NULL", rf"null{_AFTER_LITERAL}"),
    ("NUMBER", rf"-?[0-9]++(?:\.[0-9]++)?+{_AFTER_LITERAL}"),
    ("OPEN_BLOCK_PARAMS", rf"as{_S}+\|"),
    ("CLOSE_BLOCK_PARAMS", r"\|"),
    ("ID", rf"{_NAME}{_AFTER_NAME}"),
    ("ID", _enclosed(r"\[", r"\]")),
    ("INVALID", r"[\s\S]"),
)
_KINDS = ("", *(kind for kind, _ in _MUSTACHE))
_IN_MUSTACHE = re.compile(f"{_S}*+(?:" + "|".join(f"({pattern})" for _, pattern in _MUSTACHE) + ")")
_LEAVES_MUSTACHE = {"CLOSE", "CLOSE_UNESCAPED", "CLOSE_RAW_BLOCK", "INVERSE", "COMMENT", "LONG_COMMENT"}

_TEXT = re.compile(r"[^\0{]*+(?:\{(?!\{)[^\0{]*+)*+")
_ESCAPED = re.compile(r"[^\0]{2,}?(?=\{\{|\\\{\{|\\\\\{\{|\Z)")
_LONG_COMMENT = re.compile(r"[\s\S]*?--~?\}\}")
_RAW = re.compile(
    rf"(\{{{{4}}(?=[^/]))|(\{{{{4}}/{_NAME}(?=[=}}/.]|{_S})\}}{{4}})|([^\0]+?(?=\{{{{4}}))"  # open, close, text
)


def tokens(text: str) -> Iterator[Token]:
    """The tokens in order, the last one EOF. Raises HandlebarsError where text or a comment has no end."""
    at, length = 0, len(text)
    while True:
        end = _TEXT.match(text, at).end()  # type: ignore[union-attr]
        if not text.startswith("{{", end):
            if end > at:
                yield Token("CONTENT", at, end, text[at:end])
            elif end < length:
                raise _stuck(text, end, "a NUL character is not allowed here")
            else:
                yield Token("EOF", end, end, "")
                return
            at = end
            continue
        content = text[at:end]
        escaped = content.endswith("\\") and not content.endswith("\\\\")
        if content.endswith("\\"):
            content = content[:-1]
        if content:
            yield Token("CONTENT", at, end, content)
        if escaped:
            at = _escaped(text, end)
            yield Token("CONTENT", end, at, text[end:at])
        else:
            at = yield from _mustache(text, end)


def _escaped(text: str, at: int) -> int:
    found = _ESCAPED.match(text, at)
    if not found:
        raise _stuck(text, at, "a NUL character is not allowed here")
    return found.end()


def _mustache(text: str, at: int) -> Iterator[Token]:  # type: ignore[misc]
    """The tokens of one mustache; the generator's value is the offset behind it."""
    while found := _IN_MUSTACHE.match(text, at):
        index = found.lastindex or 0
        kind, (start, at) = _KINDS[index], found.span(index)
        if kind == "LONG_COMMENT":
            comment = _LONG_COMMENT.match(text, start)
            if not comment:
                raise _stuck(text, start, "the comment is never closed", "end it with `--}}`")
            kind, at = "COMMENT", comment.end()
        value = text[start:at]
        yield Token(kind, start, at, _UNESCAPE[kind](value) if kind in _UNESCAPE else value)
        if kind == "CLOSE_RAW_BLOCK":
            return (yield from _raw(text, at))
        if kind in _LEAVES_MUSTACHE:
            return at
    return len(text)


def _raw(text: str, at: int) -> Iterator[Token]:  # type: ignore[misc]
    """The tokens of a raw block up to its close; the generator's value is the offset behind it."""
    depth = 1
    while at < len(text):
        found = _RAW.match(text, at)
        if not found:
            raise _stuck(text, at, "the raw block is never closed")
        start, at = found.span()
        depth += (0, 1, -1, 0)[found.lastindex or 0]
        if not depth:
            yield Token("END_RAW_BLOCK", start, at, text[start + 5 : at - 4])
            break
        yield Token("CONTENT", start, at, text[start:at])
    return at


def _string(literal: str) -> str:
    return literal[1:-1].replace("\\" + literal[0], literal[0])


def _segment(name: str) -> str:
    return re.sub(r"\\([\\\]])", r"\1", name) if name[0] == "[" else name


_UNESCAPE = {"STRING": _string, "ID": _segment}


def _stuck(text: str, offset: int, message: str, remedy: str = "") -> HandlebarsError:
    return HandlebarsError(message, text=text, offset=offset, phase="parse", help=remedy)
