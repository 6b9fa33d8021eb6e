"""The store: in a file it outlives its process, and nothing else uses it meanwhile."""

from pathlib import Path

import pytest

from toolkit.errors import LditError
from toolkit.metrics.sandbox.store import Store


def test_a_file_keeps_all(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    assert store.create("p", {"key": "a", "n": 1})
    assert not store.create("p", {"key": "a", "n": 2})
    assert store.create("q", {"key": "a", "n": 3})
    store.replace("p", {"key": "a", "n": 4})
    store.add_events("p", [{"n": 1}, {"n": 2}, {"n": 3}])
    store.close()
    again = Store(tmp_path / "data")
    assert again.metrics("p") == [{"key": "a", "n": 4}]
    assert again.events("p", 2) == [{"n": 3}, {"n": 2}]
    assert again.delete("p", "a")
    assert not again.delete("p", "a")
    assert again.get("p", "a") is None
    again.close()


def test_one_at_a_time(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    with pytest.raises(LditError, match="is locked") as caught:
        Store(tmp_path / "data")
    assert "stop the other sandbox" in caught.value.help
    store.close()


def test_no_database(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("some other file, long enough to be no database " * 100)
    with pytest.raises(LditError, match=r"cannot use .*data: file is not a database"):
        Store(tmp_path / "data")
    with pytest.raises(LditError, match="cannot use"):
        Store(tmp_path / "absent" / "data")
