"""What settings mean for one integration."""

from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.config import PathSettings, Settings
from toolkit.config.settings import suggestion
from toolkit.errors import LditError
from toolkit.examples import sample
from toolkit.finding import Severity
from toolkit.integration import Integration
from toolkit.lint import lint_with
from toolkit.rules import RULES


def integration(root: Path, path: str = "integrations/acme") -> Integration:
    """The sample without its README and with two things wrong, at ``path``."""
    manifest = sample()["manifest.json"].replace(b'."', b'"', 1).replace(b"signals.example/p", b"signals.io/p")
    contents = {**sample(), "manifest.json": manifest}
    held = Integration.held(Path(path).name, {name: data for name, data in contents.items() if name != "README.md"})
    return replace(held, path=str(root / path))


def rules(settings: Settings, root: Path, path: str = "integrations/acme") -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in lint_with(settings, integration(root, path)).findings}


ALL = {"overview-without-period": Severity.error, "placeholder-host": Severity.warning, "missing-readme": Severity.note}


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        (Settings(), set(ALL)),
        (Settings(select=("wording",)), {"overview-without-period"}),
        (Settings(select=("readme", "overview-without-period")), {"overview-without-period", "missing-readme"}),
        (Settings(ignore=("placeholders", "missing-readme")), {"overview-without-period"}),
        (Settings(select=("wording",), ignore=("overview-without-period",)), set()),
        (Settings(gate="tests"), {"overview-without-period"}),
    ],
)
def test_select_and_ignore_take_rules_and_modules(tmp_path: Path, settings: Settings, left: set[str]) -> None:
    assert rules(settings, tmp_path).keys() == left


def test_severities_are_set(tmp_path: Path) -> None:
    settings = Settings(severity={"missing-readme": Severity.error})
    assert rules(settings, tmp_path) == ALL | {"missing-readme": Severity.error}


@pytest.mark.parametrize(
    "pattern", ["integrations/acme", "integrations", "./integrations/acme/", "integrations/a*", "*", "."]
)
def test_path_settings_are_added_where_the_path_fits(tmp_path: Path, pattern: str) -> None:
    special = PathSettings(pattern, ignore=("placeholders",), severity={"missing-readme": Severity.warning})
    settings = Settings(paths=(special,), severity={"overview-without-period": Severity.note}, root=tmp_path)
    expected = {"overview-without-period": Severity.note, "missing-readme": Severity.warning}
    assert rules(settings, tmp_path) == expected


@pytest.mark.parametrize("pattern", ["integrations/acm", "acme", "integrations/acme/assets", "integrations/b*"])
def test_path_settings_are_not_for_others(tmp_path: Path, pattern: str) -> None:
    settings = Settings(paths=(PathSettings(pattern, ignore=("placeholders",)),), root=tmp_path)
    assert rules(settings, tmp_path) == ALL


def test_an_unknown_rule_is_refused_with_a_suggestion() -> None:
    with pytest.raises(LditError, match="there is no rule `readme-mising`") as raised:
        Settings(select=("readme-mising",)).rules()
    assert raised.value.help == "did you mean `missing-readme`?"
    assert suggestion("zzzz", RULES) == ""
