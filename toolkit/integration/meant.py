"""A manifest as it is meant: with misspelled keys and words read as those that they were surely meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.json_text import join, split
from toolkit.json_text.pointer import index

if TYPE_CHECKING:
    from toolkit.schema import Failure


class Meant(NamedTuple):
    """The value that is meant; ``written`` has the pointer to each key that is written in another way.

    There it stands under the pointer to what is meant, with its parents as they are written.
    """

    value: Any
    written: Mapping[str, str]

    def pointer(self, meant: str) -> str:
        """A pointer into the value that is meant, as it is written."""
        if not self.written:
            return meant
        pointer = ""
        for part in split(meant):
            pointer = join(pointer, part)
            pointer = self.written.get(pointer, pointer)
        return pointer


def meant(value: Any, failures: Iterable[Failure]) -> Meant:
    """What a value means, by what a schema refuses in it and takes for a slip; the value itself stays as it is.

    A key is not read as another one that is there too, and only a text as another value.
    """
    slips = [failure for failure in failures if failure.replacement is not None]
    if not slips:
        return Meant(value, {})
    corrected, written = deepcopy(value), dict[str, str]()
    for slip in sorted(slips, key=lambda slip: (slip.on_key, -slip.pointer.count("/"))):
        *way, last = split(slip.pointer)
        parent = _inside(corrected, way)
        if slip.on_key and isinstance(parent, dict) and slip.replacement not in parent and last in parent:
            name = str(slip.replacement)
            items = [(name if key == last else key, part) for key, part in parent.items()]
            parent.clear()
            parent.update(items)
            written[join("", *way, name)] = slip.pointer
        elif not slip.on_key and isinstance(parent, dict) and isinstance(parent.get(last), str):
            parent[last] = slip.replacement
        elif not slip.on_key and isinstance(parent, list) and (at := index(last)) is not None:
            parent[at : at + 1] = [slip.replacement if isinstance(item, str) else item for item in parent[at : at + 1]]
    return Meant(corrected, written)


def _inside(value: Any, way: Iterable[str]) -> Any:
    for part in way:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and (at := index(part)) is not None and at < len(value):
            value = value[at]
        else:
            return None
    return value
