"""The manifests of the integrations beside one: read once for all of them, and again once something has changed."""

import json
from pathlib import Path

import pytest

from toolkit.integration import Integration, siblings
from toolkit.json_text import Document, read

NAMES = ("acme", "bolt", "crest")


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    siblings.forget()
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

    monkeypatch.setattr("toolkit.integration.siblings.read", counted)
    for name in NAMES:
        integration = Integration.read(fork / name)
        for one in (integration, integration.replaced({"manifest.json": b'{"name": "Another"}'})):
            assert one.siblings == {other: {"name": other.title()} for other in NAMES if other != name}
    assert len(seen) == len(NAMES)


def test_a_change_is_noticed(fork: Path) -> None:
    assert Integration.read(fork / "acme").siblings["bolt"] == {"name": "Bolt"}
    written(fork, "bolt", {"name": "Bolt and Nut"})
    assert Integration.read(fork / "bolt").siblings.keys() == {"acme", "crest"}
    assert Integration.read(fork / "acme").siblings["bolt"] == {"name": "Bolt and Nut"}
    Integration.read(fork / "bolt").write({"manifest.json": b'{"name": "Nuts"}'})
    assert Integration.read(fork / "acme").siblings["bolt"] == {"name": "Nuts"}
    written(fork, "dune", {})
    assert Integration.read(fork / "dune").siblings.keys() == set(NAMES)


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
