"""One form variable, wherever in the manifest its list stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from toolkit.finding import Place

_MULTISELECT_FOREIGN = ("defaultValue", "dynamicOptions", "allowedValues", "isSecret")
FOREIGN = {
    "multiselect": _MULTISELECT_FOREIGN,
    "environmentSelector": ("multiselectOptions", "multiselectDefaultOptions", *_MULTISELECT_FOREIGN),
}
"""Properties that mean nothing on a variable of that type."""


@dataclass(frozen=True)
class FormVariable:
    """One field of the form that a LaunchDarkly member fills in; ``list`` points to its list.

    ``place`` gives the place of a pointer in the manifest.
    """

    list: str
    index: int
    value: dict[str, Any]
    place: Callable[[str], Place] = field(compare=False, repr=False)

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

    @property
    def choices(self) -> tuple[tuple[str, Any], ...]:
        """What a customer may choose from, each with the name of the property and its place in it."""
        return tuple(_choices(self.value))

    def has(self, *names: str) -> bool:
        """Whether any of the properties is there; null counts as there."""
        return any(name in self.value for name in names)

    def is_true(self, name: str) -> bool:
        """Whether exactly ``true`` is the value of the property."""
        return self.value.get(name) is True

    def at(self, name: str = "") -> Place:
        """The value of the property ``name``, or the whole variable."""
        return self.place(f"{self.pointer}/{name}" if name else self.pointer)


def _choices(variable: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    plain, labeled = variable.get("allowedValues"), variable.get("multiselectOptions")
    for at, value in enumerate(plain if isinstance(plain, list) else ()):
        yield f"allowedValues/{at}", value
    for at, option in enumerate(labeled if isinstance(labeled, list) else ()):
        if isinstance(option, dict):
            yield f"multiselectOptions/{at}/value", option.get("value")
