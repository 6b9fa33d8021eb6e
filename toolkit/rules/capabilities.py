"""What the integration says it can do."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Integration, Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.registry import Patch, rule

WITHOUT_CAPABILITY = frozenset({"aiconfig-test-run"})
"""Directories that the official tests let off."""
OAUTH_KNOWN = frozenset(
    {"appdynamics", "sentry", "servicenow", "servicenow-normal", "servicenow-app", "custom-approvals-oauth"}
)
"""Directories that the official tests know to use OAuth; only LaunchDarkly can extend the list."""
OAUTH_SHARED = frozenset({"servicenow", "servicenow-normal", "servicenow-app"})
"""Directories that may share an OAuth key, by the official tests."""
PARSER = "/capabilities/syncedSegment/requestParser"


@rule(Severity.error, {NAME: {"otherCapabilities": None}}, gate="tests")
def other_capability(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """An integration without `capabilities` says what it is in `otherCapabilities`.

    An integration that creates metrics, or does its work in the partner's own service, has no capability that
    LaunchDarkly runs: it needs `"otherCapabilities": ["external"]`.
    """
    if not isinstance(manifest.value, dict) or integration.name in WITHOUT_CAPABILITY:
        return
    if not manifest.has("/capabilities") and not manifest.list("/otherCapabilities"):
        there = "otherCapabilities" in manifest.value
        yield Problem(
            manifest.at("/otherCapabilities") if there else manifest.key("/name"),
            "neither capabilities nor otherCapabilities says what this integration does",
            'a metric integration needs `"otherCapabilities": ["external"]`',
            (Edit.json(manifest.at("/otherCapabilities"), ["external"]),) if there else (),
        )


@rule(Severity.error, {NAME: {"requiresOAuth": True, "oauthIntegrationKey": "acme-signals"}}, gate="tests")
def oauth_known(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """`requiresOAuth` is only for integrations that LaunchDarkly has registered.

    It means that LaunchDarkly signs in at the partner. The official tests keep a list of these integrations, which only
    LaunchDarkly extends. It is not needed when the partner signs in at LaunchDarkly.
    """
    if manifest.flag("/requiresOAuth") and integration.name not in OAUTH_KNOWN:
        yield Problem(
            manifest.at("/requiresOAuth"),
            f"{integration.name} is not registered with LaunchDarkly for OAuth",
            "remove it, or ask integrations@launchdarkly.com to register the integration",
        )


@rule(
    Severity.error,
    {NAME: {"oauthIntegrationKey": "acme"}, f"../acme-orders/{NAME}": '{"oauthIntegrationKey": "acme"}'},
    gate="tests",
)
def oauth_unique(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """No two integrations share an `oauthIntegrationKey`.

    The credentials are stored under it. It is compared with the directories beside this one.
    """
    key = manifest.text("/oauthIntegrationKey")
    if key and integration.name not in OAUTH_SHARED:
        for name, value in integration.siblings.items():
            if name not in OAUTH_SHARED and isinstance(value, dict) and value.get("oauthIntegrationKey") == key:
                place = manifest.at("/oauthIntegrationKey")
                yield Problem(place, f"{name} has the same oauthIntegrationKey", "choose a key of your own")


_ADD, _REMOVE, _MEMBERS = "addMemberArrayPath", "removeMemberArrayPath", "memberArrayPath"
_INCLUSION, _BOOLEAN = "arrayInclusion", "memberArrayParser/booleanMembershipPath"
NEEDS = ((_ADD, _REMOVE), (_REMOVE, _ADD), (_INCLUSION, _MEMBERS), (_BOOLEAN, _MEMBERS))
"""In a synced segment's request parser, what stands there and what it needs beside it."""
EXCLUDES = ((_MEMBERS, _ADD), (_MEMBERS, _REMOVE), (_INCLUSION, _ADD), (_INCLUSION, _REMOVE))
"""What cannot stand together there."""


def _synced(members: dict[str, str]) -> Patch:
    """A patch that makes the sample a synced segment with these paths to its members."""
    paths = {"environmentIdPath": "/environment", "cohortIdPath": "/cohort/id", "cohortNamePath": "/cohort/name"}
    parser = {**paths, "memberArrayParser": {"memberIdPath": "/id"}, **members}
    return {NAME: {"capabilities": {"syncedSegment": {"requestParser": parser}}}}


@rule(
    Severity.error,
    _synced({_ADD: "/added"}),
    _synced({_ADD: "/added", _REMOVE: "/removed", _MEMBERS: "/members"}),
    gate="tests",
)
def synced_members(manifest: Manifest) -> Iterator[Problem]:
    """A synced segment tells who joins and who leaves in exactly one of three ways.

    Two arrays (`addMemberArrayPath` with `removeMemberArrayPath`), one array with a boolean for each member
    (`memberArrayPath` with `memberArrayParser.booleanMembershipPath`), or one array with an action for the whole
    request (`memberArrayPath` with `arrayInclusion`).
    """
    for name, other in NEEDS:
        if manifest.get(f"{PARSER}/{name}") and not manifest.get(f"{PARSER}/{other}"):
            yield Problem(manifest.key(f"{PARSER}/{name}"), f"{_last(name)} needs {other} beside it", f"add {other}")
    for name, other in EXCLUDES:
        if manifest.get(f"{PARSER}/{name}") and manifest.get(f"{PARSER}/{other}"):
            yield Problem(
                manifest.key(f"{PARSER}/{other}"),
                f"{other} cannot stand beside {_last(name)}",
                "remove one of the two",
            )


def _last(name: str) -> str:
    return name.rpartition("/")[2]
