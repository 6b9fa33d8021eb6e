"""Turns the breaches of a schema into failures that a partner can act on."""

from collections.abc import Iterable, Iterator
from typing import Any

from toolkit.json_text.pointer import join
from toolkit.schema.breach import Breach, Path
from toolkit.schema.elsewhere import Places, places
from toolkit.schema.failure import Failure
from toolkit.schema.phrases import Words
from toolkit.schema.words import words

_ON_KEY = ("additionalProperties", "propertyNames")


def explained(breaches: Iterable[Breach], schema: dict[str, Any]) -> list[Failure]:
    """Every failure of a manifest that breaks ``schema``, one for each place, in order of their pointers."""
    first: dict[tuple[Path, str], Breach] = {}
    for breach in breaches:
        first.setdefault((breach.path, breach.name), breach)
    return list(_failures(sorted(first.values(), key=_order), places(schema)))


def _order(breach: Breach) -> tuple[tuple[bool, int | str], ...]:
    """The place of a failure; indexes of a list stand before keys, which a schema may both ask of one value."""
    return tuple((isinstance(step, str), step) for step in _place(breach))


def _place(breach: Breach) -> Path:
    """Where a failure stands: at the key itself when that is unknown, at the object when one is missing."""
    return (*breach.path, breach.name) if breach.keyword in _ON_KEY else breach.path


def _failures(breaches: list[Breach], known: Places) -> Iterator[Failure]:
    """The failures, without those missing keys that a misspelled key of the same object stands for.

    Of two keys that seem to mean the same one, only the first is to be renamed.
    """
    worded = [(breach, words(breach, known)) for breach in breaches]
    meant: dict[tuple[Path, object], str] = {}
    for breach, text in worded:
        if breach.keyword in _ON_KEY:
            meant.setdefault((breach.path, text.replacement), breach.name)
    for breach, text in worded:
        missing = breach.name if breach.keyword == "required" else None
        if missing is not None and (breach.path, missing) in meant:
            continue
        on_key = breach.keyword in _ON_KEY
        if on_key and text.replacement and meant[breach.path, text.replacement] != breach.name:
            text = Words(text.message, "remove it")
        place = join("", *_place(breach))
        yield Failure(place, on_key, text.message, text.help, text.replacement, missing, text.guess)
