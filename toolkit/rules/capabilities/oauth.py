"""Signing in with OAuth: LaunchDarkly at the partner."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Integration, Manifest
from toolkit.integration.manifest import NAME
from toolkit.integration.siblings import which_have
from toolkit.rules.registry import error, rule, warning
from toolkit.text import nearest

KEY = "/oauthIntegrationKey"


@rule(error, bad={NAME: {"requiresOAuth": True, "oauthIntegrationKey": "acme-signals"}}, gate="tests")
def unregistered_oauth(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """`requiresOAuth` is only for integrations that LaunchDarkly has registered.

    It means that LaunchDarkly signs in to the partner's service. The official tests keep a list of these integrations,
    which only LaunchDarkly can extend. You do not need it to sign in to LaunchDarkly.
    """
    if manifest.flag("/requiresOAuth") and integration.name not in integration.gate.oauth:
        yield Problem(
            manifest.at("/requiresOAuth"),
            f"{integration.name} is not registered with LaunchDarkly for OAuth",
            "ask integrations@launchdarkly.com to add it to the list in the official tests",
        )


@rule(
    error,
    bad={
        NAME: {"requiresOAuth": True, "oauthIntegrationKey": "acme"},
        f"../acme-orders/{NAME}": '{"oauthIntegrationKey": "acme"}',
        ".": "sentry",
    },
    gate="tests",
)
def oauth_key_taken(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """No two integrations share an `oauthIntegrationKey`.

    LaunchDarkly stores the credentials under this key. It is compared with those in the directories beside this one.
    """
    key = manifest.text(KEY)
    if key and integration.name not in integration.gate.shared_keys:
        shared = integration.gate.shared_keys
        others = [name for name in integration.siblings.with_oauth_key(key) if name not in shared]
        if others:
            message = f"{which_have(others)} the same oauthIntegrationKey"
            yield Problem(manifest.at(KEY), message, "choose a key of your own")


@rule(
    warning,
    bad=[
        {NAME: {"requiresOAuth": True}, ".": "sentry"},
        {NAME: {"oauthIntegrationKey": "acme-signals"}},
        {NAME: {"requiresOAuth": True, "oauthIntegrationKey": "sentri"}, ".": "sentry"},
    ],
    good={NAME: {"requiresOAuth": True, "oauthIntegrationKey": "acme"}, ".": "sentry"},
    unless=("oauth-key-taken",),
)
def oauth_key_mismatch(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """`requiresOAuth` and `oauthIntegrationKey` are used together, and the key is spelled as the directory.

    LaunchDarkly stores the credentials under the key. Without `"requiresOAuth": true` it never uses the key, and no
    other integration can have it. Where a template names `oauth`, requiresOAuth is what is missing.
    """
    if manifest.flag("/requiresOAuth") and not manifest.text(KEY).strip():
        place = manifest.key("/requiresOAuth")
        yield Problem(place, "requiresOAuth needs an oauthIntegrationKey", "add `oauthIntegrationKey`")
    named = any(found.resolved and "oauth" in found.resolved for one in integration.templates for found in one.unknown)
    if manifest.has(KEY) and not manifest.flag("/requiresOAuth") and not named:
        place, edits = manifest.key(KEY), (Edit(manifest.at(KEY), None, safe=False),)
        yield Problem(place, "oauthIntegrationKey has no effect without requiresOAuth", "remove it", edits)
    key = manifest.text(KEY)
    if key and key != integration.name and (nearest(key, [integration.name], 0.8) or key in integration.siblings):
        place, edits = manifest.at(KEY), (Edit.json(manifest.at(KEY), integration.name, safe=False),)
        yield Problem(place, f"oauthIntegrationKey is {key}", f"write `{integration.name}`, as the directory", edits)
