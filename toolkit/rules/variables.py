"""The variables that templates name, in arguments, conditions and branches not taken as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from toolkit.events import CHANGES
from toolkit.finding import Problem, Severity
from toolkit.integration import Integration, Manifest, Template
from toolkit.integration.shape import OTHERS, is_known, reached
from toolkit.integration.templates import BUTTON
from toolkit.rules import suggestions
from toolkit.rules.patches import BEARER, ENDPOINT, TOKEN, capability, store
from toolkit.rules.registry import rule
from toolkit.rules.template_patches import GOOD, approval_with, hook_with
from toolkit.rules.templates import NEVER_BLANK

if TYPE_CHECKING:
    from toolkit.handlebars import Program, Steps

_TEXT = {"name": "Content-Type", "value": "text/plain"}
_FLAG = re.compile(r'"([^"]*flag[^"]*)"\s*:\s*"(?:\{\{#if \w+\}\})?\{\{\{?\s*\Z', re.IGNORECASE)
_CALLED = (("key",), ("name",), ("target", "name"))
"""What each event says of the thing that was changed."""
_FIRST = ("plainText", "name", "rfc3339", "href", "displayName")
"""The fields of an object that people usually mean, the likeliest first."""
_RESERVED = "/capabilities/reservedCustomProperties"


@rule(
    Severity.warning,
    hook_with(flag=GOOD.replace("{{{title.plainText}}}", "{{#if note}}{{{note}}}{{/if}}")),
    store(url="https://api.acme-signals.example/{{{storeKey}}}/{{{_featureStoreKey}}}"),
    approval_with('{"key": "{{{formVariables.token}}}"}'),
)
def template_variable(template: Template) -> Iterator[Problem]:
    """Templates use only variables that LaunchDarkly provides.

    The official tests render the templates of audit log hooks and flag links, each with one event. They miss the other
    capabilities and the branches that this event does not take. A condition on a misspelled name is always false.
    """
    reported = {error.name for use in template.tested if (error := template.output(use.tested).error)}
    lost: set[Steps] = set()
    for found in template.references:
        way = found.resolved or ()
        if is_known(template.shape, way) or any(way[: len(other)] == other for other in lost):
            continue
        lost.add(way)
        if found.name not in reported:
            place = template.at(found.start, found.end)
            yield Problem(place, f"`{found.name}` is not defined here", suggestions.variable(template, found.name))


@rule(Severity.warning, hook_with(flag=GOOD.replace("title.plainText", "title")))
def template_object(template: Template) -> Iterator[Problem]:
    """A template prints texts and numbers, not a whole object.

    `{{{title}}}` becomes `[object Object]` in the official tests, which let it pass. Print one of its fields, such as
    `{{{title.plainText}}}`.
    """
    for found in template.references:
        value = reached(template.shape, found.resolved) if found.resolved and found.role == "printed" else None
        if isinstance(value, dict) and value:
            place = template.at(found.start, found.end)
            field = min((key for key in value if key != OTHERS), default="name", key=_rank)
            help_ = f"print one of its fields, such as `{found.name}.{field}`"
            yield Problem(place, f"`{found.name}` is an object, not a text", help_)


def _rank(field: str) -> int:
    return _FIRST.index(field) if field in _FIRST else len(_FIRST)


@rule(Severity.warning, hook_with(default='{\n  "changed": "{{{key}}}"\n}\n'))
def template_every_event(template: Template) -> Iterator[Problem]:
    """A template can be rendered with every event that it receives.

    The official tests try one event of a kind. The template for `flag` also receives new flags, which have no
    comment; the one for `default` receives every event that has no template of its own: changes of members and webhooks
    have no `key`. Two accepted integrations have this defect too.
    """
    if not template.is_file or any(template.output(use.tested).error for use in template.tested):
        return
    failed: dict[tuple[str, int], list[str]] = {}
    for event in template.events if template.tested else ():
        if (error := template.output(event).error) and error.phase == "render" and error.name:
            failed.setdefault((error.name, error.offset), []).append(event)
    for (name, offset), names in failed.items():
        missing = _missing(template.context(names[0]), name)
        others = ["", " and 1 other event"][len(names) - 1] if len(names) < 3 else f" and {len(names) - 1} other events"
        place = template.at(offset, offset + len(name))
        help_ = f"guard it with `{{{{#if {missing}}}}}`"
        yield Problem(place, f"`{missing}` is missing in {names[0]}{others}", help_)


def _missing(context: Any, name: str) -> str:
    """The part of a dotted name, from its start, that leads to nothing."""
    parts = name.split(".")
    for count, part in enumerate(parts, 1):
        if not isinstance(context, dict) or part not in context:
            return ".".join(parts[:count])
        context = context[part]
    return name


@rule(Severity.warning, hook_with(default='{\n  "flag": "{{#if key}}{{{key}}}{{/if}}"\n}\n'))
def flag_only_default(template: Template) -> Iterator[Problem]:
    """The template for `default` does not call everything a flag.

    It gets changes of projects, environments, members, segments and metrics too, as far as they have no template of
    their own and the policy lets them through. What is only meant for flags stands in a template for `flag`, or inside
    `{{#equal kind 'flag'}}`.
    """
    kinds = {use.kind for use in template.tested if template.is_file}
    if "default" not in kinds or set(template.events) <= set(CHANGES["flag"]) or template.fault:
        return
    asked = list(_asking_for_the_kind(template.program))
    for found in template.references:
        called = (
            _FLAG.search(template.text, max(found.start - 200, 0), found.start) if found.resolved in _CALLED else None
        )
        if called and found.role == "printed" and not any(start < found.start < end for start, end in asked):
            place = template.at(called.start(1), called.end(1))
            message = f"the {found.name} of whatever was changed is called {called[1]} here"
            yield Problem(place, message, "ask for the kind first, or name the template for `flag` only")


def _asking_for_the_kind(program: Program) -> Iterator[tuple[int, int]]:
    """Start and end of each block with a condition on the kind of the event."""
    from toolkit.handlebars.nodes import Block

    for node in program.body:
        if isinstance(node, Block):
            if any(getattr(param, "original", "").endswith("kind") for param in node.call.params):
                yield node.start, node.end
            for branch in (node.program, node.inverse):
                yield from _asking_for_the_kind(branch) if branch else ()


@rule(
    Severity.note,
    hook_with(flag='{\n  "title": "{{#if customProperties}}{{#if customProperties.acme}}x{{/if}}{{/if}}"\n}\n'),
)
def custom_property_foreign(template: Template, manifest: Manifest) -> Iterator[Problem]:
    """A custom property that a template uses is reserved.

    `reservedCustomProperties` makes LaunchDarkly offer the property on every flag. Without it members have to know its
    key and enter it themselves.
    """
    reserved = {item.get("key") for item in manifest.list(_RESERVED) if isinstance(item, dict)}
    for found in template.references:
        way = found.resolved or ()
        at = way.index("customProperties") if "customProperties" in way[:2] else None
        key = way[at + 1] if at is not None and len(way) > at + 1 else None
        if isinstance(key, str) and key not in reserved:
            reserved.add(key)
            place = template.at(found.start, found.end)
            yield Problem(place, f"the custom property {key} is not reserved", "add it to reservedCustomProperties")


@rule(
    Severity.note,
    capability(
        "buttonAction",
        {
            "actionRequest": {"endpoint": ENDPOINT},
            "requestBodyTemplates": [
                {"key": "cleanup", "jsonBody": '{"flag": "{{{flagKey}}}"}', "requiredContext": ["flagKey", "content"]}
            ],
        },
        TOKEN,
    ),
)
def required_context(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The request body of a button uses everything in its `requiredContext`, where each name stands once.

    The button works only where every name in `requiredContext` has a value.
    """
    bodies = f"{BUTTON}/requestBodyTemplates"
    used = {template.place.pointer: template.references for template in integration.templates}
    for index in range(len(manifest.list(bodies))):
        references = used.get(f"{bodies}/{index}/jsonBody", ())
        first = {found.resolved[0] for found in references if found.resolved}
        listed = manifest.list(f"{bodies}/{index}/requiredContext")
        for place, name in enumerate(listed if references else ()):
            if isinstance(name, str) and (name not in first or name in listed[:place]):
                at = manifest.at(f"{bodies}/{index}/requiredContext/{place}")
                said = f"{name} is listed twice" if name in first else f"the body does not use {name}"
                yield Problem(at, said, "remove it")


@rule(Severity.note, hook_with(".txt.hbs", {"headers": [_TEXT, BEARER]}, flag="{{!-- not sent --}}\n"))
def template_silent(template: Template) -> Iterator[Problem]:
    """A template produces some text.

    LaunchDarkly does not send an event whose template produces nothing. If you want that, leave the events out of the
    policy instead.
    """
    kinds = {use.kind for use in template.tested} if template.is_file else set()
    made = [template.output(name).text for name in template.events]
    if kinds and not kinds.intersection(NEVER_BLANK) and not any(text is None or text.strip() for text in made):
        yield Problem(template.at(), "the template never produces any text", "write what LaunchDarkly should send")
