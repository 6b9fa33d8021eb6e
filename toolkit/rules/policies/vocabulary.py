"""What a role policy may name: kinds of resources, the way to each from its parents, and the actions on it.

The data, their source and their date stand in ``vocabulary.txt``.
"""

from functools import cache
from typing import NamedTuple

from toolkit import resources

_DATA = "rules/policies/vocabulary.txt"
"""A way to a kind, and below it the actions; those after ``legacy`` are no longer documented."""
_ALSO = {"proj:aiconfig": "proj:env:aiconfig", "proj:agent-graphs": "proj:agent-graph"}
"""Ways that the documentation has written as well."""
UNLISTED = frozenset({"view", "notification-subscription", "observability-settings", "observability-dashboard", "vega"})
"""Kinds whose actions are known in part only; those without any action are unlisted as well."""


class ResourceKind(NamedTuple):
    """A kind of resource: the ways to it, such as ``("proj", "env", "flag")``, and the names of its actions."""

    chains: frozenset[tuple[str, ...]]
    actions: frozenset[str]
    legacy: frozenset[str]

    @property
    def every(self) -> frozenset[str]:
        """The actions of today and those of old."""
        return self.actions | self.legacy


@cache
def kinds() -> dict[str, ResourceKind]:
    """Every known kind by its name."""
    table: dict[str, tuple[set[str], set[str]]] = {}
    for line in resources.path(_DATA).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line[0] != " ":
            now, old = table.setdefault(line, (set(), set()))
        else:
            first, *rest = line.split()
            (old if first == "legacy" else now).update(rest if first == "legacy" else [first, *rest])
    ways = {**{chain: chain for chain in table}, **_ALSO}
    found = {}
    for chain, way in ways.items():
        name = chain.rpartition(":")[2]
        chains = frozenset(tuple(other.split(":")) for other in ways if other.rpartition(":")[2] == name)
        found[name] = ResourceKind(chains, frozenset(table[way][0]), frozenset(table[way][1]))
    return found


@cache
def actions() -> frozenset[str]:
    """The name of every known action."""
    return frozenset().union(*(kind.every for kind in kinds().values()))


@cache
def outdated() -> frozenset[str]:
    """The names that are no longer documented for any kind."""
    return actions() - frozenset().union(*(kind.actions for kind in kinds().values()))
