"""What a rule is, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.finding import Gate, Problem, Severity

Patch = Mapping[str, Any]
"""An example of what a rule catches, as changes to the sample integration, by file.

An object or a list is merged into the JSON file (RFC 7386); text, bytes or a File become the file; None removes it.
A file from ``../`` stands beside the integration; ``.`` is the name of its directory; an Answer is what the web says
about the link to that address.
"""

Check = Callable[..., Iterator[Problem]]

RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of definition; filled by importing the modules of this package."""


@dataclass(frozen=True)
class Rule:
    """One requirement. ``subjects`` are the parameters' names of ``check``: what it is called with."""

    id: str
    module: str
    severity: Severity
    gate: Gate | None
    subjects: tuple[str, ...]
    text: str
    bad: tuple[Patch, ...]
    check: Check

    @property
    def requirement(self) -> str:
        """The first line of the rule's page."""
        return self.text.partition("\n")[0]


def rule(severity: Severity, *bad: Patch, gate: Gate | None = None) -> Callable[[Check], Check]:
    """Registers a function as a rule; its name is the id, its docstring the page, ``bad`` what it catches.

    Raises ValueError for a taken id, a missing docstring or a missing bad example.
    """

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        if name in RULES:
            raise ValueError(f"two rules are called {name}")
        if not check.__doc__ or not bad:
            raise ValueError(f"{name} needs a docstring and an example of what it catches")
        lines = check.__doc__.strip().splitlines()
        text = "\n".join([lines[0], *(line.removeprefix("    ") for line in lines[1:])])
        code = check.__code__
        subjects = code.co_varnames[: code.co_argcount]
        module = check.__module__.rpartition(".")[2]
        RULES[name] = Rule(name, module, severity, gate, subjects, text, bad, check)
        return check

    return register
