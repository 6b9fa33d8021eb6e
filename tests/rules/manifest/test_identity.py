"""Names, versions and addresses."""

import json
from pathlib import Path

import pytest

from tests.rules.conftest import Fixed, Messages
from toolkit.engine import run_rules
from toolkit.examples import sample
from toolkit.integration import Integration
from toolkit.integration.manifest import NAME
from toolkit.rules import RULES


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Acme Integration", "Acme"),
        ("Acme integrations", "Acme"),
        ("Acme (Integration)", "Acme"),
        ("Acme - Integration", "Acme"),
    ],
)
def test_the_word_integration_is_struck(messages: Messages, fixed: Fixed, name: str, left: str) -> None:
    patch = {NAME: {"name": name}}
    assert len(messages("integration-in-name", patch)) == 1
    assert fixed("integration-in-name", patch)["name"] == left


@pytest.mark.parametrize("name", ["Acme Integrator", "Disintegrations", "Acme", "Integration", "Acme Integration Hub"])
def test_other_words_stay(messages: Messages, name: str) -> None:
    assert messages("integration-in-name", {NAME: {"name": name}}) == []


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("support@acme", 1),
        ("support@acme.", 1),
        ("noreply@acme.example", 1),
        ("No-Reply@acme.example", 1),
        ("do-not-reply@acme.example", 1),
        ("acme@Gmail.com", 1),
        ("reply@acme.example", 0),
        ("support@mail.acme.example", 0),
        ("no address", 0),
    ],
)
def test_support_can_be_reached(messages: Messages, address: str, count: int) -> None:
    assert len(messages("unsuitable-support-email", {NAME: {"supportEmail": address}})) == count


def test_each_of_two_with_one_name_is_reported_of_the_other(tmp_path: Path) -> None:
    for directory, name in (("acme", "Acme"), ("acme-segments", "ACME "), ("zephyr", "Zephyr")):
        (tmp_path / directory).mkdir()
        manifest = json.loads(sample()[NAME]) | {"name": name}
        (tmp_path / directory / NAME).write_text(json.dumps(manifest))
    rule = RULES["name-taken"]

    def messages(directory: str) -> list[str]:
        return [f.problem.message for f in run_rules(Integration.read(tmp_path / directory), [rule]).findings]

    assert messages("acme") == ["the integration acme-segments has the same name"]
    assert messages("acme-segments") == ["the integration acme has the same name"]
    assert messages("zephyr") == []
    (tmp_path / "acme" / NAME).write_text(json.dumps({"name": "Acme Flags"}))
    assert messages("acme") == []


@pytest.mark.parametrize(("version", "count"), [("0.0.0", 1), ("0.0.0-alpha", 1), ("0.0.1", 0), ("10.0.0", 0)])
def test_a_version_of_nothing_but_noughts_is_none(messages: Messages, version: str, count: int) -> None:
    assert len(messages("placeholder-version", {NAME: {"version": version}})) == count
