"""What LaunchDarkly renders each template with: its data, and what the form was filled in with."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from toolkit.integration.forms import Form as Form
from toolkit.integration.forms import Values
from toolkit.integration.shape import ABSENT, ANY, OTHERS

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
