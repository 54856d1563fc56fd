"""What changing 10,000 items in one undoable step costs: ``python -m tests.benchmarks.bench_bulk [HOME]``.

Beside it stands ``executemany`` of the very same rows, in one transaction of a copy of the same database in
which nothing is journaled, queued or derived: its triggers are dropped. Undo has no bare limit; its row
says how many times the change itself it costs.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from notes_tui.services import journaling, reading, writing
from notes_tui.services.home import open_home
from notes_tui.settings import STATUS_NAMES, Home
from notes_tui.store.database import Store
from tests.benchmarks.generate import generate
from tests.benchmarks.rows import FUNCTION_ROUNDS, Row, cpu_of

ITEMS = 10_000
GOAL = 3.0
TAG = "bulk"
_EVENTS = """INSERT INTO events (uid, item_id, kind, value, page, at, day, recorded, machine, step)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
Rows = list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of many items, and the bare statements that write the same rows."""

    what: str
    make: Callable[[Store, list[int]], object]
    statements: tuple[tuple[str, str], ...]
    """Each with the question that gives its rows once the change is made; both know the newest event before."""


CHANGES = (
    Change(
        "mark read",
        lambda store, ids: reading.mark(store, "studied", ids, allowed=STATUS_NAMES),
        (
            (_EVENTS, "SELECT uid, item_id, kind, value, page, at, day, recorded, machine, step FROM events WHERE id > ?"),
            ("UPDATE items SET read_status = ? WHERE id = ?", "SELECT value, item_id FROM events WHERE id > ?"),
        ),
    ),
    Change(
        "rate",
        lambda store, ids: reading.rate(store, 2, ids),
        (
            (_EVENTS, "SELECT uid, item_id, kind, value, page, at, day, recorded, machine, step FROM events WHERE id > ?"),
            ("UPDATE items SET rating = ? WHERE id = ?", "SELECT CAST(value AS INTEGER), item_id FROM events WHERE id > ?"),
        ),
    ),
    Change(
        "tag",
        lambda store, ids: writing.add_tag(store, TAG, ids),
        (("INSERT INTO item_tags (item_id, tag) VALUES (?, ?)", f"SELECT item_id, tag FROM item_tags WHERE tag = '{TAG}' AND ?"),),
    ),
)  # fmt: skip


class Copies:
    """Copies of a home, each thrown away behind its measurement."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder = home, folder

    def new(self) -> Home:
        """A fresh copy of the database, without its backups."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        shutil.copy(self.home / "notes.db", self.folder)
        return Home(self.folder)


def _ours(copies: Copies, change: Change, items: int) -> tuple[float, float, list[tuple[str, Rows]]]:
    """CPU seconds of a change and of undoing it, and the statements with the rows that it wrote."""
    with open_home(copies.new()) as store:
        store.snapshot = None
        ids = [
            row[0]
            for row in store.rows("SELECT id FROM items WHERE trashed = '' ORDER BY id LIMIT ?", (items,))
        ]
        newest = store.count("SELECT max(id) FROM events")
        made = cpu_of(lambda: change.make(store, ids))
        written = [(sql, store.tuples(rows, (newest,))) for sql, rows in change.statements]
        return made, cpu_of(lambda: journaling.undo(store)), written


def _bare(copies: Copies, written: Sequence[tuple[str, Rows]]) -> float:
    """CPU seconds of writing the same rows with SQLite alone."""
    db = sqlite3.connect(copies.new().database, isolation_level=None)
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = FULL")

    def write() -> None:
        db.execute("BEGIN IMMEDIATE")
        for sql, rows in written:
            db.executemany(sql, rows)
        db.execute("COMMIT")

    cost = cpu_of(write)
    db.close()
    return cost


def measure(home: Path, items: int = ITEMS, rounds: int = FUNCTION_ROUNDS) -> list[Row]:
    """The rows of this benchmark, on copies of a home with at least so many items."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        copies = Copies(home, Path(folder) / "home")
        for change in CHANGES:
            costs = []
            for _ in range(rounds):
                made, undone, written = _ours(copies, change, items)
                costs.append((made, undone, _bare(copies, written)))
            made, undone, bare = map(min, zip(*costs, strict=True))
            rows.append(
                Row(f"{change.what}, one step", items, made, bare, GOAL, limit="executemany of the same rows")
            )
            rows.append(Row(f"undo of {change.what}", items, undone, made, 0, limit="the change itself"))
    return rows


def main() -> int:
    """Print the rows; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, nargs="?")
    parser.add_argument("--items", type=int, default=ITEMS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder) / "home"
        if options.home is None:
            generate(home, options.items)
        rows = measure(home, options.items)
    for row in rows:
        print(
            f"{row.what:30} {row.ours * 1000:6.0f} ms, bare {row.bare * 1000:6.0f} ms: {row.ratio:.2f} times"
        )
    return int(not all(row.holds for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
