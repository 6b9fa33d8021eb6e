import json
from pathlib import Path

import pytest

from toolkit import baseline
from toolkit.config import Settings
from toolkit.engine import Result, lint
from toolkit.errors import LditError
from toolkit.examples import sample
from toolkit.integration import Integration


def result(manifest: str) -> Result:
    integration = Integration.from_files("acme", {**sample(), "manifest.json": manifest.encode()})
    return lint(integration, Settings(ignore=("placeholder-host",)))


GOOD = sample()["manifest.json"].decode()
BAD = GOOD.replace('."', '"', 1)


@pytest.fixture
def known(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.json"
    path.write_text(baseline.dump([result(BAD)]))
    return path


def test_known_findings_stay_known_when_lines_move(known: Path) -> None:
    moved = result(BAD.replace("{\n", "{\n\n\n", 1))
    left = baseline.new(moved, baseline.load(known)).findings
    assert {finding.rule for finding in moved.findings} == {"overview-without-period", "unformatted-json"}
    assert {finding.rule for finding in left} == {"unformatted-json"}


def test_a_second_finding_like_a_known_one_is_new(tmp_path: Path) -> None:
    once = Result(Integration.from_files("acme", sample()), result(BAD).findings)
    twice = Result(once.integration, once.findings * 2)
    path = tmp_path / "baseline.json"
    path.write_text(baseline.dump([once]))
    assert len(baseline.new(twice, baseline.load(path)).findings) == len(once.findings)


def test_a_baseline_is_sorted_and_tells_what_it_holds(known: Path) -> None:
    document = json.loads(known.read_text())
    assert list(document["findings"]) == sorted(document["findings"])
    assert {entry["rule"] for entry in document["findings"].values()} == {"overview-without-period"}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "findings": {}}', '{"version": 1}', '{"findings":' + "[" * 100_000]
)
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(LditError, match="baseline"):
        baseline.load(path)


def test_a_file_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(LditError, match="larger than 20 MB"):
        baseline.load(path)
