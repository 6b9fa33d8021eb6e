"""From the names that people write, of rules and of rooms, to the rules that they mean."""

from collections.abc import Iterable

from toolkit.errors import LditError
from toolkit.rules import RULES
from toolkit.text import did_you_mean


def resolve(names: Iterable[str], where: str = "") -> frozenset[str]:
    """The ids of the rules that ``names`` mean: each an id, a room, or several of them between commas.

    A room means all its rules. Raises LditError, with ``where`` in front and a suggestion, for any other name.
    """
    found: set[str] = set()
    for name in (part.strip() for each in names for part in each.split(",")):
        meant = [rule.id for rule in RULES.values() if name in (rule.id, rule.room)]
        if not meant:
            known = RULES.keys() | {rule.room for rule in RULES.values()}
            raise LditError(f"{where}there is no rule `{name}`", did_you_mean(name, known) or "see `ldit rules`")
        found.update(meant)
    return frozenset(found)
