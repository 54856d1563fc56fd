"""Opening the database, its transactions, and the undo step every change belongs to.

Two processes may use one file at once, so every write begins with ``BEGIN IMMEDIATE`` and waits for
the other writer. The journal mode is WAL with ``synchronous=FULL``: what was acknowledged survives a
power cut. Schema changes go through sqlite-utils' migrations; a database that needs none is opened
with the standard library alone, so reading verbs stay fast.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from datetime import datetime

from notes_tui.errors import StoreError
from notes_tui.model.times import iso, iso_exact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any, Literal

    SnapshotReason = Literal["daily", "import"]

SCHEMA_VERSION = 4
BUSY_TIMEOUT_MS = 30_000
_MOMENT_MS = 50
"""Milliseconds a person does not notice."""
_OPERATIONS = 50_000
"""Operations of SQLite (some milliseconds) between two questions whether a statement is still wanted."""
Row = sqlite3.Row


def _local_now() -> datetime:
    return datetime.now().astimezone()


class Step:
    """One undo step while it is being made; ``label`` says in words what it does."""

    def __init__(self, step_id: int, label: str) -> None:
        self.step_id = step_id
        self.label = label
        self.touched: set[int] = set()
        """Items whose derived columns are brought up to date when the step ends."""


class Store:
    """An open database. A store belongs to the thread that opened it."""

    def __init__(self, file: str, db: sqlite3.Connection, *, read_only: bool = False) -> None:
        self.file = file
        self.db = db
        self.read_only = read_only
        self.clock: Callable[[], datetime] = _local_now
        self.open_step: Step | None = None
        self.snapshot: Callable[[SnapshotReason], None] | None = None
        """Called before the first change of a process and before large imports, outside any transaction."""
        self.notices: list[str] = []
        """What should be said to the user though the command went well: a backup that failed."""
        self._has_changed = False

    @property
    def path(self) -> Path:
        """The database file as a path."""
        from pathlib import Path

        return Path(self.file)

    def now(self) -> str:
        """The time for ``added``, ``created`` and effective dates: ISO 8601, to the second."""
        return iso(self.clock())

    def recorded_now(self) -> str:
        """A UTC time to the microsecond, for the order in which events were recorded."""
        from datetime import UTC

        return iso_exact(self.clock().astimezone(UTC))

    def rows(self, sql: str, parameters: Iterable[object] = ()) -> list[Row]:
        """All rows of a query. Raises :class:`StoreError` for what SQLite cannot do."""
        with speaking_plainly(self.file):
            return self.db.execute(sql, tuple(parameters)).fetchall()

    def row(self, sql: str, parameters: Iterable[object] = ()) -> Row | None:
        """The first row of a query, or ``None``."""
        with speaking_plainly(self.file):
            found: Row | None = self.db.execute(sql, tuple(parameters)).fetchone()
            return found

    def tuples(self, sql: str, parameters: Iterable[object] = ()) -> list[Any]:
        """All rows of a query as plain tuples, which are quicker to make where there are many."""
        with speaking_plainly(self.file):
            cursor = self.db.cursor()
            cursor.row_factory = None
            return cursor.execute(sql, tuple(parameters)).fetchall()

    def value(self, sql: str, parameters: Iterable[object] = ()) -> object:
        """The first column of the first row, or ``None``."""
        found = self.row(sql, parameters)
        return found[0] if found is not None else None

    def count(self, sql: str, parameters: Iterable[object] = ()) -> int:
        """:meth:`value` as a number; no row counts as 0."""
        found = self.value(sql, parameters)
        return found if isinstance(found, int) else 0

    def run(self, sql: str, parameters: Iterable[object] = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        self._require_step()
        with speaking_plainly(self.file):
            return self.db.execute(sql, tuple(parameters))

    def run_many(self, sql: str, rows: Iterable[Iterable[object]]) -> None:
        """Execute one statement for many rows."""
        self._require_step()
        with speaking_plainly(self.file):
            self.db.executemany(sql, (tuple(row) for row in rows))

    def _require_step(self) -> None:
        """Refuse to go on with a step whose transaction SQLite has ended: it would be written outside of it.

        That happens where a statement is interrupted and whoever called it took the error for one of its own.
        """
        if self.open_step is not None and not self.db.in_transaction:
            raise StoreError("the change was ended; nothing of it remains", hint="try it again")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """An immediate transaction; inside another one it is part of that one."""
        self._require_step()
        with speaking_plainly(self.file):
            if self.db.in_transaction:
                yield
                return
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:  # an interruption, too, keeps nothing; it goes on up
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Within the block the database reads as it is at the first question, whatever others write meanwhile.

        The block only reads: outside of a transaction what it wrote would be undone.
        """
        with speaking_plainly(self.file):
            if self.db.in_transaction:
                yield
                return
            self.db.execute("BEGIN")
            try:
                yield
            finally:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")

    @contextmanager
    def step(self, label: str) -> Iterator[Step]:
        """One transaction that is one undo step; a step inside a step joins it.

        A step that changed nothing leaves no trace in the journal.
        """
        if self.open_step is not None:
            yield self.open_step
            return
        from notes_tui.store import journal

        if not self._has_changed and not self.db.in_transaction:
            self._has_changed = True
            self.take_snapshot("daily")
        with self.transaction():
            self.open_step = journal.begin(self, label)
            try:
                yield self.open_step
                journal.end(self, self.open_step)
            finally:
                self.open_step = None

    def take_snapshot(self, reason: SnapshotReason) -> None:
        """Let whoever opened the store take a backup, if it arranged for that."""
        if self.snapshot is not None and not self.db.in_transaction and not self.read_only:
            self.snapshot(reason)

    @property
    def data_version(self) -> int:
        """A number that changes when another connection wrote (costs microseconds)."""
        return self.count("PRAGMA data_version")

    def is_kept_waiting(self) -> bool:
        """Whether somebody else is changing the library right now, and goes on doing so for longer than a moment."""
        if self.read_only or self.db.in_transaction:
            return False
        self.run(f"PRAGMA busy_timeout = {_MOMENT_MS}")
        try:
            self.db.execute("BEGIN IMMEDIATE")
            self.db.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
        finally:
            self.run(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        return False

    def interrupt(self) -> None:
        """End what this handle is doing, from any thread; it raises :class:`StoreError` there."""
        self.db.interrupt()

    def stop_when(self, is_unwanted: Callable[[], bool]) -> None:
        """End long statements once this says so: they raise :class:`StoreError`, and their transaction is undone."""
        self.db.set_progress_handler(lambda: int(is_unwanted()), _OPERATIONS)

    def close(self) -> None:
        """Close the handle; WAL content is checkpointed by SQLite when the last handle closes."""
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def speaking_plainly(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into :class:`StoreError` that say what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {error}", hint=_hint(str(error))) from error


def _hint(message: str) -> str:
    message = message.lower()
    for words, hint in (
        ("locked", "another program is writing for a long time; try again"),
        ("readonly", "the file or its folder may not be written; check its permissions"),
        ("unable to open", "check that the folder exists and may be written"),
        ("full", "the disk is full; free some space and try again, nothing was changed"),
        (
            "disk i/o",
            "the disk did not take or give the data; check its space and health, nothing was changed",
        ),
        ("malformed", "the file is damaged; `notes-tui restore` takes a backup from backups/"),
        ("not a database", "this is no notes-tui database; `notes-tui restore` takes a backup from backups/"),
    ):
        if words in message:
            return hint
    return "run `notes-tui doctor`"


def open_store(
    path: Path | str, *, create: bool = False, before_migration: Callable[[], None] | None = None
) -> Store:
    """Open the database at ``path``, bringing an older schema up to date.

    ``before_migration`` is called before the schema of a database that holds something is changed.
    Raises :class:`StoreError` where the file is missing (unless ``create``), damaged, not writable,
    or was written by a newer version of the program.
    """
    file = os.fspath(path)
    if not create and not os.path.exists(file):
        raise StoreError(f"{file} does not exist", hint="`notes-tui init` makes a home")
    with speaking_plainly(file):
        read_only = not create and not _is_writable(file)
        address = _only_to_read(file) if read_only else file
        db = sqlite3.connect(address, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000, uri=read_only)
        db.row_factory = sqlite3.Row
        try:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA_VERSION:
                raise StoreError(
                    f"{file} was written by a newer notes-tui (schema {version}, this one knows {SCHEMA_VERSION})",
                    hint="update notes-tui; nothing was changed",
                )
            if version < SCHEMA_VERSION and not read_only:
                if version > 0 and before_migration is not None:
                    before_migration()
                _migrate(db)
            db.execute("PRAGMA foreign_keys=ON")
            db.execute("PRAGMA synchronous=FULL")
        except BaseException:  # whatever stopped the opening goes on up, and no handle stays
            db.close()
            raise
    return Store(file, db, read_only=read_only)


def _only_to_read(file: str) -> str:
    from pathlib import Path

    return f"{Path(file).as_uri()}?mode=ro&immutable=1"


def _is_writable(file: str) -> bool:
    """Whether the database can be written, or must be because another process left its last changes in a log."""
    log = file + "-wal"
    if os.path.exists(log) and os.path.getsize(log) > 0:
        return True
    return os.access(file, os.W_OK) and os.access(os.path.dirname(file) or ".", os.W_OK)


def _migrate(db: sqlite3.Connection) -> None:
    from sqlite_utils import Database

    from notes_tui.store.migrations import migrations

    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(db))
        if broken := db.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.IntegrityError(f"{len(broken)} rows point nowhere after the migration")
        db.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        db.execute("COMMIT")
    except BaseException:  # an interruption, too, leaves the old schema; it goes on up
        db.execute("ROLLBACK")
        raise


def dump_json(value: object) -> str:
    """Compact JSON with text left readable, as the JSON columns hold it."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
