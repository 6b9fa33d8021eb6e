"""The manifest as rules see it: typed look-ups that never fail, and places to point at."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar

from toolkit.finding import Place
from toolkit.integration import forms
from toolkit.integration.discovery import NAME as NAME
from toolkit.integration.fields import Field, Role, fields_of, strings_in
from toolkit.integration.form_variable import FormVariable
from toolkit.integration.forms import Form, ValueOf
from toolkit.integration.json_file import JsonFile
from toolkit.integration.meant import Meant, meant
from toolkit.integration.pointers import LINK_METADATA, OPEN_APPROVAL_FORM, REQUIRES_OAUTH
from toolkit.integration.shape import ABSENT, ANY, OTHERS
from toolkit.json_text.pointer import lookup
from toolkit.schema import Failure, failures

LONGEST = 5_000
"""Code points; a longer text breaks the limits of the schema, and is left to the rule that says so."""
T = TypeVar("T")


class Manifest(JsonFile):
    """One manifest that could be read as JSON; its value may still be of any type.

    ``value`` is what is meant: a misspelled key or word is read as the one that the schema takes it for, and only the
    rule on the schema speaks of it. Places are those of what is written.
    """

    @property
    def value(self) -> Any:
        """The manifest as it is meant."""
        return self._meant.value

    @property
    def written(self) -> Any:
        """The manifest as it is written."""
        return self.document.value

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        """What the schema that we know refuses in what is written."""
        return tuple(failures(self.written))

    def at(self, pointer: str, span: tuple[int, int] | None = None) -> Place:
        """The value at ``pointer``; with ``span`` the code points of that string."""
        return super().at(self._meant.pointer(pointer), span)

    def key(self, pointer: str) -> Place:
        """The key at ``pointer`` rather than its value."""
        return super().key(self._meant.pointer(pointer))

    def get(self, pointer: str) -> Any:
        """The value at ``pointer``, or None where there is none."""
        try:
            return lookup(self.value, pointer)
        except LookupError:
            return None

    def text(self, pointer: str) -> str:
        """The string at ``pointer``; empty when there is none, or it is no string."""
        return self._typed(pointer, str, "")

    def flag(self, pointer: str) -> bool:
        """Whether exactly ``true`` stands at ``pointer``."""
        return self.get(pointer) is True

    def object(self, pointer: str) -> dict[str, Any]:
        """The object at ``pointer``; empty when there is none, or it is something else."""
        return self._typed(pointer, dict, {})

    def list(self, pointer: str) -> list[Any]:
        """The array at ``pointer``; empty when there is none, or it is something else."""
        return self._typed(pointer, list, [])

    def has(self, pointer: str) -> bool:
        """Whether anything but null stands at ``pointer``."""
        return self.get(pointer) is not None

    def fields(self, *roles: Role) -> tuple[Field[Any], ...]:
        """The fields of these roles, in the order of the roles; of any JSON type, as the manifest has them."""
        return tuple(field for role in roles for field in self._fields.get(role, ()))

    def texts(self, *roles: Role) -> tuple[Field[str], ...]:
        """The strings in fields of these roles, in the order of the roles; one above LONGEST is left out."""
        return tuple(text for role in roles for text in self._texts.get(role, ()))

    @cached_property
    def endpoints(self) -> tuple[Field[Any], ...]:
        """Every endpoint that is an object."""
        return tuple(field for field in self.fields("endpoint") if isinstance(field.value, dict))

    @cached_property
    def strings(self) -> tuple[Field[str], ...]:
        """Every string of the manifest, whatever it is for; in no particular order."""
        return tuple(strings_in(self.value))

    @cached_property
    def form_variables(self) -> tuple[FormVariable, ...]:
        """Every form variable of every list, in the order of the schema."""
        lists = [field for field in self.fields("form") if isinstance(field.value, list)]
        return tuple(
            FormVariable(field.pointer, index, value, self.at)
            for field in lists
            for index, value in enumerate(field.value)
            if isinstance(value, dict)
        )

    def form(self, value_of: ValueOf, oauth: Any) -> Form:
        """The form with ``value_of`` each variable and ``oauth`` for what LaunchDarkly knows after signing in."""
        return forms.form(self.form_variables, value_of, forms.metadata(self.object(LINK_METADATA)), oauth)

    @cached_property
    def tested_form(self) -> Form:
        """The form as the official tests fill it in; what has no value there is left out."""
        oauth = {"baseURI": "https://oauth.acme.example", "accessToken": "oauth-access-token"}
        return self.form(forms.tested, oauth if self.get(REQUIRES_OAUTH) else None)

    @cached_property
    def least_form(self) -> Form:
        """The same with every switch off and every optional field empty."""
        return self.form(forms.least, self.tested_form.oauth)

    @cached_property
    def open_form(self) -> Form:
        """The form as a shape: whatever a template may name."""
        form = self.form(forms.shape, {"baseURI": "", "accessToken": ""} if self.get(REQUIRES_OAUTH) else ABSENT)
        more = {OTHERS: ANY} if self.flag(OPEN_APPROVAL_FORM) else {}
        return form._replace(approval={**form.approval, **more})

    @cached_property
    def _meant(self) -> Meant:
        first = meant(self.written, self.failures)
        if not first.written:
            return first
        # What stands below a misspelled key is judged under the right one.
        below = [failure for failure in failures(first.value) if not failure.on_key]
        return first._replace(value=meant(first.value, below).value)

    @cached_property
    def _fields(self) -> Mapping[Role, tuple[Field[Any], ...]]:
        return fields_of(self.value)

    @cached_property
    def _texts(self) -> Mapping[Role, tuple[Field[str], ...]]:
        def is_short(value: Any) -> bool:
            return isinstance(value, str) and len(value) <= LONGEST

        return {
            role: tuple(field for field in fields if is_short(field.value)) for role, fields in self._fields.items()
        }

    def _typed(self, pointer: str, kind: type[T], default: T) -> T:
        value = self.get(pointer)
        return value if isinstance(value, kind) else default
