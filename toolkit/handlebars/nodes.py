"""The syntax tree of a template: what the parser makes, the renderer executes and the walker visits.

Every node says where it stands: ``start`` and ``end`` are offsets into the text, in code points. Nodes are
named tuples because those are the quickest to make.
"""

from typing import Literal as OneOf
from typing import NamedTuple, TypeAlias

Form = OneOf["path", "helper", "either"]
"""What heads a mustache or block: a path, a helper, or a helper if there is one of that name."""


class Path(NamedTuple):
    """A variable: ``a.b``, ``../a``, ``@index``, ``this``, a block parameter."""

    start: int
    end: int
    original: str
    """As written, without the brackets of ``[...]`` segments."""
    parts: tuple[str, ...]
    """Without leading ``this``, ``.`` and ``..``; empty for the current context itself."""
    depth: int
    """How many ``..``."""
    data: bool
    """Whether it starts with ``@``."""
    simple: bool
    """A single name without ``this`` or ``..``, so that it may name a helper."""
    block_param: tuple[int, int] | None
    """Which block parameter its first part is: how many programs up, and its index there."""


class Literal(NamedTuple):
    """A string, number, boolean, null or undefined."""

    start: int
    end: int
    value: object
    original: str


class Call(NamedTuple):
    """A path with its arguments: the inside of a mustache, the head of a block, or a sub-expression."""

    start: int
    end: int
    path: Path
    params: tuple["Expression", ...]
    hash: dict[str, "Expression"]
    """In the order in which JavaScript evaluates it; the first of two equal keys counts."""
    form: Form


Expression: TypeAlias = Path | Literal | Call


class Strip(NamedTuple):
    """Which sides of a tag carry ``~``."""

    open: bool = False
    close: bool = False


class Program(NamedTuple):
    """A sequence of statements: the template, or a branch of a block."""

    body: list["Statement"]
    """Changed by whitespace control while parsing, and never again."""
    block_params: tuple[str, ...]
    chained: bool
    """Whether it is the ``else if`` of the block around it."""
    decorators: tuple["Decorator", ...]


class Content(NamedTuple):
    """Literal text; ``value`` is what whitespace control leaves of ``original``."""

    start: int
    end: int
    original: str
    value: str


class Comment(NamedTuple):
    """``{{! x }}`` or ``{{!-- x --}}``."""

    start: int
    end: int
    strip: Strip


class Mustache(NamedTuple):
    """``{{x}}`` (escaped), ``{{{x}}}`` or ``{{&x}}`` (raw)."""

    start: int
    end: int
    call: Call
    escaped: bool
    strip: Strip


class Block(NamedTuple):
    """``{{#x}}...{{else}}...{{/x}}``, ``{{^x}}...{{/x}}`` or a raw block."""

    start: int
    end: int
    call: Call
    program: Program | None
    inverse: Program | None
    open_strip: Strip
    inverse_strip: Strip
    close_strip: Strip


class Partial(NamedTuple):
    """``{{> x}}``, or ``{{#> x}}...{{/x}}`` where ``program`` is its block."""

    start: int
    end: int
    name: Expression
    params: tuple[Expression, ...]
    hash: dict[str, Expression]
    program: Program | None
    indent: str
    open_strip: Strip
    close_strip: Strip


class Decorator(NamedTuple):
    """``{{#*inline "x"}}...{{/inline}}``, or ``{{* x}}`` where there is no ``program``."""

    start: int
    end: int
    call: Call
    program: Program | None
    open_strip: Strip
    close_strip: Strip


Statement: TypeAlias = Content | Comment | Mustache | Block | Partial | Decorator


def branches(node: Statement) -> list[Program]:
    """The programs inside a block, a partial's block or an inline partial, the ``{{else}}`` last."""
    if isinstance(node, Block):
        return [program for program in (node.program, node.inverse) if program]
    return [node.program] if isinstance(node, Partial | Decorator) and node.program else []
