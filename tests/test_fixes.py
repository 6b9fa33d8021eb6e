"""Fixes: what is fixed stays fixed, and nothing else changes."""

import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from toolkit.config import Settings
from toolkit.engine import run_rules
from toolkit.examples import damaged, sample
from toolkit.finding import Edit, Place
from toolkit.fixes import diff, fix
from toolkit.integration import Integration
from toolkit.rules import RULES
from toolkit.rules.registry import Patch

ALL = Settings()
VARIABLE = {"key": "region", "name": "Region", "description": "Choose the region of your account.", "type": "string"}


def manifest(text: str) -> Integration:
    return Integration.from_files("acme", {**sample(), "manifest.json": text.encode()})


def fix_result(text: str, settings: Settings = ALL) -> str:
    return fix(manifest(text), settings).integration.files["manifest.json"].text


def test_only_what_is_wrong_changes() -> None:
    text = sample()["manifest.json"].decode()
    broken = text.replace('."', '"', 1).replace("\n  ", "\n\t")
    assert fix_result(broken, Settings(ignore=("unformatted-json",))) == text.replace("\n  ", "\n\t")
    assert fix_result(broken) == text


def test_several_fix_of_one_file_meet() -> None:
    text = sample()["manifest.json"].decode()
    broken = text.replace('."', '"', 1).replace('"otherCapabilities"', '"otherCapabilitys"').rstrip("\n")
    assert fix_result(broken) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a":1}', '{"a":1,"b": true}'),
        ('{ "a": 1, "c": {} }', '{ "a": 1, "b": true, "c": {} }'),
        ('{\n  "c": 1,\n\n  "a": [1]\n}\n', '{\n  "c": 1,\n\n  "a": [1],\n  "b": true\n}\n'),
        ('{\r\n\t"a": 1\r\n}', '{\r\n\t"a": 1,\r\n\t"b": true\r\n}'),
        ("[1]", None),
    ],
)
def test_a_member_is_added_as_far_off_as_the_one_before(text: str, expected: str | None) -> None:
    change = manifest(text).change(Edit.member(Place("manifest.json", "/a"), "b", True))
    assert (change and text[: change.start] + change.text + text[change.end :]) == expected


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"isOptional": True}, {"isOptional": True, "defaultValue": ""}),
        ({"isOptional": True, "type": "uri"}, {"isOptional": True, "type": "uri", "defaultValue": ""}),
        ({"isOptional": True, "type": "boolean"}, {"isOptional": True, "type": "boolean"}),
        ({"defaultValue": "eu"}, {"defaultValue": "eu", "isOptional": True}),
        ({"defaultValue": "eu", "isOptional": False}, {"defaultValue": "eu", "isOptional": True}),
        ({"defaultValue": "eu", "type": "multiselect"}, {"defaultValue": "eu", "type": "multiselect"}),
    ],
)
def test_isoptional_and_defaultvalue_become_a_pair(properties: dict[str, Any], expected: dict[str, Any]) -> None:
    value = {**json.loads(sample()["manifest.json"]), "formVariables": [{**VARIABLE, **properties}]}
    rules = Settings(select=("wrong-default", "optional-without-default"))
    text = fix(manifest(json.dumps(value)), rules, unsafe=True).integration.files["manifest.json"].text
    assert json.loads(text)["formVariables"] == [{**VARIABLE, **expected}]


def fixed(name: str, patch: Patch, *, unsafe: bool = False) -> Any:
    """The manifest after the fixes of one rule."""
    return json.loads(
        fix(damaged(patch), Settings(select=(name,)), unsafe=unsafe).integration.files["manifest.json"].data
    )


def test_what_is_guessed_has_to_be_asked_for() -> None:
    (patch,) = RULES["missing-capability"].bad
    assert "otherCapabilities" not in fixed("missing-capability", patch)
    assert fixed("missing-capability", patch, unsafe=True)["otherCapabilities"] == ["external"]


@pytest.mark.parametrize(
    ("key", "right", "safe"),
    [
        ("Author", "author", True),
        ("auther", "author", True),
        ("support_email", "supportEmail", True),
        ("email", "supportEmail", False),
        ("overv", "overview", False),
    ],
)
def test_a_key_that_means_another_is_a_guess(key: str, right: str, safe: bool) -> None:
    value = json.loads(sample()["manifest.json"])
    renamed = {key if name == right else name: part for name, part in value.items()}
    (finding,) = run_rules(manifest(json.dumps(renamed)), [RULES["schema-violation"]]).findings
    assert [(edit.text, edit.safe) for edit in finding.problem.edits] == [(f'"{right}"', safe)]


def test_an_icon_that_was_moved_is_found_unless_it_could_be_another() -> None:
    moved = {"icons": {"square": "icons/square.svg"}}
    assert fixed("missing-icon", {"manifest.json": moved})["icons"]["square"] == "assets/square.svg"
    two = {"manifest.json": moved, "drafts/square.svg": sample()["assets/square.svg"]}
    assert fixed("missing-icon", two)["icons"]["square"] == "icons/square.svg"
    taken = {"icons": {"square": "icons/horizontal.svg"}}
    assert fixed("missing-icon", {"manifest.json": taken})["icons"]["square"] == "icons/horizontal.svg"


def test_only_the_same_header_with_the_same_value_is_removed() -> None:
    different, same = RULES["duplicate-header"].bad[:2]
    assert fixed("duplicate-header", different) == json.loads(damaged(different).files["manifest.json"].data)
    headers = fixed("duplicate-header", same)["capabilities"]["auditLogEventsHook"]["endpoint"]["headers"]
    assert [header["name"] for header in headers] == ["Content-Type", "Authorization"]


def test_a_byte_order_mark_goes_and_nothing_else() -> None:
    text = "\ufeff" + sample()["manifest.json"].decode()
    assert fix_result(text, Settings(select=("byte-order-mark",))) == text[1:]


def test_line_ends_become_those_of_most_lines() -> None:
    data = b"Free to use,\r\nto change\nand to share\r\n"
    result = fix(Integration.from_files("acme", {**sample(), "LICENSE": data, "NOTES": b"1\r\n2"}), ALL)
    assert result.integration.files["LICENSE"].data == data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert result.integration.files["NOTES"].data == b"1\r\n2\r\n"


def test_a_fix_that_brings_up_another_finding_is_left_out() -> None:
    """One more period would make the overview too long; the misspelled word beside it is fixed all the same."""
    value = json.loads(sample()["manifest.json"])
    value |= {"overview": f"Recieve {'all ' * 23}", "details": "Recieve every event that you choose."}
    value["overview"] = value["overview"].strip() + "x" * (100 - len(value["overview"].strip()))
    result = fix(manifest(json.dumps(value)), ALL)
    after = json.loads(result.integration.files["manifest.json"].text)
    assert after["overview"] == value["overview"].replace("Recieve", "Receive")
    assert after["details"] == "Receive every event that you choose."
    assert [f.fixable for f in result.findings if f.rule == "overview-without-period"] == [False]


def test_a_fix_that_is_left_out_holds_up_no_other() -> None:
    variables = [{**VARIABLE, "key": f"key{number}", "description": "Recieve it."} for number in range(90)]
    value = {**json.loads(sample()["manifest.json"]), "overview": "Choose " + "x" * 93, "formVariables": variables}
    result = fix(manifest(json.dumps(value)), ALL, unsafe=True)
    assert "overview-without-period" in {finding.rule for finding in result.findings}
    assert "Recieve" not in result.integration.files["manifest.json"].text
    assert fix(result.integration, Settings(select=("unformatted-json",))).integration is result.integration


def test_a_file_that_is_not_utf8_is_left_alone() -> None:
    data = sample()["manifest.json"].replace(b'."', b'\xe9"', 1)
    integration = Integration.from_files("acme", {**sample(), "manifest.json": data})
    assert fix(integration, ALL).integration.changed_since(integration) == {}


def test_the_diff_is_unified() -> None:
    integration = manifest(sample()["manifest.json"].decode().replace('."', '"', 1))
    lines = list(diff(integration, fix(integration, ALL).integration))
    assert lines[:2] == ["--- a/manifest.json\n", "+++ b/manifest.json\n"]
    assert len([line for line in lines if line.startswith(("-  ", "+  "))]) == 2


def test_files_are_replaced_with_their_permissions(tmp_path: Path) -> None:
    directory = Path(shutil.copytree(Path(__file__).parent.parent / "sample-integration", tmp_path / "acme"))
    path = directory / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text())))
    path.chmod(0o640)
    before = Integration.read(directory)
    after = fix(before, ALL).integration
    after.write(after.changed_since(before))
    assert path.read_bytes() == sample()["manifest.json"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert {entry.name for entry in directory.iterdir()} == {name.split("/")[0] for name in sample()}
