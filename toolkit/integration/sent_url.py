"""A request's URL as it is sent: the template, with what customers would fill in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.integration import forms
from toolkit.integration.pointers import FORM, STORE_FORM

if TYPE_CHECKING:
    from toolkit.integration.form_variable import FormVariable
    from toolkit.integration.template import Template

_TYPED = {"uri": "https://eu.acme.example", "boolean": "true"}
"""What a customer would type into a field of that type."""


class SentUrl(NamedTuple):
    """A URL, and the form variable and the answer that it was made with; None where no variable matters.

    ``suggested``: the form itself suggests the answer.
    """

    url: str
    variable: FormVariable | None
    answer: str
    suggested: bool

    @property
    def words(self) -> str:
        """How messages say which answer it was made with."""
        return f"with `{self.answer}` for {self.variable.key} " if self.variable else ""


def sent_urls(template: Template) -> Iterator[SentUrl]:
    """A template of a URL, rendered with each answer that the form suggests: one variable after the other.

    Answers are the placeholder, the default and the allowed values, or else what the type asks for.
    """
    named = {found.resolved[0] for found in template.references if found.resolved}
    variables = [
        variable
        for variable in template.manifest.form_variables
        if variable.list in (FORM, STORE_FORM) and variable.value.get("key") in named
    ]
    usual = {variable.key: (*_suggested(variable), _typed(variable))[0] for variable in variables}
    if not variables:
        yield from _rendered(template, usual, None, "")
    for variable in variables:
        for answer in dict.fromkeys(_suggested(variable)) or (_typed(variable),):
            yield from _rendered(template, {**usual, variable.key: answer}, variable, answer)


def _rendered(
    template: Template, answers: dict[str, str], variable: FormVariable | None, answer: str
) -> Iterator[SentUrl]:
    from toolkit.handlebars import HandlebarsError

    def value(one: FormVariable) -> Any:
        return answers.get(one.key, forms.tested(one))

    form = template.manifest.form(value, {"baseURI": "https://oauth.acme.example", "accessToken": "x"})
    try:
        url = template.render(template.sample(template.events[0], form, "x"))
        yield SentUrl(url, variable, answer, variable is not None and any(_suggested(variable)))
    except (HandlebarsError, IndexError):
        return


def _suggested(variable: FormVariable) -> tuple[str, ...]:
    """The answers that the form suggests, the likeliest first."""
    chosen = [value for _, value in variable.choices] if variable.type == "enum" else []
    shown = [variable.value.get(name) for name in ("placeholder", "defaultValue")]
    return tuple(value for value in (*chosen, *shown) if isinstance(value, str) and _is_an_answer(value))


def _typed(variable: FormVariable) -> str:
    """What a customer would type."""
    return _TYPED.get(variable.type, "acme")


def _is_an_answer(value: str) -> bool:
    """Whether a text could be typed as it is, and is no description of what to type."""
    return bool(value) and not any(char.isspace() or char in "<>{}[]" for char in value)
