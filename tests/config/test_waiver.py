"""Waivers: what they cover, and when they are idle."""

from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.config import Settings, Waiver
from toolkit.engine import lint
from toolkit.examples import sample
from toolkit.finding import Severity
from toolkit.integration import Answer, Integration
from toolkit.rules.run import UNUSED_WAIVER

HTTP = sample()["manifest.json"].replace(b"https://acme-signals.example/help", b"http://acme-signals.io/help")


def left(
    root: Path,
    *waivers: Waiver,
    path: str = "integrations/acme",
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> list[str]:
    """What is found about one http link in the manifest and a TODO in the README, after the waivers."""
    contents = {**sample(), "manifest.json": HTTP, "README.md": sample()["README.md"] + b"\nTODO\n"}
    integration = replace(Integration.from_files("acme", contents), path=str(root / path))
    settings = Settings(select, ("placeholder-host", *ignore), waivers=waivers, root=root)
    return sorted(finding.rule for finding in lint(integration, settings).findings)


def waiver(path: str, rule: str = "link-without-https") -> Waiver:
    return Waiver(rule, path, "there is a reason", "ldit.toml")


@pytest.mark.parametrize(
    "path",
    [
        "integrations/acme",
        "integrations/acme/",
        "./integrations/acme",
        "integrations/acme/manifest.json",
        "integrations/acme/*.json",
        "integrations/*",
        "integrations",
        "*/manifest.json",
        "*",
        ".",
    ],
)
def test_a_waiver_covers_its_rule_at_and_below_its_path(tmp_path: Path, path: str) -> None:
    assert left(tmp_path, waiver(path)) == ["placeholder-text"]


@pytest.mark.parametrize(
    "path", ["integrations/acm", "integrations/bolt", "acme", "manifest.json", "integrations/bolt*"]
)
def test_a_waiver_covers_nothing_else_and_is_not_idle_here(tmp_path: Path, path: str) -> None:
    assert left(tmp_path, waiver(path)) == ["link-without-https", "placeholder-text"]


@pytest.mark.parametrize(
    "idle",
    [
        waiver("integrations/acme", "private-link"),
        waiver("./integrations/acme/", "private-link"),
        waiver("integrations/acme/README.md"),
        waiver("integrations/acme/*.md"),
        waiver("integrations/acme/manifest.json", "placeholder-text"),
    ],
)
def test_an_idle_waiver_is_reported(tmp_path: Path, idle: Waiver) -> None:
    assert left(tmp_path, idle) == ["link-without-https", "placeholder-text", UNUSED_WAIVER]


def test_what_is_said_of_an_idle_waiver(tmp_path: Path) -> None:
    integration = replace(Integration.from_files("acme", sample()), path=str(tmp_path / "acme"))
    settings = Settings(waivers=(waiver("acme"),), root=tmp_path, ignore=("placeholder-host",))
    (finding,) = lint(integration, settings).findings
    assert (finding.severity, finding.region, finding.gate) == (Severity.warning, None, None)
    assert finding.problem.message == "the waiver of link-without-https in ldit.toml is no longer needed"
    assert finding.problem.help == "remove it"


@pytest.mark.parametrize("path", ["integrations/*", "integrations", "*", "integrations/bolt"])
def test_a_waiver_for_others_too_is_never_idle(tmp_path: Path, path: str) -> None:
    assert UNUSED_WAIVER not in left(tmp_path, waiver(path, "private-link"))


def test_a_waiver_of_a_rule_that_does_not_run_is_not_idle(tmp_path: Path) -> None:
    idle = waiver("integrations/acme", "private-link")
    assert UNUSED_WAIVER not in left(tmp_path, idle, ignore=("private-link",))
    assert left(tmp_path, idle, select=("readme",)) == []
    assert left(tmp_path, idle, select=("manifest",)) == ["link-without-https", UNUSED_WAIVER]


def test_a_waiver_of_what_is_only_asked_online_is_not_idle_offline(tmp_path: Path) -> None:
    dead = waiver("acme", "dead-link")
    offline = replace(Integration.from_files("acme", sample()), path=str(tmp_path / "acme"))
    settings = Settings(waivers=(dead,), root=tmp_path, ignore=("placeholder-host",))
    assert lint(offline, settings).findings == ()
    address = "https://acme-signals.example"
    assert lint(replace(offline, answers={address: Answer(gone="404")}), settings).findings == ()
    (finding,) = lint(replace(offline, answers={address: Answer()}), settings).findings
    assert finding.rule == UNUSED_WAIVER


def test_an_integration_may_hold_its_own_configuration(tmp_path: Path) -> None:
    covered, idle = waiver("manifest.json"), waiver("README.md")
    assert left(tmp_path, covered, path=".") == ["placeholder-text"]
    assert left(tmp_path, waiver("."), path=".") == ["placeholder-text"]
    assert UNUSED_WAIVER in left(tmp_path, idle, path=".")


def test_two_waivers_for_the_same_are_both_in_use(tmp_path: Path) -> None:
    assert left(tmp_path, waiver("integrations/acme"), waiver("integrations/acme/manifest.json")) == [
        "placeholder-text"
    ]
