"""One Handlebars template, wherever it stands: a file that the manifest names, or a string in the manifest.

The Handlebars engine is imported only where there is a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, reduce
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from toolkit import events
from toolkit.finding import Place
from toolkit.integration.contexts import Arrange
from toolkit.integration.forms import Form, Values
from toolkit.integration.manifest import Manifest
from toolkit.integration.shape import OTHERS, filled, is_known, merged
from toolkit.json_text import is_deeper

if TYPE_CHECKING:
    from toolkit.handlebars import BlockParameter, HandlebarsError, HelperCall, Program, Reference, Steps
    from toolkit.integration.trials import Trial
    from toolkit.json_text import JsonSyntaxError

JSON_TESTED = ("flag", "project", "environment", "default", "member")
"""The kinds of templates whose JSON the official tests read."""
DEEPEST = 1_000
"""Objects and arrays inside one another in the JSON that a template makes; accepted ones have up to 6."""

Makes: TypeAlias = Literal["url", "header", "body", "text"]


class Use(NamedTuple):
    """What a template is for: ``kind`` as the manifest calls it, where it says so, and what data it then gets.

    ``tested`` is the event that the official tests render it with; empty if they do not.
    """

    kind: str
    named: Place
    events: tuple[str, ...]
    tested: str = ""


class Output(NamedTuple):
    """What the official tests make of a template: its text, or why there is none."""

    text: str | None
    error: HandlebarsError | None


@dataclass(frozen=True, eq=False)
class Template:
    """``text`` is what upstream reads, byte order mark included; ``place`` is where all of it stands.

    ``json`` tells whether JSON is to come out; then LaunchDarkly escapes its data for that. ``known`` are the sample
    data whose fields it may name, if only in a condition.
    """

    text: str
    place: Place
    role: Makes
    json: bool
    uses: tuple[Use, ...]
    known: tuple[str, ...]
    arrange: Arrange
    manifest: Manifest

    @property
    def is_file(self) -> bool:
        """Whether it is a file, and not a string in the manifest."""
        return self.place.pointer is None

    @property
    def tested(self) -> tuple[Use, ...]:
        """The uses that the official tests know."""
        return tuple(use for use in self.uses if use.tested)

    @property
    def events(self) -> tuple[str, ...]:
        """The names of the sample data that it may get, each once."""
        return tuple(dict.fromkeys(name for use in self.uses for name in use.events))

    @cached_property
    def fault(self) -> HandlebarsError | None:
        """Why it cannot be read as Handlebars."""
        from toolkit.handlebars import HandlebarsError

        try:
            self.program  # noqa: B018
        except HandlebarsError as error:
            return _kept(error)
        return None

    @property
    def program(self) -> Program:
        """The syntax tree. Raises HandlebarsError."""
        from toolkit.handlebars import parse

        return parse(self.text)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every variable that it names; none where it cannot be read."""
        from toolkit.handlebars import references

        return () if self.fault else tuple(references(self.program))

    @cached_property
    def calls(self) -> tuple[HelperCall, ...]:
        """Every helper that it calls; none where it cannot be read."""
        from toolkit.handlebars import calls

        return () if self.fault else tuple(calls(self.program))

    @cached_property
    def unknown(self) -> tuple[Reference, ...]:
        """The variables that it names though nobody provides them, each way once."""
        lost: dict[Steps, Reference] = {}
        for found in self.references:
            way = found.resolved or ()
            if not is_known(self.shape, way) and not any(way[: len(other)] == other for other in lost):
                lost[way] = found
        return tuple(lost.values())

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The literal text before, between and behind its mustaches; all of it where it cannot be read."""
        if "{{" not in self.text or self.fault:
            return (self.text,)
        from toolkit.handlebars import texts

        found, done = [""], 0
        for piece in texts(self.program):
            if piece.start > done:
                found.append("")
            found[-1] += self.text[piece.start : piece.end]
            done = piece.end
        return (*found, "") if done < len(self.text) else tuple(found)

    def filled_with(self, word: str) -> str:
        """The literal text with ``word`` in place of every mustache."""
        return word.join(self.pieces)

    @cached_property
    def shape(self) -> Any:
        """All that it may name."""
        return self.arrange(_fields(self.known), self.manifest.open_form)

    def context(self, event: str | Values, form: Form | None = None) -> dict[str, Any]:
        """What it is rendered with for an event, a sample or its data; the form is the official tests' by default."""
        if isinstance(event, str):
            data = events.escaped_event(event) if self.json else events.event(event)
        else:
            data = events.json_escaped(event) if self.json else event
        return self.arrange(data, form or self.manifest.tested_form)

    @cached_property
    def block_parameters(self) -> tuple[BlockParameter, ...]:
        """Every use of a block parameter (``as |x|``); none where it cannot be read."""
        from toolkit.handlebars import block_parameters

        return () if self.fault else tuple(block_parameters(self.program))

    def sample(self, event: str | Values, form: Form | None = None, unknown: Any = "sample") -> Any:
        """The same, with ``unknown`` for every other variable that it names."""
        ways = (found.resolved for found in self.references if found.resolved)
        return filled(self.context(event, form), ways, unknown)

    def render(self, context: Any) -> str:
        """What LaunchDarkly makes of it. Raises HandlebarsError."""
        from toolkit.handlebars import PRODUCTION, render

        if self.fault:
            raise self.fault
        return self._bounded(render(self.text, context, PRODUCTION))

    def output(self, event: str) -> Output:
        """What the official tests make of it with that event."""
        if event not in self._outputs:
            self._outputs[event] = self._output(event)
        return self._outputs[event]

    def _output(self, event: str) -> Output:
        from toolkit.handlebars import HandlebarsError, render

        if self.fault:
            return Output(None, self.fault)
        try:
            return Output(self._bounded(render(self.text, self.context(event), dead_block_params=True)), None)
        except HandlebarsError as error:
            return Output(None, _kept(error))

    def _bounded(self, made: str) -> str:
        """What was made, unless reading it as JSON would take too long. Raises HandlebarsError."""
        from toolkit.handlebars import HandlebarsError

        if self.json and is_deeper(made, DEEPEST):
            message = f"the result is nested more than {DEEPEST} levels deep"
            raise HandlebarsError(message, text=self.text, offset=0, phase="limit")
        return made

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """What it makes in many situations, where JSON is to come out; the first is the plainest."""
        from toolkit.integration.trials import trials_of

        return tuple(trials_of(self))

    @cached_property
    def refused_json(self) -> tuple[tuple[str, JsonSyntaxError], ...]:
        """The events with which the official tests read what it makes as JSON, in vain, and why."""
        from toolkit.integration.json_output import fault

        names = dict.fromkeys(use.tested for use in self.tested if self.json and use.kind in JSON_TESTED)
        outputs = ((name, self.output(name).text) for name in names)
        return tuple((name, error) for name, text in outputs if text is not None and (error := fault(text)))

    def at(self, start: int | None = None, end: int | None = None) -> Place:
        """The template as a whole, or the code points from ``start`` to ``end`` of its text."""
        if start is None:
            return self.place
        shift = self.is_file and self.text.startswith("\ufeff")  # a file's text is counted without it
        span = max(start - shift, 0), max((start if end is None else end) - shift, 0)
        return self.place._replace(span=span)

    @cached_property
    def _outputs(self) -> dict[str, Output]:
        return {}


@cache
def _fields(known: tuple[str, ...]) -> dict[str, Any]:
    """The fields that any of the sample data have, with any custom property."""
    data: dict[str, Any] = reduce(merged, map(events.event, known), {})
    if "customProperties" in data:
        data = {**data, "customProperties": {OTHERS: {"name": "", "values": [""]}}}
    return data


def _kept(error: HandlebarsError) -> HandlebarsError:
    """The error without what it holds on to: its traceback keeps all tokens of the template."""
    error.__traceback__ = error.__context__ = None
    return error
