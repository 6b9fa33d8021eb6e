"""What the form is filled in with: the values that were given, else defaults, else names to replace."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.errors import LditError
from toolkit.integration import FormVariable, Manifest
from toolkit.integration.forms import Form
from toolkit.regex import regex
from toolkit.text import did_you_mean

MASK = "***"
OAUTH = ("oauth.baseURI", "oauth.accessToken")
_SECRET_OAUTH = "oauth.accessToken"  # noqa: S105
_WORDS = regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SHELL = (
    *("BASH", "CDPATH", "COLUMNS", "DISPLAY", "EDITOR", "ENV", "GROUPS", "HISTFILE", "HOME", "HOST", "HOSTNAME", "IFS"),
    *("LANG", "LINES", "LOGNAME", "MAIL", "OLDPWD", "PATH", "PPID", "PS1", "PS2", "PWD", "RANDOM", "SECONDS", "SHELL"),
    *("SHLVL", "TERM", "TMPDIR", "TZ", "UID", "USER", "USERNAME"),
)
"""Names that already mean something to a shell or to what it starts."""


@dataclass(frozen=True)
class Values:
    """The values that were given, by the keys of form variables; ``show_secrets`` prints secret ones too.

    Several choices of a ``multiselect`` are separated by commas.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    show_secrets: bool = False

    def check(self, manifest: Manifest) -> None:
        """Raises LditError for a value that no form variable takes."""
        known = [variable.key for variable in manifest.form_variables]
        known += OAUTH if manifest.get("/requiresOAuth") else ()
        for key in self.given:
            if key not in known:
                others = f"name one of: {', '.join(dict.fromkeys(known))}" if known else "it has none"
                raise LditError(f"there is no form variable {key}", did_you_mean(key, known) or others)

    def form(self, manifest: Manifest) -> Form:
        """The form, filled in to be shown."""
        oauth = {key.partition(".")[2]: self._shown(key, key == _SECRET_OAUTH) for key in OAUTH}
        return manifest.form(self._answer, oauth if manifest.get("/requiresOAuth") else None)

    def unset(self, manifest: Manifest) -> frozenset[str]:
        """How the values that nobody gave are written."""
        return frozenset(map(placeholder, self._missing(manifest)))

    def _missing(self, manifest: Manifest) -> Iterator[str]:
        for variable in manifest.form_variables:
            if variable.key not in self.given and default_of(variable) is None:
                yield variable.key
        if manifest.get("/requiresOAuth"):
            yield from (key for key in OAUTH if key not in self.given)

    def _answer(self, variable: FormVariable) -> Any:
        key = variable.key
        if key not in self.given:
            default = default_of(variable)
            return placeholder(key) if default is None else default
        if variable.type == "boolean":
            return _switch(key, self.given[key])
        if variable.type == "multiselect":
            return [choice for choice in self.given[key].split(",") if choice]
        return self._shown(key, variable.is_true("isSecret"))

    def _shown(self, key: str, secret: bool) -> str:
        if key not in self.given:
            return placeholder(key)
        return MASK if secret and not self.show_secrets else self.given[key]


def default_of(variable: FormVariable) -> str | bool | list[str] | None:
    """What a form variable is before anybody fills it in; None where nobody can know.

    A menu begins with its first choice, a checkbox without a tick.
    """
    default, allowed = variable.value.get("defaultValue"), variable.value.get("allowedValues")
    if variable.type == "boolean":
        return default is True
    if variable.type == "multiselect":
        chosen = variable.value.get("multiselectDefaultOptions")
        return [choice for choice in chosen if isinstance(choice, str)] if isinstance(chosen, list) else []
    if isinstance(default, str) and default:
        return default
    return allowed[0] if isinstance(allowed, list) and allowed and isinstance(allowed[0], str) else None


def placeholder(key: str) -> str:
    """What stands for a value that nobody gave: a shell variable that nothing else uses, such as ``$API_TOKEN``."""
    name = re.sub(r"[^A-Z0-9]", "_", _WORDS.sub("_", key).upper())
    return f"$FORM_{name}" if name in _SHELL or not name[:1].isalpha() else f"${name}"


def _switch(key: str, given: str) -> bool:
    if given not in ("true", "false"):
        raise LditError(f"{key} is `{given}`, but a boolean", "say true or false")
    return given == "true"
