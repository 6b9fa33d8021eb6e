"""What stands in a list twice and can only count once: keys, labels, choices."""

from collections.abc import Callable, Hashable, Iterator
from typing import Any, NamedTuple

from toolkit.finding import Edit, Place, Problem, Severity
from toolkit.integration import Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.examples import ENDPOINT, REGION, TOKEN, capability, form
from toolkit.rules.registry import error, note, rule, warning

_BODIES = "/capabilities/buttonAction/requestBodyTemplates"
_RESERVED = "/capabilities/reservedCustomProperties"
_EU = {"label": "Europe", "value": "eu"}
_BODY = {"key": "flagCleanup", "jsonBody": '{"flag": "{{flagKey}}"}', "requiredContext": ["flagKey"]}
_PROPERTY = {"name": "Acme", "key": "acme"}


class _Entry(NamedTuple):
    """One entry: the list that it stands in, what must differ there, its place, and how it is called."""

    list: str
    identity: Hashable
    place: Place
    name: object
    removal: Place | None = None


def _members(manifest: Manifest, pointer: str, key: str) -> Iterator[_Entry]:
    for index, item in enumerate(manifest.list(pointer)):
        value = item.get(key) if isinstance(item, dict) else None
        if value is not None:
            yield _Entry(pointer, repr(value), manifest.at(f"{pointer}/{index}/{key}"), value)


def _keys(manifest: Manifest) -> Iterator[_Entry]:
    for variable in manifest.form_variables:
        yield _Entry(variable.list, variable.key, variable.at("key"), variable.key)


def _labels(manifest: Manifest) -> Iterator[_Entry]:
    for variable in manifest.form_variables:
        name = variable.value.get("name")
        if isinstance(name, str) and name.strip():
            yield _Entry(variable.list, name.strip().casefold(), variable.at("name"), name)


def _choices(manifest: Manifest) -> Iterator[_Entry]:
    for variable in manifest.form_variables:
        for name, value in variable.choices:
            at = name.removesuffix("/value")
            options, index = variable.value[at.partition("/")[0]], int(at.rpartition("/")[2])
            same = options[index] in options[:index]  # nothing but the choice is lost
            yield _Entry(variable.pointer, repr(value), variable.at(name), value, variable.at(at) if same else None)


def _others(manifest: Manifest) -> Iterator[_Entry]:
    for index, name in enumerate(manifest.list("/otherCapabilities")):
        place = manifest.at(f"/otherCapabilities/{index}")
        yield _Entry("/otherCapabilities", repr(name), place, name, place)


class _Row(NamedTuple):
    """Entries that must differ, and what is said where they do not."""

    entries: Callable[[Manifest], Iterator[_Entry]]
    severity: Severity
    message: str
    help: str


_ROWS = (
    _Row(_keys, error, "{} is already the key of another form variable", "rename one of the two"),
    _Row(_labels, warning, "another field is called {} too", "say what is different about it"),
    _Row(_choices, warning, "the choice {} is offered twice", "remove one"),
    _Row(_others, note, "{} is listed twice", "remove it"),
    _Row(lambda m: _members(m, _BODIES, "key"), warning, "{} is already the key of another body", "rename one of them"),
    _Row(lambda m: _members(m, _RESERVED, "key"), warning, "{} is already reserved", "choose another key"),
)


def _button(*bodies: Any) -> Any:
    return capability("buttonAction", {"actionRequest": {"endpoint": ENDPOINT}, "requestBodyTemplates": bodies}, TOKEN)


@rule(
    error,
    bad=[
        form({**REGION, "type": "string"}, {**REGION, "type": "boolean", "name": "Nearest region"}),
        form({**REGION, "type": "string"}, {**REGION, "type": "string", "key": "zone"}),
        form(type="enum", allowedValues=["eu", "us", "eu"]),
        form(type="multiselect", multiselectOptions=[_EU, _EU]),
        {NAME: {"otherCapabilities": ["external", "external"]}},
        _button(_BODY, _BODY),
        capability("reservedCustomProperties", [_PROPERTY, _PROPERTY]),
    ],
    good=[
        form({**REGION, "type": "string"}, {**REGION, "type": "string", "key": "zone", "name": "Nearest region"}),
        form(type="enum", allowedValues=["eu", "EU"]),
    ],
)
def duplicate_entry(manifest: Manifest) -> Iterator[Problem]:
    """Keys, labels and choices are each used once in their list.

    Answers are stored by the key of their form variable, so one of two with the same key is lost: an error. Two fields
    with one label, two equal choices, two request bodies or two custom properties with one key cannot be told apart.
    """
    for row in _ROWS:
        seen: set[tuple[str, Hashable]] = set()
        for entry in row.entries(manifest):
            this = (entry.list, entry.identity)
            if this in seen:
                edits = (Edit(entry.removal, None),) if entry.removal else ()
                yield Problem(entry.place, row.message.format(entry.name), row.help, edits, severity=row.severity)
            seen.add(this)
