"""The manifest as rules see it: typed look-ups that never fail, and places to point at."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeVar

from toolkit.integration.form_variable import LISTS, FormVariable
from toolkit.integration.json_file import JsonFile
from toolkit.json_text.pointer import lookup

NAME = "manifest.json"
T = TypeVar("T")


class Manifest(JsonFile):
    """One manifest that could be read as JSON; its value may still be of any type."""

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

    @cached_property
    def form_variables(self) -> tuple[FormVariable, ...]:
        """Every form variable of every list, in the order of FormVariable.LISTS."""
        return tuple(self._form_variables())

    def _form_variables(self) -> Iterator[FormVariable]:
        for pointer in LISTS:
            for index, value in enumerate(self.list(pointer)):
                if isinstance(value, dict):
                    yield FormVariable(self.path, pointer, index, value)

    def _typed(self, pointer: str, kind: type[T], default: T) -> T:
        value = self.get(pointer)
        return value if isinstance(value, kind) else default
