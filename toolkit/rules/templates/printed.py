"""The type of what templates print, and the type of the place where they print it."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.finding import Place, Problem
from toolkit.integration import Integration, Template
from toolkit.integration.shape import OTHERS, is_known, reached
from toolkit.regex import regex
from toolkit.rules.examples import REGION, TEMPLATE, TOKEN, hook_with
from toolkit.rules.registry import rule, warning

_USUAL = ("plainText", "name", "rfc3339", "href", "displayName")
"""The fields of an object that people usually mean, the likeliest first."""
_UNITS = {"seconds": "seconds", "milliseconds": "milliseconds", "simple": "text", "rfc3339": "text"}
"""The fields of a timestamp, by what they print."""
_SUFFIXES = {"ms": "milliseconds", "millis": "milliseconds", "s": "seconds", "sec": "seconds", "seconds": "seconds"}
"""The endings of keys that name a unit."""
_ENDING = regex(r"(?i)[_-](ms|millis|s|sec|seconds)$")
_KEY = regex(r'"([^"\\\n]{1,80})"\s*:\s*"?\s*(?:\{\{\{?\s*)?\Z')
_NOUN = regex(r"(?i)(project|environment|env|flag|member|proj)[_ -]?(key|name)")
_THINGS = {"env": "environment", "proj": "project"}
_SEVERAL = {**REGION, "type": "multiselect", "multiselectOptions": [{"label": "EU", "value": "eu"}]}


def _with_several(text: str) -> dict[str, object]:
    patch = dict(hook_with(default=text))
    patch["manifest.json"] = {**patch["manifest.json"], "formVariables": [TOKEN, _SEVERAL]}
    return patch


@rule(
    warning,
    bad=[
        hook_with(flag=TEMPLATE.replace("title.plainText", "title")),
        _with_several(TEMPLATE.replace("{{{title", "{{#unless title}}{{{formVariables.region}}}{{/unless}}{{{title")),
    ],
    good=hook_with(flag=TEMPLATE.replace("{{{title", "{{#if title}}x{{/if}}{{{title")),
    unless=("broken-template",),
)
def printed_object(template: Template) -> Iterator[Problem]:
    """A template prints texts and numbers, not a whole object or the answer to a `multiselect`.

    `{{{title}}}` becomes `[object Object]` in the official tests, which let it pass. Print one of its fields, such as
    `{{{title.plainText}}}`. A `multiselect` has no single value: go through its values with `{{#each}}`.
    """
    several = {variable.key for variable in template.manifest.form_variables if variable.type == "multiselect"}
    for found in template.references:
        if not found.resolved or found.role != "printed":
            continue
        value = reached(template.shape, found.resolved)
        place = template.at(found.start, found.end)
        if isinstance(value, dict) and value:
            field = min((key for key in value if key != OTHERS), default="name", key=_rank)
            help_ = f"print one of its fields, such as `{found.name}.{field}`"
            yield Problem(place, f"`{found.name}` is an object, not a text", help_)
        elif found.resolved[-1] in several and (len(found.resolved) == 1 or "ormVariables" in str(found.resolved[-2])):
            message = f"`{found.name}` is a multiselect, which has no single value to print"
            yield Problem(place, message, f"go through its values: `{{{{#each {found.name}}}}}`")


def _rank(field: str) -> int:
    return _USUAL.index(field) if field in _USUAL else len(_USUAL)


class _Printed(NamedTuple):
    """A time that a template prints as the value of a key of its JSON."""

    key: str
    unit: str
    name: str
    place: Place


@rule(
    warning,
    bad=hook_with(
        flag='{\n  "ts": {{timestamp.seconds}},\n  "flag": "{{{key}}}"\n}\n',
        project='{\n  "ts": {{timestamp.milliseconds}},\n  "project": "{{{key}}}"\n}\n',
    ),
    good=hook_with(
        flag='{\n  "ts": {{timestamp.seconds}},\n  "ms": {{timestamp.milliseconds}},\n  "flag": "{{{key}}}"\n}\n',
        project='{\n  "ts": {{timestamp.seconds}},\n  "project": "{{{key}}}"\n}\n',
    ),
    unless=("broken-template",),
)
def mixed_time_units(integration: Integration) -> Iterator[Problem]:
    """The templates of one integration print a time under one key in one unit.

    A receiver that takes seconds for milliseconds shows January 1970.
    """
    by_key: dict[str, list[_Printed]] = {}
    for template in integration.templates:
        for printed in _times(template) if template.is_file and template.json else ():
            by_key.setdefault(printed.key, []).append(printed)
    for key, times in by_key.items():
        if len({one.unit for one in times}) > 1:
            usual = _usual(key, times)
            wrong = next(one for one in times if one.unit != usual.unit)
            where = usual.place.file.rpartition("/")[2]
            message = f"`{key}` is in {wrong.unit} here, and in {usual.unit} in {where}"
            yield Problem(wrong.place, message, f"print `{{{{{usual.name}}}}}`, or the same in both")


def _usual(key: str, times: list[_Printed]) -> _Printed:
    """One of the times in the unit that the key names, or else that most of them have."""
    ending = _ENDING.search(key)
    named = _SUFFIXES.get(ending[1].lower(), "") if ending else ""
    units = Counter(one.unit for one in times)
    return max(times, key=lambda one: (one.unit == named, units[one.unit]))


def _times(template: Template) -> Iterator[_Printed]:
    for found in template.references:
        way = found.resolved or ()
        key = _KEY.search(template.text, max(0, found.start - 120), found.start)
        if found.role == "printed" and "timestamp" in way and way[-1] in _UNITS and key:
            yield _Printed(key[1], _UNITS[str(way[-1])], found.name, template.at(found.start, found.end))


@rule(
    warning,
    bad=[
        hook_with(flag='{\n  "project_key": "{{{project.name}}}"\n}\n'),
        hook_with(flag='{\n  "flag": "{{{key}}}",\n  "environmentName": "{{{project.environment.key}}}"\n}\n'),
    ],
    good=hook_with(flag='{\n  "project_key": "{{{project.key}}}",\n  "project": "{{{project.name}}}"\n}\n'),
    unless=("broken-template",),
)
def name_as_key(template: Template) -> Iterator[Problem]:
    """A value that the body calls a key is a key, and one that it calls a name is a name.

    `"project_key": "{{{project.name}}}"` was copied from the line beside it. Members rename projects, so that a
    receiver that takes the name for the key loses them.
    """
    for found in template.references if template.json else ():
        way = [str(step) for step in found.resolved or ()]
        said = _KEY.search(template.text, max(0, found.start - 120), found.start)
        noun = _NOUN.fullmatch(said[1]) if said else None
        if not noun or found.role != "printed" or len(way) < 2 or way[-1] not in ("key", "name"):
            continue
        wanted = noun[2].lower()
        thing = _THINGS.get(noun[1].lower(), noun[1].lower())
        right = (*way[:-1], wanted)
        if way[-2] == thing and way[-1] != wanted and is_known(template.shape, right):
            meant = f"{found.name.rpartition('.')[0]}.{wanted}"
            place = template.at(found.start, found.end)
            yield Problem(place, f"`{noun[0]}` prints the {way[-1]}", f"print `{meant}`")
