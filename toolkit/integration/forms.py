"""What the form of an integration is filled in with, as templates see it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from toolkit.integration.form_variable import FormVariable
from toolkit.integration.pointers import APPROVAL_FORM, ENVIRONMENT_FORM, FORM, STORE_FORM
from toolkit.integration.shape import ABSENT, ANY

Values: TypeAlias = Mapping[str, Any]
ValueOf: TypeAlias = Callable[[FormVariable], Any]
"""What one form variable is filled in with; ABSENT leaves it out."""
_KEYED = ("string", "enum", "dynamicEnum", "generated")
_OFF = {"boolean": False, "string": "", "uri": "", "enum": "", "dynamicEnum": ""}
_METADATA = {"string": "${}", "uri": "https://{}.com"}


class Form(NamedTuple):
    """What was filled in: the answers of each list of form variables, and LaunchDarkly's own values."""

    root: Values
    environment: Values
    approval: Values
    store: Values
    metadata: Values
    oauth: Any


def form(variables: Iterable[FormVariable], value_of: ValueOf, metadata: Values, oauth: Any) -> Form:
    """The form with ``value_of`` each of its variables."""
    lists: dict[str, dict[str, Any]] = {FORM: {}, ENVIRONMENT_FORM: {}, APPROVAL_FORM: {}, STORE_FORM: {}}
    for variable in variables:
        if variable.list in lists and (given := value_of(variable)) is not ABSENT:
            lists[variable.list][variable.key] = given
    root, environment, approval, store = lists.values()
    return Form(root, environment, approval, store, metadata, oauth)


def tested(variable: FormVariable) -> Any:
    """What the official tests fill a form variable in with; ABSENT where they know no value."""
    key = variable.key
    known = {"boolean": True, "uri": f"https://{key}.com"} | dict.fromkeys(_KEYED, key)
    return known.get(variable.type, ABSENT)


def least(variable: FormVariable) -> Any:
    """The same with every switch off and every optional field empty."""
    optional = variable.type == "boolean" or variable.is_true("isOptional")
    return _OFF.get(variable.type, ABSENT) if optional else tested(variable)


def shape(variable: FormVariable) -> Any:
    """The shape of any answer."""
    return ANY if variable.type == "multiselect" else ""


def metadata(declared: Values) -> dict[str, str]:
    """A value for each key that a flag link declares; the official tests know the types string and uri."""
    types = {key: value.get("type") for key, value in declared.items() if isinstance(value, dict)}
    known = {key: type_ for key, type_ in types.items() if isinstance(type_, str) and type_ in _METADATA}
    return {key: _METADATA[type_].format(key) for key, type_ in known.items()}
