"""Bringing the library to the state of another database, row by row, as one undo step.

The other database is attached; rows that differ are deleted and inserted as they are there, so the journal
keeps what was replaced. Events are not deleted: those the other database does not have are retracted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from notes_tui.store import derived, events, merging
from notes_tui.store.database import Store
from notes_tui.store.migrations import JOURNALED

_PARENTS_FIRST = tuple(JOURNALED)


@dataclass(frozen=True, slots=True)
class TableChange:
    """What restoring does to one table, in rows."""

    table: str
    back: int
    """Rows that come back."""
    gone: int
    """Rows that go."""
    changed: int
    """Rows that get another content."""

    def as_dict(self) -> dict[str, object]:
        """``{table, back, gone, changed}``."""
        return {"table": self.table, "back": self.back, "gone": self.gone, "changed": self.changed}


@contextmanager
def attached(store: Store, path: Path) -> Iterator[None]:
    """Attach another database as ``other`` for the time of a block."""
    store.run("ATTACH DATABASE ? AS other", (str(path),))
    try:
        yield
    finally:
        store.run("DETACH DATABASE other")


def _differing(table: str, here: str, there: str) -> str:
    columns = ", ".join(JOURNALED[table])
    return (
        f"SELECT id FROM (SELECT {columns} FROM {here}.{table} EXCEPT SELECT {columns} FROM {there}.{table})"
    )


def difference(store: Store) -> list[TableChange]:
    """How the library differs from the attached database; tables that are the same are left out."""
    found: list[TableChange] = []
    for table in _PARENTS_FIRST:
        here = {row[0] for row in store.rows(_differing(table, "main", "other"))}
        there = {row[0] for row in store.rows(_differing(table, "other", "main"))}
        if here or there:
            found.append(TableChange(table, len(there - here), len(here - there), len(here & there)))
    gone, back = len(_counting("main", "other", store)), len(_counting("other", "main", store))
    if gone or back:
        found.append(TableChange("events", back, gone, 0))
    return found


def _counting(here: str, there: str, store: Store) -> list[str]:
    """Uids of events that count in one database and not in the other."""
    rows = store.rows(
        f"""SELECT uid FROM {here}.events WHERE retracted = 0 AND kind <> 'retraction' EXCEPT
        SELECT uid FROM {there}.events WHERE retracted = 0 AND kind <> 'retraction'"""
    )
    return [row[0] for row in rows]


def take_over(store: Store) -> None:
    """Make the library what the attached database is, inside the open step."""
    store.run("PRAGMA defer_foreign_keys=ON")
    for table in reversed(_PARENTS_FIRST):
        store.run(f"DELETE FROM main.{table} WHERE id IN ({_differing(table, 'main', 'other')})")
    for table in _PARENTS_FIRST:
        columns = ", ".join(JOURNALED[table])
        store.run(
            f"""INSERT INTO main.{table} ({columns}) SELECT {columns} FROM other.{table}
            WHERE id NOT IN (SELECT id FROM main.{table}) ORDER BY id"""
        )
    _take_over_events(store)
    derived.refresh_items(store, [row[0] for row in store.rows("SELECT id FROM main.items")])
    derived.refresh_order(store)


def _take_over_events(store: Store) -> None:
    wanted = _counting("other", "main", store)
    events.retract(store, _counting("main", "other", store))
    known = {row[0] for row in store.rows("SELECT uid FROM main.events")}
    events.let_count_again(store, [uid for uid in wanted if uid in known])
    missing = [uid for uid in wanted if uid not in known]
    for uid in missing:
        row = store.row("SELECT * FROM other.events WHERE uid = ?", (uid,))
        if row is not None:
            known_event = (
                row["uid"], row["item_id"], row["kind"], row["value"], row["page"], row["at"], row["recorded"],
                row["machine"],
            )  # fmt: skip
            events.insert_known(store, [known_event])
    merging.give_events_back(store)
