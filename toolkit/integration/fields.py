"""Which fields of a manifest hold words for customers, endpoints, JSON pointers or regular expressions."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from toolkit.integration.manifest import Manifest
from toolkit.json_text import join

_LIMIT = 200
"""How deep a manifest may be nested for its strings to be looked at."""
_LONGEST = 5_000
"""Code points; a longer text breaks the limits of the schema, and is left to the rule that says so."""


class Role(Enum):
    """What a field is for."""

    name = "what something is called"
    sentence = "one plain sentence"
    label = "a few plain words"
    prose = "sentences in Markdown"
    hint = "an example of an answer"
    fragment = "a template for a few words"
    value = "a word that programs compare"
    endpoint = "where a request goes"
    pointer = "a JSON pointer to one value"
    array = "a JSON pointer to a list"
    item = "a JSON pointer inside an item of a list"
    pattern = "a regular expression"
    readme = "what maintainers read"
    license = "what lawyers read"
    title = "the title of a drawing"


WORDS = (Role.name, Role.sentence, Role.label, Role.prose, Role.hint)
"""The roles of what customers read."""


class Field(NamedTuple):
    """A value with its JSON pointer."""

    pointer: str
    value: Any


class TextField(NamedTuple):
    """A string with its JSON pointer."""

    pointer: str
    value: str

    @property
    def key(self) -> str:
        """The name of the field, or its place in a list."""
        return self.pointer.rpartition("/")[2]


_Tree = Mapping[str, Any]
"""Fields by key, ``*`` for every member or item; a leaf is a Role."""

_OPTIONS = {"*": {"label": Role.label, "value": Role.value}}
_DYNAMIC = {
    "endpoint": Role.endpoint,
    "parser": {"optionsPath": Role.array, "optionsItems": {"label": Role.item, "value": Role.item}},
}
_FORM: _Tree = {
    "*": {
        "name": Role.label,
        "description": Role.prose,
        "placeholder": Role.hint,
        "allowedValues": {"*": Role.value},
        "multiselectOptions": _OPTIONS,
        "multiselectDefaultOptions": {"*": Role.value},
        "dynamicOptions": _DYNAMIC,
    }
}
_ELEMENTS = {"elements": {"*": {"text": Role.fragment}}}
_STATUS: _Tree = {
    "endpoint": Role.endpoint,
    "parser": {
        "approvalId": Role.pointer,
        "statusValue": Role.pointer,
        "statusDisplay": Role.pointer,
        "approvalMatcher": Role.pattern,
        "rejectionMatcher": Role.pattern,
    },
}
_MEMBERS: _Tree = {
    "endpoint": Role.endpoint,
    "parser": {"memberArrayPath": Role.array, "memberItems": {"email": Role.item, "memberId": Role.item}},
}
_SYNCED: _Tree = {
    "environmentIdPath": Role.pointer,
    "contextKindPath": Role.pointer,
    "cohortIdPath": Role.pointer,
    "cohortNamePath": Role.pointer,
    "cohortUrlPath": Role.pointer,
    "memberArrayPath": Role.array,
    "addMemberArrayPath": Role.array,
    "removeMemberArrayPath": Role.array,
    "arrayInclusion": {"path": Role.pointer, "matcher": Role.pattern},
    "memberArrayParser": {
        "memberIdPath": Role.item,
        "booleanMembershipPath": Role.item,
        "cohortIdPath": Role.item,
        "cohortNamePath": Role.item,
    },
}
_STORE: _Tree = {
    "formVariables": _FORM,
    "validationRequest": {
        "endpoint": Role.endpoint,
        "parser": {"success": Role.pointer, "errors": Role.pointer},
    },
    "featureStoreRequest": {"endpoint": Role.endpoint},
}
_TREE: _Tree = {
    "name": Role.name,
    "author": Role.name,
    "overview": Role.sentence,
    "description": Role.prose,
    "details": Role.prose,
    "oauthIntegrationKey": Role.value,
    "formVariables": _FORM,
    "capabilities": {
        "auditLogEventsHook": {"endpoint": Role.endpoint},
        "eventsHook": {"endpoint": Role.endpoint},
        "buttonAction": {"actionRequest": {"endpoint": Role.endpoint}},
        "reservedCustomProperties": {"*": {"name": Role.label, "key": Role.value, "description": Role.prose}},
        "trigger": {
            "defaultEventName": Role.label,
            "testEventNameRegexp": Role.pattern,
            "parser": {"eventName": Role.pointer, "value": Role.pointer, "url": Role.pointer},
        },
        "approval": {
            "name": Role.name,
            "approvalFormVariables": _FORM,
            "environmentFormVariables": _FORM,
            "creationRequest": _STATUS,
            "statusRequest": _STATUS,
            "postApplyRequest": _STATUS,
            "deletionRequest": _STATUS,
            "memberListRequest": _MEMBERS,
        },
        "featureStore": _STORE,
        "flagCleanup": {"formVariables": _FORM},
        "flagLink": {
            "header": Role.label,
            "emptyState": {"title": Role.label, "leadText": Role.prose},
            "uiBlocks": {
                "name": Role.fragment,
                "description": Role.fragment,
                "title": _ELEMENTS,
                "context": _ELEMENTS,
            },
        },
        "syncedSegment": {"requestParser": _SYNCED},
    },
}


@lru_cache(maxsize=16)
def texts(manifest: Manifest, *roles: Role) -> tuple[TextField, ...]:
    """The strings in fields of these roles, in the order of the roles; one above _LONGEST is left out."""
    found = _fields(manifest)
    listed = (field for role in roles for field in found.get(role, ()))
    return tuple(TextField(*field) for field in listed if isinstance(field.value, str) and len(field.value) <= _LONGEST)


def endpoints(manifest: Manifest) -> Iterator[Field]:
    """Every endpoint that is an object."""
    return (field for field in _fields(manifest).get(Role.endpoint, ()) if isinstance(field.value, dict))


def strings(value: Any, pointer: str = "") -> Iterator[TextField]:
    """Every string in a JSON value, with its pointer from ``pointer``; what lies deeper than _LIMIT is left out."""
    todo = [(pointer, value, 0)]
    while todo:
        at, part, depth = todo.pop()
        if isinstance(part, str):
            yield TextField(at, part)
        elif isinstance(part, dict | list) and depth < _LIMIT:
            inside = part.items() if isinstance(part, dict) else enumerate(part)
            todo.extend((join(at, key), inner, depth + 1) for key, inner in inside)


@lru_cache(maxsize=1)
def _fields(manifest: Manifest) -> Mapping[Role, Sequence[Field]]:
    found: dict[Role, list[Field]] = {}
    for role, field in _walk(_TREE, manifest.value, ""):
        found.setdefault(role, []).append(field)
    return found


def _walk(tree: _Tree | Role, value: Any, pointer: str) -> Iterator[tuple[Role, Field]]:
    if isinstance(tree, Role):
        yield tree, Field(pointer, value)
    elif "*" in tree:
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from _walk(tree["*"], item, f"{pointer}/{index}")
    elif isinstance(value, dict):
        for key, branch in tree.items():
            if key in value:
                yield from _walk(branch, value[key], f"{pointer}/{key}")
