"""Choices and defaults of form variables."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import FormVariable
from toolkit.integration.form_variable import FOREIGN
from toolkit.regex import regex
from toolkit.rules.examples import form
from toolkit.rules.registry import error, rule, warning

OPTIONS = {
    "allowedValues": frozenset({"enum"}),
    "multiselectOptions": frozenset({"multiselect"}),
    "multiselectDefaultOptions": frozenset({"multiselect"}),
}
"""Lists of choices, and the types of variable that show them."""
_URI = regex(r"(?i)https?://[^\s/?#@{}<>]+(?:[/?#]\S*)?")
_EU = {"label": "Europe", "value": "eu"}


@rule(
    error,
    bad=[form(type="enum"), form(type="multiselect", multiselectOptions=[])],
    good=form(type="enum", allowedValues=["eu"]),
    unless=("type-mismatch",),
)
def missing_options(form_variable: FormVariable) -> Iterator[Problem]:
    """A form variable to choose from offers at least one choice.

    An `enum` needs `allowedValues`. For a `multiselect` the official tests accept an empty list, from which customers
    cannot choose anything.
    """
    wanted = {"enum": "allowedValues", "multiselect": "multiselectOptions"}.get(form_variable.type)
    if wanted and not form_variable.value.get(wanted) and (form_variable.type == "enum" or form_variable.has(wanted)):
        there = form_variable.has(wanted)
        place = form_variable.at(wanted if there else "type")
        yield Problem(place, f"{form_variable.key} offers no choices", f"list the choices in {wanted}")


@rule(
    warning,
    bad=form(type="string", allowedValues=["eu", "us"]),
    good=form(type="enum", allowedValues=["eu", "us"]),
    unless=("type-mismatch",),
)
def unused_options(form_variable: FormVariable) -> Iterator[Problem]:
    """Only a form variable to choose from has a list of choices.

    `allowedValues` belongs to `enum`, `multiselectOptions` to `multiselect`; a text field shows neither.
    """
    for name, types in OPTIONS.items():
        if (
            form_variable.has(name)
            and form_variable.type not in types
            and name not in FOREIGN.get(form_variable.type, ())
        ):
            message = f"{form_variable.key} has {name}, but its type is {form_variable.type}"
            yield Problem(form_variable.at(name), message, f"change its type to `{min(types)}`, or remove {name}")


@rule(
    warning,
    bad=[
        form(type="enum", allowedValues=["eu", "us"], isOptional=True, defaultValue="asia"),
        form(type="multiselect", multiselectOptions=[_EU], multiselectDefaultOptions=["asia"]),
    ],
    good=form(type="enum", allowedValues=["eu", "us"], isOptional=True, defaultValue=""),
)
def default_not_an_option(form_variable: FormVariable) -> Iterator[Problem]:
    """The default is one of the choices.

    Letter case matters. An empty default leaves the choice to the customer.
    """
    offered = [value for _, value in form_variable.choices]
    default, several = form_variable.value.get("defaultValue"), form_variable.value.get("multiselectDefaultOptions")
    wrong = []
    if form_variable.type == "enum" and isinstance(default, str) and default:
        wrong.append(("defaultValue", default))
    if form_variable.type == "multiselect" and isinstance(several, list):
        wrong.extend((f"multiselectDefaultOptions/{at}", value) for at, value in enumerate(several))
    for name, value in wrong:
        if offered and value not in offered:
            near = [other for other in offered if str(other).lower() == str(value).lower()]
            edits = (Edit.json(form_variable.at(name), near[0]),) if near else ()
            help_ = f"did you mean `{near[0]}`?" if near else f"use one of: {', '.join(map(str, offered[:8]))}"
            yield Problem(form_variable.at(name), f"{form_variable.key} does not offer `{value}`", help_, edits)


@rule(
    warning,
    bad=form(type="uri", isOptional=True, defaultValue="acme-signals"),
    good=form(type="uri", isOptional=True, defaultValue="https://eu.acme-signals.io:8080?a=b"),
)
def invalid_uri_default(form_variable: FormVariable) -> Iterator[Problem]:
    """The default of a `uri` form variable is a whole URL, or empty.

    The form refuses anything else, so a customer could not even leave the default as it is.
    """
    default = form_variable.value.get("defaultValue")
    if form_variable.type == "uri" and isinstance(default, str) and default and not _URI.fullmatch(default):
        place = form_variable.at("defaultValue")
        yield Problem(place, f"the default of {form_variable.key} is not a URL", "write it with https:// and a host")
