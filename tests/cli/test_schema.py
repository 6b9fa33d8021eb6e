"""``ldit schema``: what an editor gets, and what it never does to a file that is there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from toolkit.cli.main import command
from toolkit.cli.schema import SCHEMAS


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["schema", *arguments], prog_name="ldit")


@pytest.fixture
def fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "integrations" / "acme").mkdir(parents=True)
    (tmp_path / "manifest.schema.json").write_text('{"type": "object"}\n')
    monkeypatch.chdir(tmp_path / "integrations" / "acme")
    return tmp_path


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_printed_whole(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(name)
    assert result.exit_code == 0
    assert result.stderr == ""
    schema = json.loads(result.stdout)
    assert schema["$schema"].startswith("http")
    assert "x-ldit-role" not in result.stdout


def test_output_is_a_new_file(tmp_path: Path) -> None:
    target = tmp_path / "manifest.json"
    assert run("manifest", "--output", str(target)).exit_code == 0
    assert target.read_text("utf-8") == run("manifest").stdout


def test_output_overwrites_nothing(tmp_path: Path) -> None:
    target = tmp_path / "manifest.schema.json"
    target.write_text("mine")
    result = run("manifest", "--output", str(target))
    assert result.exit_code == 2
    assert f"{target} is there already and is not overwritten" in result.stderr
    assert "name another file" in result.stderr
    assert target.read_text() == "mine"


def test_output_where_nothing_can_be_written(tmp_path: Path) -> None:
    result = run("manifest", "--output", str(tmp_path / "missing" / "a.json"))
    assert result.exit_code == 2
    assert "cannot be written: no such file or directory" in result.stderr


def test_a_fork_has_its_own_schema_already(fork: Path) -> None:
    result = run("manifest")
    assert result.exit_code == 0
    assert "let the editor use ../../manifest.schema.json" in result.stderr
    assert json.loads(result.stdout)["title"] == "Integration manifest"
    assert run("metric").stderr == ""
    assert run("manifest", "--output", str(fork / "manifest.schema.json")).exit_code == 2
    assert (fork / "manifest.schema.json").read_text() == '{"type": "object"}\n'


def test_a_fork_is_told_when_its_schema_was_emptied(fork: Path) -> None:
    with (fork / "manifest.schema.json").open("w") as emptied:
        ldit = [sys.executable, "-m", "toolkit", "schema", "manifest"]
        result = subprocess.run(ldit, stdout=emptied, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    assert result.returncode == 2
    assert "manifest.schema.json is the fork's own schema" in result.stderr
    assert "git checkout -- manifest.schema.json" in result.stderr
    assert (fork / "manifest.schema.json").read_text() == ""
