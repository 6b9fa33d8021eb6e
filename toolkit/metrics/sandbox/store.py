"""Keeps metrics and events in SQLite, in memory or in a file; what was acknowledged survives a crash."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from toolkit.errors import LditError

TABLES = """
create table if not exists metrics (
  number integer primary key,
  project text not null, key text not null, metric text not null,
  unique (project, key)
);
create table if not exists events (number integer primary key, project text not null, event text not null);
"""


class Store:
    """Every change is committed, to the disk if there is one, before the method returns."""

    def __init__(self, path: Path | None = None) -> None:
        try:
            # The server's thread is the only one that uses it.
            self._db = sqlite3.connect(path or ":memory:", timeout=0.5, isolation_level=None, check_same_thread=False)
            self._db.execute("pragma locking_mode = exclusive")
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = full")
            self._db.executescript(f"begin immediate; {TABLES} commit;")
        except sqlite3.OperationalError as error:
            help_ = "stop the other sandbox, or take another file" if "locked" in str(error) else ""
            raise LditError(f"cannot use {path}: {error}", help_) from None
        except sqlite3.DatabaseError as error:
            raise LditError(f"cannot use {path}: {error}", "take a new file") from None

    def create(self, project: str, metric: dict[str, Any]) -> bool:
        """Adds ``metric``; False if its key is taken."""
        values = (project, metric["key"], json.dumps(metric))
        sql = "insert or ignore into metrics (project, key, metric) values (?, ?, ?)"
        return self._db.execute(sql, values).rowcount == 1

    def get(self, project: str, key: str) -> dict[str, Any] | None:
        """The metric with that key."""
        sql = "select metric from metrics where project = ? and key = ?"
        row = self._db.execute(sql, (project, key)).fetchone()
        return None if row is None else json.loads(row[0])

    def metrics(self, project: str) -> list[dict[str, Any]]:
        """All metrics, oldest first."""
        rows = self._db.execute("select metric from metrics where project = ? order by number", (project,))
        return [json.loads(row[0]) for row in rows]

    def replace(self, project: str, metric: dict[str, Any]) -> None:
        """Puts ``metric`` in the place of the one with its key."""
        sql = "update metrics set metric = ? where project = ? and key = ?"
        self._db.execute(sql, (json.dumps(metric), project, metric["key"]))

    def delete(self, project: str, key: str) -> bool:
        """Removes the metric with that key; False if there is none."""
        sql = "delete from metrics where project = ? and key = ?"
        return self._db.execute(sql, (project, key)).rowcount == 1

    def add_events(self, project: str, events: list[dict[str, Any]]) -> None:
        """Adds all of ``events``, or, if the process dies meanwhile, none."""
        self._db.execute("begin")
        rows = [(project, json.dumps(event)) for event in events]
        self._db.executemany("insert into events (project, event) values (?, ?)", rows)
        self._db.execute("commit")

    def events(self, project: str, limit: int) -> list[dict[str, Any]]:
        """The newest ``limit`` events, newest first."""
        sql = "select event from events where project = ? order by number desc limit ?"
        return [json.loads(row[0]) for row in self._db.execute(sql, (project, limit))]

    def close(self) -> None:
        """Closes the file."""
        self._db.close()
