"""The settings of a run, and what they mean for one integration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from toolkit.config.paths import is_within
from toolkit.config.waiver import Waiver, waived
from toolkit.finding import Finding, Gate, Severity
from toolkit.integration import Integration
from toolkit.rules import RULES, Rule
from toolkit.rules.run import INTERNAL_ERROR, RUN
from toolkit.rules.selectors import resolve


@dataclass(frozen=True)
class PathSettings:
    """What holds only for the integrations at or below ``path``, which may hold ``*``."""

    path: str
    ignore: Iterable[str] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ignore", resolve(self.ignore))
        object.__setattr__(self, "severity", resolved(self.severity))


@dataclass(frozen=True)
class Settings:
    """Which rules run, how grave their findings are, and from where on a finding fails the run.

    ``select`` and ``ignore`` take ids of rules and names of rooms, and become the ids that they mean; an empty
    ``select`` means all but the pedantic ones. Paths are relative to ``root``, the directory of the configuration file.
    Raises LditError for a name that is neither a rule nor a room.
    """

    select: Iterable[str] = ()
    ignore: Iterable[str] = ()
    pedantic: bool = False
    gate: Gate | None = None
    fail_on: Severity = Severity.error
    severity: Mapping[str, Severity] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    paths: tuple[PathSettings, ...] = ()
    root: Path = field(default_factory=Path.cwd)

    def __post_init__(self) -> None:
        for name in ("select", "ignore"):
            object.__setattr__(self, name, resolve(getattr(self, name)))
        object.__setattr__(self, "severity", resolved(self.severity))

    def shows(self, rule: Rule) -> bool:
        """Whether the findings of a rule are reported."""
        if rule.room == RUN:
            return rule.id not in self.ignore or rule.id == INTERNAL_ERROR
        wanted = rule.id in self.select or (not self.select and not rule.pedantic) or (self.pedantic and rule.pedantic)
        return wanted and rule.id not in self.ignore and (self.gate is None or self.gate in rule.gates)

    def shown(self) -> frozenset[str]:
        """The ids of the rules whose findings are reported."""
        return frozenset(rule.id for rule in RULES.values() if self.shows(rule))

    def rules(self, present: frozenset[str] | None = None) -> tuple[Rule, ...]:
        """The rules that run: those that are shown, and those that they give way to.

        ``present`` are the names of the subjects that there are, where rules without any may be left out.
        """
        known = tuple(RULES.values() if present is None else RULES.about(present))
        shown = {rule.id: rule for rule in known if self.shows(rule)}
        preferred = set[str]() if self.gate else {id_ for rule in shown.values() for id_ in rule.unless}
        return tuple(rule for rule in known if rule.id in shown or rule.id in preferred)

    def runs(self, room: str) -> bool:
        """Whether a rule of a room runs for what it finds itself."""
        return any(self.shows(rule) for rule in RULES.of(room))

    def at(self, integration: Integration) -> Self:
        """The settings for one integration: those of its path added to the general ones."""
        path = self.relative(integration)
        settings = self
        for special in self.paths:
            if is_within(path, special.path):
                severity = {**settings.severity, **special.severity}
                settings = replace(settings, ignore={*settings.ignore, *special.ignore}, severity=severity)
        return settings

    def reported(self, findings: tuple[Finding, ...], integration: Integration) -> tuple[Finding, ...]:
        """The findings of one integration that are shown, with the severities that are set, without what is waived.

        A waiver of a rule that does not run, or that had nothing to look at offline, is not called unused.
        """
        if self.waivers:
            judged = {id_ for id_ in self.shown() if integration.answers or "visit" not in RULES[id_].subjects}
            waivers = tuple(waiver for waiver in self.waivers if not judged.isdisjoint(waiver.rules))
            left = waived(findings, waivers, self.relative(integration))
            findings = tuple(sorted(left, key=lambda finding: finding.order))
        return tuple(
            finding._replace(severity=self.severity.get(finding.rule, finding.severity))
            for finding in findings
            if self.shows(RULES[finding.rule])
        )

    def relative(self, integration: Integration) -> str:
        """The path of an integration as it stands in the configuration file."""
        path = Path(integration.path).resolve()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


def resolved(severities: Mapping[str, Severity]) -> dict[str, Severity]:
    """The severity of each rule, where a rule's own name counts more than that of its room."""
    rooms = {name: severity for name, severity in severities.items() if name not in RULES}
    by_room = {id_: severity for name, severity in rooms.items() for id_ in resolve([name])}
    return by_room | {name: severity for name, severity in severities.items() if name in RULES}
