"""What a rule is, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.finding import Gate, Problem, Severity

error, warning, note = Severity.error, Severity.warning, Severity.note

Patch = Mapping[str, Any]
"""An example, as changes to the sample integration, by file.

An object or a list is merged into the JSON file (RFC 7386); text, bytes or a File become the file; None removes it.
A file from ``../`` stands beside the integration; ``.`` is the name of its directory; an Answer is what the web says
about the link to that address.
"""

Check = Callable[..., Iterator[Problem]]

BY_MODULE: dict[str, dict[str, Rule]] = {}
"""The rules by module and id, in the order of definition; filled by importing the modules."""


@dataclass(frozen=True)
class Rule:
    """One requirement. ``subjects`` are the names of the parameters of ``check``: what it is called with.

    ``gates`` refuse what it finds, but for problems that say otherwise. ``unless`` are the rules that speak first:
    where one of them has found something at the same place, this one is silent. ``pedantic`` rules run only when asked
    for.
    """

    id: str
    room: str
    severity: Severity
    gates: tuple[Gate, ...]
    subjects: tuple[str, ...]
    text: str
    bad: tuple[Patch, ...]
    good: tuple[Patch, ...]
    unless: tuple[str, ...]
    pedantic: bool
    check: Check

    @property
    def requirement(self) -> str:
        """The first line of the rule's page."""
        return self.text.partition("\n")[0]


def rule(
    severity: Severity,
    *,
    bad: Patch | Sequence[Patch],
    good: Patch | Sequence[Patch] = (),
    gate: Gate | tuple[Gate, ...] = (),
    unless: str | tuple[str, ...] = (),
    pedantic: bool = False,
) -> Callable[[Check], Check]:
    """Registers a function as a rule: its name is the id, its docstring the page.

    ``bad`` are examples of what it finds, ``good`` near misses of which it says nothing. ``severity`` is that of the
    gravest problem; a problem may name a lesser one. Raises ValueError for a taken id, a missing docstring or a missing
    bad example.
    """

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        if not check.__doc__ or not bad:
            raise ValueError(f"{name} needs a docstring and an example of what it finds")
        code = check.__code__
        _add(
            check.__module__,
            Rule(
                id=name,
                room=check.__module__.removeprefix("toolkit.rules.").partition(".")[0],
                severity=severity,
                gates=_listed(gate),
                subjects=code.co_varnames[: code.co_argcount],
                text=_dedented(check.__doc__),
                bad=_examples(bad),
                good=_examples(good),
                unless=_listed(unless),
                pedantic=pedantic,
                check=check,
            ),
        )
        return check

    return register


def reported(severity: Severity) -> Callable[[Callable[..., Problem]], Callable[..., Problem]]:
    """Registers what the run itself reports, such as a rule that crashed: a function that makes the problem."""

    def register(make: Callable[..., Problem]) -> Callable[..., Problem]:
        name = make.__name__.replace("_", "-")
        room = make.__module__.rpartition(".")[2]
        text = _dedented(make.__doc__ or "")
        _add(make.__module__, Rule(name, room, severity, (), (), text, (), (), (), pedantic=False, check=_nothing))
        return make

    return register


def _add(module: str, rule: Rule) -> None:
    if any(rule.id in rules for rules in BY_MODULE.values()):
        raise ValueError(f"two rules are called {rule.id}")
    BY_MODULE.setdefault(module, {})[rule.id] = rule


def _nothing() -> Iterator[Problem]:
    return iter(())


def _listed(value: Any) -> tuple[Any, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _examples(value: Patch | Sequence[Patch]) -> tuple[Patch, ...]:
    return (value,) if isinstance(value, Mapping) else tuple(value)


def _dedented(text: str) -> str:
    lines = text.strip().splitlines()
    return "\n".join([*lines[:1], *(line.removeprefix("    ") for line in lines[1:])])
