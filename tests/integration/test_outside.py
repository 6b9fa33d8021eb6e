"""Paths that lead out of an integration: asked for within its fork only, by the names that are on disk."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from toolkit.cli.main import command
from toolkit.engine import lint
from toolkit.integration import Integration

SAMPLE = ROOT / "sample-integration"
OUT_OF_THE_FORK = ["../../../secret.svg", "../../../../../../../../../../../../etc/passwd", "../../linked/secret.svg"]


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """An integration in a fork, with a file above that fork and a link in it that leads there."""
    fork = tmp_path / "fork"
    (fork / "integrations" / "bolt").mkdir(parents=True)
    (fork / "manifest.schema.json").write_text("{}")
    (fork / "integrations" / "bolt" / "logo.svg").write_text("<svg/>")
    (fork / "logo.svg").write_text("<svg/>")
    (tmp_path / "secret.svg").write_text("<svg/>")
    (fork / "linked").symlink_to(tmp_path)
    return Path(copytree(SAMPLE, fork / "integrations" / "acme"))


def found(acme: Path, icon: str) -> list[tuple[str, str]]:
    manifest = json.loads((SAMPLE / "manifest.json").read_bytes())
    manifest["icons"]["square"] = icon
    (acme / "manifest.json").write_text(json.dumps(manifest, indent=2))
    findings = lint(Integration.read(acme)).findings
    return [(f.rule, f.problem.message) for f in findings if f.problem.place.pointer == "/icons/square"]


@pytest.mark.parametrize("icon", ["../bolt/logo.svg", "../../logo.svg", "../bolt/../bolt/./logo.svg"])
def test_what_is_in_the_fork_is_there(acme: Path, icon: str) -> None:
    assert found(acme, icon) == [("path-outside", f"{icon} leads out of the directory")]


@pytest.mark.parametrize("icon", ["../bolt/Logo.svg", "../Bolt/logo.svg", "../bolt/nothing.svg", "../bolt/logo.svg/x"])
def test_what_is_not_in_the_fork_is_missing(acme: Path, icon: str) -> None:
    assert found(acme, icon) == [("missing-icon", f"{icon} does not exist")]


@pytest.mark.parametrize("icon", OUT_OF_THE_FORK)
def test_nothing_says_what_is_on_the_disk_around_the_fork(acme: Path, icon: str) -> None:
    assert found(acme, icon) == [("missing-icon", f"{icon} does not exist")]


@pytest.mark.parametrize("icon", OUT_OF_THE_FORK[:2])
def test_nobody_asks_the_system_for_it(acme: Path, icon: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a path such as ``//server/share/a`` would say who we are to that server."""
    asked: list[str] = []
    for name in ("stat", "lstat", "listdir", "scandir", "readlink"):
        monkeypatch.setattr(os, name, noting(getattr(os, name), asked))
    found(acme, icon)
    assert asked
    assert not [path for path in asked if path.endswith(("secret.svg", "passwd"))]


def noting(real: Any, asked: list[str]) -> Any:
    def note(path: Any = ".", *rest: Any, **named: Any) -> Any:
        asked.append(os.fsdecode(path) if not isinstance(path, int) else "")
        return real(path, *rest, **named)

    return note


@pytest.mark.parametrize("icon", ["../" + "a" * 300 + ".svg", "../a\0.svg", "../\ud800.svg", "../" + "b/" * 3000 + "c"])
def test_names_that_no_disk_has(acme: Path, icon: str) -> None:
    assert "missing-icon" in dict(found(acme, icon))


@pytest.fixture
def locked(acme: Path) -> Iterator[Path]:
    (acme.parent / "bolt").chmod(0)
    yield acme
    (acme.parent / "bolt").chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is locked for root")
def test_a_directory_that_may_not_be_listed(locked: Path) -> None:
    assert found(locked, "../bolt/logo.svg") == [("missing-icon", "../bolt/logo.svg does not exist")]


def test_a_disk_that_fails(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def fail(path: Any = ".") -> Any:
        if not isinstance(path, int) and os.fsdecode(path).endswith("bolt"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", fail)
    assert found(acme, "../bolt/logo.svg") == [("missing-icon", "../bolt/logo.svg does not exist")]


def test_the_command_says_it_and_goes_on(acme: Path) -> None:
    found(acme, "../" + "a" * 300 + ".svg")
    run = CliRunner().invoke(command, ["lint", "--isolated", str(acme)], catch_exceptions=False)
    assert run.exit_code == 1, run.output
    assert "internal-error" not in run.output
