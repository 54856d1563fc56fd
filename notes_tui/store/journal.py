"""The journal of undo steps.

While a step is open, triggers keep the row images that changes overwrite. Undo puts the old images
back and keeps the ones it removes, so redo can do the reverse. Events are never taken away: undo
appends a retraction for each event of the step, redo retracts the retraction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from notes_tui.errors import NothingToUndoError
from notes_tui.store import derived, events
from notes_tui.store.database import Row, Step, Store, dump_json

MAX_BYTES = 256 * 1024 * 1024
"""Row images beyond this are dropped, oldest step first; the latest step always stays."""


@dataclass(frozen=True, slots=True)
class JournalStep:
    """A step of the journal, in words."""

    step_id: int
    at: str
    label: str
    undone: bool

    def as_dict(self) -> dict[str, object]:
        """``{id, at, label, undone}``."""
        return {"id": self.step_id, "at": self.at, "label": self.label, "undone": self.undone}


def begin(store: Store, label: str) -> Step:
    """Open a step inside the running transaction."""
    step_id = store.run("INSERT INTO journal_steps (at, label) VALUES (?, ?)", (store.now(), label)).lastrowid
    store.run("UPDATE journal_open SET step = ?", (step_id,))
    return Step(step_id or 0, label)


def end(store: Store, step: Step) -> None:
    """Close a step: bring derived columns up to date, forget undone steps, keep the journal bounded."""
    store.run("UPDATE journal_open SET step = NULL")
    derived.refresh_items(store, step.touched)
    if not _has_content(store, step.step_id):
        store.run("DELETE FROM journal_steps WHERE id = ?", (step.step_id,))
        return
    store.run("UPDATE journal_steps SET label = ? WHERE id = ?", (step.label, step.step_id))
    store.run("DELETE FROM journal_steps WHERE undone = 1")
    _measure(store, step.step_id)
    _drop_oldest(store, keep=step.step_id)


def _has_content(store: Store, step_id: int) -> bool:
    return bool(
        store.value(
            """SELECT EXISTS (SELECT 1 FROM journal_changes WHERE step = ?1)
            OR EXISTS (SELECT 1 FROM events WHERE step = ?1)""",
            (step_id,),
        )
    )


def _measure(store: Store, step_id: int) -> None:
    store.run(
        """UPDATE journal_steps SET size = (SELECT coalesce(sum(60 + coalesce(length(old), 0) + coalesce(length(new), 0)), 0)
        FROM journal_changes WHERE step = journal_steps.id) WHERE id = ?""",
        (step_id,),
    )


def _drop_oldest(store: Store, *, keep: int) -> None:
    size = store.count("SELECT sum(size) FROM journal_steps")
    if size <= MAX_BYTES:
        return
    gone = 0
    for row in store.rows("SELECT id, size FROM journal_steps WHERE id <> ? ORDER BY id", (keep,)):
        if size <= MAX_BYTES:
            break
        store.run("DELETE FROM journal_steps WHERE id = ?", (row["id"],))
        size -= row["size"]
        gone += 1
    store.run("INSERT OR REPLACE INTO meta VALUES ('journal.dropped', ?)", (str(dropped(store) + gone),))


def dropped(store: Store) -> int:
    """How many steps were forgotten so far, oldest first, to keep the journal within its size."""
    return int(str(store.value("SELECT value FROM meta WHERE key = 'journal.dropped'") or 0))


def steps(store: Store) -> list[JournalStep]:
    """All steps, oldest first."""
    rows = store.rows("SELECT id, at, label, undone FROM journal_steps ORDER BY id")
    return [JournalStep(row["id"], row["at"], row["label"], bool(row["undone"])) for row in rows]


@contextmanager
def inserts_at_once(store: Store, table: str) -> Iterator[None]:
    """Keep what a block inserts into a table in one piece behind it, which costs less than a row at a time.

    The row ids of the table grow, and nothing else is changed in the block. Where the block fails, so does
    the step: nothing may be written here then, since SQLite may have ended the transaction already.
    """
    step = store.value("SELECT step FROM journal_open")
    latest = store.count(f"SELECT max(id) FROM {table}")
    store.run("UPDATE journal_open SET step = NULL")
    yield
    store.run("UPDATE journal_open SET step = ?", (step,))
    if step is not None:
        store.run(
            f"INSERT INTO journal_changes (step, tbl, op, row_id) SELECT ?, '{table}', 'insert', id FROM {table} WHERE id > ?",
            (step, latest),
        )


def undo(store: Store) -> JournalStep:
    """Take back the latest step. Raises :class:`NothingToUndoError` where there is none."""
    with store.transaction():
        row = store.row("SELECT * FROM journal_steps WHERE undone = 0 ORDER BY id DESC LIMIT 1")
        if row is None:
            raise NothingToUndoError(
                "no change to take back", hint="`notes-tui history --journal` lists the steps"
            )
        return _replay(store, row, backwards=True)


def redo(store: Store) -> JournalStep:
    """Repeat the step that was undone last. Raises :class:`NothingToUndoError` where there is none."""
    with store.transaction():
        row = store.row("SELECT * FROM journal_steps WHERE undone = 1 ORDER BY id LIMIT 1")
        if row is None:
            raise NothingToUndoError(
                "no undone change to repeat", hint="a new change ends what could be redone"
            )
        return _replay(store, row, backwards=False)


def _replay(store: Store, step: Row, *, backwards: bool) -> JournalStep:
    store.run("PRAGMA defer_foreign_keys=ON")
    touched: set[int] = set()
    order = "DESC" if backwards else "ASC"
    changes = store.rows(f"SELECT * FROM journal_changes WHERE step = ? ORDER BY id {order}", (step["id"],))
    for run in _runs(changes):
        if run[0]["tbl"] == "events":
            touched |= {
                item_id for change in run for item_id in _replay_event(store, change, backwards=backwards)
            }
        else:
            _replay_rows(store, run, backwards=backwards)
    touched |= {change["row_id"] for change in changes if change["tbl"] == "items"}
    touched |= events.undo_step(store, step["id"]) if backwards else events.redo_step(store, step["id"])
    derived.refresh_items(store, touched)
    if any(map(_moves_items, changes)):
        derived.refresh_order(store)
    store.run("UPDATE journal_steps SET undone = ? WHERE id = ?", (int(backwards), step["id"]))
    _measure(store, step["id"])
    return JournalStep(step["id"], step["at"], step["label"], backwards)


def _moves_items(change: Row) -> bool:
    """Whether the place of items in list order may follow from a change."""
    return change["tbl"] in ("entries", "collections") or (change["tbl"], change["op"]) == ("items", "delete")


def _runs(changes: Sequence[Row]) -> Iterator[list[Row]]:
    """Changes in their order, those that can be replayed together as one list: of one kind, each row once."""
    run: list[Row] = []
    seen: set[int] = set()
    for change in changes:
        alike = not run or (change["tbl"], change["op"]) == (run[0]["tbl"], run[0]["op"])
        if not alike or change["row_id"] in seen or len(run) == _TOGETHER:
            yield run
            run, seen = [], set()
        run.append(change)
        seen.add(change["row_id"])
    if run:
        yield run


_TOGETHER = 1_000
"""Changes that are replayed at once; more would take memory and save nothing."""


def _replay_rows(store: Store, run: Sequence[Row], *, backwards: bool) -> None:
    """Replay changes of one kind to different rows of one table, and keep the images they overwrite."""
    table, op = run[0]["tbl"], run[0]["op"]
    before, after = ("old", "new") if backwards else ("new", "old")
    removes = op == ("insert" if backwards else "delete")
    images = {change["row_id"]: json.loads(change[before] or "null") or {} for change in run}
    with derived.chosen_items(store, images) as chosen:
        current = {row["id"]: row for row in store.rows(f'SELECT * FROM "{table}" WHERE id IN {chosen}')}
        kept = (
            (_image(current[change["row_id"]], {} if removes else images[change["row_id"]]), change["id"])
            for change in run
            if change["row_id"] in current
        )
        store.run_many(f"UPDATE journal_changes SET {after} = ? WHERE id = ?", kept)
        if removes:
            store.run(f'DELETE FROM "{table}" WHERE id IN {chosen}')
            return
    for row_id, image in images.items():
        if op == "update":
            _update(store, table, row_id, image)
        elif row_id not in current:
            _insert(store, table, image)


def _image(row: Row, columns: Iterable[str]) -> str:
    """The named columns of a row, or all of them, as the journal keeps them."""
    return dump_json({column: row[column] for column in columns} or dict(row))


def _update(store: Store, table: str, row_id: int, image: Mapping[str, object]) -> None:
    if image:
        assignments = ", ".join(f'"{column}" = ?' for column in image)
        store.run(f'UPDATE "{table}" SET {assignments} WHERE id = ?', (*image.values(), row_id))


def _insert(store: Store, table: str, image: Mapping[str, object]) -> None:
    if image:
        columns = ", ".join(f'"{column}"' for column in image)
        marks = ", ".join("?" * len(image))
        store.run(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', tuple(image.values()))


def _replay_event(store: Store, change: Row, *, backwards: bool) -> set[int]:
    """Replay the change of an event, which is known by its id everywhere; returns the items it concerns."""
    image = json.loads((change["old"] if backwards else change["new"]) or "null")
    known = json.loads(change["old"] or change["new"] or "null")
    row_id = _place_of_event(store, change["row_id"], known)
    removes = change["op"] == ("insert" if backwards else "delete")
    current = store.row("SELECT * FROM events WHERE id = ?", (row_id,))
    if current is not None:
        side = "new" if backwards else "old"
        kept = _image(current, () if removes else image or ())
        store.run(f"UPDATE journal_changes SET {side} = ? WHERE id = ?", (kept, change["id"]))
    if removes:
        store.run("DELETE FROM events WHERE id = ?", (row_id,))
    elif image and change["op"] == "update":
        _update(store, "events", row_id, image)
    elif image and current is None:
        _insert(store, "events", image | {"id": row_id})
    sides = (image, dict(current) if current else None)
    return {side["item_id"] for side in sides if side and "item_id" in side}


def _place_of_event(store: Store, row_id: int, image: dict[str, object]) -> int:
    """Where an event is or can be put: events stay when what came later is undone, so its old row may be taken."""
    here = store.value("SELECT id FROM events WHERE uid = ?", (image["uid"],))
    if isinstance(here, int):
        return here
    taken = store.value("SELECT 1 FROM events WHERE id = ?", (row_id,))
    return store.count("SELECT max(id) + 1 FROM events") if taken else row_id


def is_latest(store: Store, step_id: int) -> bool:
    """Whether a step is the last one that was made, and not undone."""
    row = store.row("SELECT id, undone FROM journal_steps ORDER BY id DESC LIMIT 1")
    return row is not None and (row["id"], row["undone"]) == (step_id, 0)


def join_last(store: Store, step: Step, earlier_id: int, *, repeated: bool = True) -> bool:
    """Make the open step part of an earlier one if that is still the latest; says whether it was.

    Autosaving an editor uses this: one sitting is one step. ``repeated`` images of a row are dropped,
    since the first one is what undo must bring back.
    """
    latest = store.value("SELECT max(id) FROM journal_steps WHERE id < ?", (step.step_id,))
    undone = store.value("SELECT undone FROM journal_steps WHERE id = ?", (earlier_id,))
    if latest != earlier_id or undone != 0:
        return False
    store.run("UPDATE journal_changes SET step = ? WHERE step = ?", (earlier_id, step.step_id))
    if repeated:
        store.run(
            """DELETE FROM journal_changes WHERE step = ?1 AND op = 'update' AND EXISTS (
            SELECT 1 FROM journal_changes first WHERE first.step = ?1 AND first.tbl = journal_changes.tbl
            AND first.row_id = journal_changes.row_id AND first.id < journal_changes.id)""",
            (earlier_id,),
        )
    _measure(store, earlier_id)
    return True
