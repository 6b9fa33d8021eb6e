"""Which fields of a form are shown, by what the others hold.

How several entries of ``dependsOn`` go together is documented nowhere: here each may hide a field, any may show it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from toolkit.integration import FormVariable


def _compared(compare: Callable[[float, float], bool]) -> Callable[[str, str], bool]:
    def holds(value: str, wanted: str) -> bool:
        try:
            return compare(float(value), float(wanted))
        except ValueError:
            return False

    return holds


OPERATORS: Mapping[str, Callable[[str, str], bool]] = {
    "equalTo": lambda value, wanted: value == wanted,
    "notEqual": lambda value, wanted: value != wanted,
    "contains": lambda value, wanted: wanted in value,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "lessThan": _compared(lambda value, wanted: value < wanted),
    "lessThanOrEqualTo": _compared(lambda value, wanted: value <= wanted),
    "greaterThan": _compared(lambda value, wanted: value > wanted),
    "greaterThanOrEqualTo": _compared(lambda value, wanted: value >= wanted),
}


def is_shown(variable: FormVariable, value_of: Callable[[str, str], str]) -> bool:
    """Whether a form shows a field; ``value_of`` gives the value of a variable by its list's name and its key."""
    listed = variable.value.get("dependsOn")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    acting = [entry.get("action") for entry in entries if _applies(entry, value_of)]
    waiting = any(entry.get("action") == "showField" for entry in entries)
    shown = "showField" in acting if waiting else not variable.is_true("isHidden")
    return shown and "hideField" not in acting


def _applies(entry: dict[str, Any], value_of: Callable[[str, str], str]) -> bool:
    """Whether all conditions of an entry hold."""
    value = value_of(str(entry.get("variableLocation")), str(entry.get("variableKey")))
    conditions = entry.get("conditions")
    return isinstance(conditions, list) and all(
        isinstance(condition, dict)
        and (operator := OPERATORS.get(str(condition.get("operator")))) is not None
        and operator(value, str(condition.get("value")))
        for condition in conditions
    )
