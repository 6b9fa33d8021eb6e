import os
from pathlib import Path

import pytest

from toolkit.errors import LditError
from toolkit.integration.discovery import discover


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    for path in (
        "README.md",
        "integrations/acme/manifest.json",
        "integrations/acme/assets/square.svg",
        "integrations/bolt/manifest.json",
        "integrations/no-manifest/README.md",
        "integrations/.hidden/manifest.json",
        "integrations/README.md",
        "alone/manifest.json",
        "meant/assets/square.svg",
        "other/notes.txt",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("{}\n")
    (tmp_path / "empty").mkdir()
    return tmp_path


TREE = ["integrations/acme", "integrations/bolt", "integrations/no-manifest"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("integrations/acme", ["integrations/acme"]),
        ("integrations", TREE),
        (".", TREE),
        ("integrations/acme/manifest.json", ["integrations/acme"]),
        ("integrations/acme/assets/square.svg", ["integrations/acme"]),
        ("integrations/acme/assets", ["integrations/acme"]),
        ("integrations/no-manifest", ["integrations/no-manifest"]),
        ("integrations/no-manifest/README.md", ["integrations/no-manifest"]),
        ("alone", ["alone"]),
        ("meant", ["meant"]),
        ("README.md", []),
        ("integrations/README.md", []),
        ("other", []),
        ("empty", []),
    ],
)
def test_a_path_means_integrations(fork: Path, given: str, meant: list[str]) -> None:
    assert discover([fork / given]) == [fork / path for path in meant]


def test_each_integration_once_and_sorted(fork: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(fork)
    given = ["integrations/bolt/manifest.json", "integrations/acme", "./integrations/acme/manifest.json"]
    assert discover(given) == [Path("integrations/acme"), Path("integrations/bolt")]


def test_the_current_directory_may_be_inside_an_integration(fork: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(fork / "integrations/acme/assets")
    assert [Path(os.path.realpath(path)) for path in discover([Path()])] == [fork / "integrations/acme"]


def test_a_missing_path_is_named(fork: Path) -> None:
    with pytest.raises(LditError, match="nowhere: no such file"):
        discover([fork / "nowhere"])
