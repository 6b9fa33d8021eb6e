"""What a run is asked to do: one frozen Settings, whoever asks."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.errors import LditError
from toolkit.finding import Severity
from toolkit.rules import RULES, Gate, Rule


@dataclass(frozen=True)
class Settings:
    """Which rules run, and from which severity on a finding fails the run.

    ``select`` and ``ignore`` take ids of rules and names of their modules; an empty ``select`` means all.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    gate: Gate | None = None
    fail_on: Severity = Severity.error

    def rules(self) -> list[Rule]:
        """The rules that run. Raises LditError for a name that is neither a rule nor a module of rules."""
        select, ignore = _known(self.select), _known(self.ignore)
        return [
            rule
            for rule in RULES.values()
            if (not select or not select.isdisjoint((rule.id, rule.module)))
            and ignore.isdisjoint((rule.id, rule.module))
            and self.gate in (None, rule.gate)
        ]


def _known(names: Iterable[str]) -> frozenset[str]:
    known = RULES.keys() | {rule.module for rule in RULES.values()}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), 1)
            raise LditError(f"there is no rule `{name}`", f"did you mean `{near[0]}`?" if near else "see `ldit rules`")
    return frozenset(names)
