"""What the integration says it can do."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Integration, Manifest
from toolkit.integration.manifest import NAME
from toolkit.json_text import join
from toolkit.rules.patches import CONTENT, ENDPOINT, TOKEN, capability, hook
from toolkit.rules.registry import rule
from toolkit.rules.usage import mentioned

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


@rule(Severity.error, {NAME: {"otherCapabilities": None}}, gate="tests")
def other_capability(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
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


@rule(Severity.warning, {NAME: {"capabilities": {}}})
def empty_capabilities(manifest: Manifest) -> Iterator[Problem]:
    """`capabilities` names at least one capability, or is left out.

    The official tests accept an empty object, which does nothing. An integration that works in the partner's own
    service has only `otherCapabilities`.
    """
    if manifest.get("/capabilities") == {}:
        place = manifest.at("/capabilities")
        edits = (Edit(place, None),) if manifest.list("/otherCapabilities") else ()
        yield Problem(place, "capabilities is empty", "name a capability, or remove it", edits)


@rule(Severity.note, {NAME: {"otherCapabilities": ["external", "external"]}})
def other_capability_twice(manifest: Manifest) -> Iterator[Problem]:
    """Each entry of `otherCapabilities` is listed once."""
    seen = set()
    for index, name in enumerate(manifest.list("/otherCapabilities")):
        if repr(name) in seen:
            place = manifest.at(f"/otherCapabilities/{index}")
            yield Problem(place, f"{name} is listed twice", "remove it", (Edit(place, None),))
        seen.add(repr(name))


@rule(
    Severity.warning,
    {NAME: {"legacy": {"kind": "webhooks"}}},
    capability("flagCleanup", {}, {**TOKEN, "type": "generated", "isSecret": False}),
)
def launchdarkly_only(manifest: Manifest) -> Iterator[Problem]:
    """Partners do not use what needs code inside LaunchDarkly.

    `legacy`, `internalConfigurationURL`, `flagImport`, form variables of type `generated` and the like do nothing
    without it. Integrations whose author is LaunchDarkly are exempt, but for `trigger.auth`, which nothing supports.
    """
    exempt = _by_launchdarkly(manifest)
    for pointer in INTERNAL[-1:] if exempt else INTERNAL:
        if manifest.get(pointer):
            name = pointer.rpartition("/")[2]
            place = manifest.key(pointer)
            yield Problem(place, f"{name} needs code inside LaunchDarkly", "remove it, or ask LaunchDarkly first")
    for variable in () if exempt else manifest.form_variables:
        if variable.type in INTERNAL_TYPES:
            message = f"{variable.key} is of type {variable.type}, which needs code inside LaunchDarkly"
            yield Problem(variable.at("type"), message, "change its type to `string`, or ask LaunchDarkly first")


@rule(Severity.warning, {NAME: {"hideOnIntegrationsPage": True}})
def card_hidden(manifest: Manifest) -> Iterator[Problem]:
    """The card is shown on the integrations page.

    `hideOnIntegrationsPage` keeps customers from finding the integration; LaunchDarkly sets it while it tests one.
    """
    if manifest.flag("/hideOnIntegrationsPage"):
        place = manifest.key("/hideOnIntegrationsPage")
        yield Problem(place, "no customer will find the card", "remove it")


def _by_launchdarkly(manifest: Manifest) -> bool:
    return manifest.text("/author").strip().startswith("LaunchDarkly")


@rule(Severity.warning, {NAME: {"legacy": {"kind": "dataExport"}, "author": "LaunchDarkly for Acme"}})
def legacy_kind(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """`legacy` names the kind of a LaunchDarkly integration that is older than the integration framework.

    The kind also appears in `otherCapabilities` or in the directory name.
    """
    kind = manifest.text("/legacy/kind") if _by_launchdarkly(manifest) else ""
    if kind and kind not in manifest.list("/otherCapabilities") and kind.lower()[:5] not in integration.name.lower():
        yield Problem(
            manifest.at("/legacy/kind"),
            f"neither otherCapabilities nor the directory name says {kind}",
            "remove `legacy`",
        )


@rule(Severity.warning, {NAME: {"capabilities": _PAGES}})
def configuration_pages(manifest: Manifest) -> Iterator[Problem]:
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
    Severity.warning,
    capability(
        "buttonAction",
        {"actionRequest": {"endpoint": ENDPOINT}, "requestBodyTemplates": [_BODY, _BODY]},
        TOKEN,
    ),
)
def button_twice(manifest: Manifest) -> Iterator[Problem]:
    """Each request body template of a button has its own key.

    The key identifies the template, so two with the same key cannot be told apart.
    """
    seen = set()
    templates = "/capabilities/buttonAction/requestBodyTemplates"
    for index, template in enumerate(manifest.list(templates)):
        key = template.get("key") if isinstance(template, dict) else None
        if key is not None and repr(key) in seen:
            yield Problem(
                manifest.at(f"{templates}/{index}/key"),
                f"{key} is already the key of another body",
                "rename one of the two",
            )
        seen.add(repr(key))


@rule(
    Severity.warning,
    capability("buttonAction", {"actionRequest": {"endpoint": ENDPOINT}, "requestBodyTemplates": []}, TOKEN),
    capability(
        "buttonAction",
        {"actionRequest": {"endpoint": ENDPOINT}, "requestBodyTemplates": [{**_BODY, "key": ""}]},
        TOKEN,
    ),
)
def button_empty(manifest: Manifest) -> Iterator[Problem]:
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


@rule(
    Severity.warning,
    capability("reservedCustomProperties", [_PROPERTY, _PROPERTY]),
)
def custom_property_twice(manifest: Manifest) -> Iterator[Problem]:
    """Each custom property is reserved once.

    Its key identifies it, so two with the same key cannot be told apart.
    """
    seen = set()
    for index, value in enumerate(manifest.list(_RESERVED)):
        key = value.get("key") if isinstance(value, dict) else None
        if key is not None and repr(key) in seen:
            place = manifest.at(f"{_RESERVED}/{index}/key")
            yield Problem(place, f"{key} is already reserved", "choose another key, or remove it")
        seen.add(repr(key))


@rule(Severity.warning, capability("reservedCustomProperties", [{**_PROPERTY, "key": "acme signals"}]))
def custom_property_key(manifest: Manifest) -> Iterator[Problem]:
    """The key of a custom property has no spaces.

    Templates name it: `{{customProperties.KEY.values}}`.
    """
    for index, value in enumerate(manifest.list(_RESERVED)):
        key = value.get("key") if isinstance(value, dict) else None
        if isinstance(key, str) and re.search(r"\s", key):
            place = manifest.at(f"{_RESERVED}/{index}/key")
            yield Problem(place, f"the key `{key}` contains a space", "use letters, digits and hyphens")


@rule(
    Severity.note,
    {
        NAME: {
            "capabilities": {
                **hook({"headers": [CONTENT]}, ())[NAME]["capabilities"],
                "reservedCustomProperties": [_PROPERTY],
            }
        }
    },
)
def custom_property_idle(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """A reserved custom property is used by a template.

    Write `{{customProperties.KEY.values}}` in a template of an audit log hook or in the body of an approval; otherwise
    members fill the property in for nothing.
    """
    capabilities = manifest.object("/capabilities")
    reserved = manifest.list(_RESERVED) if "auditLogEventsHook" in capabilities or "approval" in capabilities else []
    words = mentioned(integration) if reserved else None
    if words is None or "customProperties" in words.whole:
        return
    for index, value in enumerate(reserved):
        key = value.get("key") if isinstance(value, dict) else None
        if isinstance(key, str) and ("customProperties", key) not in words.pairs:
            place = manifest.at(f"{_RESERVED}/{index}/key")
            yield Problem(place, f"no template uses customProperties.{key}", "use it in a template, or remove it")
