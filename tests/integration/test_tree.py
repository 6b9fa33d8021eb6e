"""The manifests of the integrations beside one: read once for a run, and again once one of them was written."""

import json
import os
from pathlib import Path

import pytest

from toolkit.integration import Integration
from toolkit.integration.tree import Tree
from toolkit.json_text import Document, read

NAMES = ("acme", "bolt", "crest")


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    for name in NAMES:
        written(tmp_path, name, {"name": name.title()})
    return tmp_path


def written(fork: Path, name: str, value: object) -> Path:
    path = fork / name / "manifest.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def test_they_are_read_once_for_all_members(fork: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def counted(data: bytes) -> Document:
        seen.append(data)
        return read(data)

    monkeypatch.setattr("toolkit.json_text.read", counted)
    tree = Tree()
    for name in NAMES:
        integration = Integration.read(fork / name, tree)
        for one in (integration, integration.replaced({"manifest.json": b'{"name": "Another"}'})):
            assert one.siblings == {other: {"name": other.title()} for other in NAMES if other != name}
    assert len(seen) == len(NAMES)


def test_what_was_written_is_read_again(fork: Path) -> None:
    tree = Tree()
    acme, bolt = (Integration.read(fork / name, tree) for name in ("acme", "bolt"))
    assert acme.siblings["bolt"] == {"name": "Bolt"}
    bolt.write({"manifest.json": b'{"name": "Nuts"}'})
    assert acme.siblings["bolt"] == {"name": "Nuts"}
    assert bolt.siblings.keys() == {"acme", "crest"}


def test_each_run_reads_anew(fork: Path) -> None:
    assert Integration.read(fork / "acme").siblings["bolt"] == {"name": "Bolt"}
    written(fork, "bolt", {"name": "Bolt and Nut"})
    written(fork, "dune", {})
    assert Integration.read(fork / "acme").siblings == {
        "bolt": {"name": "Bolt and Nut"},
        "crest": {"name": "Crest"},
        "dune": {},
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_of_a_neighbor_is_never_opened(fork: Path, tmp_path: Path) -> None:
    (fork / "bolt" / "manifest.json").unlink()
    os.mkfifo(fork / "bolt" / "manifest.json")
    (tmp_path / "elsewhere").write_text('{"name": "Secret"}')
    (fork / "crest" / "manifest.json").unlink()
    (fork / "crest" / "manifest.json").symlink_to(tmp_path / "elsewhere")
    assert Integration.read(fork / "acme").siblings == {}


def test_what_is_no_json_is_left_out(fork: Path) -> None:
    written(fork, "bolt", "{")
    written(fork, "crest", "null")
    assert Integration.read(fork / "acme").siblings == {"crest": None}
    assert Integration.read(fork / "bolt").siblings == {"acme": {"name": "Acme"}, "crest": None}


def test_what_is_found_in_an_integration_is_found_once(fork: Path) -> None:
    integration = Integration.read(fork / "acme")
    assert integration.json_files is integration.json_files
    assert integration.icons is integration.icons
    assert integration.svgs is integration.svgs
