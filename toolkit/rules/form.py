"""The form as a whole: which variables it has, which show when, and who reads them."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from toolkit.finding import Problem, Severity
from toolkit.integration import FormVariable, Integration, Manifest
from toolkit.integration.form_variable import APPROVAL, ENVIRONMENT, ROOT
from toolkit.integration.manifest import NAME
from toolkit.rules.form_options import choices
from toolkit.rules.patches import REGION, TOKEN, capability, form, hook
from toolkit.rules.registry import rule
from toolkit.rules.usage import Mentioned, mentioned

STORE = "/capabilities/featureStore/formVariables"
_CARDS = frozenset({"external", "ide", "codeRefs", "sso"})
"""Other capabilities of which LaunchDarkly knows no more than the card."""
_ASKING = frozenset({"flagLink", "syncedSegment", "reservedCustomProperties"})
"""Capabilities without anything that a form could fill in."""
_TEMPLATED = ("auditLogEventsHook", "eventsHook", "approval", "buttonAction", "featureStore")
_READING = ("flagImport", "bigSegmentStore", "flagCleanup", "hideConfiguration", "externalConfigurationURL")
"""Capabilities whose form is read by LaunchDarkly, or filled in by the partner's service."""
_SILENT = frozenset({"generated", "oauth", "publicKey", "multiselect", "environmentSelector"})
"""Types that templates have no value of."""
_BY_LAUNCHDARKLY = frozenset({"skip-ca-verification"})
"""Keys that LaunchDarkly reads itself."""
LIST_NAMES: dict[str, frozenset[str]] = {
    ROOT: frozenset({"formVariables"}),
    APPROVAL: frozenset({"approvalFormVariables"}),
    ENVIRONMENT: frozenset({"environmentFormVariables", "environment"}),
    STORE: frozenset(),
}
"""The names under which templates see a whole list of variables."""
BIG_SEGMENTS = {
    "redis": frozenset({"host", "port", "username", "password", "tlsEnabled"}),
    "dynamoDB": frozenset({"tableName", "region", "externalId", "roleArn"}),
}
"""The keys that LaunchDarkly reads for each kind of big segment store."""
_LOCATIONS = {
    "formVariables": (ROOT, STORE),
    "approvalFormVariables": (APPROVAL,),
    "environmentFormVariables": (ENVIRONMENT,),
}
_ORDERED = frozenset({"lessThan", "lessThanOrEqualTo", "greaterThan", "greaterThanOrEqualTo"})
_SHOWN = {"variableLocation": "formVariables", "action": "showField"}


def _depends(key: str, value: str, **properties: object) -> dict[str, Any]:
    """A form variable that is shown when another one has a value."""
    condition = {**_SHOWN, "variableKey": key, "conditions": [{"operator": "equalTo", "value": value}]}
    return {**REGION, "type": "string", "dependsOn": [condition], **properties}


_HOSTED = {"key": "hosted", "name": "Hosted by Acme", "description": "Choose who runs it.", "type": "boolean"}


@rule(Severity.error, form({**REGION, "type": "string"}, {**REGION, "type": "boolean", "name": "Nearest region"}))
def variable_twice(manifest: Manifest) -> Iterator[Problem]:
    """Each form variable has its own key.

    Answers are stored by key, so one of two variables with the same key is lost.
    """
    seen: set[tuple[str, str]] = set()
    for variable in manifest.form_variables:
        this = (variable.list, variable.key)
        if this in seen:
            yield Problem(
                variable.at("key"),
                f"{variable.key} is already the key of another form variable",
                "rename one of the two",
            )
        seen.add(this)


@rule(Severity.warning, form({**REGION, "type": "string"}, {**REGION, "type": "string", "key": "zone"}))
def label_twice(manifest: Manifest) -> Iterator[Problem]:
    """Each form variable has its own name.

    Customers cannot tell two fields with the same label apart.
    """
    seen: set[tuple[str, str]] = set()
    for variable in manifest.form_variables:
        name = variable.value.get("name")
        label = name.strip().casefold() if isinstance(name, str) else ""
        if label and (variable.list, label) in seen:
            yield Problem(variable.at("name"), f"another field is called {name} too", "say what is different about it")
        seen.add((variable.list, label))


@rule(
    Severity.warning,
    form(_HOSTED, _depends("selfHosted", "true")),
    form(_depends("region", "eu")),
    form(_HOSTED, _depends("hosted", "yes")),
)
def depends_on(manifest: Manifest, form_variable: FormVariable) -> Iterator[Problem]:
    """A form variable depends only on another one that exists, and on a value that it can have.

    `variableKey` is the key of another variable in the list that `variableLocation` names. Booleans are compared with
    "true" and "false". Of two variables that wait for each other, neither is ever shown.
    """
    listed = form_variable.value.get("dependsOn")
    for index, value in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(value, dict):
            for name, message, help_ in _dependency(manifest, form_variable, value):
                yield Problem(form_variable.at(f"dependsOn/{index}/{name}"), message, help_)


def _dependency(manifest: Manifest, variable: FormVariable, value: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with one dependency: the property, and the words."""
    location, key = value.get("variableLocation"), value.get("variableKey")
    lists = _LOCATIONS.get(location, ()) if isinstance(location, str) else ()
    named = [other for at in lists if isinstance(key, str) and (other := _by_key(manifest).get((at, key)))]
    if lists and not named:
        yield "variableKey", f"there is no form variable {key} in {location}", "write the key of another one"
    elif any(other.pointer == variable.pointer for other in named):
        yield "variableKey", f"{variable.key} depends on itself", "write the key of another form variable"
    elif any(other.list == variable.list and _waits_for(other, variable.key) for other in named):
        yield "variableKey", f"{variable.key} and {key} depend on each other", "remove one of the two dependencies"
    conditions = value.get("conditions")
    if conditions == []:
        yield "conditions", "the dependency has no condition", "say which value shows or hides the field"
    for index, condition in enumerate(conditions if named and isinstance(conditions, list) else ()):
        if isinstance(condition, dict) and (fault := _condition(named[0], condition)):
            yield f"conditions/{index}/value", *fault


def _waits_for(variable: FormVariable, key: str) -> bool:
    listed = variable.value.get("dependsOn")
    return isinstance(listed, list) and any(isinstance(one, dict) and one.get("variableKey") == key for one in listed)


@lru_cache(maxsize=1)
def _by_key(manifest: Manifest) -> dict[tuple[str, str], FormVariable]:
    return {(variable.list, variable.key): variable for variable in manifest.form_variables}


def _condition(other: FormVariable, condition: dict[str, Any]) -> tuple[str, str] | None:
    operator, value = condition.get("operator"), condition.get("value")
    if not isinstance(value, str) or not isinstance(operator, str):
        return None
    if operator in _ORDERED:
        number = value.strip().lstrip("+-").replace(".", "", 1)
        return None if number.isdecimal() else (f"`{value}` is not a number", "write a number")
    values = ["true", "false"] if other.type == "boolean" else [choice for _, choice in choices(other)]
    if operator in ("equalTo", "notEqual") and other.type in ("boolean", "enum") and values and value not in values:
        return f"{other.key} never has the value `{value}`", f"use one of: {', '.join(map(str, values[:8]))}"
    return None


@rule(
    Severity.warning,
    {NAME: {"formVariables": [{**REGION, "type": "string"}]}},
)
def form_unread(manifest: Manifest) -> Iterator[Problem]:
    """An integration that LaunchDarkly sends nothing to has no form variables.

    LaunchDarkly does not call a metric integration, an editor plug-in or a synced segment, so nothing uses the answers.
    Ask for them in your own product.
    """
    if not manifest.list(ROOT) or manifest.flag("/allowIntegrationConfigurations"):
        return
    capabilities, others = manifest.object("/capabilities").keys(), manifest.list("/otherCapabilities")
    cards = all(isinstance(name, str) and name in _CARDS for name in others)
    if cards and capabilities <= _ASKING and (others or capabilities):
        yield Problem(manifest.key(ROOT), "nothing uses the answers to this form", "remove formVariables")


@rule(Severity.warning, hook(variables=(TOKEN, {**REGION, "type": "string"})))
def variable_unused(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """Every form variable is used by a template, a header or a URL.

    Customers should not be asked for what nothing uses. Templates read it as `{{formVariables.KEY}}`, URLs and headers
    as `{{KEY}}`.
    """
    asked = [variable for variable in manifest.form_variables if _could_be_used(manifest, variable)]
    words = mentioned(integration) if asked else None
    for variable in asked if words else ():
        if words and not _used(variable, words):
            yield Problem(variable.at("key"), f"{variable.key} is asked for, but never used", "use it, or remove it")


def _used(variable: FormVariable, words: Mentioned) -> bool:
    lists = LIST_NAMES[variable.list]
    below = any((name, variable.key) in words.pairs for name in lists)
    return (
        below or not lists.isdisjoint(words.whole) or (variable.list in (ROOT, STORE) and variable.key in words.first)
    )


def _could_be_used(manifest: Manifest, variable: FormVariable) -> bool:
    capabilities = manifest.object("/capabilities")
    if variable.list == ROOT:
        templated = any(name in capabilities for name in _TEMPLATED) and not manifest.has(
            "/capabilities/auditLogEventsHook/deliveryMethod"
        )
    else:
        templated = variable.list in LIST_NAMES
    read = any(capabilities.get(name) not in (None, False) for name in _READING)
    return templated and not read and variable.type not in _SILENT and variable.key not in _BY_LAUNCHDARKLY


@rule(
    Severity.warning,
    capability(
        "bigSegmentStore",
        {"dbStyle": "redis"},
        {**REGION, "type": "string"},
        author="LaunchDarkly Labs",
        categories=["big-segment-store"],
    ),
)
def big_segment_variable(manifest: Manifest) -> Iterator[Problem]:
    """The form of a big segment store asks only for what LaunchDarkly needs to reach the database.

    For Redis `host`, `port`, `username`, `password` and `tlsEnabled`; for DynamoDB `tableName`, `region`, `externalId`
    and `roleArn`. Nothing else is read.
    """
    known = BIG_SEGMENTS.get(manifest.text("/capabilities/bigSegmentStore/dbStyle"))
    for variable in manifest.form_variables if known else ():
        if known and variable.list == ROOT and variable.key not in known:
            help_ = f"use one of: {', '.join(sorted(known))}"
            yield Problem(variable.at("key"), f"LaunchDarkly does not read {variable.key}", help_)
