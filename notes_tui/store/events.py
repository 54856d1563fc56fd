"""Dated events of items: read status, progress, rating, opening. Rows are only ever appended.

The effective order of an item's events is by the day they are dated, then by when they were recorded.
A retraction is an event that names another one; a retraction can itself be retracted. Whether an
event counts at present is kept in its ``retracted`` column. Events outlive the undoing of their item's
arrival (they are retracted then), so they point to items without a foreign key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from notes_tui.model.item import HistoryEvent
from notes_tui.store.database import Row, Store, dump_json
from notes_tui.store.derived import chosen_items

if TYPE_CHECKING:
    from notes_tui.model.vault import VaultEvent

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

    Those whose uid is here already are left alone, unless their item is gone (an import that was taken back):
    then they belong to the new item and count again. Returns how many were new.
    """
    before = store.db.total_changes
    step = store.open_step
    touched: set[int] = set()
    orphaned: list[str] = []
    for uid, item_id, kind, value, page, at, recorded, origin in rows:
        cursor = store.run(
            """INSERT OR IGNORE INTO events (uid, item_id, kind, value, page, at, day, recorded, machine, step)
            VALUES (?, ?, ?, ?, ?, ?, substr(?, 1, 10), ?, ?, ?)""",
            (uid, item_id, kind, value, page, at, at, recorded, origin, step.step_id if step else None),
        )
        if cursor.rowcount:
            touched.add(item_id)
        elif _take_over(store, uid, item_id):
            touched.add(item_id)
            orphaned.append(uid)
    if step:
        step.touched.update(touched)
    let_count_again(store, orphaned)
    return store.db.total_changes - before


def known_uids(store: Store, uids: Sequence[str]) -> set[str]:
    """Which of these events are here, retractions among them."""
    found: set[str] = set()
    for start in range(0, len(uids), 500):
        chunk = uids[start : start + 500]
        marks = ", ".join("?" * len(chunk))
        found |= {row[0] for row in store.rows(f"SELECT uid FROM events WHERE uid IN ({marks})", chunk)}
    return found


def join(store: Store, found: Iterable[tuple[VaultEvent, int]]) -> int:
    """Add events of other machines, each with its item; retractions among them do their work.

    They belong to no undo step. A retraction that leads round in a circle is left out. Returns how many came in.
    """
    added: list[VaultEvent] = []
    for event, item_id in found:
        store.run(
            """INSERT OR IGNORE INTO events (uid, item_id, kind, value, page, at, day, recorded, machine, retracts)
            VALUES (?, ?, ?, ?, ?, ?, substr(?, 1, 10), ?, ?, nullif(?, ''))""",
            (event.uid, item_id, event.kind, event.value, event.page, event.at, event.at, event.recorded,
             event.machine, event.retracts),
        )  # fmt: skip
        added.append(event)
        if store.open_step:
            store.open_step.touched.add(item_id)
    for event in added:
        if _leads_round(store, event.uid):
            store.run("DELETE FROM events WHERE uid = ?", (event.uid,))
    for root in dict.fromkeys(root_of(store, event.uid) for event in added):
        settle(store, root)
    return len(added)


def add_uncounted(
    store: Store, found: Iterable[VaultEvent], owners: Mapping[str, int], uncounted: set[str]
) -> None:
    """Add retractions and the events they took back, each under its own id; those that are here stay as they are.

    ``owners`` leads from citekeys to row ids, ``uncounted`` names the ids that do not count at present. They
    belong to no undo step, since they change nothing that anybody sees.
    """
    store.run_many(
        """INSERT OR IGNORE INTO events
        (uid, item_id, kind, value, page, at, day, recorded, machine, retracts, retracted)
        VALUES (?, ?, ?, ?, ?, ?, substr(?, 1, 10), ?, ?, ?, ?)""",
        (
            (each.uid, owners[each.citekey], each.kind, each.value, each.page, each.at, each.at, each.recorded,
             each.machine, each.retracts or None, int(each.uid in uncounted))
            for each in found
            if each.citekey in owners
        ),
    )  # fmt: skip


def _leads_round(store: Store, uid: str) -> bool:
    seen: set[str] = set()
    above: object = uid
    while isinstance(above, str) and above and len(seen) < _LONGEST_CHAIN:
        if above in seen:
            return True
        seen.add(above)
        above = store.value("SELECT retracts FROM events WHERE uid = ?", (above,))
    return len(seen) >= _LONGEST_CHAIN


_LONGEST_CHAIN = 100


def _take_over(store: Store, uid: str, item_id: int) -> bool:
    """Give an event of an item that is gone, and what retracts it, to another item; says whether it was one."""
    cursor = store.run(
        """UPDATE events SET item_id = ?2 WHERE NOT EXISTS (SELECT 1 FROM items WHERE id = events.item_id)
        AND uid IN (WITH RECURSIVE chain(uid) AS
        (SELECT ?1 UNION SELECT e.uid FROM events e JOIN chain c ON e.retracts = c.uid) SELECT uid FROM chain)""",
        (uid, item_id),
    )
    return cursor.rowcount > 0


def retract(store: Store, event_uids: Iterable[str]) -> None:
    """Retract events as part of the open step (undoing the step lets them count again)."""
    step = store.open_step
    step_id = step.step_id if step else None
    touched = _set_retracted(store, list(event_uids), step_id, retracted=True, own=True)
    if step:
        step.touched.update(touched)


def let_count_again(store: Store, event_uids: Iterable[str]) -> None:
    """Take back the retraction of events as part of the open step."""
    step = store.open_step
    step_id = step.step_id if step else None
    touched = _set_retracted(store, list(event_uids), step_id, retracted=False, own=True)
    if step:
        step.touched.update(touched)


def undo_step(store: Store, step_id: int) -> set[int]:
    """Take back what a step did to events: retract those it appended, let those it retracted count.

    Returns the items concerned.
    """
    made, unmade = _events_of_step(store, step_id)
    return _set_retracted(store, made, step_id, retracted=True) | _set_retracted(
        store, unmade, step_id, retracted=False
    )


def redo_step(store: Store, step_id: int) -> set[int]:
    """The reverse of :func:`undo_step`."""
    made, unmade = _events_of_step(store, step_id)
    return _set_retracted(store, made, step_id, retracted=False) | _set_retracted(
        store, unmade, step_id, retracted=True
    )


def _events_of_step(store: Store, step_id: int) -> tuple[list[str], list[str]]:
    made = store.rows("SELECT uid FROM events WHERE step = ? AND kind <> 'retraction'", (step_id,))
    unmade = store.rows(
        "SELECT retracts FROM events WHERE step = ? AND kind = 'retraction' AND value = 'own'", (step_id,)
    )
    return [row[0] for row in made], [row[0] for row in unmade]


_AIMS = {
    True: "SELECT uid, item_id, uid AS aim FROM events WHERE retracted = 0 AND uid IN (SELECT value FROM json_each(?))",
    False: """SELECT uid, item_id, (SELECT r.uid FROM events r WHERE r.retracts = events.uid AND r.retracted = 0
        ORDER BY r.recorded DESC LIMIT 1) AS aim
        FROM events WHERE retracted = 1 AND uid IN (SELECT value FROM json_each(?))""",
}
"""Events that are not in the wanted state, and what a retraction must name to bring them there."""


def _set_retracted(
    store: Store, uids: list[str], step_id: int | None, *, retracted: bool, own: bool = False
) -> set[int]:
    """Bring events to count or not to count, by a retraction of them or of what retracts them."""
    if not uids:
        return set()
    store.run(
        "CREATE TEMP TABLE IF NOT EXISTS aims (uid TEXT PRIMARY KEY, item_id INTEGER, aim TEXT) WITHOUT ROWID"
    )
    store.run("DELETE FROM temp.aims")
    store.run(
        f"INSERT OR IGNORE INTO temp.aims SELECT * FROM ({_AIMS[retracted]}) WHERE aim IS NOT NULL",
        (dump_json(uids),),
    )
    touched = {row[0] for row in store.tuples("SELECT DISTINCT item_id FROM temp.aims")}
    if touched:
        now = store.now()
        store.run(
            f"""INSERT INTO events (uid, item_id, kind, value, at, day, recorded, machine, retracts, step)
            SELECT {_NEW_UID}, item_id, 'retraction', ?, ?, ?, ?, ?, aim, ? FROM temp.aims""",
            ("own" if own else "", now, now[:10], next_recorded(store), machine(store), step_id),
        )
        _settle_aims(store)
    return touched


def _settle_aims(store: Store) -> None:
    """Bring ``retracted`` up to date where new retractions aim: nothing takes those back yet."""
    store.run("UPDATE events SET retracted = 1 WHERE uid IN (SELECT aim FROM temp.aims)")
    store.run(
        """UPDATE events SET retracted = 0 WHERE uid IN (SELECT uid FROM temp.aims WHERE aim <> uid)
        AND NOT EXISTS (SELECT 1 FROM events r WHERE r.retracts = events.uid AND r.retracted = 0)"""
    )
    for row in store.rows(
        "SELECT a.uid FROM temp.aims a JOIN events e ON e.uid = a.uid WHERE e.retracts IS NOT NULL"
    ):
        settle(store, root_of(store, row[0]))


def settle(store: Store, uid: str) -> bool:
    """Bring ``retracted`` up to date for an event and all that retracts it; says whether the event counts."""
    retractions = store.rows("SELECT uid FROM events WHERE retracts = ?", (uid,))
    settled = [settle(store, row[0]) for row in retractions]
    counts = not any(settled)
    store.run(
        "UPDATE events SET retracted = ? WHERE uid = ? AND retracted <> ?",
        (int(not counts), uid, int(not counts)),
    )
    return counts


def root_of(store: Store, uid: str) -> str:
    """The event that a retraction, or a retraction of one, is about in the end."""
    above = store.value("SELECT retracts FROM events WHERE uid = ?", (uid,))
    return root_of(store, str(above)) if above else uid


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


def statuses_since(store: Store, item_ids: Iterable[int]) -> dict[int, str]:
    """The effective time of the event that gave each item its read status, where there is one."""
    with chosen_items(store, item_ids) as chosen:
        rows = store.tuples(
            f"""SELECT * FROM (SELECT id, (SELECT at FROM events WHERE item_id = c.id AND kind = 'status'
            AND retracted = 0 ORDER BY day DESC, recorded DESC, id DESC LIMIT 1) AS at FROM {chosen} c)
            WHERE at IS NOT NULL"""
        )
    return dict(rows)
