"""Reads what stands inside a mustache: paths, literals, arguments, sub-expressions and block parameters."""

from collections.abc import Callable

from toolkit.handlebars.cursor import Cursor
from toolkit.handlebars.lexer import Token
from toolkit.handlebars.nodes import Call, Expression, Form, Literal, Path
from toolkit.handlebars.numbers import number_text, read_number
from toolkit.handlebars.values import UNDEFINED, ordered_keys
from toolkit.regex import regex

KNOWN_HELPERS = frozenset(("if", "unless", "each", "with", "lookup", "log", "helperMissing", "blockHelperMissing"))
"""Names that handlebars.js takes for helpers wherever they head a mustache."""

_THIS = regex(r"this(?![A-Za-z0-9_])")  # also `xthis`, as in handlebars.js
_LINE_ENDS = frozenset("\n\r\u2028\u2029")


def _number(text: str) -> tuple[object, str]:
    value = read_number(text)
    return value, number_text(value)


_LITERALS: dict[str, Callable[[str], tuple[object, str]]] = {
    "STRING": lambda text: (text, text),
    "NUMBER": _number,
    "BOOLEAN": lambda text: (text == "true", text),
    "UNDEFINED": lambda text: (UNDEFINED, text),
    "NULL": lambda text: (None, text),
}


_AFTER_PATH = frozenset(
    (
        *("CLOSE", "CLOSE_UNESCAPED", "CLOSE_RAW_BLOCK", "CLOSE_SEXPR"),
        *("OPEN_SEXPR", "OPEN_BLOCK_PARAMS", "ID", "DATA", *_LITERALS),
    )
)


def identifier(token: Token) -> str:
    """The name that an ID token stands for: ``[a b]`` is ``a b``."""
    name = token.value
    bracketed = name[0] == "[" and name[-1] == "]" and _LINE_ENDS.isdisjoint(name)
    return name[1:-1] if bracketed else name


class ExpressionParser(Cursor):
    """Reads what stands inside a mustache, one part after the other."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.block_params: list[dict[str, int]] = []  # of the programs around this place, innermost last

    def name(self) -> Path | Literal:
        """A path or a literal."""
        token = self.token
        if token.kind == "ID":
            return self._path(self.advance(), token.start)
        if token.kind == "DATA":
            self.advance()
            return self._path(self.expect("ID"), token.start, data=True)
        if token.kind not in _LITERALS:
            raise self.unexpected()
        value, original = _LITERALS[token.kind](self.advance().value)
        return Literal(token.start, token.end, value, original)

    def value(self) -> Expression:
        """One argument: a path, a literal or a sub-expression."""
        if self.token.kind != "OPEN_SEXPR":
            return self.name()
        start = self.advance().start
        self.enter()
        call = self.call(self.name(), start, nested=True)
        self.leave()
        return call._replace(end=self.expect("CLOSE_SEXPR").end)

    def call(self, head: Path | Literal, start: int, *, nested: bool = False) -> Call:
        """The arguments after ``head``; a literal head is the path of that name."""
        path = head if isinstance(head, Path) else self._literal_path(head)
        params, pairs = self._arguments()
        form = _form(path, bool(nested or params or pairs))
        return Call(start, self.behind, path, tuple(params), _hash(pairs), form)

    def arguments(self) -> tuple[tuple[Expression, ...], dict[str, Expression]]:
        """Positional arguments, then ``key=value`` ones."""
        params, pairs = self._arguments()
        return tuple(params), _hash(pairs)

    def block_parameters(self) -> tuple[str, ...]:
        """``as |a b|``, or nothing."""
        if self.token.kind != "OPEN_BLOCK_PARAMS":
            return ()
        self.advance()
        names = [identifier(self.expect("ID"))]
        while self.token.kind == "ID":
            names.append(identifier(self.advance()))
        self.expect("CLOSE_BLOCK_PARAMS")
        return tuple(names)

    def _arguments(self) -> tuple[list[Expression], list[tuple[str, Expression]]]:
        params: list[Expression] = []
        pairs: list[tuple[str, Expression]] = []
        while True:
            kind = self.token.kind
            if kind == "ID":
                word = self.advance()
                if self.token.kind == "EQUALS":
                    self.advance()
                    pairs.append((identifier(word), self.value()))
                elif pairs:
                    raise self.unexpected()  # a positional argument after a named one
                else:
                    params.append(self._path(word, word.start))
            elif not pairs and (kind in _LITERALS or kind in ("OPEN_SEXPR", "DATA")):
                params.append(self.value())
            else:
                return params, pairs

    def _path(self, first: Token, start: int, *, data: bool = False) -> Path:
        original = "@" if data else ""
        parts: list[str] = []
        depth, token = 0, first
        misplaced = ""
        while True:
            part = identifier(token)
            original += part
            if part not in ("this", ".", "..") or part != token.value:
                parts.append(part)
            elif parts:
                misplaced = misplaced or part
            else:
                depth += part == ".."
            if self.token.kind != "SEP":
                break
            original += self.advance().value
            token = self.expect("ID")
        if self.token.kind not in _AFTER_PATH:
            raise self.unexpected()
        if misplaced:
            remedy = f"write `[{misplaced}]` for a field of that name"
            raise self.error(f"`{misplaced}` may only start a path, not end `{original}`", start, remedy)
        return self._resolved(start, original, tuple(parts), depth, data)

    def _literal_path(self, literal: Literal) -> Path:
        return self._resolved(literal.start, literal.original, (literal.original,), 0, False)

    def _resolved(self, start: int, original: str, parts: tuple[str, ...], depth: int, data: bool) -> Path:
        scoped = original.startswith(".") or ("this" in original and bool(_THIS.search(original)))
        block_param = None
        if parts and not depth and not scoped:
            for level, names in enumerate(reversed(self.block_params)):
                if parts[0] in names:
                    block_param = level, names[parts[0]]
                    break
        simple = len(parts) == 1 and not scoped and not depth
        return Path(start, self.behind, original, parts, depth, data, simple, block_param)


def _form(path: Path, arguments: bool) -> Form:
    if path.simple and path.block_param:
        return "path"
    if arguments:
        return "helper"
    if path.simple:
        return "helper" if path.parts[0] in KNOWN_HELPERS else "either"
    return "path"


def _hash(pairs: list[tuple[str, Expression]]) -> dict[str, Expression]:
    last_first = {key: value for key, value in reversed(pairs) if key != "__proto__"}
    return {key: last_first[key] for key in ordered_keys(last_first)}
