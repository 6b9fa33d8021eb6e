"""Signing in with OAuth: LaunchDarkly at the partner."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Integration, Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.registry import rule

KNOWN = frozenset(
    {"appdynamics", "sentry", "servicenow", "servicenow-normal", "servicenow-app", "custom-approvals-oauth"}
)
"""Directories that the official tests know to use OAuth; only LaunchDarkly can extend the list."""
SHARED = frozenset({"servicenow", "servicenow-normal", "servicenow-app"})
"""Directories that may share an OAuth key, by the official tests."""
KEY = "/oauthIntegrationKey"


@rule(Severity.error, {NAME: {"requiresOAuth": True, "oauthIntegrationKey": "acme-signals"}}, gate="tests")
def oauth_known(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """`requiresOAuth` is only for integrations that LaunchDarkly has registered.

    It means that LaunchDarkly signs in to the partner's service. The official tests keep a list of these integrations,
    which only LaunchDarkly can extend. You do not need it to sign in to LaunchDarkly.
    """
    if manifest.flag("/requiresOAuth") and integration.name not in KNOWN:
        yield Problem(
            manifest.at("/requiresOAuth"),
            f"{integration.name} is not registered with LaunchDarkly for OAuth",
            "remove it, or ask integrations@launchdarkly.com to register the integration",
        )


@rule(
    Severity.error,
    {
        NAME: {"requiresOAuth": True, "oauthIntegrationKey": "acme"},
        f"../acme-orders/{NAME}": '{"oauthIntegrationKey": "acme"}',
        ".": "sentry",
    },
    gate="tests",
)
def oauth_unique(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """No two integrations share an `oauthIntegrationKey`.

    LaunchDarkly stores the credentials under this key. It is compared with those in the directories beside this one.
    """
    key = manifest.text(KEY)
    if key and integration.name not in SHARED:
        for name, value in integration.siblings.items():
            if name not in SHARED and isinstance(value, dict) and value.get("oauthIntegrationKey") == key:
                place = manifest.at(KEY)
                yield Problem(
                    place, f"the integration {name} has the same oauthIntegrationKey", "choose a key of your own"
                )


@rule(Severity.warning, {NAME: {"requiresOAuth": True}, ".": "sentry"})
def oauth_key(manifest: Manifest) -> Iterator[Problem]:
    """An integration that requires OAuth has an `oauthIntegrationKey`.

    LaunchDarkly stores the credentials under it.
    """
    if manifest.flag("/requiresOAuth") and not manifest.text(KEY).strip():
        place = manifest.key("/requiresOAuth")
        yield Problem(place, "requiresOAuth needs an oauthIntegrationKey", "add `oauthIntegrationKey`")


@rule(Severity.warning, {NAME: {"oauthIntegrationKey": "acme-signals"}})
def oauth_key_idle(manifest: Manifest) -> Iterator[Problem]:
    """`oauthIntegrationKey` is used only together with `"requiresOAuth": true`.

    Otherwise LaunchDarkly never uses the key, and no other integration can have it.
    """
    if manifest.has(KEY) and not manifest.flag("/requiresOAuth"):
        place = manifest.key(KEY)
        yield Problem(
            place,
            "oauthIntegrationKey has no effect without requiresOAuth",
            "remove it",
            (Edit(manifest.at(KEY), None, safe=False),),
        )
