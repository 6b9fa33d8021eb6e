"""The store: in a file it outlives its process, and nothing else uses it meanwhile."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
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
    store.add_events("p", [{"n": n, "received": 20_000 + n, "metrics": ["a"]} for n in (1, 2, 3)])
    version = store.version
    store.close()
    again = Store(tmp_path / "data")
    assert again.select("p") == [{"key": "a", "n": 4}]
    assert [each["n"] for each in again.events("p", 2)] == [3, 2]
    assert again.changed("p", 0, 9) == [({"key": "a", "n": 4}, 3)]
    assert again.spans("p", "a", 0) == {2: 3}
    assert again.version == version
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


def of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript("create table metrics (a); insert into metrics values (1);")


def of_another_version(path: Path) -> None:
    Store(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.executescript("pragma user_version = 1")


def with_a_damaged_page(path: Path) -> None:
    store = Store(path)
    for number in range(300):
        store.create("p", {"key": f"m{number}", "name": "n" * 200})
    store.close()
    content = bytearray(path.read_bytes())
    content[8192:20480] = b"\xa5" * 12288
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (of_another_program, "of another program"),
        (of_another_version, "of another version of ldit"),
        (with_a_damaged_page, "cannot use"),
    ],
)
def test_what_is_not_ours_or_damaged_is_never_written(
    tmp_path: Path, make: Callable[[Path], None], message: str
) -> None:
    path = tmp_path / "data"
    make(path)
    before = path.read_bytes()
    with pytest.raises(LditError, match=message) as caught:
        Store(path)
    assert caught.value.help
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


def test_an_empty_file_becomes_ours(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    Store(tmp_path / "data").close()
    assert (tmp_path / "data").read_bytes()[68:72] == b"ldit"
