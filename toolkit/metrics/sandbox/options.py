"""What a sandbox is started with. It imports no server, so that the command line can read its defaults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from toolkit.errors import LditError
from toolkit.text import did_you_mean

FAULTS = ("429", "500", "reset", "slow")
VIEW = "viewProject"
WRITES = frozenset(
    {"createMetric", "updateMetric", "deleteMetric", "createMetricGroup", "deleteMetricGroup", "importEventData"}
)
ROLES: Mapping[str, frozenset[str]] = {
    "reader": frozenset({VIEW}),
    "writer": frozenset({VIEW}) | WRITES,
    "admin": frozenset({VIEW, "createOAuthClient"}) | WRITES,
}
"""What a token with each role may do; the names of actions are those of LaunchDarkly's role policies."""


@dataclass(frozen=True)
class Faults:
    """How often (0 to 1) a request meets each of FAULTS, by ``seed``; a slow one waits ``delay`` seconds."""

    rates: dict[str, float] = field(default_factory=dict)
    seed: int = 0
    delay: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads ``429=0.3,500=0.05,reset=0.05,slow=0.1,delay=2,seed=7``, or less; raises LditError."""
        parts = [part.partition("=") for part in text.split(",")]
        try:
            values = {name.strip(): float(value) for name, _, value in parts}
        except ValueError:
            raise LditError(f"`{text}` are no faults", "write them like 429=0.3,reset=0.05,seed=7") from None
        seed, delay = values.pop("seed", 0.0), values.pop("delay", 1.0)
        if unknown := sorted(set(values) - set(FAULTS)):
            raise LditError(f"unknown fault `{unknown[0]}`", f"say {', '.join(FAULTS)}, delay or seed")
        if not all(0 <= rate <= 1 for rate in values.values()) or not sum(values.values()) <= 1 + 1e-9:
            raise LditError("the rates of the faults must be from 0 to 1, and 1 at most together")
        if not 0 <= delay <= 60 or not seed.is_integer():
            raise LditError("a delay is from 0 to 60 seconds, a seed is a whole number")
        return cls(values, int(seed), delay)


def parse_token(text: str) -> tuple[str, frozenset[str]]:
    """A token and what it may do, of ``api-x`` (all), ``api-x=reader`` or ``api-x=createMetric,importEventData``."""
    token, _, names = text.partition("=")
    if not names or names in ROLES:
        return token, ROLES[names or "admin"]
    actions = frozenset(names.split(","))
    if unknown := sorted(actions - ROLES["admin"]):
        help_ = did_you_mean(unknown[0], [*ROLES, *ROLES["admin"]]) or f"say {', '.join(ROLES)} or actions"
        raise LditError(f"unknown role or action `{unknown[0]}`", help_)
    return token, actions | {VIEW}


def handlebars(template: str, context: dict[str, object]) -> str:
    """What ``template`` makes of ``context``."""
    from toolkit.handlebars import render

    return render(template, context)


@dataclass(frozen=True)
class Options:
    """``data`` is the SQLite file (None: memory), ``integrations`` the directory that synced segments need.

    ``token`` may do everything, ``tokens`` are others with the actions that they may do. ``strict`` adds the rules on
    which public sources disagree. Pages of ``origins`` (as browsers write them) may send events, beside those on this
    machine. ``rate_limit`` is how many requests to one route are answered in ten seconds; ``render`` makes the
    answers of synced segments from their templates.
    """

    token: str = field(default="api-sandbox", repr=False)
    projects: tuple[str, ...] = ("default",)
    data: Path | None = None
    integrations: Path | None = None
    faults: Faults = Faults()
    rate_limit: int = 10_000
    render: Callable[[str, dict[str, object]], str] = handlebars
    tokens: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    strict: bool = False
    origins: tuple[str, ...] = ()

    @property
    def project(self) -> str:
        """The key of the first project."""
        return self.projects[0]
