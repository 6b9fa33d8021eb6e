"""One token of look-ahead over a template, and the words for a token that may not stand where it stands."""

from toolkit.handlebars.errors import HandlebarsError, position
from toolkit.handlebars.lexer import Token, tokens
from toolkit.handlebars.limits import MAX_DEPTH, MAX_TOKENS

_CLOSING = {"OPEN_UNESCAPED": "}}}", "OPEN_RAW_BLOCK": "}}}}"}
_CLOSINGS = frozenset(("CLOSE", "CLOSE_UNESCAPED", "CLOSE_RAW_BLOCK"))
_NO_OPENINGS = frozenset(("OPEN_SEXPR", "OPEN_BLOCK_PARAMS"))
_MISPLACED = {
    "INVERSE": ("`{{else}}` does not belong here", "use it once, between the two ends of a block"),
    "OPEN_INVERSE_CHAIN": (
        "`{{else ...}}` does not belong here",
        "put it before the plain `{{else}}` of a block",
    ),
    "OPEN_ENDBLOCK": ("`{{/` closes nothing", "remove it, or open the block that it should close"),
    "END_RAW_BLOCK": ("`{{{{/` closes nothing", "remove it"),
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

    def _next(self) -> None:
        self._index += 1
        if self._index > MAX_TOKENS:
            raise self.limit(f"the template has more than {MAX_TOKENS} tokens", self.behind)
        self.token = self._tokens[self._index]
        if self.token.kind == "STUCK":
            raise self.fault(self.token.value, self.token.start)

    def expect(self, kind: str) -> Token:
        """Takes the next token, which must be of this kind."""
        if self.token.kind != kind:
            raise self.unexpected()
        return self.advance()

    def enter(self) -> None:
        """Goes one level deeper; whoever calls it says ``leave`` afterwards."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.limit(f"the template is nested more than {MAX_DEPTH} levels deep", self.behind)

    def leave(self) -> None:
        self._depth -= 1

    def unexpected(self) -> HandlebarsError:
        """The error that the next token may not follow the last one.

        handlebars.js blames the line where the last token ended, so a later line is never named.
        """
        token, offset = self.token, self.token.start
        if position(self.text, offset)[0] != position(self.text, self.behind)[0]:
            offset = self.behind
        message, remedy = self._words(token)
        return self.fault(message, offset, remedy)

    def _words(self, token: Token) -> tuple[str, str]:
        if not self._opening:
            return _MISPLACED.get(token.kind, (f"unexpected `{token.value}`", ""))
        opening = self._opening.value.replace("~", "")
        closing = _CLOSING.get(self._opening.kind, "}}")
        remedy = f"end it with `{closing}`"
        if token.kind == "EOF" or token.value.startswith("{{"):
            return f"`{opening}` is never closed", remedy
        if token.value == "}":
            return "a single `}` does not close a mustache", remedy
        if token.kind in _CLOSINGS:
            if token.value.replace("~", "") != closing:
                return f"`{opening}` is closed by `{token.value}`", remedy
            return f"something is missing between `{opening}` and `{token.value}`", ""
        return f"unexpected `{token.value}` in a mustache", ""

    def fault(self, message: str, offset: int, remedy: str = "") -> HandlebarsError:
        return HandlebarsError(message, text=self.text, offset=offset, phase="parse", help=remedy)

    def limit(self, message: str, offset: int) -> HandlebarsError:
        return HandlebarsError(message, text=self.text, offset=offset, phase="limit")
