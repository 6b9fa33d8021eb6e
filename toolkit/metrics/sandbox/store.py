"""Keeps metrics and events in SQLite, in memory or in a file; what was acknowledged survives a crash."""

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from toolkit.errors import LditError
from toolkit.text import reason

APPLICATION = 0x6C646974
"""Marks our files: ``ldit`` in ASCII, where SQLite keeps the application id."""
VERSION = 2
TABLES = """
create table if not exists metrics (
  number integer primary key,
  project text not null, key text not null, event text, changed integer not null, events integer not null default 0,
  metric text not null,
  kind text as (json_extract(metric, '$.kind')), name text as (json_extract(metric, '$.name')),
  unique (project, key)
);
create index if not exists by_number on metrics (project, number);
create index if not exists by_name on metrics (project, name, number);
create index if not exists by_event on metrics (project, event);
create index if not exists by_kind on metrics (project, kind);
create index if not exists by_change on metrics (project, changed);
create table if not exists counts (
  project text not null, key text not null, span integer not null, events integer not null,
  primary key (project, key, span)
) without rowid;
create table if not exists events (number integer primary key, project text not null, event text not null);
create index if not exists events_by_project on events (project, number);
create table if not exists groups (
  number integer primary key,
  project text not null, key text not null, body text not null, unique (project, key)
);
"""
SPAN = 10
"""The seconds that are counted together."""
Json = dict[str, Any]


class Store:
    """Every change is committed, to the disk if there is one, before the method returns.

    ``version`` grows with every change; ``deleted`` has the last metrics that went: version, project and key.
    """

    def __init__(self, path: Path | None = None) -> None:
        if path:
            _refuse_foreign(path)
        try:
            # The server's thread is the only one that uses it.
            self._db = sqlite3.connect(path or ":memory:", timeout=0.5, isolation_level=None, check_same_thread=False)
            self._db.execute("pragma locking_mode = exclusive")
            _prepare(self._db)
            self.version = _last_version(self._db)
        except sqlite3.OperationalError as error:
            help_ = "stop the other sandbox, or use another file" if "locked" in str(error) else ""
            raise LditError(f"cannot use {path}: {error}", help_) from None
        except sqlite3.DatabaseError as error:
            raise LditError(f"cannot use {path}: {error}", "it is damaged: use a new file") from None
        self.deleted: deque[tuple[int, str, str]] = deque(maxlen=1000)

    def create(self, project: str, metric: Json) -> bool:
        """Adds ``metric``; False if its key is taken."""
        sql = "insert or ignore into metrics (project, key, event, changed, metric) values (?, ?, ?, ?, ?)"
        values = (project, metric["key"], _event_key(metric), self._next(), json.dumps(metric))
        return self._db.execute(sql, values).rowcount == 1

    def get(self, project: str, key: str) -> Json | None:
        """The metric with that key."""
        found = self.select(project, "key = ?", [key])
        return found[0] if found else None

    def select(self, project: str, where: str = "true", values: Sequence[object] = (), rest: str = "") -> list[Json]:
        """The metrics of ``project`` for which ``where`` holds, in the order that ``rest`` says."""
        sql = f"select metric from metrics where project = ? and ({where}) {rest or 'order by number'}"  # noqa: S608
        return [json.loads(row[0]) for row in self._db.execute(sql, (project, *values))]

    def total(self, project: str, where: str = "true", values: Sequence[object] = ()) -> int:
        """How many they are."""
        sql = f"select count(*) from metrics where project = ? and ({where})"  # noqa: S608
        return int(self._db.execute(sql, (project, *values)).fetchone()[0])

    def candidates(self, project: str, kind: str, event_key: str) -> list[Json]:
        """The metrics that an event of that kind may count for; letter case aside for custom ones."""
        if kind == "custom":
            return self.select(project, "event = ?", [json.dumps(event_key.casefold())])
        return self.select(project, "kind in ('click', 'pageview')" if kind == "click" else "kind = 'pageview'")

    def changed(self, project: str, since: int, most: int) -> list[tuple[Json, int]]:
        """The metrics that changed after version ``since``, the latest ``most``, with their number of events."""
        sql = "select metric, events from metrics where project = ? and changed > ? order by changed desc limit ?"
        return [(json.loads(row[0]), row[1]) for row in self._db.execute(sql, (project, since, most))]

    def replace(self, project: str, metric: Json) -> None:
        """Puts ``metric`` in the place of the one with its key."""
        sql = "update metrics set metric = ?, event = ?, changed = ? where project = ? and key = ?"
        values = (json.dumps(metric), _event_key(metric), self._next(), project, metric["key"])
        self._db.execute(sql, values)

    def delete(self, project: str, key: str) -> bool:
        """Removes the metric with that key; False if there is none."""
        self.deleted.append((self._next(), project, key))
        self._db.execute("begin")
        self._db.execute("delete from counts where project = ? and key = ?", (project, key))
        gone = self._db.execute("delete from metrics where project = ? and key = ?", (project, key)).rowcount == 1
        self._db.execute("commit")
        return gone

    def add_events(self, project: str, events: Iterable[Json]) -> None:
        """Adds all of ``events``, or, if the process dies meanwhile, none; counts them for their ``metrics``."""
        version, count = self._next(), "on conflict (project, key, span) do update set events = events + 1"
        self._db.execute("begin")
        for event in events:
            text = json.dumps(event | {"version": version})
            self._db.execute("insert into events (project, event) values (?, ?)", (project, text))
            for key in event.get("metrics", ()):
                span = event["received"] // 1000 // SPAN
                self._db.execute(f"insert into counts values (?, ?, ?, 1) {count}", (project, key, span))  # noqa: S608
                sql = "update metrics set events = events + 1, changed = ? where project = ? and key = ?"
                self._db.execute(sql, (version, project, key))
        self._db.execute("commit")

    def events(self, project: str, limit: int, after: int = 0) -> list[Json]:
        """The newest ``limit`` events with a number over ``after``, newest first, each with its ``number``."""
        sql = "select number, event from events where project = ? and number > ? order by number desc limit ?"
        rows = self._db.execute(sql, (project, after, limit))
        return [{"number": number, **json.loads(event)} for number, event in rows]

    def spans(self, project: str, key: str, first: int) -> dict[int, int]:
        """How many events counted for a metric in each span of SPAN seconds from number ``first`` on."""
        sql = "select span, events from counts where project = ? and key = ? and span >= ?"
        return dict(self._db.execute(sql, (project, key, first)).fetchall())

    def groups(self, project: str) -> list[Json]:
        """The metric groups, oldest first."""
        rows = self._db.execute("select body from groups where project = ? order by number", (project,))
        return [json.loads(row[0]) for row in rows]

    def add_group(self, project: str, group: Json) -> bool:
        """Adds a metric group; False if its key is taken."""
        sql = "insert or ignore into groups (project, key, body) values (?, ?, ?)"
        return self._db.execute(sql, (project, group["key"], json.dumps(group))).rowcount == 1

    def delete_group(self, project: str, key: str) -> bool:
        """Removes the metric group with that key; False if there is none."""
        return self._db.execute("delete from groups where project = ? and key = ?", (project, key)).rowcount == 1

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def _next(self) -> int:
        self.version += 1
        return self.version


def _event_key(metric: Json) -> str | None:
    """The event key without letter case, as ASCII: SQLite cannot hold half a surrogate pair."""
    key = metric.get("eventKey")
    return json.dumps(key.casefold()) if isinstance(key, str) else None


def _last_version(db: sqlite3.Connection) -> int:
    metric = db.execute("select max(changed) from metrics").fetchone()[0]
    event = db.execute("select event from events order by number desc limit 1").fetchone()
    return max(metric or 0, json.loads(event[0])["version"] if event else 0)


def _refuse_foreign(path: Path) -> None:
    """Raises LditError unless ``path`` is absent, empty or a file of ours; reads it only."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return
    except OSError as error:
        raise LditError(f"cannot use {path}: {reason(error)}") from None
    if not head:
        return
    if not head.startswith(b"SQLite format 3\0"):
        raise LditError(f"cannot use {path}: file is not a database", "use a new file")
    if int.from_bytes(head[68:72]) != APPLICATION:
        raise LditError(f"cannot use {path}: it is the database of another program", "use a new file")
    if int.from_bytes(head[60:64]) != VERSION:
        raise LditError(f"cannot use {path}: it is of another version of ldit", "use a new file")


def _prepare(db: sqlite3.Connection) -> None:
    if db.execute("pragma application_id").fetchone()[0] == APPLICATION:
        if (found := db.execute("pragma quick_check(1)").fetchone()[0]) != "ok":
            db.close()
            raise sqlite3.DatabaseError(found.splitlines()[-1])
    else:
        # The mark first, and not yet in a log of changes: the next start must find it whatever happens now.
        db.executescript(
            f"begin immediate; pragma application_id = {APPLICATION}; pragma user_version = {VERSION}; commit"
        )
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    db.executescript(f"begin immediate; {TABLES} commit;")
