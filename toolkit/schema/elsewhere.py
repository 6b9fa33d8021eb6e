"""Where in a manifest a key would be right that is unknown where it stands."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from toolkit.schema.accept import manifest_schema

Place = tuple[str, ...]


def belongs(name: str, path: Sequence[str | int]) -> list[str]:
    """The nearest places that know the key ``name``, seen from ``path``: "at the top level", "in `links`".

    Nearest is above, beside or just below; none when that leaves more than three.
    """
    here = tuple(step if isinstance(step, str) else "[]" for step in path)
    ranked = [(_distance(here, place), len(place), place) for place in _places().get(name, [])]
    ranked = [(steps, depth, place) for steps, depth, place in ranked if len(place) - _shared(here, place) <= 1]
    best = [place for *rank, place in sorted(ranked) if rank == list(min(ranked)[:2])]
    return [where(place) for place in best] if len(best) <= 3 else []


def where(place: Sequence[str]) -> str:
    """A place within a sentence."""
    return f"in `{'.'.join(place).replace('.[]', '[]')}`" if place else "at the top level"


def _distance(here: Place, there: Place) -> int:
    return len(here) + len(there) - 2 * _shared(here, there)


def _shared(here: Place, there: Place) -> int:
    """How many steps both paths have in common from the root."""
    pairs = zip(here, there, strict=False)
    return next((count for count, (a, b) in enumerate(pairs) if a != b), min(len(here), len(there)))


@cache
def _places() -> dict[str, list[Place]]:
    """Every place that knows a key, by key."""
    places: dict[str, list[Place]] = {}
    for name, place in _keys(manifest_schema(), ()):
        places.setdefault(name, []).append(place)
    return places


def _keys(schema: dict[str, Any], place: Place) -> Iterator[tuple[str, Place]]:
    for name, part in schema.get("properties", {}).items():
        yield name, place
        yield from _keys(part, (*place, name))
    if "items" in schema:
        yield from _keys(schema["items"], (*place, "[]"))
