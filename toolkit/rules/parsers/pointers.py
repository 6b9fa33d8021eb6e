"""JSON pointers beside each other: which two cannot both be right."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Manifest
from toolkit.integration.fields import Field, Role
from toolkit.regex import regex
from toolkit.rules.examples import synced, trigger
from toolkit.rules.registry import error, rule, warning

_SAME = (
    {"statusValue", "statusDisplay"},
    {"cohortIdPath", "cohortNamePath"},
    {"email", "memberId"},
    {"label", "value"},
)
"""Names of pointers that may lead to the same value."""
_POINTERS: tuple[Role, ...] = ("pointer", "array", "item")
_ESCAPE = regex(r"~(?![01])")
_ODD = regex(r"[\[\]]|\{\{|//|/$|/-(?=/|$)|^\s|\s$|^/\$|^/#|\.")
_LISTS = {
    "memberItems": "memberArrayPath",
    "memberArrayParser": "memberArrayPath",
    "optionsItems": "optionsPath",
}
"""Parents of pointers into an item, with the name of the pointer to the list, which stands beside them."""


@rule(
    error,
    bad=[trigger(parser={"eventName": "title"}), trigger(parser={"eventName": "/a~b"})],
    good=trigger(parser={"eventName": "/a~1b/~0c/0"}),
)
def invalid_json_pointer(manifest: Manifest) -> Iterator[Problem]:
    """A JSON pointer starts with a slash, and every `~` in it is followed by 0 or 1.

    Without the slash nothing is found, and the value stays empty: `/status/value`, not `status.value`. See RFC 6901.
    """
    for text in manifest.texts(*_POINTERS):
        place, value = manifest.at(text.pointer), text.value
        if value and not value.startswith("/"):
            path = value.strip().removeprefix("$").removeprefix("#").lstrip("./")
            parts = re.split(r"\.|/|\[|\]\.?", path.rstrip("]"))
            fixed = "/" + "/".join(parts)
            edits = (Edit.json(place, fixed, safe=len(parts) == 1),)
            yield Problem(place, f"{text.key} is `{value}`, which is not a JSON pointer", f"write `{fixed}`", edits)
        elif _ESCAPE.search(value):
            yield Problem(
                place, f"`~` in {text.key} is not followed by 0 or 1", "write `~0` for ~ and `~1` for a slash in a name"
            )


@rule(warning, bad=[trigger(parser={"eventName": "/alerts[0]/title"}), trigger(parser={"eventName": ""})])
def odd_json_pointer(manifest: Manifest) -> Iterator[Problem]:
    """A JSON pointer separates keys with slashes only: `/alerts/0/title`.

    Brackets, periods, spaces and a slash at the end are read as part of a key, and an empty pointer means the whole
    message.
    """
    for text in manifest.texts(*_POINTERS):
        if not text.value and text.pointer and text in manifest.texts("pointer"):
            place = manifest.at(text.pointer)
            yield Problem(place, f"{text.key} is empty, so it means the whole message", "point to the value in it")
        elif text.value.startswith("/") and (match := _ODD.search(text.value)):
            place = manifest.at(text.pointer, match.span())
            said = match[0].strip() or "a space"
            yield Problem(
                place, f"{text.key} looks for a key with {said} in its name", "separate keys with single slashes"
            )


@rule(
    warning,
    bad=[
        trigger(parser={"eventName": "/title", "url": "/title"}),
        synced(addMemberArrayPath="/members", removeMemberArrayPath="/members"),
    ],
)
def repeated_pointer(manifest: Manifest) -> Iterator[Problem]:
    """Two JSON pointers of one parser lead to different values.

    One of two equal ones was copied and not changed. An id may serve as a name too, and a status as its own label.
    """
    seen: dict[tuple[str, str], Field[str]] = {}
    for text in manifest.texts("pointer", "array", "item"):
        parent = text.pointer.rpartition("/")[0]
        first = seen.setdefault((parent, text.value), text)
        if first is not text and text.value and {first.key, text.key} not in _SAME:
            message = f"{text.key} leads to the same value as {first.key}"
            yield Problem(manifest.at(text.pointer), message, "point to the value that is meant")


@rule(
    warning,
    bad=synced(
        addMemberArrayPath="/added",
        removeMemberArrayPath="/removed",
        memberArrayParser={"memberIdPath": "/added/0/id"},
    ),
)
def absolute_item_pointer(manifest: Manifest) -> Iterator[Problem]:
    """A JSON pointer into an item of a list starts at the item.

    `memberArrayPath` leads to the list, `/id` from there to the id of each member: not `/members/0/id`.
    """
    for text in manifest.texts("item"):
        parent, _, owner = text.pointer.rpartition("/")[0].rpartition("/")
        names = (_LISTS.get(owner, ""), "addMemberArrayPath", "removeMemberArrayPath")
        lists = [path for name in names if name and (path := manifest.text(f"{parent}/{name}"))]
        for path in lists:
            if text.value.startswith(f"{path}/"):
                place, fixed = manifest.at(text.pointer), text.value.removeprefix(path).removeprefix("/0")
                edits = (Edit.json(place, fixed, safe=False),) if fixed.startswith("/") else ()
                message = f"{text.key} starts at the message, not at the item"
                yield Problem(place, message, f"write `{fixed}`", edits)
                break
