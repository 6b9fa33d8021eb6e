"""Renders a template as the code does that handlebars.js 4.7.8 compiles from it in strict mode."""

from collections.abc import Mapping
from functools import reduce

from toolkit.handlebars.builtin_helpers import BUILTINS, Helper, Options, no_block, nothing, section
from toolkit.handlebars.errors import EvaluationError, HandlebarsError
from toolkit.handlebars.expressions import KNOWN_HELPERS
from toolkit.handlebars.helpers import OFFICIAL
from toolkit.handlebars.limits import Budget
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
)
from toolkit.handlebars.parser import parse
from toolkit.handlebars.partials import inline_partials, render_partial
from toolkit.handlebars.scope import BlockParams, Body, Contexts, Data, Scope, block_param_lists, resolve
from toolkit.handlebars.values import UNDEFINED, add, alike, escape, is_nullish, to_text


def render(
    text: str, context: object, helpers: Mapping[str, Helper] = OFFICIAL, *, dead_block_params: bool = False
) -> str:
    """What a template makes of a context (anything that ``json.loads`` returns).

    ``dead_block_params`` renders as handlebars.js 4.7.7 and earlier do, where a block parameter leads to no value:
    strict mode looks the parameter's own name up in it, as if ``{{x}}`` were ``{{x.x}}``.
    Raises HandlebarsError: phase "parse" or "render" where handlebars.js refuses it too, "limit" where only
    we do. The line is that of handlebars.js; but among blocks of equal content, which it compiles once, it
    names the first.
    """
    program = parse(text)
    budget = Budget(text)
    try:
        return Renderer(text, {**BUILTINS, **helpers}, budget, dead_block_params=dead_block_params).template(
            program, context
        )
    except RecursionError:
        raise budget.exceeded("the template is nested too deeply") from None


class Branch:
    """A program with the scope that it was written in: a Body."""

    __slots__ = ("block_params", "contexts", "data", "inline", "program", "renderer")

    def __init__(
        self,
        renderer: "Renderer",
        program: Program,
        contexts: Contexts,
        data: Data,
        block_params: BlockParams,
    ) -> None:
        self.renderer = renderer
        self.program = program
        self.contexts = contexts
        self.data = data
        self.block_params = block_params
        self.inline = inline_partials(renderer, program, contexts, data, block_params)

    def __call__(self, context: object, data: Data | None = None, block_params: object = UNDEFINED) -> object:
        """What the program renders with this context."""
        renderer, contexts = self.renderer, self.contexts
        outer = contexts[0] if contexts else UNDEFINED
        unchanged = context is outer or alike(context, outer)
        if not unchanged and not (context is renderer.null_context and outer is None):
            contexts = (context, contexts)
        scope = Scope(
            context, contexts, data or self.data, (block_params, self.block_params), renderer.dead_block_params
        )
        return renderer.program(self.program, scope, self.inline)


class Renderer:
    """Runs the programs of one template, within one budget."""

    def __init__(
        self, text: str, helpers: Mapping[str, Helper], budget: Budget, *, dead_block_params: bool = False
    ) -> None:
        self.dead_block_params = dead_block_params
        self.budget = budget
        self.partials: Mapping[str, Body | None] = {}  # that may be called here
        self.null_context: dict[str, object] = {}  # `this` for a helper where the context is null
        self._text = text
        self._helpers = helpers

    def template(self, program: Program, context: object) -> str:
        """What the whole template makes of a context."""
        data: Data = {"root": context}
        try:
            inline = inline_partials(self, program, None, data, None)
            scope = Scope(context, (context, None), data, None, self.dead_block_params)
            return to_text(self.program(program, scope, inline))
        except EvaluationError as error:
            raise self._error(error, 0) from None

    def program(self, program: Program, scope: Scope, inline: Mapping[str, Body | None]) -> object:
        """What a program renders, with its inline partials in force."""
        around = self.partials
        if inline:
            self.partials = {**around, **inline}
        self.budget.enter(len(program.body))
        rendered = self._statements(program.body, scope)
        self.budget.leave()
        self.partials = around
        return rendered

    def branch(self, program: Program, scope: Scope) -> Body:
        """A program that can be run later, in the scope that it was written in."""
        return Branch(self, program, scope.contexts, scope.data, scope.block_params)

    def value(self, expression: Expression, scope: Scope) -> object:
        """The value of an argument, which may be missing."""
        if isinstance(expression, Path):
            return resolve(expression, scope, strict=False)
        if isinstance(expression, Literal):
            return expression.value
        return self.call(expression, scope)

    def values(self, pairs: Mapping[str, Expression], scope: Scope) -> dict[str, object]:
        """The values of named arguments."""
        return {name: self.value(expression, scope) for name, expression in pairs.items()}

    def call(self, call: Call, scope: Scope) -> object:
        """The value of a mustache or sub-expression, which must exist."""
        if call.form == "helper" or self._helper(call):
            return self._invoke(call, scope, None)
        return resolve(call.path, scope, strict=True)

    def _statements(self, body: list[Statement], scope: Scope) -> object:
        """The sum of the statements; the compiled code joins them with ``+``, which adds numbers up."""
        done: list[object] = []
        parts: list[object] = []
        for node in body:
            if isinstance(node, Content):
                if node.value:
                    parts.append(self.budget.write(node.value))
                continue
            if isinstance(node, Comment | Decorator):
                continue
            try:
                value = self._statement(node, scope)
            except EvaluationError as error:
                raise self._error(error, node.start) from None
            if isinstance(node, Block) and node.call.form == "either" and len(body) > 1:
                # it is compiled to a statement of its own, before which the others are summed up
                if parts or not done:
                    done.append(_sum(parts))
                    parts = []
                done.append(value)
            else:
                parts.append(value)
        return _sum(done + parts)

    def _statement(self, node: Mustache | Block | Partial, scope: Scope) -> object:
        if isinstance(node, Partial):
            return render_partial(self, node, scope)
        value = self._block(node, scope) if isinstance(node, Block) else self.call(node.call, scope)
        if isinstance(node, Mustache):
            if node.escaped:
                return self.budget.write(escape(value))
            if isinstance(value, str | list):
                self.budget.write(to_text(value))
        return "" if is_nullish(value) else value

    def _block(self, node: Block, scope: Scope) -> object:
        call = node.call
        if call.form == "helper" or self._helper(call):
            return self._invoke(call, scope, node)
        value = resolve(call.path, scope, strict=True)
        fn, inverse = self._branches(node, scope)
        options = Options(call.path.original, scope.context, {}, fn, inverse, scope.data)
        return section(value, options, block_param_lists(scope.block_params))

    def _branches(self, node: Block, scope: Scope) -> tuple[Body, Body]:
        fn = self.branch(node.program, scope) if node.program else nothing
        return fn, self.branch(node.inverse, scope) if node.inverse else nothing

    def _helper(self, call: Call) -> Helper | None:
        """The helper that the path of a call names."""
        if call.form == "path" or not call.path.parts:
            return None
        name = call.path.parts[0]
        if call.form == "helper" and name not in KNOWN_HELPERS:
            return self._helpers.get(call.path.original) if call.path.simple else None
        return self._helpers.get(name)

    def _invoke(self, call: Call, scope: Scope, block: Block | None) -> object:
        helper = self._helper(call) or self._no_helper(call, scope)
        arguments = [self.value(param, scope) for param in call.params]
        pairs = self.values(call.hash, scope)
        fn, inverse = self._branches(block, scope) if block else (no_block(call.path.original),) * 2
        this = self.null_context if is_nullish(scope.context) else scope.context
        options = Options(call.path.original, this, pairs, fn, inverse, scope.data)
        try:
            result = helper(options, *arguments, options)
        except EvaluationError as error:
            error.offset = call.start if error.offset is None else error.offset
            raise
        if isinstance(result, str) and not block:
            self.budget.write(result)
        return result

    def _no_helper(self, call: Call, scope: Scope) -> Helper:
        """What stands in for a helper that does not exist: it fails, after its arguments were evaluated."""
        path = call.path
        missing = EvaluationError(f"there is no helper `{path.original}`", path.start, path.original)
        known = path.simple and path.parts[0] in KNOWN_HELPERS
        if known or is_nullish(resolve(path, scope, strict=not path.simple)):
            raise missing

        def fail(*_: object) -> object:
            raise missing

        return fail

    def _error(self, error: EvaluationError, offset: int) -> HandlebarsError:
        place = offset if error.offset is None else error.offset
        return HandlebarsError(str(error), text=self._text, offset=place, phase="render", name=error.name)


def _sum(parts: list[object]) -> object:
    try:
        return "".join(parts)  # type: ignore[arg-type]
    except TypeError:
        return reduce(add, parts)
