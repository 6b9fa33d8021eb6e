"""What settings mean for one integration."""

from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.config import PathSettings, Settings
from toolkit.engine import lint
from toolkit.errors import LditError
from toolkit.examples import sample
from toolkit.finding import Severity
from toolkit.integration import Integration


def integration(root: Path, path: str = "integrations/acme") -> Integration:
    """The sample with three things wrong, at ``path``."""
    manifest = sample()["manifest.json"].replace(b'."', b'"', 1).replace(b"signals.example/p", b"signals.io/p")
    readme = b"# Our plugin\n\nSee https://launchdarkly.com/docs.\n"
    held = Integration.from_files(Path(path).name, {**sample(), "manifest.json": manifest, "README.md": readme})
    return replace(held, path=str(root / path))


def rules(settings: Settings, root: Path, path: str = "integrations/acme") -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in lint(integration(root, path), settings).findings}


ALL = {
    "overview-without-period": Severity.error,
    "placeholder-host": Severity.warning,
    "untitled-readme": Severity.note,
}


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        (Settings(), set(ALL)),
        (Settings(select=("wording",)), {"overview-without-period", "placeholder-host"}),
        (Settings(select=("readme", "overview-without-period")), {"overview-without-period", "untitled-readme"}),
        (Settings(ignore=("placeholder-host", "untitled-readme")), {"overview-without-period"}),
        (Settings(select=("wording",), ignore=("overview-without-period",)), {"placeholder-host"}),
        (Settings(gate="tests"), {"overview-without-period"}),
    ],
)
def test_select_and_ignore_take_rules_and_modules(tmp_path: Path, settings: Settings, left: set[str]) -> None:
    assert rules(settings, tmp_path).keys() == left


def test_severities_are_set(tmp_path: Path) -> None:
    settings = Settings(severity={"untitled-readme": Severity.error})
    assert rules(settings, tmp_path) == ALL | {"untitled-readme": Severity.error}


@pytest.mark.parametrize(
    "pattern", ["integrations/acme", "integrations", "./integrations/acme/", "integrations/a*", "*", "."]
)
def test_path_settings_are_added_where_the_path_fits(tmp_path: Path, pattern: str) -> None:
    special = PathSettings(pattern, ignore=("placeholder-host",), severity={"untitled-readme": Severity.warning})
    settings = Settings(paths=(special,), severity={"overview-without-period": Severity.note}, root=tmp_path)
    expected = {"overview-without-period": Severity.note, "untitled-readme": Severity.warning}
    assert rules(settings, tmp_path) == expected


@pytest.mark.parametrize("pattern", ["integrations/acm", "acme", "integrations/acme/assets", "integrations/b*"])
def test_path_settings_are_not_for_others(tmp_path: Path, pattern: str) -> None:
    settings = Settings(paths=(PathSettings(pattern, ignore=("placeholder-host",)),), root=tmp_path)
    assert rules(settings, tmp_path) == ALL


def test_an_unknown_rule_is_refused_with_a_suggestion() -> None:
    with pytest.raises(LditError, match="there is no rule `untitled-redme`") as raised:
        Settings(select=("untitled-redme",)).rules()
    assert raised.value.help == "did you mean `untitled-readme`?"
