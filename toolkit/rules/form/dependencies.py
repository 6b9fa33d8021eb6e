"""The form as a whole: which variables show when, and who reads them."""

from collections.abc import Iterator
from typing import Any

from toolkit.finding import Edit, Problem
from toolkit.integration import FormVariable, Integration, Manifest
from toolkit.integration.manifest import NAME
from toolkit.integration.pointers import APPROVAL_FORM, ENVIRONMENT_FORM, FORM, STORE_FORM
from toolkit.rules.examples import REGION, TOKEN, form, hook
from toolkit.rules.registry import rule, warning

_CARDS = frozenset({"external", "ide", "codeRefs", "sso"})
"""Other capabilities of which LaunchDarkly knows no more than the card."""
_ASKING = frozenset({"flagLink", "syncedSegment", "reservedCustomProperties"})
"""Capabilities without anything that a form could fill in."""
_TEMPLATED = ("auditLogEventsHook", "eventsHook", "approval", "buttonAction", "featureStore")
_READING = ("flagImport", "bigSegmentStore", "flagCleanup", "hideConfiguration", "externalConfigurationURL")
"""Capabilities whose form is read by LaunchDarkly, or filled in by the partner's service."""
_WITHOUT_VALUE = frozenset({"generated", "oauth", "publicKey", "multiselect", "environmentSelector"})
"""Types that templates have no value of."""
_BY_LAUNCHDARKLY = frozenset({"skip-ca-verification"})
"""Keys that LaunchDarkly reads itself."""
_LOCATIONS = {
    "formVariables": (FORM, STORE_FORM),
    "approvalFormVariables": (APPROVAL_FORM,),
    "environmentFormVariables": (ENVIRONMENT_FORM,),
}
_ORDERED = frozenset({"lessThan", "lessThanOrEqualTo", "greaterThan", "greaterThanOrEqualTo"})
_SHOWN = {"variableLocation": "formVariables", "action": "showField"}
_HOSTED = {"key": "hosted", "name": "Hosted by Acme", "description": "Choose who runs it.", "type": "boolean"}


def _depends(key: str, value: str, **properties: object) -> dict[str, Any]:
    """A form variable that is shown when another one has a value."""
    condition = {**_SHOWN, "variableKey": key, "conditions": [{"operator": "equalTo", "value": value}]}
    return {**REGION, "type": "string", "dependsOn": [condition], **properties}


@rule(
    warning,
    bad=[
        form(_HOSTED, _depends("selfHosted", "true")),
        form(_depends("region", "eu")),
        form(_HOSTED, _depends("hosted", "yes")),
    ],
    good=form(_HOSTED, _depends("hosted", "true")),
)
def impossible_dependency(manifest: Manifest, form_variable: FormVariable) -> Iterator[Problem]:
    """A form variable depends only on another one that exists, and on a value that it can have.

    `variableKey` is the key of another variable in the list that `variableLocation` names. Booleans are compared with
    "true" and "false". Of two variables that wait for each other, neither is ever shown.
    """
    listed = form_variable.value.get("dependsOn")
    for index, value in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(value, dict):
            named = _named(manifest, value)
            for name, message, help_ in (*_partner(manifest, form_variable, value, named), *_conditions(value, named)):
                yield Problem(form_variable.at(f"dependsOn/{index}/{name}"), message, help_)


def _named(manifest: Manifest, dependency: dict[str, Any]) -> list[FormVariable]:
    """The variables that a dependency names."""
    location, key = dependency.get("variableLocation"), dependency.get("variableKey")
    lists = _LOCATIONS.get(location, ()) if isinstance(location, str) else ()
    return [other for other in manifest.form_variables if other.list in lists and other.value.get("key") == key]


def _partner(
    manifest: Manifest, variable: FormVariable, dependency: dict[str, Any], named: list[FormVariable]
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the other variable: the property, and the words."""
    location, key = dependency.get("variableLocation"), dependency.get("variableKey")
    if not named and isinstance(location, str) and location in _LOCATIONS:
        yield "variableKey", f"there is no form variable {key} in {location}", _elsewhere(manifest, key)
    elif any(other.pointer == variable.pointer for other in named):
        yield "variableKey", f"{variable.key} depends on itself", "write the key of another form variable"
    elif any(other.list == variable.list and _waits_for(other, variable.key) for other in named):
        yield "variableKey", f"{variable.key} and {key} depend on each other", "remove one of the two dependencies"


def _elsewhere(manifest: Manifest, key: Any) -> str:
    """The remedy for a key that is not where it is looked for."""
    for location, lists in _LOCATIONS.items():
        if any(other.list in lists and other.value.get("key") == key for other in manifest.form_variables):
            return f'it is in {location}: set `"variableLocation": "{location}"`'
    return "write the key of another one"


def _conditions(dependency: dict[str, Any], named: list[FormVariable]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the conditions: the property, and the words."""
    conditions = dependency.get("conditions")
    if conditions == []:
        yield "conditions", "the dependency has no condition", "say which value shows or hides the field"
    for index, condition in enumerate(conditions if named and isinstance(conditions, list) else ()):
        if isinstance(condition, dict) and (fault := _condition(named[0], condition)):
            yield f"conditions/{index}/value", *fault


def _waits_for(variable: FormVariable, key: str) -> bool:
    listed = variable.value.get("dependsOn")
    return isinstance(listed, list) and any(isinstance(one, dict) and one.get("variableKey") == key for one in listed)


def _condition(other: FormVariable, condition: dict[str, Any]) -> tuple[str, str] | None:
    operator, value = condition.get("operator"), condition.get("value")
    if not isinstance(value, str) or not isinstance(operator, str):
        return None
    if operator in _ORDERED:
        number = value.strip().lstrip("+-").replace(".", "", 1)
        return None if number.isdecimal() else (f"`{value}` is not a number", "write a number")
    values = ["true", "false"] if other.type == "boolean" else [choice for _, choice in other.choices]
    if operator in ("equalTo", "notEqual") and other.type in ("boolean", "enum") and values and value not in values:
        return f"{other.key} never has the value `{value}`", f"use one of: {', '.join(map(str, values[:8]))}"
    return None


@rule(
    warning,
    bad={NAME: {"formVariables": [{**REGION, "type": "string"}]}},
    good={NAME: {"formVariables": [{**REGION, "type": "string"}], "allowIntegrationConfigurations": True}},
)
def unread_form(manifest: Manifest) -> Iterator[Problem]:
    """An integration that LaunchDarkly sends nothing to has no form variables.

    LaunchDarkly does not call a metric integration, an editor plug-in or a synced segment, so nothing uses the answers.
    Ask for them in your own product.
    """
    if not manifest.list(FORM) or manifest.flag("/allowIntegrationConfigurations"):
        return
    capabilities, others = manifest.object("/capabilities").keys(), manifest.list("/otherCapabilities")
    cards = all(isinstance(name, str) and name in _CARDS for name in others)
    if cards and capabilities <= _ASKING and (others or capabilities):
        edits = (Edit(manifest.at(FORM), None, safe=False),)
        yield Problem(manifest.key(FORM), "nothing uses the answers to this form", "remove formVariables", edits)


@rule(
    warning,
    bad=hook(variables=(TOKEN, {**REGION, "type": "string"})),
    good=hook(
        {"url": "https://api.acme-signals.example/{{{region}}}"}, variables=(TOKEN, _HOSTED, _depends("hosted", "true"))
    ),
)
def unused_variable(integration: Integration, manifest: Manifest) -> Iterator[Problem]:
    """Every form variable is used by a template, a header or a URL, or shows and hides another field.

    Customers should not be asked for what nothing uses. Templates read it as `{{formVariables.KEY}}`, URLs and headers
    as `{{KEY}}`. Where a template names a variable that does not exist, that is what is reported.
    """
    asked = [variable for variable in manifest.form_variables if _could_be_used(manifest, variable)]
    mentions = integration.mentions if asked else None
    if mentions is None or any(template.unknown for template in integration.templates):
        return
    steering = {key for variable in manifest.form_variables for key in _steering(variable)}
    for variable in asked:
        if not mentions.uses(variable) and variable.key not in steering:
            yield Problem(variable.at("key"), f"{variable.key} is asked for, but never used", "use it, or remove it")


def _steering(variable: FormVariable) -> Iterator[Any]:
    """The keys of the variables that another one waits for."""
    listed = variable.value.get("dependsOn")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and isinstance(key := one.get("variableKey"), str):
            yield key


def _could_be_used(manifest: Manifest, variable: FormVariable) -> bool:
    capabilities = manifest.object("/capabilities")
    if variable.list == FORM:
        templated = any(name in capabilities for name in _TEMPLATED) and not manifest.has(
            "/capabilities/auditLogEventsHook/deliveryMethod"
        )
    else:
        templated = variable.list in (APPROVAL_FORM, ENVIRONMENT_FORM, STORE_FORM)
    read = any(capabilities.get(name) not in (None, False) for name in _READING)
    return templated and not read and variable.type not in _WITHOUT_VALUE and variable.key not in _BY_LAUNCHDARKLY
