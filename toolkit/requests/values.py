"""What the form is filled in with: the values that were given, else defaults, else names to replace."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.errors import LditError
from toolkit.integration import FormVariable, Manifest
from toolkit.integration.contexts import Form, form_of

MASK = "***"
OAUTH = ("oauth.baseURI", "oauth.accessToken")
_SECRET_OAUTH = "oauth.accessToken"  # noqa: S105


@dataclass(frozen=True)
class Values:
    """The values that were given, by the keys of form variables; ``show_secrets`` prints secret ones too."""

    given: Mapping[str, str] = field(default_factory=dict)
    show_secrets: bool = False

    def check(self, manifest: Manifest) -> None:
        """Raises LditError for a value that no form variable takes."""
        known = [variable.key for variable in manifest.form_variables]
        known += OAUTH if manifest.get("/requiresOAuth") else ()
        for key in self.given:
            if key not in known:
                from difflib import get_close_matches

                near = get_close_matches(key, known, n=1)
                others = f"name one of: {', '.join(dict.fromkeys(known))}" if known else "it has none"
                help_ = f"did you mean `{near[0]}`?" if near else others
                raise LditError(f"there is no form variable {key}", help_)

    def form(self, manifest: Manifest) -> Form:
        """The form, filled in to be shown."""
        oauth = {key.partition(".")[2]: self._shown(key, key == _SECRET_OAUTH) for key in OAUTH}
        return form_of(manifest, self._answer, oauth if manifest.get("/requiresOAuth") else None)

    def unset(self, manifest: Manifest) -> frozenset[str]:
        """How the values that nobody gave are written."""
        shown = [self._answer(variable) for variable in manifest.form_variables]
        if manifest.get("/requiresOAuth"):
            shown += [placeholder(key) for key in OAUTH if key not in self.given]
        return frozenset(value for value in shown if isinstance(value, str) and value.startswith("$"))

    def _answer(self, variable: FormVariable) -> Any:
        key = variable.key
        if variable.type == "boolean":
            return self._switch(variable)
        if key in self.given:
            return self._shown(key, variable.is_true("isSecret"))
        default, allowed = variable.value.get("defaultValue"), variable.value.get("allowedValues")
        if isinstance(default, str) and default:
            return default
        if isinstance(allowed, list) and allowed and isinstance(allowed[0], str):
            return allowed[0]
        return placeholder(key)

    def _switch(self, variable: FormVariable) -> bool:
        given = self.given.get(variable.key)
        if given is None:
            return variable.value.get("defaultValue") is not False
        if given not in ("true", "false"):
            raise LditError(f"{variable.key} is `{given}`, but a boolean", "say true or false")
        return given == "true"

    def _shown(self, key: str, secret: bool) -> str:
        if key not in self.given:
            return placeholder(key)
        return MASK if secret and not self.show_secrets else self.given[key]


def placeholder(key: str) -> str:
    """What stands for a value that nobody gave: the name of a shell variable, such as ``$APITOKEN``."""
    return "$" + re.sub(r"[^A-Za-z0-9]", "_", key).upper()
