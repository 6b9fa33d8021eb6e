"""One form variable, wherever in the manifest its list stands."""

from dataclasses import dataclass
from typing import Any

from toolkit.finding import Place
from toolkit.integration.pointers import APPROVAL_FORM, ENVIRONMENT_FORM, FORM, STORE_FORM

# The names under which the rules know these pointers.
ROOT, APPROVAL, ENVIRONMENT, STORE = FORM, APPROVAL_FORM, ENVIRONMENT_FORM, STORE_FORM


@dataclass(frozen=True)
class FormVariable:
    """One field of the form that a LaunchDarkly member fills in; ``list`` points to its list."""

    file: str
    list: str
    index: int
    value: dict[str, Any]

    @property
    def pointer(self) -> str:
        """The JSON pointer to the variable."""
        return f"{self.list}/{self.index}"

    @property
    def key(self) -> str:
        """The key, or its place in the list where it has none, to name it in a message."""
        key = self.value.get("key")
        return key if isinstance(key, str) else f"{self.list.rpartition('/')[2]}[{self.index}]"

    @property
    def type(self) -> str:
        """The type; empty where it is missing or no text."""
        kind = self.value.get("type")
        return kind if isinstance(kind, str) else ""

    def has(self, *names: str) -> bool:
        """Whether any of the properties is there; null counts as there."""
        return any(name in self.value for name in names)

    def is_true(self, name: str) -> bool:
        """Whether exactly ``true`` is the value of the property."""
        return self.value.get(name) is True

    def at(self, name: str = "") -> Place:
        """The value of the property ``name``, or the whole variable."""
        return Place(self.file, f"{self.pointer}/{name}" if name else self.pointer)
