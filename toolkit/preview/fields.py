"""One field of a form: its control, what it starts with, and what it accepts."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from toolkit.integration import FormVariable
from toolkit.preview.markdown import inline
from toolkit.requests import default_of

CONTROLS: Mapping[str, str] = {
    "string": "text",
    "uri": "text",
    "boolean": "checkbox",
    "enum": "select",
    "dynamicEnum": "fetched",
    "multiselect": "choices",
    "environmentSelector": "environments",
    "generated": "copied",
    "publicKey": "copied",
}
"""The control of each type; of any other nobody knows what it looks like."""


@dataclass(frozen=True)
class Option:
    """One entry of a menu."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A form variable as a customer meets it. ``problem`` is what is wrong with the value, ``pointer`` its place."""

    key: str
    pointer: str
    control: str
    label: str
    help: Markup
    value: str
    placeholder: str
    options: tuple[Option, ...]
    optional: bool
    secret: bool
    hidden: bool
    fixed: bool
    problem: str


def field(variable: FormVariable, typed: str | None, *, shown: bool, editing: bool, saving: bool) -> Field:
    """The field of a form variable with what was typed into it, if anything was."""
    value = initial(variable) if typed is None else typed
    return Field(
        key=variable.key,
        pointer=variable.pointer,
        control=CONTROLS.get(variable.type, "unknown"),
        label=_text(variable, "name") or variable.key,
        help=inline(_text(variable, "description")),
        value=value,
        placeholder=_text(variable, "placeholder"),
        options=tuple(_options(variable, value)),
        optional=variable.is_true("isOptional"),
        secret=variable.is_true("isSecret"),
        hidden=not shown or (variable.is_true("hideEmpty") and not value),
        fixed=editing and variable.is_true("disableAfterSaving"),
        problem=problem(variable, value, saving=saving) if shown else "",
    )


def initial(variable: FormVariable) -> str:
    """What stands in a field before anybody types: its default, as the page sends it."""
    start = default_of(variable)
    if isinstance(start, bool):
        return "true" if start else "false"
    return ",".join(start) if isinstance(start, list) else start or ""


def problem(variable: FormVariable, value: str, *, saving: bool) -> str:
    """Why a form does not accept a value; an empty one only matters when it is to be saved."""
    if not value:
        empty = saving and not variable.is_true("isOptional") and CONTROLS.get(variable.type) not in _NEVER_TYPED
        return f"{_text(variable, 'name') or variable.key} is required" if empty else ""
    if variable.type == "uri" and not _is_url(value):
        return "not a valid URL"
    allowed = variable.value.get("allowedValues")
    if variable.type == "enum" and isinstance(allowed, list) and value not in allowed:
        return "not one of the choices"
    return ""


_NEVER_TYPED = ("checkbox", "copied", None)


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, value))
    except ValueError:
        return False


def _options(variable: FormVariable, value: str) -> list[Option]:
    if variable.type == "multiselect":
        listed = variable.value.get("multiselectOptions")
        chosen = value.split(",")
        pairs = [
            (str(o.get("value", "")), str(o.get("label", "")))
            for o in (listed if isinstance(listed, list) else ())
            if isinstance(o, dict)
        ]
        return [Option(one, label, one in chosen) for one, label in pairs]
    allowed = variable.value.get("allowedValues") if variable.type == "enum" else ()
    texts = [one for one in allowed if isinstance(one, str)] if isinstance(allowed, list) else []
    return [Option(one, one, one == value) for one in texts]


def _text(variable: FormVariable, name: str) -> str:
    text = variable.value.get(name)
    return text if isinstance(text, str) else ""
