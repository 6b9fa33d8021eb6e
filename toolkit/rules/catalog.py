"""All rules, whose modules are imported when they are asked for."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from toolkit.rules import run
from toolkit.rules.registry import BY_MODULE, Rule

Rooms = Mapping[str, Mapping[str, str]]


class Catalog(Mapping[str, Rule]):
    """The rules by id, in the order of ``rooms``: modules by room, with the names of their subjects.

    Each of a module's rules has one of the subjects.
    """

    def __init__(self, rooms: Rooms) -> None:
        self._modules = {
            f"toolkit.rules.{room}.{module}": (room, frozenset(subjects.split()))
            for room, modules in rooms.items()
            for module, subjects in modules.items()
        }

    def about(self, present: frozenset[str]) -> tuple[Rule, ...]:
        """The rules that may have something to say where there are these subjects, and those of the run."""
        modules = (module for module, (_, subjects) in self._modules.items() if not subjects.isdisjoint(present))
        return tuple(rule for module in (*modules, run.__name__) for rule in _loaded(module).values())

    def of(self, room: str) -> Iterator[Rule]:
        """The rules of a room."""
        for module, (its_room, _) in self._modules.items():
            if its_room == room:
                yield from _loaded(module).values()

    def __getitem__(self, id_: str) -> Rule:
        for rules in BY_MODULE.values():  # mostly it is one that has run
            if id_ in rules:
                return rules[id_]
        return self._all()[id_]

    def __contains__(self, id_: object) -> bool:
        return any(id_ in rules for rules in BY_MODULE.values()) or id_ in self._all()

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, Rule]:
        return {id_: rule for module in (*self._modules, run.__name__) for id_, rule in _loaded(module).items()}


def _loaded(module: str) -> Mapping[str, Rule]:
    if module not in BY_MODULE:
        import_module(module)
    return BY_MODULE[module]
