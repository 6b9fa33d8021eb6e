"""The engine: who is heard, what a crash becomes, and what a name selects."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli.main import command
from toolkit.config import Settings, Waiver, load
from toolkit.engine import lint, run_rules
from toolkit.errors import LditError
from toolkit.examples import NAME, damaged, sample
from toolkit.finding import Gate, Place, Problem, Severity
from toolkit.integration import Integration, Manifest
from toolkit.rules import ROOMS, RULES, Rule
from toolkit.rules.registry import BY_MODULE, Check
from toolkit.rules.run import INTERNAL_ERROR, UNUSED_WAIVER

MANIFEST = "manifest.json"


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Rule]:
    """Registers a rule for one test that reports these places, or does what ``check`` does."""

    def added(id_: str, *places: Place, check: Check | None = None, **changes: object) -> Rule:
        def reporting(integration: Integration) -> Iterator[Problem]:
            return (Problem(place, id_) for place in places)

        base = replace(RULES["byte-order-mark"], gates=(), unless=(), subjects=("integration",))
        made = replace(base, id=id_, check=check or reporting, **changes)  # type: ignore[arg-type]
        monkeypatch.setitem(
            BY_MODULE["toolkit.rules.run"], id_, made
        )  # the module whose rules are there for every integration
        return made

    return added


def heard(rules: list[Rule], gate: Gate | None = None) -> list[str]:
    return [finding.rule for finding in run_rules(damaged({}), rules, gate).findings]


@pytest.mark.parametrize(
    ("first", "second", "silent"),
    [
        (Place(MANIFEST, "/name"), Place(MANIFEST, "/name"), True),
        (Place(MANIFEST, "/name"), Place(MANIFEST, "/name", key=True), True),
        (Place(MANIFEST, "/name", key=True), Place(MANIFEST, "/name"), True),
        (Place(MANIFEST, "/links"), Place(MANIFEST, "/links/site"), True),
        (Place(MANIFEST, "/links/site"), Place(MANIFEST, "/links"), True),
        (Place(MANIFEST, "/name", span=(0, 4)), Place(MANIFEST, "/name", span=(2, 6)), True),
        (Place(MANIFEST, "/name", span=(0, 4)), Place(MANIFEST, "/name", span=(4, 6)), False),
        (Place(MANIFEST, "/name", span=(0, 4)), Place(MANIFEST, "/name"), True),
        (Place(MANIFEST, "/name"), Place(MANIFEST, "/version"), False),
        (Place(MANIFEST), Place(MANIFEST, "/name"), True),
        (Place(MANIFEST, "/name"), Place(MANIFEST), True),
        (Place("README.md"), Place("README.md", span=(3, 5)), True),
        (Place("README.md", span=(0, 3)), Place("README.md", span=(3, 5)), False),
        (Place("README.md"), Place(MANIFEST), False),
        (Place("README.md"), Place(""), False),
        (Place("gone.md"), Place("gone.md", span=(3, 5)), True),
    ],
)
def test_a_rule_gives_way_at_the_same_place(
    register: Callable[..., Rule], first: Place, second: Place, silent: bool
) -> None:
    rules = [register("speaks-first", first), register("gives-way", second, unless=("speaks-first",))]
    assert sorted(heard(rules)) == (["speaks-first"] if silent else ["gives-way", "speaks-first"])
    assert heard(rules[1:]) == ["gives-way"]


def test_a_rule_that_is_not_shown_is_given_way_to_all_the_same(register: Callable[..., Rule]) -> None:
    place = Place(MANIFEST, "/name")
    register("speaks-first", place)
    register("gives-way", place, unless=("speaks-first",))
    assert lint(damaged({}), Settings(select=("gives-way",))).findings == ()
    ignoring = Settings(select=("speaks-first", "gives-way"), ignore=("speaks-first",))
    assert lint(damaged({}), ignoring).findings == ()


def test_a_gate_is_not_influenced_by_rules_that_it_does_not_know(register: Callable[..., Rule]) -> None:
    place = Place(MANIFEST, "/name")
    register("speaks-first", place)
    register("gives-way", place, unless=("speaks-first",), gates=("tests",))
    shown = lint(damaged({}), Settings(select=("speaks-first", "gives-way"), gate="tests")).findings
    assert [finding.rule for finding in shown] == ["gives-way"]


def test_a_gate_shows_only_the_problems_that_it_refuses(register: Callable[..., Rule]) -> None:
    def check(integration: Integration) -> Iterator[Problem]:
        yield Problem(Place(MANIFEST, "/name"), "refused")
        yield Problem(Place(MANIFEST, "/version"), "let pass", gates=())
        yield Problem(Place(MANIFEST, "/author"), "by another", gates=("files",))

    rule = register("half-refused", check=check, gates=("tests", "files"))
    expected: dict[Gate | None, set[str]] = {
        None: {"by another", "refused", "let pass"},
        "tests": {"refused"},
        "files": {"by another", "refused"},
        "format": set(),
    }
    for gate, messages in expected.items():
        assert {finding.problem.message for finding in run_rules(damaged({}), [rule], gate).findings} == messages


@pytest.mark.parametrize("gate", [None, "tests"])
def test_a_crash_is_reported_and_the_other_rules_are_heard(register: Callable[..., Rule], gate: Gate | None) -> None:
    def crash(manifest: Manifest) -> Iterator[Problem]:
        yield Problem(Place(MANIFEST, "/name"), "before the crash")
        raise KeyError("name")

    crashing = register("crashing", check=crash, subjects=("manifest",), gates=("tests",))
    other = register("other", Place(MANIFEST, "/version"), gates=("tests",))
    found = {finding.rule: finding for finding in run_rules(damaged({}), [crashing, other], gate).findings}
    assert found.keys() == {"crashing", "other", INTERNAL_ERROR}
    problem = found[INTERNAL_ERROR].problem
    assert problem.message == "the check crashing could not be finished: KeyError: 'name'"
    assert found[INTERNAL_ERROR].severity is Severity.error
    assert problem.place == Place("")


def test_a_crash_cannot_be_ignored(register: Callable[..., Rule]) -> None:
    def crash(integration: Integration) -> Iterator[Problem]:
        raise ZeroDivisionError

    register("crashing", check=crash)
    settings = Settings(select=("crashing",), ignore=("run",))
    assert [finding.rule for finding in lint(damaged({}), settings).findings] == [INTERNAL_ERROR]


PEDANTIC = [rule for rule in RULES.values() if rule.pedantic]


@pytest.mark.parametrize("rule", PEDANTIC, ids=[rule.id for rule in PEDANTIC])
def test_a_pedantic_rule_runs_only_when_asked_for(rule: Rule) -> None:
    def reports(settings: Settings) -> bool:
        return any(finding.rule == rule.id for finding in lint(damaged(rule.bad[0]), settings).findings)

    assert not reports(Settings())
    assert reports(Settings(pedantic=True))
    assert reports(Settings(select=(rule.id,)))
    assert reports(Settings(select=("overview-without-period",), pedantic=True))
    assert not reports(Settings(pedantic=True, ignore=(rule.id,)))
    assert reports(Settings(select=(rule.room,)))


def without_period(root: Path) -> Integration:
    """The sample on disk, with one defect of the room ``wording``."""
    directory = root / "acme"
    directory.mkdir(parents=True)
    for path, data in sample().items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(data.replace(b'."', b'"', 1).replace(b"signals.example", b"signals.io"))
    return Integration.read(directory)


RULE = "overview-without-period"
SELECTORS = (RULE, "wording", f"overview-without-verb,{RULE}", f" {RULE} , icons")


@pytest.mark.parametrize("name", SELECTORS)
def test_a_name_selects_ignores_and_weighs_in_settings_and_in_a_file(tmp_path: Path, name: str) -> None:
    integration = without_period(tmp_path)

    def found(settings: Settings) -> dict[str, Severity]:
        return {finding.rule: finding.severity for finding in lint(integration, settings).findings}

    def filed(text: str) -> Settings:
        (tmp_path / "ldit.toml").write_text(text)
        return load(tmp_path / "ldit.toml")

    assert found(Settings()) == {RULE: Severity.error}
    for settings in (Settings(select=(name,)), filed(f'select = ["{name}"]')):
        assert found(settings) == {RULE: Severity.error}
    for settings in (Settings(ignore=(name,)), filed(f'ignore = ["{name}"]')):
        assert found(settings) == {}
    for settings in (Settings(severity={name: Severity.note}), filed(f'[severity]\n"{name}" = "note"')):
        assert found(settings) == {RULE: Severity.note}
    path_only = f'[[paths]]\npath = "acme"\nignore = ["{name}"]'
    assert found(filed(path_only)) == {}
    waiver = Waiver(name, "acme", "a reason", "ldit.toml")
    filed_waiver = f'[[waive]]\nrule = "{name}"\npath = "acme"\nreason = "a reason"'
    for settings in (Settings(waivers=(waiver,), root=tmp_path), filed(filed_waiver)):
        assert found(settings) == {}


@pytest.mark.parametrize("name", SELECTORS)
def test_a_name_selects_and_ignores_as_an_option(tmp_path: Path, name: str) -> None:
    without_period(tmp_path)

    def status(*options: str) -> int:
        return CliRunner().invoke(command, ["lint", str(tmp_path / "acme"), *options]).exit_code

    assert status("--select", name) == 1
    assert status("--ignore", name) == 0
    assert status("--select", "icons", "--select", name) == 1
    assert status("--select", "icons") == 0


def test_the_name_of_a_rule_weighs_more_than_that_of_its_room(tmp_path: Path) -> None:
    integration = without_period(tmp_path)
    for severity in (
        {RULE: Severity.warning, "wording": Severity.note},
        {"wording": Severity.note, RULE: Severity.warning},
    ):
        (finding,) = lint(integration, Settings(severity=severity)).findings
        assert finding.severity is Severity.warning


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_means_all_its_rules(room: str) -> None:
    assert Settings(select=(room,)).select == {rule.id for rule in RULES.values() if rule.room == room}
    assert all(RULES[name].room == room for name in Settings(ignore=(room,)).ignore)


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("overview-without-periods", "did you mean `overview-without-period`?"),
        ("icon", "did you mean `icons`?"),
        ("wording,icns", "did you mean `icons`?"),
        ("zzzz", "see `ldit rules`"),
        ("", "see `ldit rules`"),
    ],
)
def test_an_unknown_name_is_refused_with_a_suggestion(name: str, help_: str) -> None:
    for make in (
        lambda: Settings(select=(name,)),
        lambda: Settings(ignore=(name,)),
        lambda: Settings(severity={name: Severity.note}),
        lambda: Waiver(name, "acme", "a reason", "ldit.toml").rules,
    ):
        with pytest.raises(LditError, match="there is no rule") as raised:
            make()
        assert raised.value.help == help_
    result = CliRunner().invoke(command, ["lint", str(NAME), "--select", name])
    assert result.exit_code == 2
    assert help_ in result.output


@pytest.mark.parametrize(("name", "unused"), [("wording", []), ("icons", [UNUSED_WAIVER]), (f"icons,{RULE}", [])])
def test_a_waiver_of_a_room_is_unused_when_none_of_its_rules_finds_anything(
    tmp_path: Path, name: str, unused: list[str]
) -> None:
    integration = without_period(tmp_path)
    settings = Settings(waivers=(Waiver(name, "acme", "a reason", "ldit.toml"),), root=tmp_path)
    findings = lint(integration, settings).findings
    assert [finding.rule for finding in findings if finding.rule != RULE] == unused
    if unused:
        (finding,) = [finding for finding in findings if finding.rule == UNUSED_WAIVER]
        assert finding.problem.message == f"the waiver of {name} in ldit.toml is no longer needed"
        assert UNUSED_WAIVER not in {f.rule for f in lint(integration, replace(settings, ignore=("run",))).findings}
