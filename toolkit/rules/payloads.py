"""Whether what templates make is JSON, whatever is missing or empty."""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

from toolkit.finding import Problem, Severity
from toolkit.integration import Template, contexts
from toolkit.integration.shape import emptied
from toolkit.integration.templates import EVENTS, HOOK
from toolkit.json_text import Document, JsonSyntaxError
from toolkit.rules.fields import strings
from toolkit.rules.json_output import is_blank, origin, parsed
from toolkit.rules.registry import rule
from toolkit.rules.template_patches import approval_with, hook_with
from toolkit.rules.templates import no_json

_GUARDS = frozenset({"if", "unless", "each", "with"})
_MOST = 60
"""Situations that one template is tried in; a long one is tried in the first alone."""
_LONG = 20_000
_NUMBERS = "with numbers"
"""The situation in which no value needs quotes: a body that is JSON then may be meant for such values."""


class Trial(NamedTuple):
    """What a template makes in one situation: JSON, or why it is none."""

    situation: str
    context: Any
    document: Document | None
    error: JsonSyntaxError | None


@rule(Severity.error, approval_with('{"title": "{{{title.plainText}}}"'))
def json_body(template: Template) -> Iterator[Problem]:
    """A JSON body is valid JSON.

    This applies to every `jsonBody` and `jsonResponseBody`, and to templates whose name ends in `.json` or `.json.hbs`;
    the official tests check only those of audit log hooks. In a manifest, a line break inside a string of the body is
    written `\\\\n`.
    """
    trials = () if template.tested else _trials(template)
    if trials and (error := trials[0].error) and not any(trial.document for trial in trials):
        at = origin(template, trials[0].context, error.offset)
        yield Problem(template.at(at, at + 1), f"the result is not JSON: {error}", error.help)


@rule(
    Severity.warning,
    hook_with(flag='{\n  "tags": [{{#each tags}}"{{{this}}}",{{/each}}]\n}\n'),
    approval_with('{"title": "{{{title.plainText}}}"{{#if details}}, "details": "{{{details.plainText}}}{{/if}}"}'),
)
def json_always(template: Template) -> Iterator[Problem]:
    """A JSON body is valid JSON with every event, whatever is missing or empty.

    It is tried with all sample events, with empty optional form variables, and with each variable of an `if`, `unless`,
    `each` or `with` left empty. The most frequent mistake is a comma after the last item of a list.
    """
    trials = _trials(template)
    never = not template.tested and not any(trial.document for trial in trials)
    if never or no_json(template):
        return
    seen = set()
    for trial in trials:
        if trial.error and trial.situation != _NUMBERS:
            at = origin(template, trial.context, trial.error.offset)
            if at not in seen:
                seen.add(at)
                message = f"{trial.situation} the result is not JSON: {trial.error}"
                yield Problem(template.at(at, at + 1), message, trial.error.help)


@rule(Severity.warning, hook_with(flag='{\n  "text": "Something has changed."\n}\n'))
def template_constant(template: Template) -> Iterator[Problem]:
    """A template says what has happened.

    Without a variable, every event looks the same; a partner whose template was `{}` received empty messages. The
    template for `validation` may be fixed, and so may all where the URL or a header contains the event.
    """
    kinds = {use.kind for use in template.uses} - {"validation"}
    if not template.is_file or not kinds or template.fault or template.references or not template.events:
        return
    from toolkit.handlebars import texts

    endpoints = (template.manifest.object(f"{hook}/endpoint") for hook in (HOOK, EVENTS))
    elsewhere = any("context." in text.value for endpoint in endpoints for text in strings(endpoint))
    own = template.manifest.has(f"{HOOK}/deliveryMethod")
    if elsewhere or own or template.arrange is not contexts.hook_body:
        return
    if not all(is_blank(template.text[piece.start : piece.end]) for piece in texts(template.program)):
        yield Problem(template.at(), "the template is the same for every event", "say what has changed")


@rule(Severity.warning, hook_with(flag='{\n  "title": "{{{title.plainText}}}",\n  "title": "Flag"\n}\n'))
def json_body_duplicate_key(template: Template) -> Iterator[Problem]:
    """An object in the body has each key only once.

    Most programs use the last value and drop the others.
    """
    seen = set()
    for trial in _trials(template):
        for pointer, key, _first in trial.document.duplicates if trial.document else ():
            at = origin(template, trial.context, key.start)
            if at not in seen and template.text[at : at + 1] == '"':
                seen.add(at)
                name = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
                place = template.at(at, at + key.end - key.start)
                yield Problem(place, f'the key "{name}" is used twice in this object', "keep one of them")


@lru_cache(maxsize=64)
def _trials(template: Template) -> tuple[Trial, ...]:
    """What a template makes in the situations in which it can be rendered; the first is the plainest."""
    if not template.json or template.fault or not template.events:
        return ()
    return tuple(_made(template))


def _made(template: Template) -> Iterator[Trial]:
    from toolkit.handlebars import HandlebarsError

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
    context = template.context if template.tested else partial(template.sample, unknown=1)
    first = [use.tested or use.events[0] for use in template.uses if use.tested or use.events]
    for event in dict.fromkeys((*first, *template.events)):
        yield f"with {event}" if template.is_file else "with sample values", context(event)
    if template.tested:
        yield "with every field filled in", template.sample(first[0])
    else:
        yield _NUMBERS, _numbered(context(first[0]))
    for event in dict.fromkeys(first):
        yield "with optional fields left empty", context(event, contexts.nearly_empty(template.manifest))
        plain = context(event)
        for name, way in _guarded(template).items():
            yield f"without `{name}`", emptied(plain, way)


def _numbered(value: Any) -> Any:
    """The value with a number in place of every text."""
    if isinstance(value, dict):
        return {key: _numbered(part) for key, part in value.items()}
    return [_numbered(part) for part in value] if isinstance(value, list) else 1 if isinstance(value, str) else value


def _guarded(template: Template) -> dict[str, Any]:
    """The variables that a template asks for before it uses them, each with the way to it."""
    heads = {call.params[0].start for call in template.calls if call.block and call.name in _GUARDS and call.params}
    return {
        found.name: found.resolved
        for found in template.references
        if found.resolved and (found.role == "section" or found.start in heads)
    }
