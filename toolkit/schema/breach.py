"""What a validator finds: one keyword that fails at one place."""

from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""


class Breach(NamedTuple):
    """One keyword that fails at one place.

    ``name`` is the key that is missing or unknown there. ``nearest`` is what is wrong with the form that a value of
    several possible forms comes nearest to.
    """

    path: Path
    keyword: str
    schema: dict[str, Any]
    value: Any
    name: str = ""
    nearest: "Breach | None" = None
