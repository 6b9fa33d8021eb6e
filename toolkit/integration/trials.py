"""What a template that makes JSON makes of it, whatever is missing or empty."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.integration.json_output import is_blank, parsed
from toolkit.integration.shape import emptied, repeated
from toolkit.json_text import Document, JsonSyntaxError

if TYPE_CHECKING:
    from toolkit.integration.template import Template

NUMBERS = "with numbers"
"""The situation in which no value needs quotes: a body that is JSON then may be meant for such values."""
_GUARDS = frozenset({"if", "unless", "each", "with"})
_COUNTS = (1, 3)
"""How many items a list has in turn, beside none: a comma may be missing, or too many."""
_MOST = 60
"""Situations that one template is tried in; a long one is tried in the first alone."""
_LONG = 20_000


class Trial(NamedTuple):
    """What a template makes in one situation: JSON, or why it is none."""

    situation: str
    context: Any
    document: Document | None
    error: JsonSyntaxError | None


def trials_of(template: Template) -> Iterator[Trial]:
    """What a template makes in the situations in which it can be rendered; the first is the plainest."""
    from toolkit.handlebars import HandlebarsError

    if not template.json or template.fault or not template.events:
        return
    most = _MOST if len(template.text) < _LONG else 1
    for count, (situation, context) in enumerate(_situations(template)):
        try:
            output = template.render(context) if count < most else ""
        except HandlebarsError as error:
            if error.phase == "limit":
                return
            continue
        if not is_blank(output):
            try:
                yield Trial(situation, context, parsed(output), None)
            except JsonSyntaxError as error:
                yield Trial(situation, context, None, error)


def _situations(template: Template) -> Iterator[tuple[str, Any]]:
    """The official tests' event first, then the others, then with less and less."""
    first = [use.tested or use.events[0] for use in template.uses if use.tested or use.events]
    yield from _with_events(template, first)
    for event in dict.fromkeys(first):
        yield from _with_less(template, event)


def _context(template: Template) -> Any:
    return template.context if template.tested else partial(template.sample, unknown=1)


def _with_events(template: Template, first: list[str]) -> Iterator[tuple[str, Any]]:
    context = _context(template)
    for event in dict.fromkeys((*first, *template.events)):
        yield f"with {event}" if template.is_file else "with sample values", context(event)
    if template.tested:
        yield "with every field filled in", template.sample(first[0])
    else:
        yield NUMBERS, _numbered(context(first[0]))


def _with_less(template: Template, event: str) -> Iterator[tuple[str, Any]]:
    context = _context(template)
    yield "with optional fields left empty", context(event, template.manifest.least_form)
    plain = context(event)
    for name, way in _guarded(template).items():
        yield f"without `{name}`", emptied(plain, way)
    whole = template.sample(event) if template.tested else plain
    for name, way in _iterated(template).items():
        for count in _COUNTS:
            said = "one item" if count == 1 else f"{count} items"
            yield f"with {said} in `{name}`", repeated(whole, way, count)


def _numbered(value: Any) -> Any:
    """The value with a number in place of every text."""
    if isinstance(value, dict):
        return {key: _numbered(part) for key, part in value.items()}
    return [_numbered(part) for part in value] if isinstance(value, list) else 1 if isinstance(value, str) else value


def _iterated(template: Template) -> dict[str, Any]:
    """The lists that a template goes through, each with the way to it."""
    heads = {call.params[0].start for call in template.calls if call.block and call.name == "each" and call.params}
    return {found.name: found.resolved for found in template.references if found.resolved and found.start in heads}


def _guarded(template: Template) -> dict[str, Any]:
    """The variables that a template asks for before it uses them, each with the way to it."""
    heads = {call.params[0].start for call in template.calls if call.block and call.name in _GUARDS and call.params}
    return {
        found.name: found.resolved
        for found in template.references
        if found.resolved and (found.role == "section" or found.start in heads)
    }
