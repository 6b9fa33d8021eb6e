"""What a form variable of each type needs, and what it cannot have."""

from collections.abc import Iterator

from toolkit.finding import Edit, Gate, Problem, Severity
from toolkit.integration import FormVariable
from toolkit.integration.form_variable import FOREIGN
from toolkit.integration.pointers import APPROVAL_FORM, ENVIRONMENT_FORM, FORM
from toolkit.rules.examples import form, form_of_approval, form_of_flag_cleanup
from toolkit.rules.registry import error, rule, warning

DEFAULTS: dict[str, tuple[type, str]] = {
    "string": (str, "a string"),
    "uri": (str, "a string"),
    "enum": (str, "a string"),
    "dynamicEnum": (str, "a string"),
    "boolean": (bool, "true or false"),
}
"""What the default of a variable of each type must be; the types left out are not checked."""
WITHOUT_DEFAULT = frozenset({"multiselect", "environmentSelector"})
_TESTED_DEFAULTS = (FORM, APPROVAL_FORM, ENVIRONMENT_FORM)
"""The lists whose defaults the official tests check; all else they check in the first list only."""


def _judged(tested: bool) -> tuple[tuple[Gate, ...], Severity | None]:
    """Gate and severity of a problem in a list that the official tests check, or do not."""
    return (("tests",), None) if tested else ((), warning)


@rule(
    error,
    bad=[
        form(type="string", defaultValue="eu"),
        form_of_approval(type="boolean", isOptional=True, defaultValue="true"),
        form_of_flag_cleanup(type="boolean", isOptional=True, defaultValue="true"),
    ],
    good=form(type="boolean", isOptional=True, defaultValue=False),
    gate="tests",
    unless=("type-mismatch",),
)
def wrong_default(form_variable: FormVariable) -> Iterator[Problem]:
    """A form variable with a default is optional, and the default fits its type.

    Nobody has to fill in a field that has a default. The default of a `boolean` is `true` or `false` without quotes.
    The official tests check the form of the integration and those of approvals; elsewhere it is a warning.
    """
    gates, severity = _judged(form_variable.list in _TESTED_DEFAULTS)
    for problem in (*_required(form_variable), *_of_other_type(form_variable)):
        yield problem._replace(gates=gates, severity=severity)


def _required(variable: FormVariable) -> Iterator[Problem]:
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


def _of_other_type(variable: FormVariable) -> Iterator[Problem]:
    value = variable.value.get("defaultValue")
    kind, wanted = DEFAULTS.get(variable.type, (object, ""))
    if variable.has("defaultValue") and not isinstance(value, kind):
        words = {"true": True, "false": False}
        right = words.get(value) if kind is bool and isinstance(value, str) else None
        yield Problem(
            variable.at("defaultValue"),
            f"the default of {variable.key} is not {wanted}, but its type is {variable.type}",
            f"write `{str(right).lower()}` without quotes" if right is not None else f"write {wanted}",
            () if right is None else (Edit.json(variable.at("defaultValue"), right),),
        )


@rule(
    error,
    bad=[form(type="string", isOptional=True), form_of_approval(type="string", isOptional=True)],
    good=[form(type="multiselect", isOptional=True, multiselectOptions=[{"label": "EU", "value": "eu"}])],
    gate="tests",
)
def optional_without_default(form_variable: FormVariable) -> Iterator[Problem]:
    """An optional form variable has a default.

    Templates see the default when the field is left empty. Types `multiselect` and `environmentSelector` need none. The
    official tests check the form of the integration; elsewhere it is a warning.
    """
    variable = form_variable
    if variable.is_true("isOptional") and not variable.has("defaultValue") and variable.type not in WITHOUT_DEFAULT:
        place, (kind, _) = variable.at("isOptional"), DEFAULTS.get(variable.type, (object, ""))
        gates, severity = _judged(variable.list == FORM)
        edits = (Edit.member(place, "defaultValue", ""),) if kind is str else ()
        default = "false" if kind is bool else '""'
        help_ = f'add `"defaultValue": {default}`, or the value you would use'
        message = f"{variable.key} is optional, so it needs a default"
        yield Problem(place, message, help_, edits, gates, severity)


@rule(
    error,
    bad=[
        form(type="multiselect"),
        form(type="dynamicEnum"),
        form(type="uri", isSecret=True),
        form_of_flag_cleanup(type="uri", isSecret=True),
    ],
    good=form(type="string", isSecret=True),
    gate="tests",
)
def type_mismatch(form_variable: FormVariable) -> Iterator[Problem]:
    """A form variable has the options that its type needs, and none that it cannot use.

    A `multiselect` needs `multiselectOptions`, a `dynamicEnum` needs `dynamicOptions`; neither a `multiselect` nor an
    `environmentSelector` takes a default, `isSecret`, or the options of another type; only a `string` is secret. The
    official tests check the form of the integration; elsewhere it is a warning.
    """
    gates, severity = _judged(form_variable.list == FORM)
    for name, message, help_ in _mismatches(form_variable):
        yield Problem(form_variable.at(name), message, help_, gates=gates, severity=severity)


def _mismatches(variable: FormVariable) -> Iterator[tuple[str, str, str]]:
    """The property, the message and the remedy of whatever does not go with the type."""
    for name in FOREIGN.get(variable.type, ()):
        if variable.has(name):
            yield name, f"{variable.key} is a {variable.type}, which takes no {name}", "remove it"
    if variable.type == "multiselect" and not variable.has("multiselectOptions"):
        yield "type", f"{variable.key} is a multiselect without multiselectOptions", "add `multiselectOptions`"
    if variable.type == "dynamicEnum" and not variable.has("dynamicOptions"):
        help_ = "add `dynamicOptions` with an endpoint and a parser"
        yield "type", f"{variable.key} is a dynamicEnum without dynamicOptions", help_
    if variable.type != "dynamicEnum" and variable.has("dynamicOptions"):
        message = f"{variable.key} has dynamicOptions, but its type is {variable.type}"
        yield "type", message, "change its type to `dynamicEnum`"
    if variable.is_true("isSecret") and variable.type != "string" and variable.type not in FOREIGN:
        message = f"{variable.key} is secret, but its type is {variable.type}"
        yield "isSecret", message, "change its type to `string`, or remove isSecret"
