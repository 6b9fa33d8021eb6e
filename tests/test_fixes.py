"""Mends: what is mended stays mended, and nothing else changes."""

import json
import shutil
import stat
from pathlib import Path

import pytest

from toolkit.config import Settings
from toolkit.examples import damaged, sample
from toolkit.fixes import changes, diff, mend
from toolkit.integration import Integration
from toolkit.lint import lint_with
from toolkit.rules import RULES, Rule
from toolkit.rules.registry import Patch

ALL = Settings()
FIXABLE = [
    pytest.param(rule, patch, id=f"{rule.id}-{index}")
    for rule in RULES.values()
    for index, patch in enumerate(rule.bad)
    if any(finding.fixable for finding in lint_with(ALL, damaged(patch)).findings)
]


@pytest.mark.parametrize(("rule", "patch"), FIXABLE)
def test_a_mend_removes_its_finding_adds_none_and_is_final(rule: Rule, patch: Patch) -> None:
    before = damaged(patch)
    after = mend(before, ALL, unsafe=True)
    assert rule.id not in {finding.rule for finding in after.findings if finding.fixable}
    old = {(finding.rule, finding.problem.message) for finding in lint_with(ALL, before).findings}
    assert {(finding.rule, finding.problem.message) for finding in after.findings} <= old
    assert changes(after.integration, mend(after.integration, ALL, unsafe=True).integration) == {}


def manifest(text: str) -> Integration:
    return Integration.held("acme", {**sample(), "manifest.json": text.encode()})


def mended(text: str, settings: Settings = ALL) -> str:
    return mend(manifest(text), settings).integration.files["manifest.json"].text


def test_only_what_is_wrong_changes() -> None:
    text = sample()["manifest.json"].decode()
    broken = text.replace('."', '"', 1).replace("\n  ", "\n\t")
    assert mended(broken, Settings(ignore=("json-format",))) == text.replace("\n  ", "\n\t")
    assert mended(broken) == text


def test_several_mends_of_one_file_meet() -> None:
    text = sample()["manifest.json"].decode()
    broken = text.replace('."', '"', 1).replace('"otherCapabilities"', '"otherCapabilitys"').rstrip("\n")
    assert mended(broken) == text


def test_a_file_that_is_not_utf8_is_left_alone() -> None:
    data = sample()["manifest.json"].replace(b'."', b'\xe9"', 1)
    integration = Integration.held("acme", {**sample(), "manifest.json": data})
    assert changes(integration, mend(integration, ALL).integration) == {}


def test_the_diff_is_unified() -> None:
    integration = manifest(sample()["manifest.json"].decode().replace('."', '"', 1))
    lines = list(diff(integration, mend(integration, ALL).integration))
    assert lines[:2] == ["--- a/manifest.json\n", "+++ b/manifest.json\n"]
    assert len([line for line in lines if line.startswith(("-  ", "+  "))]) == 2


def test_files_are_replaced_with_their_permissions(tmp_path: Path) -> None:
    directory = Path(shutil.copytree(Path(__file__).parent.parent / "sample-integration", tmp_path / "acme"))
    path = directory / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text())))
    path.chmod(0o640)
    before = Integration.read(directory)
    after = mend(before, ALL).integration
    after.write(changes(before, after))
    assert path.read_bytes() == sample()["manifest.json"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert {entry.name for entry in directory.iterdir()} == {name.split("/")[0] for name in sample()}
