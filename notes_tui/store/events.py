"""Dated events of items: read status, progress, rating, opening. Rows are only ever appended.

The effective order of an item's events is by the day they are dated, then by when they were recorded.
A retraction is an event that names another one; a retraction can itself be retracted. Whether an
event counts at present is kept in its ``retracted`` column. Events outlive the undoing of their item's
arrival (they are retracted then), so they point to items without a foreign key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from notes_tui.model.item import HistoryEvent
from notes_tui.store.database import Row, Store
from notes_tui.store.derived import chosen_items

_NEW_UID = "lower(hex(randomblob(10)))"


def next_recorded(store: Store) -> str:
    """A UTC time later than every recorded one, also where the clock was set back."""
    latest = store.value("SELECT max(recorded) FROM events")
    now = store.recorded_now()
    if isinstance(latest, str) and latest >= now:
        later = datetime.fromisoformat(latest).astimezone(UTC) + timedelta(microseconds=1)
        return later.isoformat(timespec="microseconds")
    return now


def machine(store: Store) -> str:
    """The id of this home, made when it is first asked for."""
    store.run(f"INSERT OR IGNORE INTO meta VALUES ('machine', {_NEW_UID})")
    return str(store.value("SELECT value FROM meta WHERE key = 'machine'"))


def append(
    store: Store,
    item_ids: Iterable[int],
    kind: str,
    value: str = "",
    *,
    at: str = "",
    page: int | None = None,
) -> None:
    """Append one event for each item. Without ``at`` it is dated now, or as late as the item's latest.

    The latter keeps an undated event effective when the clock was set back.
    """
    ids = list(item_ids)
    step = store.open_step
    now = store.now()
    dated = at or (
        f"max('{now}', coalesce((SELECT e.at FROM events e WHERE e.item_id = c.id AND e.kind = :kind"
        " AND e.retracted = 0 ORDER BY e.day DESC, e.recorded DESC LIMIT 1), ''))"
    )
    with chosen_items(store, ids):
        store.db.execute(
            f"""INSERT INTO events (uid, item_id, kind, value, page, at, day, recorded, machine, step)
            SELECT uid, item_id, kind, value, page, at, substr(at, 1, 10), recorded, machine, step FROM (
            SELECT {_NEW_UID} AS uid, c.id AS item_id, :kind AS kind, :value AS value, :page AS page,
            {":at" if at else dated} AS at, :recorded AS recorded, :machine AS machine, :step AS step
            FROM temp.chosen c)""",
            {
                "kind": kind, "value": value, "page": page, "at": at, "recorded": next_recorded(store),
                "machine": machine(store), "step": step.step_id if step else None,
            },
        )  # fmt: skip
    if step:
        step.touched.update(ids)


def insert_known(store: Store, rows: Iterable[tuple[str, int, str, str, int | None, str, str, str]]) -> int:
    """Insert events that exist elsewhere: ``(uid, item_id, kind, value, page, at, recorded, machine)``.

    Those whose uid is here already are left alone. Returns how many were new.
    """
    before = store.db.total_changes
    step = store.open_step
    touched: set[int] = set()
    for uid, item_id, kind, value, page, at, recorded, origin in rows:
        cursor = store.run(
            """INSERT OR IGNORE INTO events (uid, item_id, kind, value, page, at, day, recorded, machine, step)
            VALUES (?, ?, ?, ?, ?, ?, substr(?, 1, 10), ?, ?, ?)""",
            (uid, item_id, kind, value, page, at, at, recorded, origin, step.step_id if step else None),
        )
        if cursor.rowcount:
            touched.add(item_id)
    if step:
        step.touched.update(touched)
    return store.db.total_changes - before


def retract_step(store: Store, step_id: int) -> set[int]:
    """Append a retraction for each event of a step that counts. Returns the items concerned."""
    return _append_retractions(
        store,
        "SELECT uid, item_id, uid FROM events WHERE step = ? AND kind <> 'retraction' AND retracted = 0",
        step_id,
        retracted=1,
    )


def restore_step(store: Store, step_id: int) -> set[int]:
    """Retract the retractions of a step's events. Returns the items concerned."""
    return _append_retractions(
        store,
        """SELECT r.uid, e.item_id, e.uid FROM events e JOIN events r ON r.retracts = e.uid AND r.retracted = 0
        WHERE e.step = ? AND e.kind <> 'retraction' AND e.retracted = 1""",
        step_id,
        retracted=0,
    )


def _append_retractions(store: Store, select: str, step_id: int, *, retracted: int) -> set[int]:
    targets = store.rows(select, (step_id,))
    if not targets:
        return set()
    recorded, origin, now = next_recorded(store), machine(store), store.now()
    store.run_many(
        f"""INSERT INTO events (uid, item_id, kind, at, day, recorded, machine, retracts, step)
        VALUES ({_NEW_UID}, ?, 'retraction', ?, ?, ?, ?, ?, ?)""",
        ((row[1], now, now[:10], recorded, origin, row[0], step_id) for row in targets),
    )
    if not retracted:
        store.run_many("UPDATE events SET retracted = 1 WHERE uid = ?", ((row[0],) for row in targets))
    store.run_many("UPDATE events SET retracted = ? WHERE uid = ?", ((retracted, row[2]) for row in targets))
    return {row[1] for row in targets}


_HISTORY = """SELECT e.*, i.citekey, i.title AS item_title,
    lag(e.value) OVER (PARTITION BY e.item_id, e.kind ORDER BY e.day, e.recorded, e.id) AS before
    FROM events e JOIN items i ON i.id = e.item_id
    WHERE e.retracted = 0 AND e.kind <> 'retraction' AND {where}"""


def history(store: Store, item_id: int | None = None) -> list[HistoryEvent]:
    """The events that count, oldest first, of one item or of all."""
    where, parameters = ("e.item_id = ?", (item_id,)) if item_id is not None else ("i.trashed = ''", ())
    sql = f"SELECT * FROM ({_HISTORY.format(where=where)}) ORDER BY day, recorded, id"
    return list(_with_pages(store.rows(sql, parameters)))


def _with_pages(rows: list[Row]) -> Iterable[HistoryEvent]:
    reached: dict[int, int] = {}
    for row in rows:
        before, after = _sides(row, reached.get(row["item_id"]))
        if row["page"] is not None:
            reached[row["item_id"]] = row["page"]
        yield HistoryEvent(
            row["citekey"], row["at"], row["kind"], before, after, row["page"], row["item_title"]
        )


def _sides(row: Row, page_before: int | None) -> tuple[str | int | None, str | int | None]:
    if row["kind"] == "status":
        return row["before"] or "unread", row["value"]
    if row["kind"] == "rating":
        return int(row["before"] or 0) or None, int(row["value"]) or None
    if row["kind"] == "progress":
        return page_before, row["page"]
    return None, None


def status_since(store: Store, item_id: int) -> str | None:
    """The effective time of the event that gave an item its read status."""
    found = store.value(
        """SELECT at FROM events WHERE item_id = ? AND kind = 'status' AND retracted = 0
        ORDER BY day DESC, recorded DESC, id DESC LIMIT 1""",
        (item_id,),
    )
    return str(found) if found else None
