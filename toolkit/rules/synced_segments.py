"""Segments that the partner keeps in step: who is in them."""

from collections.abc import Iterator

from toolkit.finding import Problem, Severity
from toolkit.integration import Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.patches import ENDPOINT, TOKEN, synced
from toolkit.rules.registry import Patch, rule

PARSER = "/capabilities/syncedSegment/requestParser"
_ADD, _REMOVE, _MEMBERS = "addMemberArrayPath", "removeMemberArrayPath", "memberArrayPath"
_INCLUSION, _BOOLEAN = "arrayInclusion", "memberArrayParser/booleanMembershipPath"
NEEDS = ((_ADD, _REMOVE), (_REMOVE, _ADD), (_INCLUSION, _MEMBERS), (_BOOLEAN, _MEMBERS))
"""In a synced segment's request parser, what stands there and what it needs beside it."""
EXCLUDES = ((_MEMBERS, _ADD), (_MEMBERS, _REMOVE), (_INCLUSION, _ADD), (_INCLUSION, _REMOVE))
"""What cannot stand together there."""
_SENDING = ("auditLogEventsHook", "approval", "featureStore", "eventsHook", "buttonAction", "flagLink", "trigger")
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
    Severity.error,
    synced(addMemberArrayPath="/added"),
    synced(addMemberArrayPath="/added", removeMemberArrayPath="/removed", memberArrayPath="/members"),
    gate="tests",
)
def synced_members(manifest: Manifest) -> Iterator[Problem]:
    """A synced segment says which members join and leave in exactly one of three ways.

    Two arrays (`addMemberArrayPath` with `removeMemberArrayPath`), one array with a boolean for each member
    (`memberArrayPath` with `memberArrayParser.booleanMembershipPath`), or one array with an action for the whole
    request (`memberArrayPath` with `arrayInclusion`).
    """
    if not manifest.has(PARSER):
        return
    for name, other in NEEDS:
        if manifest.get(f"{PARSER}/{name}") and not manifest.get(f"{PARSER}/{other}"):
            yield Problem(manifest.key(f"{PARSER}/{name}"), f"{_last(name)} needs {other}", f"add {other}")
    for name, other in EXCLUDES:
        if manifest.get(f"{PARSER}/{name}") and manifest.get(f"{PARSER}/{other}"):
            yield Problem(
                manifest.key(f"{PARSER}/{other}"),
                f"{other} cannot be used together with {_last(name)}",
                "remove one of the two",
            )


@rule(Severity.error, synced())
def synced_without_members(manifest: Manifest) -> Iterator[Problem]:
    """A synced segment says where in a request its members are.

    The official tests accept a parser without any path to them, but then nothing is ever synced.
    """
    parser = manifest.object(PARSER)
    ways = (_ADD, _REMOVE, _MEMBERS, _INCLUSION, _BOOLEAN)
    if parser and not any(manifest.has(f"{PARSER}/{name}") for name in ways):
        help_ = f"add {_MEMBERS}, or {_ADD} with {_REMOVE}"
        yield Problem(manifest.key(PARSER), "requestParser has no path to the members", help_)


@rule(Severity.warning, synced(memberArrayPath="/members"))
def synced_direction(manifest: Manifest) -> Iterator[Problem]:
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


@rule(Severity.warning, _both())
def synced_alone(manifest: Manifest) -> Iterator[Problem]:
    """A synced segment has its own directory, and so its own card.

    Reviewers ask for a second directory when the manifest has other capabilities.
    """
    capabilities = manifest.object("/capabilities")
    others = [name for name in _SENDING if name in capabilities]
    if "syncedSegment" in capabilities and others:
        place = manifest.key("/capabilities/syncedSegment")
        yield Problem(place, f"a synced segment is combined with {', '.join(others)}", "move it to its own directory")
