"""What LaunchDarkly renders each template with: its data, and what the form was filled in with."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from toolkit.integration.form_variable import APPROVAL, ENVIRONMENT, ROOT, STORE, FormVariable
from toolkit.integration.manifest import Manifest
from toolkit.integration.shape import ABSENT, ANY, OTHERS

Values: TypeAlias = Mapping[str, Any]


class Form(NamedTuple):
    """What was filled in: the answers of each list of form variables, and LaunchDarkly's own values."""

    root: Values
    environment: Values
    approval: Values
    store: Values
    metadata: Values
    oauth: Any


Arrange: TypeAlias = Callable[[Values, Form], dict[str, Any]]
"""Makes the context of one kind of template from LaunchDarkly's data and the form."""


def hook_endpoint(data: Values, form: Form) -> dict[str, Any]:
    """The URL and the headers of a hook."""
    return {**form.root, "context": data, "oauth": form.oauth}


def hook_body(data: Values, form: Form) -> dict[str, Any]:
    """The template files of a hook."""
    return {**data, "formVariables": {**form.root, "oauth": form.oauth}}


def form_endpoint(_: Values, form: Form) -> dict[str, Any]:
    """A request about nothing in particular: for the options of a form variable, or at the push of a button."""
    return {**form.root, "oauth": form.oauth}


def environment_endpoint(data: Values, form: Form) -> dict[str, Any]:
    """A request for one environment: the list of its members, or the options of its form variables."""
    return {**form_endpoint(data, form), "environment": form.environment}


def creation_endpoint(data: Values, form: Form) -> dict[str, Any]:
    """The request that creates an approval, which has no ``approvalId`` yet."""
    return {**environment_endpoint(data, form), "context": {**data, "approvalId": ABSENT}}


def approval_endpoint(data: Values, form: Form) -> dict[str, Any]:
    """A later request about an approval, and the link to it; ``approvalId`` is the partner's."""
    return {**environment_endpoint(data, form), "context": {**data, "approvalId": "acme-4711"}}


def approval_body(data: Values, form: Form) -> dict[str, Any]:
    """The body of the request that creates an approval; ``approvalId`` is LaunchDarkly's."""
    return {**data, "environmentFormVariables": form.environment, "approvalFormVariables": form.approval}


def later_body(data: Values, form: Form) -> dict[str, Any]:
    """The body of a request after an approval was applied or deleted."""
    return {**approval_body(data, form), "comment": "", "creationResponseBody": ANY}


def store_endpoint(_: Values, form: Form) -> dict[str, Any]:
    """The requests to a feature store."""
    return {**form.root, **form.store, "_featureStoreKey": "acme-shop-production"}


def store_payload(data: Values, form: Form) -> dict[str, Any]:
    """What stands before and after the payload of a feature store; ``envId`` is the client-side environment ID."""
    return {**store_endpoint(data, form), "envId": "65b2e1d3d3e4b5a697080cc0"}


def segment_answer(data: Values, _: Form) -> dict[str, Any]:
    """The answer to a request for a synced segment."""
    return {**data, "requestBody": ANY}


def flag_link(_: Values, form: Form) -> dict[str, Any]:
    """The words of a flag link."""
    return {"deepLink": "https://acme.example/items/4711", "metadata": form.metadata}


def required(names: Iterable[str]) -> Arrange:
    """The body that the push of a button sends: it gets the data that it asks for."""
    usual = {"flagKey": "new-checkout", "environmentKey": "production", "projectKey": "acme-shop"}
    context = {name: usual.get(name, ANY) for name in names}
    return lambda _data, _form: dict(context)


def open_context(_: Values, __: Form) -> dict[str, Any]:
    """A template of which nobody says what it may name."""
    return {OTHERS: ANY}


def answer(variable: FormVariable) -> Any:
    """What the official tests fill a form variable in with; ABSENT where they know no value."""
    key = variable.key
    known = {"boolean": True, "uri": f"https://{key}.com"} | dict.fromkeys(_KEYED, key)
    return known.get(variable.type, ABSENT)


_KEYED = ("string", "enum", "dynamicEnum", "generated")


@lru_cache(maxsize=4)
def tested(manifest: Manifest) -> Form:
    """The form as the official tests fill it in; what has no value there is left out."""
    oauth = {"baseURI": "https://oauth.acme.example", "accessToken": "oauth-access-token"}
    return form_of(manifest, answer, oauth if manifest.get("/requiresOAuth") else None)


@lru_cache(maxsize=4)
def nearly_empty(manifest: Manifest) -> Form:
    """The same with every switch off and every optional field empty."""
    off = {"boolean": False, "string": "", "uri": "", "enum": "", "dynamicEnum": ""}
    form = tested(manifest)

    def least(variable: FormVariable) -> Any:
        optional = variable.type == "boolean" or variable.is_true("isOptional")
        return off.get(variable.type, ABSENT) if optional else answer(variable)

    return form_of(manifest, least, form.oauth)


@lru_cache(maxsize=4)
def anything(manifest: Manifest) -> Form:
    """The form as a shape: whatever a template may name."""
    oauth = {"baseURI": "", "accessToken": ""} if manifest.get("/requiresOAuth") else ABSENT
    form = form_of(manifest, lambda variable: ANY if variable.type == "multiselect" else "", oauth)
    more = {OTHERS: ANY} if manifest.flag("/capabilities/approval/allowAdditionalApprovalFormVariables") else {}
    return form._replace(approval={**form.approval, **more})


def form_of(manifest: Manifest, value: Callable[[FormVariable], Any], oauth: Any) -> Form:
    """The form with ``value`` for each variable; ABSENT leaves it out."""
    lists: dict[str, dict[str, Any]] = {ROOT: {}, ENVIRONMENT: {}, APPROVAL: {}, STORE: {}}
    for variable in manifest.form_variables:
        if variable.list in lists and (given := value(variable)) is not ABSENT:
            lists[variable.list][variable.key] = given
    return Form(lists[ROOT], lists[ENVIRONMENT], lists[APPROVAL], lists[STORE], _metadata(manifest), oauth)


def _metadata(manifest: Manifest) -> dict[str, str]:
    """A value for each key that a flag link declares; the official tests know the types string and uri."""
    known = {"string": "${}", "uri": "https://{}.com"}
    declared = manifest.object("/capabilities/flagLink/metadata")
    types = {key: value.get("type") for key, value in declared.items() if isinstance(value, dict)}
    return {key: known[type_].format(key) for key, type_ in types.items() if isinstance(type_, str) and type_ in known}
