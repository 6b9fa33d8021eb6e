"""JSON pointers beside each other: which two cannot both be right."""

import re
from collections.abc import Iterator

from toolkit.finding import Problem, Severity
from toolkit.integration import Manifest
from toolkit.rules.fields import Role, Text, texts
from toolkit.rules.patches import synced, trigger
from toolkit.rules.registry import rule

_SAME = (
    {"statusValue", "statusDisplay"},
    {"cohortIdPath", "cohortNamePath"},
    {"email", "memberId"},
    {"label", "value"},
)
"""Names of pointers that may lead to the same value."""
_PAIRS = (
    (("eventName", r"(?i)name|title|event"), ("url", r"(?i)ur[li]|link|href")),
    (("addMemberArrayPath", r"(?i)add|creat|enter"), ("removeMemberArrayPath", r"(?i)remov|delet|exit")),
    (("environmentIdPath", r"(?i)env"), ("cohortIdPath", r"(?i)cohort|audience|segment|list")),
    (("environmentIdPath", r"(?i)env"), ("cohortNamePath", r"(?i)cohort|audience|segment|list")),
    (("cohortIdPath", r"(?:[iI]d|ID|[kK]ey)$"), ("cohortNamePath", r"(?:[nN]ame|[tT]itle|[lL]abel)$")),
    (("email", r"(?i)mail"), ("memberId", r"(?:[iI]d|ID)$")),
    (("label", r"(?i)(?:name|label|title)$"), ("value", r"(?:[iI]d|ID|[vV]alue|[kK]ey)$")),
    (("approvalId", r"(?:[iI]d|ID|[kK]ey)$"), ("statusValue", r"(?i)stat(?:us|e)|approval$")),
)
"""Two pointers of one parser, each with what its path usually says."""
_ENVIRONMENT = r"(?i)/env(?:ironment)?[-_]?(?:id|key)?$"
_LISTS = {
    "memberItems": "memberArrayPath",
    "memberArrayParser": "memberArrayPath",
    "optionsItems": "optionsPath",
}
"""Parents of pointers into an item, with the name of the pointer to the list, which stands beside them."""


@rule(
    Severity.warning,
    trigger(parser={"eventName": "/title", "url": "/title"}),
    synced(addMemberArrayPath="/members", removeMemberArrayPath="/members"),
)
def pointer_twice(manifest: Manifest) -> Iterator[Problem]:
    """Two JSON pointers of one parser lead to different values.

    One of two equal ones was copied and not changed. An id may serve as a name too, and a status as its own label.
    """
    seen: dict[tuple[str, str], Text] = {}
    for text in texts(manifest, Role.pointer, Role.array, Role.item):
        parent = text.pointer.rpartition("/")[0]
        first = seen.setdefault((parent, text.value), text)
        if first is not text and text.value and {first.key, text.key} not in _SAME:
            message = f"{text.key} leads to the same value as {first.key}"
            yield Problem(manifest.at(text.pointer), message, "point to the value that is meant")


@rule(Severity.warning, trigger(parser={"eventName": "/links/url", "url": "/alert/title"}))
def pointer_swapped(manifest: Manifest) -> Iterator[Problem]:
    """JSON pointers are not swapped: each leads to what its own name says.

    Reported is a pair in which each path sounds like the other, and a cohort's path that ends in an environment.
    """
    by_parent: dict[str, dict[str, str]] = {}
    for text in texts(manifest, Role.pointer, Role.array, Role.item):
        parent, _, name = text.pointer.rpartition("/")
        by_parent.setdefault(parent, {})[name] = text.value
    for parent, paths in by_parent.items():
        for (one, says_one), (two, says_two) in _PAIRS:
            first, second = paths.get(one, ""), paths.get(two, "")
            swapped = _sounds(first, says_two, says_one) and _sounds(second, says_one, says_two)
            if swapped or (one == "environmentIdPath" and re.search(_ENVIRONMENT, second)):
                place = manifest.at(f"{parent}/{one}")
                yield Problem(place, f"{one} leads to {first}, and {two} to {second}", "exchange the two")


def _sounds(path: str, like: str, unlike: str) -> bool:
    return bool(re.search(like, path)) and not re.search(unlike, path)


@rule(
    Severity.warning,
    synced(
        addMemberArrayPath="/added",
        removeMemberArrayPath="/removed",
        memberArrayParser={"memberIdPath": "/added/0/id"},
    ),
)
def pointer_relative(manifest: Manifest) -> Iterator[Problem]:
    """A JSON pointer into an item of a list starts at the item.

    `memberArrayPath` leads to the list, `/id` from there to the id of each member: not `/members/0/id`.
    """
    for text in texts(manifest, Role.item):
        parent, _, owner = text.pointer.rpartition("/")[0].rpartition("/")
        names = (_LISTS.get(owner, ""), "addMemberArrayPath", "removeMemberArrayPath")
        lists = [path for name in names if name and (path := manifest.text(f"{parent}/{name}"))]
        for path in lists:
            if text.value.startswith(f"{path}/"):
                place, mended = manifest.at(text.pointer), text.value.removeprefix(path).removeprefix("/0")
                yield Problem(place, f"{text.key} starts at the message, not at the item", f"write `{mended}`")
                break
