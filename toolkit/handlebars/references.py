"""Walks a template without rendering it: the variables and helpers that it names, and its literal text."""

from collections.abc import Container, Iterator
from typing import Literal as OneOf
from typing import NamedTuple

from toolkit.handlebars.builtin_helpers import BUILTINS
from toolkit.handlebars.helpers import PRODUCTION
from toolkit.handlebars.nodes import (
    Block,
    Call,
    Content,
    Decorator,
    Expression,
    Literal,
    Mustache,
    Partial,
    Path,
    Program,
    branches,
)
from toolkit.handlebars.places import ITEM, Place, Steps

Role = OneOf["printed", "section", "argument"]

_KEEP_CONTEXT = frozenset(("if", "unless", "equal", "equalWithElse", "log", "lookup"))


class Reference(NamedTuple):
    """A variable that a template names."""

    name: str
    """As written, such as ``../a.[b c]`` without the brackets."""
    start: int
    end: int
    role: Role
    """Printed, the head of a section (``{{#x}}``), or an argument, which may be missing without harm."""
    raw: bool
    """Whether it stands inside ``{{{ }}}`` or ``{{& }}``, where nothing is escaped."""
    resolved: Steps | None
    """The way to it from the root of the context; None where that cannot be known, or where a loop sets it.

    A name that nothing sets, such as ``@index`` outside a loop or ``../x`` at the top, is its own only step.
    """


class HelperCall(NamedTuple):
    """A helper that a template calls, or a name that it uses like one."""

    name: str
    start: int
    end: int
    params: tuple[Expression, ...]
    block: bool
    has_else: bool


class BlockParameter(NamedTuple):
    """A use of a block parameter: ``x.y`` between ``{{#each list as |x|}}`` and ``{{/each}}``."""

    name: str
    """Of the parameter."""
    start: int
    end: int
    """Of the whole path."""


def references(program: Program, helpers: Container[str] = PRODUCTION) -> Iterator[Reference]:
    """Every variable, in all branches, in order; ``helpers`` are names that are none, as are the built-in."""
    return (found for found in _Walk(helpers).program(program, Place()) if isinstance(found, Reference))


def calls(program: Program, helpers: Container[str] = PRODUCTION) -> Iterator[HelperCall]:
    """Every call of a helper, known or not, in all branches, in order."""
    return (found for found in _Walk(helpers).program(program, Place()) if isinstance(found, HelperCall))


def block_parameters(program: Program) -> Iterator[BlockParameter]:
    """Every use of a block parameter, in all branches, in order.

    Strict mode of handlebars.js up to 4.7.7 finds no value there.
    """
    paths = sorted(_paths(program), key=lambda path: path.start)
    return (BlockParameter(path.parts[0], path.start, path.end) for path in paths if path.block_param)


def texts(program: Program) -> list[Content]:
    """The literal text, piece by piece; what stands between two pieces is mustaches and comments."""
    return sorted(_texts(program), key=lambda content: content.start)


def _texts(program: Program) -> Iterator[Content]:
    for node in program.body:
        if isinstance(node, Content):
            yield node
        for branch in branches(node):
            yield from _texts(branch)


Found = Reference | HelperCall


class _Walk:
    def __init__(self, helpers: Container[str]) -> None:
        self._helpers = helpers

    def program(self, program: Program, place: Place) -> Iterator[Found]:
        for node in program.body:
            if isinstance(node, Mustache):
                yield from self._call(node.call, place, "printed", raw=not node.escaped)
            elif isinstance(node, Block):
                yield from self._block(node, place)
            elif isinstance(node, Partial):
                if isinstance(node.name, Call):
                    yield from self._value(node.name, place)
                for argument in (*node.params, *node.hash.values()):
                    yield from self._value(argument, place)
            elif isinstance(node, Decorator):
                for argument in (*node.call.params, *node.call.hash.values()):
                    yield from self._value(argument, place.unknown())
            if isinstance(node, Partial | Decorator) and node.program:
                yield from self.program(node.program, place.unknown().with_params(()))

    def _block(self, node: Block, place: Place) -> Iterator[Found]:
        has_else = bool(node.program and node.inverse)
        yield from self._call(node.call, place, "section", block=True, has_else=has_else)
        if node.program:
            inside, params = self._inside(node.call, place)
            yield from self.program(node.program, inside.with_params(params))
        if node.inverse:
            yield from self.program(node.inverse, place.with_params(()))

    def _inside(self, call: Call, place: Place) -> tuple[Place, tuple[Steps | None, ...]]:
        """The scope of the block that a call heads, and its block parameters."""
        name = call.path.parts[0] if self._is_helper(call) and call.path.parts else ""
        if name in _KEEP_CONTEXT:
            return place, ()
        if name not in ("each", "with"):
            return place.unknown(), ()
        subject = call.params[0] if call.params else None
        context = place.resolve(subject) if isinstance(subject, Path) else None
        if name == "with":
            return place.inside(context), (context,)
        item = None if context is None else (*context, ITEM)
        return place.inside(item, loop=True), (item,)

    def _is_helper(self, call: Call) -> bool:
        name = call.path.parts[0] if call.path.parts else ""
        return call.form == "helper" or (call.form == "either" and (name in BUILTINS or name in self._helpers))

    def _call(
        self,
        call: Call,
        place: Place,
        role: Role,
        *,
        raw: bool = False,
        block: bool = False,
        has_else: bool = False,
    ) -> Iterator[Found]:
        path = call.path
        if not self._is_helper(call):
            yield Reference(path.original, path.start, path.end, role, raw, place.resolve(path))
            return
        yield HelperCall(path.original, path.start, path.end, call.params, block, has_else)
        for argument in (*call.params, *call.hash.values()):
            yield from self._value(argument, place, raw=raw)

    def _value(self, value: Expression, place: Place, *, raw: bool = False) -> Iterator[Found]:
        if isinstance(value, Path):
            yield Reference(value.original, value.start, value.end, "argument", raw, place.resolve(value))
        elif not isinstance(value, Literal):
            yield from self._call(value, place, "argument", raw=raw)


def _paths(program: Program) -> Iterator[Path]:
    for node in program.body:
        if isinstance(node, Mustache | Block | Decorator):
            yield from _paths_of(node.call)
        elif isinstance(node, Partial):
            name = (node.name,) if isinstance(node.name, Call) else ()
            for value in (*name, *node.params, *node.hash.values()):
                yield from _paths_of(value)
        for branch in branches(node):
            yield from _paths(branch)


def _paths_of(value: Expression) -> Iterator[Path]:
    if isinstance(value, Path):
        yield value
    elif isinstance(value, Call):
        for part in (value.path, *value.params, *value.hash.values()):
            yield from _paths_of(part)
