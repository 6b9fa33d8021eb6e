"""The form that a LaunchDarkly member fills in."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import FormVariable
from toolkit.integration.form_variable import APPROVAL, ENVIRONMENT, ROOT
from toolkit.rules.patches import form, form_of_approval, form_of_flag_cleanup
from toolkit.rules.registry import rule

DEFAULTS: dict[str, tuple[type, str]] = {
    "string": (str, "a string"),
    "uri": (str, "a string"),
    "enum": (str, "a string"),
    "dynamicEnum": (str, "a string"),
    "boolean": (bool, "true or false"),
}
"""What the default of a variable of each type must be; the types left out are not checked."""
WITHOUT_DEFAULT = frozenset({"multiselect", "environmentSelector"})
_MULTISELECT_FOREIGN = ("defaultValue", "dynamicOptions", "allowedValues", "isSecret")
FOREIGN = {
    "multiselect": _MULTISELECT_FOREIGN,
    "environmentSelector": ("multiselectOptions", "multiselectDefaultOptions", *_MULTISELECT_FOREIGN),
}
"""Properties that mean nothing on a variable of that type."""


def _default(variable: FormVariable) -> Iterator[Problem]:
    if variable.has("defaultValue") and not variable.is_true("isOptional"):
        place, name = variable.at("defaultValue"), "isOptional"
        there = variable.has(name)
        edit = Edit.json(variable.at(name), True, safe=False) if there else Edit.member(place, name, True, safe=False)
        yield Problem(
            place,
            f"{variable.key} has a default, so it must be optional",
            'add `"isOptional": true`, or show the value as `placeholder` instead',
            () if variable.type in WITHOUT_DEFAULT else (edit,),
        )
    yield from _default_type(variable)


def _default_type(variable: FormVariable) -> Iterator[Problem]:
    value = variable.value.get("defaultValue")
    kind, wanted = DEFAULTS.get(variable.type, (object, ""))
    if variable.has("defaultValue") and not isinstance(value, kind):
        words = {"true": True, "false": False}
        mended = words.get(value) if kind is bool and isinstance(value, str) else None
        yield Problem(
            variable.at("defaultValue"),
            f"the default of {variable.key} is not {wanted}, but its type is {variable.type}",
            f"write {wanted}",
            () if mended is None else (Edit.json(variable.at("defaultValue"), mended),),
        )


@rule(Severity.error, form(type="string", defaultValue="eu"), gate="tests")
def default_type(form_variable: FormVariable) -> Iterator[Problem]:
    """A form variable with a default is optional, and the default fits its type.

    Nobody has to fill in a field that has a default. The default of a `boolean` is `true` or `false` without quotes.
    """
    if form_variable.list == ROOT:
        yield from _default(form_variable)


@rule(Severity.error, form_of_approval(type="boolean", isOptional=True, defaultValue="true"), gate="tests")
def default_type_approval(form_variable: FormVariable) -> Iterator[Problem]:
    """A form variable of an approval with a default is optional, and the default fits its type.

    This is `default-type` for `approvalFormVariables` and `environmentFormVariables`.
    """
    if form_variable.list in (APPROVAL, ENVIRONMENT):
        yield from _default(form_variable)


def _optional(variable: FormVariable) -> Iterator[Problem]:
    if variable.is_true("isOptional") and not variable.has("defaultValue") and variable.type not in WITHOUT_DEFAULT:
        place, (kind, _) = variable.at("isOptional"), DEFAULTS.get(variable.type, (object, ""))
        yield Problem(
            place,
            f"{variable.key} is optional, so it needs a default",
            'add `"defaultValue": ""`, or the value you would use',
            (Edit.member(place, "defaultValue", ""),) if kind is str else (),
        )


@rule(Severity.error, form(type="string", isOptional=True), gate="tests")
def optional_default(form_variable: FormVariable) -> Iterator[Problem]:
    """An optional form variable has a default.

    Templates see the default when the field is left empty. Types `multiselect` and `environmentSelector` need none.
    """
    if form_variable.list == ROOT:
        yield from _optional(form_variable)


def _options(variable: FormVariable) -> Iterator[Problem]:
    for name in FOREIGN.get(variable.type, ()):
        if variable.has(name):
            yield Problem(variable.at(name), f"{variable.key} is a {variable.type}, which takes no {name}", "remove it")
    if variable.type == "multiselect" and not variable.has("multiselectOptions"):
        yield Problem(
            variable.at("type"),
            f"{variable.key} is a multiselect without multiselectOptions",
            "add `multiselectOptions`",
        )
    if (variable.type == "dynamicEnum") != variable.has("dynamicOptions"):
        message, help_ = (
            (
                f"{variable.key} is a dynamicEnum without dynamicOptions",
                "add `dynamicOptions` with an endpoint and a parser",
            )
            if variable.type == "dynamicEnum"
            else (
                f"{variable.key} has dynamicOptions, but its type is {variable.type}",
                "change its type to `dynamicEnum`",
            )
        )
        yield Problem(variable.at("type"), message, help_)


@rule(Severity.error, form(type="multiselect"), form(type="dynamicEnum"), gate="tests")
def variable_options(form_variable: FormVariable) -> Iterator[Problem]:
    """A form variable has the options that its type needs, and none that it cannot use.

    A `multiselect` needs `multiselectOptions`, a `dynamicEnum` needs `dynamicOptions`; neither a `multiselect` nor an
    `environmentSelector` takes a default, `isSecret`, or the options of another type.
    """
    if form_variable.list == ROOT:
        yield from _options(form_variable)


def _secret(variable: FormVariable) -> Iterator[Problem]:
    if variable.is_true("isSecret") and variable.type != "string":
        yield Problem(
            variable.at("isSecret"),
            f"{variable.key} is secret, but its type is {variable.type}",
            "change its type to `string`, or remove isSecret",
        )


@rule(Severity.error, form(type="uri", isSecret=True), gate="tests")
def secret_string(form_variable: FormVariable) -> Iterator[Problem]:
    """Only a form variable of type `string` is secret.

    The official tests refuse `isSecret` on every other type.
    """
    if form_variable.list == ROOT and form_variable.type not in FOREIGN:
        yield from _secret(form_variable)


@rule(Severity.warning, form_of_flag_cleanup(type="uri", isSecret=True))
def capability_variable(form_variable: FormVariable) -> Iterator[Problem]:
    """The form variables of a capability follow the rules of those at the top level.

    The official tests check only the top level, and the defaults of an approval's variables. Unlike there, a default
    and `isOptional` do not need each other.
    """
    if form_variable.list != ROOT:
        yield from _options(form_variable)
        yield from _secret(form_variable)
        if form_variable.list not in (APPROVAL, ENVIRONMENT):
            yield from _default_type(form_variable)
