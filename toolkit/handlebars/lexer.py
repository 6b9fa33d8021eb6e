"""Cuts a template into tokens, by the rules of handlebars.js 4.7."""

import re
from typing import NamedTuple

from toolkit.handlebars.limits import MAX_TOKENS
from toolkit.regex import regex

WHITESPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""JavaScript's, which has U+FEFF and lacks U+001C to U+001F and U+0085."""

# written with \s and \S, which compile much faster than the characters
_S = r"(?:[^\S\x1c-\x1f\x85]|\ufeff)"
NAME = r"(?:[^\s\ufeff!\"#%-,./;->@\[-\^`{-~]++|[\x1c-\x1f\x85])++"
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
    ("INVERSE", rf"\{{\{{~?(?:\^|{_S}*+else){_S}*+~?\}}\}}"),
    ("OPEN_INVERSE", r"\{\{~?\^"),
    ("OPEN_INVERSE_CHAIN", rf"\{{\{{~?{_S}*+else(?![A-Za-z0-9_])"),
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
    ("OPEN_BLOCK_PARAMS", rf"as{_S}++\|"),
    ("CLOSE_BLOCK_PARAMS", r"\|"),
    ("ID", rf"{NAME}{_AFTER_NAME}"),
    ("ID", _enclosed(r"\[", r"\]")),
    ("INVALID", r"[\s\S]"),
)
_KINDS = ("", *(kind for kind, _ in _MUSTACHE))
_IN_MUSTACHE = regex(f"{_S}*+(?:" + "|".join(f"({pattern})" for _, pattern in _MUSTACHE) + ")")
_ENDS_MUSTACHE = frozenset(("CLOSE", "CLOSE_UNESCAPED", "CLOSE_RAW_BLOCK", "INVERSE", "COMMENT", "LONG_COMMENT"))

# seldom needed, so compiled when they are
_ESCAPED = r"[^\0]{2,}?(?=\{\{|\\\{\{|\\\\\{\{|\Z)"
_COMMENT_END = r"--~?\}\}"
_RAW_TEXT = rf"(\{{{{4}}(?=[^/]))|(\{{{{4}}/{NAME}(?=[=}}/.]|{_S})\}}{{4}})|([^\0]+?(?=\{{{{4}}))"
_RAW_DEPTHS = (0, 1, -1, 0)  # what each group adds: an opening, a closing, text
_BRACKET_ESCAPE = regex(r"\\([\\\]])")


def tokens(text: str) -> list[Token]:
    """The tokens in order.

    The last one is EOF, or one that the parser cannot get past: INVALID (a character), STUCK (its value
    says why), or the first beyond MAX_TOKENS.
    """
    return _Lexer(text).tokens


def comments(text: str) -> list[tuple[int, int]]:
    """Where each comment starts and ends, up to the first place that is no Handlebars."""
    return [(token.start, token.end) for token in tokens(text) if token.kind == "COMMENT"]


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        at: int | None = 0
        while at is not None and at < len(text) and len(self.tokens) <= MAX_TOKENS:
            at = self._content(at)
        if at is not None:
            self._add("EOF", at, at)

    def _add(self, kind: str, start: int, end: int, value: str = "") -> None:
        self.tokens.append(Token(kind, start, end, value))

    def _content(self, at: int) -> int | None:
        """Text up to a mustache and that mustache; returns the offset behind it, if the lexer gets there."""
        text = self.text
        end = text.find("{{", at)
        end = len(text) if end < 0 else end
        nul = text.find("\0", at, end)
        if nul >= 0 or end == len(text):
            end = end if nul < 0 else nul
            if end == at:
                self._add("STUCK", at, at, "a NUL character is not allowed here")
                return None
            self._add("CONTENT", at, end, text[at:end])
            return end
        content = text[at:end]
        if content.endswith("\\"):
            escaped = not content.endswith("\\\\")
            content = content[:-1]
        else:
            escaped = False
        if content:
            self._add("CONTENT", at, end, content)
        return self._escaped(end) if escaped else self._mustache(end)

    def _escaped(self, at: int) -> int | None:
        r"""The text after ``\{{``."""
        found = re.compile(_ESCAPED).match(self.text, at)
        if not found:
            self._add("STUCK", at, at, "a NUL character is not allowed here")
            return None
        self._add("CONTENT", at, found.end(), found[0])
        return found.end()

    def _mustache(self, at: int) -> int | None:
        text, add = self.text, self.tokens.append
        while found := _IN_MUSTACHE.match(text, at):
            index = found.lastindex or 0
            kind, (start, at) = _KINDS[index], found.span(index)
            if kind == "LONG_COMMENT":
                comment = re.compile(_COMMENT_END).search(text, start)
                if not comment:
                    self._add("STUCK", start, start, "the comment is never closed")
                    return None
                kind, at = "COMMENT", comment.end()
            value = text[start:at]
            if kind == "STRING":
                value = value[1:-1].replace("\\" + value[0], value[0])
            elif kind == "ID" and value[0] == "[":
                value = _BRACKET_ESCAPE.sub(r"\1", value)
            add(Token(kind, start, at, value))
            if kind in _ENDS_MUSTACHE:
                return self._raw(at) if kind == "CLOSE_RAW_BLOCK" else at
            if kind == "INVALID" or len(self.tokens) > MAX_TOKENS:
                return None
        return len(text)

    def _raw(self, at: int) -> int | None:
        """What is in a raw block; blocks of that kind in it are text."""
        depth = 1
        pattern = re.compile(_RAW_TEXT)
        while at < len(self.text) and len(self.tokens) <= MAX_TOKENS:
            found = pattern.match(self.text, at)
            if not found:
                self._add("STUCK", at, at, "the raw block is never closed")
                return None
            start, at = found.span()
            depth += _RAW_DEPTHS[found.lastindex or 0]
            if not depth:
                self._add("END_RAW_BLOCK", start, at, found[0][5:-4])
                break
            self._add("CONTENT", start, at, found[0])
        return at
