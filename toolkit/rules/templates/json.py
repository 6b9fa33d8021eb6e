"""Whether what templates make is JSON, whatever is missing or empty, and says something."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Template, contexts
from toolkit.integration.fields import strings_in
from toolkit.integration.json_output import is_blank, origin
from toolkit.integration.pointers import AUDIT_LOG_HOOK, EVENTS_HOOK
from toolkit.integration.statement import allowed_kinds
from toolkit.integration.trials import NUMBERS
from toolkit.json_text import split
from toolkit.regex import regex
from toolkit.rules.examples import TEMPLATE, approval_with, hook_with
from toolkit.rules.registry import error, note, rule, warning

_JSON_TYPE = regex(r"(?i)[^/]+/(?:[^;/]+\+)?json\b")


@rule(
    error,
    bad=[hook_with(flag=TEMPLATE.replace('"\n', '",\n')), approval_with('{"title": "{{{title.plainText}}}"')],
    good=approval_with('{"title": "{{{title.plainText}}}", "ok": {{#if details}}true{{else}}false{{/if}} }'),
    gate="tests",
    unless=("broken-template",),
)
def invalid_json_body(template: Template) -> Iterator[Problem]:
    """A JSON body is valid JSON.

    This applies to every `jsonBody` and `jsonResponseBody`, and to templates whose name ends in `.json` or `.json.hbs`.
    The official tests render those of audit log hooks with one event of their kind. All strings of the event are
    escaped for JSON first, so `"{{{title.plainText}}}"` is right whatever the title contains. In a manifest, a line
    break inside a string of the body is written `\\\\n`. With a Content-Type other than JSON it is a warning.
    """
    places = {origin(template, template.context(event), fault.offset): fault for event, fault in template.refused_json}
    for at, fault in places.items():
        help_ = _unquoted(template, at) or fault.help
        yield Problem(template.at(at, at + 1), f"the result is not JSON: {fault}", help_)
    trials = () if template.tested else template.trials
    if trials and (first := trials[0].error) and not any(trial.document for trial in trials):
        at = origin(template, trials[0].context, first.offset)
        severity = None if _is_sent_as_json(template) else warning
        message = f"the result is not JSON: {first}"
        yield Problem(template.at(at, at + 1), message, first.help, gates=(), severity=severity)


def _unquoted(template: Template, at: int) -> str:
    """The remedy where a text is printed in the place of a number."""
    for found in template.references:
        way = found.resolved or ()
        if (
            found.role == "printed"
            and found.start <= at + 3
            and at < found.end
            and way[-1:] in (("simple",), ("rfc3339",))
        ):
            number = f"{found.name.rpartition('.')[0]}.seconds"
            return f"`{found.name}` prints text: put it between quotes, or print `{number}`"
    return ""


def _is_sent_as_json(template: Template) -> bool:
    """Whether the request that a body belongs to says that it is JSON, or says nothing."""
    parent = (template.place.pointer or "").rpartition("/")[0]
    headers = template.manifest.list(f"{parent}/endpoint/headers") + template.manifest.list(
        f"{parent.partition('/requestBodyTemplates')[0]}/actionRequest/endpoint/headers"
    )
    typed = [
        str(header.get("value"))
        for header in headers
        if isinstance(header, dict) and str(header.get("name")).lower() == "content-type"
    ]
    return not typed or any(map(_JSON_TYPE.match, typed))


@rule(
    warning,
    bad=[
        hook_with(flag='{\n  "tags": [{{#each tags}}"{{{this}}}",{{/each}}]\n}\n'),
        approval_with('{"title": "{{{title.plainText}}}"{{#if details}}, "details": "{{{details.plainText}}}{{/if}}"}'),
    ],
    good=hook_with(flag='{\n  "tags": [{{#each tags}}"{{{this}}}"{{#unless @last}},{{/unless}}{{/each}}]\n}\n'),
    unless=("broken-template", "invalid-json-body"),
)
def fragile_json_body(template: Template) -> Iterator[Problem]:
    """A JSON body is valid JSON with every event, whatever is missing or empty.

    It is tried with all sample events, with empty optional form variables, and with each variable of an `if`, `unless`,
    `each` or `with` left empty, and with one item and three in each list. The most frequent mistake is a comma after
    the last item of a list. What goes wrong only with events that the default policy does not let through is a note.
    """
    trials = template.trials
    never = not template.tested and not any(trial.document for trial in trials)
    if never or template.refused_json:
        return
    seen = set()
    rare = {trial.situation for trial in trials if _is_rare(template, trial.situation)}
    for trial in sorted(trials, key=lambda one: one.situation in rare):
        if trial.error and trial.situation != NUMBERS:
            at = origin(template, trial.context, trial.error.offset)
            if at not in seen:
                seen.add(at)
                message = f"{trial.situation} the result is not JSON: {trial.error}"
                severity = note if trial.situation in rare else None
                yield Problem(template.at(at, at + 1), message, trial.error.help, severity=severity)


def _is_rare(template: Template, situation: str) -> bool:
    """Whether a situation is an event that the default policy does not let through."""
    event = situation.removeprefix("with ")
    allowed = allowed_kinds(template.manifest) if template.is_file and event in template.events else set()
    return bool(allowed) and event.partition("-")[0] not in allowed


@rule(
    warning,
    bad=hook_with(flag='{\n  "text": "Something has changed."\n}\n'),
    good=hook_with(flag='{\n  "text": "Something has changed: {{{key}}}."\n}\n'),
)
def constant_template(template: Template) -> Iterator[Problem]:
    """A template says what has happened.

    Without a variable, every event looks the same; a partner whose template was `{}` received empty messages. The
    template for `validation` may be fixed, and so may all where the URL or a header contains the event.
    """
    kinds = {use.kind for use in template.uses} - {"validation"}
    if not template.is_file or not kinds or template.fault or template.references or not template.events:
        return
    endpoints = (template.manifest.object(f"{hook}/endpoint") for hook in (AUDIT_LOG_HOOK, EVENTS_HOOK))
    elsewhere = any("context." in text.value for endpoint in endpoints for text in strings_in(endpoint))
    own = template.manifest.has(f"{AUDIT_LOG_HOOK}/deliveryMethod")
    if elsewhere or own or template.arrange is not contexts.hook_body:
        return
    if not all(map(is_blank, template.pieces)):
        yield Problem(template.at(), "the template is the same for every event", "say what has changed")


@rule(
    warning,
    bad=hook_with(flag='{\n  "title": "{{{title.plainText}}}",\n  "title": "Flag"\n}\n'),
    good=hook_with(flag='{\n  {{#if comment}}"a": 1{{else}}"a": 2{{/if}}, "b": "{{{key}}}"\n}\n'),
)
def duplicate_body_key(template: Template) -> Iterator[Problem]:
    """An object in the body has each key only once.

    Most programs use the last value and drop the others.
    """
    seen = set()
    for trial in template.trials:
        for pointer, key, _first in trial.document.duplicates if trial.document else ():
            at = origin(template, trial.context, key.start)
            if at not in seen and template.text[at : at + 1] == '"':
                seen.add(at)
                place = template.at(at, at + key.end - key.start)
                message = f'the key "{split(pointer)[-1]}" is used twice in this object'
                yield Problem(place, message, "keep one of them")
