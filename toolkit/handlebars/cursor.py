"""One token of look-ahead over a template, and the words for a token that may not stand where it stands."""

import re

from toolkit.handlebars.errors import HandlebarsError, position
from toolkit.handlebars.lexer import NAME, Token, tokens
from toolkit.handlebars.limits import MAX_DEPTH, MAX_TOKENS

_CLOSINGS = frozenset(("CLOSE", "CLOSE_UNESCAPED", "CLOSE_RAW_BLOCK"))
_NO_OPENINGS = frozenset(("OPEN_SEXPR", "OPEN_BLOCK_PARAMS"))
_CLOSING_OF = {"OPEN_UNESCAPED": "}}}", "OPEN_RAW_BLOCK": "}}}}"}
_REMEDIES = {
    "INVERSE": "use it once, between the two ends of a block",
    "OPEN_INVERSE_CHAIN": "put it between the start of a block and its plain `{{else}}`",
    "OPEN_ENDBLOCK": "remove it, or open the block that it should close",
    "EQUALS": "compare with `{{#equal a b}}`",
    "NUMBER": "write `[0]` for the item at that position",
}


class Cursor:
    """Takes tokens in order; ``token`` is the next one, ``behind`` is where the last taken one ended."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.behind = 0
        self._tokens = tokens(text)
        self._index = -1
        self._depth = 0
        self._opening: Token | None = None  # of the mustache that is being read
        self._next()

    def advance(self) -> Token:
        """Takes the next token."""
        taken = self.token
        self.behind = taken.end
        if taken.kind in _CLOSINGS:
            self._opening = None
        elif taken.kind.startswith("OPEN") and taken.kind not in _NO_OPENINGS:
            self._opening = taken
        self._next()
        return taken

    def expect(self, kind: str) -> Token:
        """Takes the next token, which must be of this kind."""
        if self.token.kind != kind:
            raise self.unexpected()
        return self.advance()

    def enter(self) -> None:
        """Goes one level deeper, until ``leave`` is called."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.limit(f"the template is nested more than {MAX_DEPTH} levels deep", self.behind)

    def leave(self) -> None:
        """Goes back up one level."""
        self._depth -= 1

    def unexpected(self) -> HandlebarsError:
        """The error that the next token may not follow the last one.

        handlebars.js blames the line on which the last token ended, so no later line is named.
        """
        token = self.token
        offset, message = self._in_mustache(token, self._opening) if self._opening else self._in_text(token)
        if position(self.text, offset)[0] != position(self.text, self.behind)[0]:
            offset = self.behind
        remedy = _REMEDIES.get(token.kind, "")
        if not remedy and self._opening:
            remedy = f"end the mustache with `{_CLOSING_OF.get(self._opening.kind, '}}')}`"
        return self.error(message, offset, remedy)

    def error(self, message: str, offset: int, remedy: str = "") -> HandlebarsError:
        """An error of syntax at ``offset``."""
        return HandlebarsError(message, text=self.text, offset=offset, phase="parse", help=remedy)

    def limit(self, message: str, offset: int) -> HandlebarsError:
        """An error that says which limit of ours was passed."""
        return HandlebarsError(message, text=self.text, offset=offset, phase="limit")

    def _next(self) -> None:
        self._index += 1
        if self._index > MAX_TOKENS:
            raise self.limit(f"the template has more than {MAX_TOKENS} tokens", self.behind)
        self.token = self._tokens[self._index]
        if self.token.kind == "STUCK":
            raise self.error(self.token.value, self.token.start)

    def _in_text(self, token: Token) -> tuple[int, str]:
        """Where and what is wrong about a token outside of a mustache."""
        tag = self.text[token.start : self.text.find("}}", token.start) + 2]
        if token.kind == "OPEN_ENDBLOCK":
            return token.start, f"`{tag if 0 < len(tag) < 50 else token.value}` closes nothing"
        return token.start, "this `{{else}}` belongs to no block" if tag else f"unexpected `{token.value}`"

    def _in_mustache(self, token: Token, opening: Token) -> tuple[int, str]:
        """Where and what is wrong about a token inside a mustache."""
        start = opening.value.replace("~", "")
        name = re.compile(NAME).match(self.text, token.start) if token.kind == "INVALID" else None
        at = name.end() if name else token.start
        unexpected = self.text[at] if token.kind == "INVALID" and at < len(self.text) else token.value
        if self.text.find("}}", at) < 0 or unexpected.startswith("{{"):
            return at, f"`{start}` is never closed"
        if unexpected == "}":
            return at, "a single `}` does not close a mustache"
        if unexpected in ("'", '"', "["):
            return at, f"`{unexpected}` is never closed"
        if token.kind in _CLOSINGS and unexpected.replace("~", "") != _CLOSING_OF.get(opening.kind, "}}"):
            return at, f"`{start}` is closed by `{unexpected}`"
        if token.kind in _CLOSINGS:
            what = "there is nothing in the mustache" if self.behind == opening.end else "the mustache ends too early"
            return at, what
        return at, f"unexpected `{unexpected}` in a mustache"
