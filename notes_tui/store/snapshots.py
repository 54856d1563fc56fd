"""Copies of the database through SQLite's backup interface, and checks of a database's health."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from notes_tui.errors import StoreError
from notes_tui.store.database import Store, speaking_plainly

_COUNTED = ("items", "entries", "events", "notes", "annotations", "item_tags", "collections")


def write(store: Store, place: Path, begun: Callable[[], None] = lambda: None) -> dict[str, int]:
    """Copy the database to ``place`` and check the copy. Returns the number of rows by table.

    What is copied is the database as it is when ``begun`` is called; others may write from then on. Raises
    :class:`StoreError` where the copy is damaged or holds other numbers of rows than the database.
    """
    with speaking_plainly(place):
        copy = sqlite3.connect(place)
        try:
            reader = sqlite3.connect(
                f"{store.path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
            )
            try:
                reader.execute("BEGIN")  # one state of the database for counting and copying
                reader.execute("SELECT count(*) FROM meta").fetchone()
                begun()
                expected = _counts(reader)
                reader.backup(copy)
            finally:
                reader.close()
            copy.execute("PRAGMA journal_mode=DELETE")
            if problems := _problems(copy):
                raise StoreError(f"the snapshot is damaged: {problems[0]}", hint="run `notes-tui doctor`")
            if _counts(copy) != expected:
                raise StoreError("the snapshot does not hold every row", hint="run `notes-tui doctor`")
            return expected
        finally:
            copy.close()


def copy_file(source: Path, place: Path) -> None:
    """Copy a database through SQLite's backup interface, whatever its schema, and check the copy."""
    with speaking_plainly(place):
        reader = sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)
        copy = sqlite3.connect(place)
        try:
            reader.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            if problems := _problems(copy):
                raise StoreError(
                    f"{source} is damaged: {problems[0]}", hint="`notes-tui restore` takes a backup"
                )
        finally:
            reader.close()
            copy.close()


def _counts(db: sqlite3.Connection) -> dict[str, int]:
    return {table: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in _COUNTED}


def _problems(db: sqlite3.Connection) -> list[str]:
    found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
    found += [
        f"table {row[0]}, row {row[1]} points nowhere" for row in db.execute("PRAGMA foreign_key_check")
    ]
    return found


def problems(store: Store) -> list[str]:
    """What SQLite's integrity and foreign-key checks complain of."""
    with speaking_plainly(store.path):
        return _problems(store.db)


def stale_search_rows(store: Store) -> int:
    """How many rows the search index has too many or too few, beside those waiting in the queue."""
    missing = store.count(
        """SELECT count(*) FROM items WHERE trashed = '' AND id NOT IN (SELECT rowid FROM search)
        AND id NOT IN (SELECT item_id FROM search_queue)"""
    )
    extra = store.count(
        """SELECT count(*) FROM search WHERE rowid NOT IN (SELECT id FROM items WHERE trashed = '')
        AND rowid NOT IN (SELECT item_id FROM search_queue)"""
    )
    return missing + extra


def stale_derived_rows(store: Store) -> list[int]:
    """Items whose kept read status differs from what their events say."""
    rows = store.rows(
        """SELECT id FROM items WHERE read_status <> coalesce((SELECT value FROM events
        WHERE item_id = items.id AND retracted = 0 AND kind = 'status'
        ORDER BY day DESC, recorded DESC, id DESC LIMIT 1), 'unread')"""
    )
    return [row[0] for row in rows]


def contents_known(place: Path) -> set[str]:
    """The hashes by which a snapshot may know attached files. Raises :class:`StoreError` where it cannot be read."""
    with speaking_plainly(place):
        reader = sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)
        try:
            rows = reader.execute("SELECT path || ' ' || sha256 || ' ' || extra FROM attachments").fetchall()
        finally:
            reader.close()
    return {found for (text,) in rows for found in re.findall("[0-9a-f]{64}", text)}
