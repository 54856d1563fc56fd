"""Databases of other programs, opened as a copy.

The other program may be running: it locks its file and keeps the last changes in a log beside it, so both
are copied into a folder of their own and opened there.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notes_tui.errors import UnreadableFileError


@contextmanager
def opened_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a copy of a database. Raises :class:`UnreadableFileError` where it cannot be copied."""
    with tempfile.TemporaryDirectory(prefix="notes-tui-") as folder:
        copy = Path(folder) / "copy.sqlite"
        try:
            shutil.copyfile(path, copy)
            for ending in ("-wal", "-journal"):
                beside = path.with_name(path.name + ending)
                if beside.is_file():
                    shutil.copyfile(beside, copy.with_name(copy.name + ending))
        except OSError as error:
            raise UnreadableFileError(
                f"{path}: {error.strerror or error}", hint="check its permissions and the free space"
            ) from error
        db = sqlite3.connect(copy)
        db.text_factory = lambda content: content.decode("utf-8", "replace")
        try:
            yield db
        finally:
            db.close()


def table_names(db: sqlite3.Connection) -> frozenset[str]:
    """The tables of a database."""
    return frozenset(row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
