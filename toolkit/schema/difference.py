"""How another schema differs from the one that we know, in a few words."""

from collections.abc import Iterator
from typing import Any

from toolkit.schema.names import described, listed, printable, where

_INNER = ("items", "additionalProperties")
_LIMITS = {
    "maxLength": "may have up to {} characters",
    "minLength": "needs at least {} characters",
    "maxItems": "may hold up to {} items",
    "minItems": "needs at least {} items",
}
_WORDS = ("title", "description", "patternErrorMessage")
_SHOWN = 3
Place = tuple[str, ...]


def differences(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """What ``theirs`` says otherwise, each once however many places share it; empty when both say the same."""
    found: dict[str, tuple[str, int]] = {}
    for place, what in _differences(ours, theirs, ()):
        key = f"{place[-1:]} {what}"
        text, count = found.get(key, (f"{where(place)} {what}", 0))
        found[key] = text, count + 1
    return [f"{text} (at {count} places)" if count > 1 else text for text, count in found.values()]


def summary(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """The same in one line, the first three written out; empty when both say the same."""
    found = differences(ours, theirs)
    more = [f"{len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
    return listed([*found[:_SHOWN], *more], "and")


def _differences(ours: dict[str, Any], theirs: dict[str, Any], place: Place) -> Iterator[tuple[Place, str]]:
    known, new = ours.get("properties", {}), theirs.get("properties", {})
    yield from (((*place, name), "is new") for name in sorted(new.keys() - known.keys()))
    yield from (((*place, name), "is gone") for name in sorted(known.keys() - new.keys()))
    before, after = ours.get("required", []), theirs.get("required", [])
    yield from (((*place, name), "is required") for name in after if name not in before)
    yield from (((*place, name), "is optional") for name in before if name not in after and name in new)
    yield from ((place, what) for what in _values(ours, theirs))
    for name in (name for name in known if name in new):
        yield from _differences(known[name], new[name], (*place, name))
    for word in _INNER:
        if isinstance(ours.get(word), dict) and isinstance(theirs.get(word), dict):
            yield from _differences(ours[word], theirs[word], (*place, "[]" if word == "items" else "*"))


def _values(ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    """What is said of the value itself."""
    for word in sorted({*ours, *theirs} - {*_WORDS, "properties", "required"}):
        old, new = meaning(ours.get(word)), meaning(theirs.get(word))
        if old == new or (word in _INNER and isinstance(old, dict) and isinstance(new, dict)):
            continue
        if word == "enum" and isinstance(old, list) and isinstance(new, list):
            yield from _choices(old, new)
        elif new is None:
            yield f"has no `{word}`"
        elif word in _LIMITS and isinstance(new, int):
            yield _LIMITS[word].format(new)
        else:
            yield f"has {'a new' if old is None else 'another'} `{printable(word)}`"


def _choices(old: list[Any], new: list[Any]) -> Iterator[str]:
    if added := [described(word) for word in new if word not in old]:
        yield f"also takes {listed(added, 'and')}"
    if gone := [described(word) for word in old if word not in new]:
        yield f"no longer takes {listed(gone, 'and')}"


def meaning(part: Any) -> Any:
    """A schema, or a keyword's parameter, without words, and without an order where none counts."""
    if isinstance(part, dict):
        return {
            word: meaning(inner) for word, inner in part.items() if word not in _WORDS or not isinstance(inner, str)
        }
    if isinstance(part, list) and all(isinstance(item, str) for item in part):
        return sorted(part)
    return [meaning(item) for item in part] if isinstance(part, list) else part
