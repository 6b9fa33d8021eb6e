"""A whole form: the fields of one list of form variables, as they are filled in."""

from collections.abc import Iterator

from toolkit.integration import FormVariable
from toolkit.preview.depends import is_shown
from toolkit.preview.fields import Field, field, initial
from toolkit.preview.view import VARIABLE, View


def form(view: View, *lists: str) -> tuple[Field, ...]:
    """The fields of the lists at these pointers of the manifest, in their order."""
    return tuple(_fields(view, lists))


def _fields(view: View, lists: tuple[str, ...]) -> Iterator[Field]:
    choices = view.choices
    for variable in view.manifest.form_variables:
        if variable.list in lists:
            shown = is_shown(variable, lambda name, key: _value(view, name, key))
            typed = choices.typed.get(VARIABLE + variable.key)
            yield field(variable, typed, shown=shown, editing=choices.editing, saving=choices.saving)


def problems(fields: tuple[Field, ...]) -> list[str]:
    """What keeps a form from being saved."""
    return [f"{one.label}: {one.problem}" for one in fields if one.problem and not one.hidden]


def _value(view: View, list_name: str, key: str) -> str:
    """What a form holds for the variable with that key in the list of that name; empty where there is none."""
    variables: Iterator[FormVariable] = (
        variable
        for variable in view.manifest.form_variables
        if variable.key == key and variable.list.rpartition("/")[2] == list_name
    )
    variable = next(variables, None)
    return view.choices.typed.get(VARIABLE + key, initial(variable)) if variable else ""
