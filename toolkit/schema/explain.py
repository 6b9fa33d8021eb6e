"""Turns the breaches of the manifest schema into failures that a partner can act on."""

from collections.abc import Iterable, Iterator
from typing import Any

from toolkit.schema.breach import Breach, Path, breaches
from toolkit.schema.failure import Failure
from toolkit.schema.names import pointer
from toolkit.schema.words import Words, words

# Of several keywords that one value breaks, the first here is told; the others mostly follow from it.
_FIRST = (
    "type",
    "enum",
    "maxLength",
    "pattern",
    "format",
    "minLength",
    "minItems",
    "uniqueItems",
    "maxItems",
)


def explained(value: Any) -> list[Failure]:
    """Every failure of a manifest that is not accepted, one for each place, in order of their pointers."""
    return list(_told(sorted(_first_of_each_place(breaches(value)), key=_place)))


def _place(breach: Breach) -> Path:
    """Where a failure stands: at the key itself when that is unknown, at the object when one is missing."""
    return (*breach.path, breach.name) if breach.keyword == "additionalProperties" else breach.path


def _first_of_each_place(found: Iterable[Breach]) -> Iterable[Breach]:
    places: dict[tuple[object, str], Breach] = {}
    for breach in found:
        place = (breach.path, breach.name)
        if place not in places or _rank(breach) < _rank(places[place]):
            places[place] = breach
    return places.values()


def _rank(breach: Breach) -> int:
    return _FIRST.index(breach.keyword) if breach.keyword in _FIRST else -1


def _told(found: Iterable[Breach]) -> Iterator[Failure]:
    """The failures, without those missing keys that a misspelt key of the same object stands for.

    Of two keys that seem to mean the same one, only the first is to be renamed.
    """
    told = [(breach, words(breach)) for breach in found]
    meant: dict[tuple[Path, object], str] = {}
    for breach, said in told:
        if breach.keyword == "additionalProperties":
            meant.setdefault((breach.path, said.replacement), breach.name)
    for breach, said in told:
        missing = breach.name if breach.keyword == "required" else None
        if missing is None or (breach.path, missing) not in meant:
            on_key = breach.keyword == "additionalProperties"
            if on_key and said.replacement and meant[breach.path, said.replacement] != breach.name:
                said = Words(said.message, "remove it")
            place = pointer(_place(breach))
            yield Failure(place, on_key, said.message, said.help, said.replacement, missing, said.guess)
