"""Segments that the partner keeps in step: who is in them."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.examples import ENDPOINT, TOKEN, synced
from toolkit.rules.registry import Patch, error, rule, warning

PARSER = "/capabilities/syncedSegment/requestParser"
_ADD, _REMOVE, _MEMBERS = "addMemberArrayPath", "removeMemberArrayPath", "memberArrayPath"
_INCLUSION, _BOOLEAN = "arrayInclusion", "memberArrayParser/booleanMembershipPath"
NEEDS = ((_ADD, _REMOVE), (_REMOVE, _ADD), (_INCLUSION, _MEMBERS), (_BOOLEAN, _MEMBERS))
"""In a synced segment's request parser, what stands there and what it needs beside it."""
EXCLUDES = ((_MEMBERS, _ADD), (_MEMBERS, _REMOVE), (_INCLUSION, _ADD), (_INCLUSION, _REMOVE))
"""What cannot stand together there."""
_WITH_OWN_CARD = (
    "auditLogEventsHook",
    "approval",
    "featureStore",
    "eventsHook",
    "buttonAction",
    "flagLink",
    "trigger",
)
"""Capabilities that make a card of their own."""


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _both() -> Patch:
    """A patch that makes the sample a synced segment and a button."""
    patch: Patch = synced(addMemberArrayPath="/added", removeMemberArrayPath="/removed")
    template = {"key": "flagCleanup", "jsonBody": '{"flag": "{{flagKey}}"}', "requiredContext": ["flagKey"]}
    button = {"actionRequest": {"endpoint": ENDPOINT}, "requestBodyTemplates": [template]}
    capabilities = {**patch[NAME]["capabilities"], "buttonAction": button}
    return {NAME: {**patch[NAME], "capabilities": capabilities, "formVariables": [TOKEN]}}


@rule(
    error,
    bad=[
        synced(addMemberArrayPath="/added"),
        synced(addMemberArrayPath="/added", removeMemberArrayPath="/removed", memberArrayPath="/members"),
        synced(),
    ],
    good=synced(memberArrayPath="/members", arrayInclusion={"path": "/action", "matcher": "^add$"}),
    gate="tests",
)
def unclear_members(manifest: Manifest) -> Iterator[Problem]:
    """A synced segment says which members join and leave in exactly one of three ways.

    Two arrays (`addMemberArrayPath` with `removeMemberArrayPath`), one array with a boolean for each member
    (`memberArrayPath` with `memberArrayParser.booleanMembershipPath`), or one array with an action for the whole
    request (`memberArrayPath` with `arrayInclusion`). The official tests ask whether the one is true, as JavaScript
    sees it, and whether the other is defined: they let an empty path pass, and a parser without any path.
    """
    if not manifest.has(PARSER):
        return
    for name, other in NEEDS:
        if manifest.get(f"{PARSER}/{name}") and not manifest.get(f"{PARSER}/{other}"):
            gates = () if _is_defined(manifest, other) else None
            place = manifest.key(f"{PARSER}/{name}")
            yield Problem(place, f"{_last(name)} needs {other}", f"add {other}", gates=gates)
    for name, other in EXCLUDES:
        if manifest.get(f"{PARSER}/{name}") and manifest.get(f"{PARSER}/{other}"):
            message = f"{other} cannot be used together with {_last(name)}"
            yield Problem(manifest.key(f"{PARSER}/{other}"), message, "remove one of the two")
    ways = (_ADD, _REMOVE, _MEMBERS, _INCLUSION, _BOOLEAN)
    if manifest.object(PARSER) and not any(manifest.has(f"{PARSER}/{name}") for name in ways):
        help_ = f"add {_MEMBERS}, or {_ADD} with {_REMOVE}"
        yield Problem(manifest.key(PARSER), "requestParser has no path to the members", help_, gates=())


def _is_defined(manifest: Manifest, name: str) -> bool:
    """Whether something stands there, null and the empty text included."""
    parent, _, key = f"{PARSER}/{name}".rpartition("/")
    return key in manifest.object(parent)


@rule(warning, bad=synced(memberArrayPath="/members"))
def unclear_direction(manifest: Manifest) -> Iterator[Problem]:
    """A single list of members says who joins and who leaves.

    It does so by a boolean for each member (`memberArrayParser.booleanMembershipPath`), or by an action for the whole
    request (`arrayInclusion`).
    """
    if manifest.has(f"{PARSER}/{_MEMBERS}") and not any(
        manifest.has(f"{PARSER}/{name}") for name in (_ADD, _REMOVE, _INCLUSION, _BOOLEAN)
    ):
        place = manifest.key(f"{PARSER}/{_MEMBERS}")
        yield Problem(
            place, "memberArrayPath does not say who joins and who leaves", f"add {_INCLUSION}, or {_BOOLEAN}"
        )


@rule(warning, bad=_both())
def shared_segment_card(manifest: Manifest) -> Iterator[Problem]:
    """A synced segment has its own directory, and so its own card.

    Reviewers ask for a second directory when the manifest has other capabilities.
    """
    capabilities = manifest.object("/capabilities")
    others = [name for name in _WITH_OWN_CARD if name in capabilities]
    if "syncedSegment" in capabilities and others:
        place = manifest.key("/capabilities/syncedSegment")
        yield Problem(place, f"a synced segment is combined with {', '.join(others)}", "move it to its own directory")
