"""What the integration says it can do."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Integration, Manifest
from toolkit.integration.manifest import NAME
from toolkit.json_text import join
from toolkit.rules.examples import CONTENT, ENDPOINT, TOKEN, capability, hook
from toolkit.rules.registry import error, note, rule, warning

WITHOUT_CAPABILITY = frozenset({"aiconfig-test-run"})
"""Directories that the official tests let off."""
INTERNAL = (
    "/legacy",
    "/capabilities/internalConfigurationURL",
    "/capabilities/auditLogEventsHook/deliveryMethod",
    "/capabilities/bigSegmentStore",
    "/capabilities/flagImport",
    "/capabilities/trigger/auth",
)
"""What only works when LaunchDarkly has written the other half."""
INTERNAL_TYPES = frozenset({"generated", "oauth", "publicKey"})
_RESERVED = "/capabilities/reservedCustomProperties"
_BODY = {"key": "flagCleanup", "jsonBody": '{"flag": "{{flagKey}}"}', "requiredContext": ["flagKey"]}
_PROPERTY = {"name": "Acme", "key": "acme"}
_SETUP = "https://acme-signals.example/setup"
_PAGES = {
    "externalConfigurationURL": _SETUP,
    "externalConfigurationPages": {"createUrl": f"{_SETUP}/new", "editUrl": f"{_SETUP}/edit"},
}


@rule(error, bad={NAME: {"otherCapabilities": None}}, gate="tests")
def missing_capability(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """An integration without `capabilities` has at least one entry in `otherCapabilities`.

    An integration that creates metrics, or works in the partner's own service, uses no capability of LaunchDarkly's
    integration framework: it needs `"otherCapabilities": ["external"]`.
    """
    if not isinstance(manifest.value, dict) or integration.name in WITHOUT_CAPABILITY:
        return
    if not manifest.has("/capabilities") and not manifest.list("/otherCapabilities"):
        name, value = "otherCapabilities", ["external"]
        there, last = manifest.at(f"/{name}"), manifest.at(join("", *list(manifest.value)[-1:]))
        is_there = name in manifest.value
        edit = Edit.json(there, value, safe=False) if is_there else Edit.member(last, name, value, safe=False)
        yield Problem(
            there if is_there else manifest.key("/name"),
            "there are neither capabilities nor otherCapabilities",
            'add `"otherCapabilities": ["external"]` for a metric integration',
            (edit,) if manifest.value else (),
        )


@rule(warning, bad={NAME: {"capabilities": {}}})
def empty_capabilities(manifest: Manifest) -> Iterator[Problem]:
    """`capabilities` names at least one capability, or is left out.

    The official tests accept an empty object, which does nothing. An integration that works in the partner's own
    service has only `otherCapabilities`.
    """
    if manifest.get("/capabilities") == {}:
        place = manifest.at("/capabilities")
        edits = (Edit(place, None),) if manifest.list("/otherCapabilities") else ()
        yield Problem(place, "capabilities is empty", "name a capability, or remove it", edits)


@rule(
    warning,
    bad=[
        {NAME: {"legacy": {"kind": "webhooks"}}},
        capability("flagCleanup", {}, {**TOKEN, "type": "generated", "isSecret": False}),
    ],
)
def launchdarkly_only(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """Partners do not use what needs code inside LaunchDarkly.

    `legacy`, `internalConfigurationURL`, `flagImport`, form variables of type `generated` and the like do nothing
    without it. Integrations that LaunchDarkly looks after are exempt, but for `trigger.auth`, which nothing supports.
    """
    exempt = _by_launchdarkly(manifest) or integration.ownership.is_launchdarkly
    for pointer in INTERNAL[-1:] if exempt else INTERNAL:
        if manifest.get(pointer):
            name = pointer.rpartition("/")[2]
            place = manifest.key(pointer)
            yield Problem(place, f"{name} needs code inside LaunchDarkly", "remove it, or ask LaunchDarkly first")
    for variable in () if exempt else manifest.form_variables:
        if variable.type in INTERNAL_TYPES:
            message = f"{variable.key} is of type {variable.type}, which needs code inside LaunchDarkly"
            yield Problem(variable.at("type"), message, "change its type to `string`, or ask LaunchDarkly first")


@rule(warning, bad={NAME: {"hideOnIntegrationsPage": True}})
def hidden_card(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The card is shown on the integrations page.

    `hideOnIntegrationsPage` keeps customers from finding the integration; LaunchDarkly sets it while it tests one.
    """
    if manifest.flag("/hideOnIntegrationsPage") and not integration.ownership.is_launchdarkly:
        place = manifest.key("/hideOnIntegrationsPage")
        yield Problem(place, "no customer will find the card", "remove it")


def _by_launchdarkly(manifest: Manifest) -> bool:
    return manifest.text("/author").strip().startswith("LaunchDarkly")


@rule(warning, bad={NAME: {"capabilities": _PAGES}})
def two_configuration_pages(manifest: Manifest) -> Iterator[Problem]:
    """There is only one of `externalConfigurationURL` and `externalConfigurationPages`.

    The first is one configuration page for both creating and editing, the second is a page for each.
    """
    first, second = "/capabilities/externalConfigurationURL", "/capabilities/externalConfigurationPages"
    if manifest.has(first) and manifest.has(second):
        yield Problem(
            manifest.key(second),
            "externalConfigurationPages is used together with externalConfigurationURL",
            "remove one of the two",
        )


@rule(
    warning,
    bad=[
        capability("buttonAction", {"actionRequest": {"endpoint": ENDPOINT}, "requestBodyTemplates": []}, TOKEN),
        capability(
            "buttonAction",
            {"actionRequest": {"endpoint": ENDPOINT}, "requestBodyTemplates": [{**_BODY, "key": ""}]},
            TOKEN,
        ),
    ],
)
def empty_button(manifest: Manifest) -> Iterator[Problem]:
    """A button has at least one request body template, and each has a key.

    LaunchDarkly picks the template by its key, so without one the button does nothing.
    """
    templates = "/capabilities/buttonAction/requestBodyTemplates"
    if manifest.get(templates) == []:
        yield Problem(manifest.at(templates), "the button has no request body template", "add one, such as flagCleanup")
    for index, template in enumerate(manifest.list(templates)):
        key = template.get("key") if isinstance(template, dict) else None
        if isinstance(key, str) and not key.strip():
            yield Problem(manifest.at(f"{templates}/{index}/key"), "the key is blank", "name it, such as flagCleanup")


@rule(warning, bad=capability("reservedCustomProperties", [{**_PROPERTY, "key": "acme signals"}]))
def spaced_property_key(manifest: Manifest) -> Iterator[Problem]:
    """The key of a custom property has no spaces.

    Templates name it: `{{customProperties.KEY.values}}`.
    """
    for index, value in enumerate(manifest.list(_RESERVED)):
        key = value.get("key") if isinstance(value, dict) else None
        if isinstance(key, str) and re.search(r"\s", key):
            place = manifest.at(f"{_RESERVED}/{index}/key")
            yield Problem(place, f"the key `{key}` contains a space", "use letters, digits and hyphens")


@rule(
    note,
    bad={
        NAME: {
            "capabilities": {
                **hook({"headers": [CONTENT]}, ())[NAME]["capabilities"],
                "reservedCustomProperties": [_PROPERTY],
            }
        }
    },
)
def unused_custom_property(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """A reserved custom property is used by a template.

    Write `{{customProperties.KEY.values}}` in a template of an audit log hook or in the body of an approval; otherwise
    members fill the property in for nothing.
    """
    capabilities = manifest.object("/capabilities")
    reserved = manifest.list(_RESERVED) if "auditLogEventsHook" in capabilities or "approval" in capabilities else []
    mentions = integration.mentions if reserved else None
    if mentions is None or ("customProperties",) in mentions.ways:
        return
    for index, value in enumerate(reserved):
        key = value.get("key") if isinstance(value, dict) else None
        if isinstance(key, str) and not any(key in way[:3] for way in mentions.ways if "customProperties" in way[:2]):
            place = manifest.at(f"{_RESERVED}/{index}/key")
            yield Problem(place, f"no template uses customProperties.{key}", "use it in a template, or remove it")
