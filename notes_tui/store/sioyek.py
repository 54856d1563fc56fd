"""sioyek's databases, read from copies: ``shared.db`` holds what was marked, ``local.db`` where files lie."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from notes_tui.errors import UnreadableFileError
from notes_tui.model.sioyek import SioyekDatabase, SioyekMark
from notes_tui.store.copied import opened_copy, table_names

_NEEDED = frozenset(("highlights", "bookmarks"))
_PLACES = ("begin_x", "begin_y", "end_x", "end_y", "offset_y")


def is_sioyek(path: Path) -> bool:
    """Whether a SQLite database has sioyek's tables; one that cannot be read has not."""
    with opened_copy(path) as db:
        try:
            return table_names(db) >= _NEEDED
        except sqlite3.DatabaseError:
            return False


def read_database(path: Path) -> SioyekDatabase:
    """What was marked, by document and place. Raises :class:`UnreadableFileError` for any other database."""
    with opened_copy(path) as db:
        try:
            if not table_names(db) >= _NEEDED:
                raise UnreadableFileError(
                    f"{path}: it is a SQLite database, and not sioyek's", hint="sioyek's is called shared.db"
                )
            marks = (*_marks(db, "highlights"), *_marks(db, "bookmarks"))
        except sqlite3.DatabaseError as error:
            raise UnreadableFileError(f"{path}: {error}", hint="restore it from a backup") from error
    return SioyekDatabase(marks, _paths(path.with_name("local.db")))


def _marks(db: sqlite3.Connection, table: str) -> Iterator[SioyekMark]:
    db.row_factory = sqlite3.Row
    columns = {row["name"] for row in db.execute(f"PRAGMA table_info({table})")}
    order = "begin_y, begin_x" if "begin_y" in columns and table == "highlights" else "offset_y"
    for row in db.execute(
        f"SELECT * FROM {table} WHERE document_path <> '' ORDER BY document_path, {order}, id"
    ):
        values = dict(row)
        yield SioyekMark(
            document=_text(values.get("document_path")), words=_text(values.get("desc")),
            letter=_text(values.get("type")) or "a" if table == "highlights" else "",
            comment=_text(values.get("text_annot")),
            place=tuple(float(values[name]) for name in _PLACES if isinstance(values.get(name), (int, float))),
            created=_text(values.get("creation_time")), modified=_text(values.get("modification_time")),
            uuid=_text(values.get("uuid")),
        )  # fmt: skip


def _paths(path: Path) -> dict[str, str]:
    """Paths by hash; none where the other database is missing or damaged, since it only helps."""
    if not path.is_file():
        return {}
    with opened_copy(path) as db:
        try:
            rows = db.execute("SELECT hash, path FROM document_hash ORDER BY id").fetchall()
        except sqlite3.DatabaseError:
            return {}
    return {_text(digest): _text(place) for digest, place in rows}


def _text(value: object) -> str:
    return "" if value is None else str(value)
