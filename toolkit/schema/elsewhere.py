"""Where in a manifest a key would be right that is unknown where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.schema.names import where

Place = tuple[str, ...]
Places = Mapping[str, Sequence[Place]]
"""Every place of a schema that knows a key, by key; ``[]`` is any item of a list."""


def places(schema: dict[str, Any]) -> Places:
    """Every place of ``schema`` that knows a key."""
    found: dict[str, list[Place]] = {}
    for name, place in _keys(schema, ()):
        found.setdefault(name, []).append(place)
    return found


def _keys(schema: dict[str, Any], place: Place) -> Iterator[tuple[str, Place]]:
    for name, part in schema.get("properties", {}).items():
        yield name, place
        yield from _keys(part, (*place, name))
    if isinstance(items := schema.get("items"), dict):
        yield from _keys(items, (*place, "[]"))


def right_places(name: str, path: Sequence[str | int], known: Places) -> list[str]:
    """The nearest places that know the key ``name``, seen from ``path``: "at the top level", "in `links`".

    Near is what lies above, beside or just below; none when more than three places are equally near.
    """
    here = tuple(step if isinstance(step, str) else "[]" for step in path)
    reachable = [place for place in known.get(name, ()) if len(place) - _shared(here, place) <= 1]
    least = min((_distance(here, place) for place in reachable), default=None)
    nearest = sorted(place for place in reachable if _distance(here, place) == least)
    return [f"in {where(place)}" if place else "at the top level" for place in nearest] if len(nearest) <= 3 else []


def _distance(here: Place, there: Place) -> tuple[int, int]:
    """The steps from one place to the other, then how deep that is."""
    return len(here) + len(there) - 2 * _shared(here, there), len(there)


def _shared(here: Place, there: Place) -> int:
    """How many steps both paths have in common from the root."""
    pairs = zip(here, there, strict=False)
    return next((count for count, (a, b) in enumerate(pairs) if a != b), min(len(here), len(there)))
