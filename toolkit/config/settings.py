"""The settings of a run, and what they mean for one integration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

from toolkit.config.paths import is_within
from toolkit.config.waiver import Waiver, waived
from toolkit.errors import LditError
from toolkit.finding import Finding, Gate, Severity
from toolkit.integration import Integration
from toolkit.rules import RULES, Rule


@dataclass(frozen=True)
class PathSettings:
    """What holds only for the integrations at or below ``path``, which may hold ``*``."""

    path: str
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """Which rules run, how grave their findings are, and from where on a finding fails the run.

    ``select`` and ``ignore`` take ids of rules and names of their modules; an empty ``select`` means all. Paths are
    relative to ``root``, the directory of the configuration file.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    gate: Gate | None = None
    fail_on: Severity = Severity.error
    severity: Mapping[str, Severity] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    paths: tuple[PathSettings, ...] = ()
    root: Path = field(default_factory=Path.cwd)

    def rules(self) -> list[Rule]:
        """The rules that run. Raises LditError for a name that is neither a rule nor a module of rules."""
        return list(_running(self.select, self.ignore, self.gate))

    def at(self, integration: Integration) -> Self:
        """The settings for one integration: those of its path added to the general ones."""
        path = self.relative(integration)
        settings = self
        for special in self.paths:
            if is_within(path, special.path):
                severity = {**settings.severity, **special.severity}
                settings = replace(settings, ignore=settings.ignore + special.ignore, severity=severity)
        return settings

    def judged(self, findings: tuple[Finding, ...], integration: Integration) -> tuple[Finding, ...]:
        """The findings of one integration with the severities that are set, without those that are waived.

        A waiver of a rule that does not run, or that had nothing to look at offline, is not called idle.
        """
        graded = tuple(
            finding._replace(severity=self.severity.get(finding.rule, finding.severity)) for finding in findings
        )
        if not self.waivers:
            return graded
        running = {rule.id for rule in self.rules() if integration.answers or "visit" not in rule.subjects}
        waivers = tuple(waiver for waiver in self.waivers if waiver.rule in running)
        left = waived(graded, waivers, self.relative(integration))
        return tuple(sorted(left, key=lambda finding: finding.order))

    def relative(self, integration: Integration) -> str:
        """The path of an integration as it stands in the configuration file."""
        path = Path(integration.path).resolve()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


@lru_cache(maxsize=64)
def _running(select: tuple[str, ...], ignore: tuple[str, ...], gate: Gate | None) -> tuple[Rule, ...]:
    wanted, unwanted = known(select), known(ignore)
    return tuple(
        rule
        for rule in RULES.values()
        if (not wanted or not wanted.isdisjoint((rule.id, rule.module)))
        and unwanted.isdisjoint((rule.id, rule.module))
        and gate in (None, rule.gate)
    )


def known(names: Iterable[str], where: str = "") -> frozenset[str]:
    """The names as a set. Raises LditError for one that is neither a rule nor a module of rules."""
    known_names = RULES.keys() | {rule.module for rule in RULES.values()}
    for name in names:
        if name not in known_names:
            raise LditError(f"{where}there is no rule `{name}`", suggestion(name, known_names) or "see `ldit rules`")
    return frozenset(names)


def suggestion(name: str, names: Iterable[str]) -> str:
    """``did you mean ...?`` with the nearest of ``names``, or nothing when none is near."""
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(names), 1)
    return f"did you mean `{near[0]}`?" if near else ""
