"""The variables that templates name, in arguments, conditions and branches not taken as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.finding import Problem
from toolkit.integration import Integration, Manifest, Template
from toolkit.integration.pointers import BUTTON_ACTION
from toolkit.integration.statement import allowed_kinds
from toolkit.rules.examples import ENDPOINT, TEMPLATE, TOKEN, approval_with, capability, hook_with, store
from toolkit.rules.registry import note, rule, warning
from toolkit.rules.templates import suggestions

_RESERVED = "/capabilities/reservedCustomProperties"


@rule(
    warning,
    bad=[
        hook_with(flag=TEMPLATE.replace("{{{title.plainText}}}", "{{#if note}}{{{note}}}{{/if}}")),
        store(url="https://api.acme-signals.example/{{{storeKey}}}/{{{_featureStoreKey}}}"),
        approval_with('{"key": "{{{formVariables.token}}}"}'),
    ],
    good=hook_with(flag=TEMPLATE.replace("{{{title", "{{#each tags}}{{{this}}}{{@index}}{{/each}}{{{title")),
    unless=("broken-template", "stray-brace"),
)
def unknown_variable(template: Template) -> Iterator[Problem]:
    """Templates use only variables that LaunchDarkly provides.

    The official tests render the templates of audit log hooks and flag links, each with one event. They miss the other
    capabilities and the branches that this event does not take. A condition on a misspelled name is always false.
    """
    reported = {fault.name for use in template.tested if (fault := template.output(use.tested).error)}
    for found in template.unknown:
        if found.name not in reported:
            place = template.at(found.start, found.end)
            help_ = suggestions.reference(template, found)
            yield Problem(place, f"`{found.name}` is not defined here", help_)


@rule(
    warning,
    bad=hook_with(default='{\n  "changed": "{{{key}}}"\n}\n'),
    good=hook_with(default='{\n  "changed": "{{#if key}}{{{key}}}{{/if}}"\n}\n'),
    unless=("broken-template", "unknown-variable"),
)
def missing_in_some_events(template: Template) -> Iterator[Problem]:
    """A template can be rendered with every event that it receives.

    The official tests try one event of a kind. The template for `flag` also receives new flags, which have no
    comment; the one for `default` receives every event that has no template of its own: changes of members and webhooks
    have no `key`. What only rare events lack is a note. Two accepted integrations have this defect too.
    """
    if not template.is_file or any(template.output(use.tested).error for use in template.tested):
        return
    failed: dict[tuple[str, int], list[str]] = {}
    for event in template.events if template.tested else ():
        if (fault := template.output(event).error) and fault.phase == "render" and fault.name:
            failed.setdefault((fault.name, fault.offset), []).append(event)
    for (name, offset), found in failed.items():
        missing = _missing(template.context(found[0]), name)
        others = ["", " and 1 other event"][len(found) - 1] if len(found) < 3 else f" and {len(found) - 1} other events"
        place = template.at(offset, offset + len(name))
        help_ = f"guard it with `{{{{#if {missing}}}}}`"
        severity = None if _matters(template, missing, found) else note
        yield Problem(place, f"`{missing}` is missing in {found[0]}{others}", help_, severity=severity)


def _matters(template: Template, missing: str, failed: list[str]) -> bool:
    """Whether the events that lack a field are such that customers will surely meet."""
    allowed = allowed_kinds(template.manifest)
    kinds = {event.partition("-")[0] for event in failed}
    usual = not allowed or "member" in kinds or not kinds.isdisjoint(allowed)
    return "_links" not in missing and usual


def _missing(context: Any, name: str) -> str:
    """The part of a dotted name, from its start, that leads to nothing."""
    parts = name.split(".")
    for count, part in enumerate(parts, 1):
        if not isinstance(context, dict) or part not in context:
            return ".".join(parts[:count])
        context = context[part]
    return name


@rule(
    note,
    bad=hook_with(flag='{\n  "title": "{{#if customProperties}}{{#if customProperties.acme}}x{{/if}}{{/if}}"\n}\n'),
)
def unreserved_property(template: Template, manifest: Manifest) -> Iterator[Problem]:
    """A custom property that a template uses is reserved.

    `reservedCustomProperties` makes LaunchDarkly offer the property on every flag. Without it members have to know its
    key and enter it themselves.
    """
    reserved = {str(item.get("key")) for item in manifest.list(_RESERVED) if isinstance(item, dict)}
    for found in template.references:
        way = found.resolved or ()
        at = way.index("customProperties") if "customProperties" in way[:2] else None
        key = way[at + 1] if at is not None and len(way) > at + 1 else None
        if isinstance(key, str) and key not in reserved:
            reserved.add(key)
            place = template.at(found.start, found.end)
            yield Problem(place, f"the custom property {key} is not reserved", "add it to reservedCustomProperties")


@rule(
    note,
    bad=capability(
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
def unused_required_context(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The request body of a button uses everything in its `requiredContext`, where each name stands once.

    The button works only where every name in `requiredContext` has a value.
    """
    bodies = f"{BUTTON_ACTION}/requestBodyTemplates"
    used = {template.place.pointer: template.references for template in integration.templates}
    for index in range(len(manifest.list(bodies))):
        references = used.get(f"{bodies}/{index}/jsonBody", ())
        first = {found.resolved[0] for found in references if found.resolved}
        listed = manifest.list(f"{bodies}/{index}/requiredContext")
        for place, name in enumerate(listed if references else ()):
            if isinstance(name, str) and (name not in first or name in listed[:place]):
                at = manifest.at(f"{bodies}/{index}/requiredContext/{place}")
                message = f"{name} is listed twice" if name in first else f"the body does not use {name}"
                yield Problem(at, message, "remove it")
