"""Makes the syntax tree of a template, by the grammar of handlebars.js 4.7."""

from functools import lru_cache
from typing import NamedTuple

from toolkit.handlebars.errors import HandlebarsError, position
from toolkit.handlebars.expressions import ExpressionParser
from toolkit.handlebars.lexer import Token
from toolkit.handlebars.nodes import (
    Block,
    Call,
    Comment,
    Content,
    Decorator,
    Expression,
    Literal,
    Mustache,
    Partial,
    Path,
    Program,
    Statement,
    Strip,
)
from toolkit.handlebars.values import UNDEFINED
from toolkit.handlebars.whitespace import control

_ENDS = frozenset(("EOF", "INVERSE", "OPEN_INVERSE_CHAIN", "OPEN_ENDBLOCK"))


@lru_cache(maxsize=256)
def parse(text: str) -> Program:
    """The syntax tree of a template, with whitespace control applied.

    Raises HandlebarsError: phase "parse" for what handlebars.js does not parse, "render" for what it parses
    but cannot compile, "limit" for what is too much for us.
    """
    parser = _Parser(text)
    try:
        program = parser.program()
        if parser.token.kind != "EOF":
            raise parser.unexpected()
        if parser.refused:
            raise parser.refused
        control(program)
    except RecursionError:
        raise parser.limit("the template is nested too deeply", parser.behind) from None
    return program


class _Head(NamedTuple):
    """The opening tag of a block."""

    start: int
    name: Expression
    call: Call
    block_params: tuple[str, ...]
    decorator: bool
    strip: Strip


class _Branch(NamedTuple):
    """An ``{{else}}`` (no head) or ``{{else if ...}}`` and what follows it."""

    strip: Strip
    head: _Head | None
    program: Program


class _Parser(ExpressionParser):
    refused: HandlebarsError | None = None  # parsed by handlebars.js, but not compiled

    def program(self, block_params: tuple[str, ...] = ()) -> Program:
        self.enter()
        self.block_params.append({name: index for index, name in reversed(list(enumerate(block_params)))})
        body: list[Statement] = []
        while self.token.kind not in _ENDS:
            if self.token.kind not in _STATEMENTS:
                raise self.unexpected()
            body.append(_STATEMENTS[self.token.kind](self))
        self.block_params.pop()
        self.leave()
        return _program(body, block_params)

    def content(self) -> Statement:
        token = self.advance()
        return Content(token.start, token.end, token.value, token.value)

    def comment(self) -> Statement:
        token = self.advance()
        return Comment(token.start, token.end, _strip(token, token))

    def mustache(self) -> Statement:
        opening = self.advance()
        name = self.name()
        call = self.call(name, name.start)
        closing = self.expect("CLOSE_UNESCAPED" if opening.kind == "OPEN_UNESCAPED" else "CLOSE")
        strip = _strip(opening, closing)
        if "*" in opening.value:
            return Decorator(opening.start, closing.end, call, None, strip, Strip())
        escaped = opening.kind == "OPEN" and "&" not in opening.value
        return Mustache(opening.start, closing.end, call, escaped, strip)

    def partial(self) -> Statement:
        opening = self.advance()
        name = self.value()
        params, hash_ = self.arguments()
        closing = self.expect("CLOSE")
        strip = _strip(opening, closing)
        node = Partial(opening.start, closing.end, name, params, hash_, None, "", strip, Strip())
        if opening.kind == "OPEN_PARTIAL_BLOCK":
            program = self.program()
            close_strip, end = self._close(opening.start, name)
            node = node._replace(end=end, program=program, close_strip=close_strip)
        if len(params) > 1 and not self.refused:
            message = "a partial takes one context at most"
            self.refused = HandlebarsError(message, text=self.text, offset=opening.start, phase="render")
        return node

    def raw_block(self) -> Statement:
        start = self.advance().start
        name = self.name()
        call = self.call(name, name.start)
        self.expect("CLOSE_RAW_BLOCK")
        body: list[Statement] = []
        while self.token.kind == "CONTENT":
            body.append(self.content())
        closing = self.expect("END_RAW_BLOCK")
        if _key(name) != ("text", closing.value):
            raise self._mismatch(name, closing.value)
        no = Strip()
        return Block(start, closing.end, call, _program(body, ()), None, no, no, no)

    def block(self) -> Statement:
        inverted = self.token.kind == "OPEN_INVERSE"
        head = self._head()
        program = self.program(head.block_params)
        branches = self._branches(chained=not inverted)
        close_strip, end = self._close(head.start, head.name)
        if head.decorator:
            if branches:
                raise self.error("an inline partial has no `{{else}}`", head.start, "remove the `{{else}}`")
            return Decorator(head.start, end, head.call, program, head.strip, close_strip)
        inverse = _inverse(branches, end, close_strip)
        inverse_strip = branches[0].strip if branches else Strip()
        if inverted:
            return Block(head.start, end, head.call, inverse, program, head.strip, inverse_strip, close_strip)
        return Block(head.start, end, head.call, program, inverse, head.strip, inverse_strip, close_strip)

    def _head(self) -> _Head:
        opening = self.advance()
        name = self.name()
        call = self.call(name, name.start)
        block_params = self.block_parameters()
        closing = self.expect("CLOSE")
        strip = _strip(opening, closing)
        return _Head(opening.start, name, call, block_params, "*" in opening.value, strip)

    def _branches(self, *, chained: bool) -> list[_Branch]:
        """The ``{{else}}`` parts; an ``{{else if}}`` is a program with a block in it, around what follows."""
        branches: list[_Branch] = []
        while chained and self.token.kind == "OPEN_INVERSE_CHAIN":
            self.enter()
            self.block_params.append({})
            head = self._head()
            branches.append(_Branch(head.strip, head, self.program(head.block_params)))
        around = len(branches)
        if self.token.kind == "INVERSE":
            token = self.advance()
            branches.append(_Branch(_strip(token, token), None, self.program()))
        for _ in range(around):
            self.block_params.pop()
            self.leave()
        return branches

    def _close(self, start: int, name: Expression) -> tuple[Strip, int]:
        """The closing tag of the block that started at ``start``, which must carry the same name."""
        if self.token.kind == "EOF":
            line, _ = position(self.text, start)
            message = f"`{{{{#{_written(name)}}}}}` of line {line} is never closed"
            raise self.error(message, self.behind, f"close it with `{{{{/{_written(name)}}}}}`")
        if self.token.kind != "OPEN_ENDBLOCK":
            raise self.unexpected()
        opening = self.advance()
        closing_name = self.name()
        closing = self.expect("CLOSE")
        if _key(name) != _key(closing_name):
            raise self._mismatch(name, closing_name.original)
        return _strip(opening, closing), closing.end

    def _mismatch(self, name: Expression, closing: str) -> HandlebarsError:
        message = f"`{{{{#{_written(name)}}}}}` is closed by `{{{{/{closing}}}}}`"
        return self.error(message, name.start, f"close it with `{{{{/{_written(name)}}}}}`")


_STATEMENTS = {
    "CONTENT": _Parser.content,
    "COMMENT": _Parser.comment,
    "OPEN": _Parser.mustache,
    "OPEN_UNESCAPED": _Parser.mustache,
    "OPEN_BLOCK": _Parser.block,
    "OPEN_INVERSE": _Parser.block,
    "OPEN_RAW_BLOCK": _Parser.raw_block,
    "OPEN_PARTIAL": _Parser.partial,
    "OPEN_PARTIAL_BLOCK": _Parser.partial,
}


def _program(body: list[Statement], block_params: tuple[str, ...], *, chained: bool = False) -> Program:
    return Program(body, block_params, chained, tuple(node for node in body if isinstance(node, Decorator)))


def _inverse(branches: list[_Branch], end: int, close_strip: Strip) -> Program | None:
    """The else branch of a block: each ``else if`` is a block of its own inside the branch before it."""
    inverse: Program | None = None
    inverse_strip = Strip()
    for index, branch in reversed(list(enumerate(branches))):
        program, head = branch.program, branch.head
        if head:
            close = branch.strip if index else close_strip
            block = Block(head.start, end, head.call, program, inverse, head.strip, inverse_strip, close)
            program = _program([block], (), chained=True)
        inverse, inverse_strip = program, branch.strip
    return inverse


def _strip(opening: Token, closing: Token) -> Strip:
    return Strip(opening.value[2:3] == "~", closing.value[-3:-2] == "~")


def _written(name: Expression) -> str:
    return "(...)" if isinstance(name, Call) else name.original


def _key(name: Expression) -> tuple[str, object]:
    """What both ends of a block must share; a sub-expression, which has no name, counts as undefined."""
    if isinstance(name, Path):
        return "text", name.original
    if isinstance(name, Literal):
        return "text" if isinstance(name.value, str) else type(name.value).__name__, name.value
    return type(UNDEFINED).__name__, UNDEFINED
