"""Two items become one, row by row; and which pairs of items were said to be different works.

What hangs on an item is moved, not copied, so notes, annotations and events keep their ids. The journal
keeps the rows as they were, and here also whose the events were: undoing the step splits the items again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notes_tui.model.report import Moved
from notes_tui.store import collections, items
from notes_tui.store.database import Row, Store, dump_json

APART = "different"
"""The kind of a relation that says of two items that they are not the same work."""


def move_all(store: Store, keep_id: int, other_id: int, *, name: str) -> Moved:
    """Move what hangs on one item to another, and delete the row that is left; part of the open step.

    ``name`` tells notes apart whose title is taken. What both have in the very same form stays once.
    """
    moved = Moved(
        notes=_move_notes(store, keep_id, other_id, name),
        annotations=_move_rows(store, "annotations", _SAME_ANNOTATION, keep_id, other_id),
        events=move_events(store, [row[0] for row in _events_of(store, other_id)], keep_id),
        tags=_move_rows(store, "item_tags", "k.tag = o.tag", keep_id, other_id),
        attachments=_move_rows(store, "attachments", _SAME_FILE, keep_id, other_id),
        entries=_move_rows(store, "entries", _SAME_ENTRY, keep_id, other_id),
    )
    for row in store.rows("SELECT DISTINCT collection_id FROM entries WHERE item_id = ?", (other_id,)):
        collections.take_out(store, row[0], [other_id])
    store.run("UPDATE aliases SET item_id = ? WHERE item_id = ?", (keep_id, other_id))
    _move_relations(store, keep_id, other_id)
    if store.open_step is not None:
        store.open_step.touched.add(keep_id)
    return moved


def drop(store: Store, item_id: int, keep_id: int) -> None:
    """Delete an item that has been emptied; its citekey leads to the one that has it all."""
    [row] = store.rows("SELECT citekey FROM items WHERE id = ?", (item_id,))
    items.delete_for_good(store, [item_id])
    items.add_alias(store, keep_id, row["citekey"])


_SAME_ANNOTATION = " AND ".join(
    f"k.{column} IS o.{column}"
    for column in ("kind", "page", "page_label", "quote", "comment", "role", "color", "source", "extra")
)
_SAME_FILE = """k.kind = o.kind AND (k.path = o.path OR (k.sha256 <> '' AND k.sha256 = o.sha256))
    AND json_extract(k.extra, '$.link') IS json_extract(o.extra, '$.link')"""
_SAME_ENTRY = """k.collection_id = o.collection_id AND k.section = o.section AND (k.title = o.title
    AND k.text = o.text AND k.fields = o.fields OR EXISTS
    (SELECT 1 FROM collections c WHERE c.id = o.collection_id AND c.kind = 'own'))"""


def _move_rows(store: Store, table: str, same: str, keep_id: int, other_id: int) -> int:
    """Give rows to another item, but for those it has already; returns how many it got."""
    return store.run(
        f"""UPDATE {table} SET item_id = ?1 WHERE item_id = ?2 AND id NOT IN
        (SELECT o.id FROM {table} o JOIN {table} k ON k.item_id = ?1 AND {same} WHERE o.item_id = ?2)""",
        (keep_id, other_id),
    ).rowcount


def _move_notes(store: Store, keep_id: int, other_id: int, name: str) -> int:
    sql = "SELECT id, title, body, private FROM notes WHERE item_id = ? ORDER BY title, id"
    here = {row["title"]: row for row in store.rows(sql, (keep_id,))}
    moved = 0
    for row in store.rows(sql, (other_id,)):
        known = here.get(row["title"])
        if known is not None and (known["body"], known["private"]) == (row["body"], row["private"]):
            continue
        title = _free_title(row["title"], name, here) if known is not None else row["title"]
        store.run("UPDATE notes SET item_id = ?, title = ? WHERE id = ?", (keep_id, title, row["id"]))
        here[title] = row
        moved += 1
    return moved


def _free_title(title: str, name: str, taken: dict[str, Row]) -> str:
    """A title for a note whose own is taken: ``Note of gavel2020``, ``Questions (gavel2020)``."""
    wanted = f"{title} ({name})" if title else f"Note of {name}"
    free, number = wanted, 1
    while free in taken:
        number += 1
        free = f"{wanted} {number}"
    return free


def _events_of(store: Store, item_id: int) -> list[Row]:
    return store.rows("SELECT id FROM events WHERE item_id = ? ORDER BY id", (item_id,))


def move_events(store: Store, row_ids: Sequence[int], item_id: int) -> int:
    """Give events to an item; the journal keeps whose they were. Returns how many went."""
    step = store.open_step
    if step is not None:
        store.run_many(
            """INSERT INTO journal_changes (step, tbl, op, row_id, old)
            SELECT ?, 'events', 'update', id, json_object('uid', uid, 'item_id', item_id) FROM events WHERE id = ?""",
            ((step.step_id, row_id) for row_id in row_ids),
        )
    store.run_many("UPDATE events SET item_id = ? WHERE id = ?", ((item_id, row_id) for row_id in row_ids))
    return len(row_ids)


def give_events_back(store: Store) -> None:
    """Give events to the items that have them in the attached database ``other``."""
    rows = store.rows(
        """SELECT here.id, there.item_id FROM main.events here JOIN other.events there ON there.uid = here.uid
        WHERE there.item_id <> here.item_id AND there.item_id IN (SELECT id FROM main.items)"""
    )
    for row in rows:
        move_events(store, [row["id"]], row["item_id"])


def _move_relations(store: Store, keep_id: int, other_id: int) -> None:
    rows = store.rows(
        "SELECT item_id + other_id - ?1 AS third, kind FROM relations WHERE ?1 IN (item_id, other_id)",
        (other_id,),
    )
    store.run("DELETE FROM relations WHERE ? IN (item_id, other_id)", (other_id,))
    for row in rows:
        if row["third"] != keep_id:
            items.link(store, keep_id, row["third"], row["kind"])


def set_apart(store: Store, first_id: int, second_id: int) -> bool:
    """Remember that two items are not the same work; says whether that is new."""
    if (min(first_id, second_id), max(first_id, second_id)) in pairs_apart(store):
        return False
    items.link(store, first_id, second_id, APART)
    return True


def pairs_apart(store: Store) -> set[tuple[int, int]]:
    """Pairs of row ids, the lower first, of items known to be two works: said to be, or linked to each other."""
    return {(row[0], row[1]) for row in store.rows("SELECT item_id, other_id FROM relations")}


def merge_columns(store: Store, keep_id: int, other_ids: Iterable[int]) -> dict[str, object]:
    """What an item gets that no reference holds: pages, a place in the queue, privacy."""
    ids = [keep_id, *other_ids]
    marks = ", ".join("?" * len(ids))
    rows = {row["id"]: row for row in store.rows(f"SELECT * FROM items WHERE id IN ({marks})", ids)}
    keep, chosen = rows[keep_id], [rows[item_id] for item_id in ids]
    columns: dict[str, object] = {
        "pages": next((row["pages"] for row in chosen if row["pages"] is not None), None),
        "queue_place": next((row["queue_place"] for row in chosen if row["queue_place"] is not None), None),
        "private": max(row["private"] for row in chosen),
    }
    return {name: value for name, value in columns.items() if value != keep[name]}


def set_locked(store: Store, item_id: int, fields: Iterable[str]) -> None:
    """Note which fields of an item were corrected by hand."""
    items.update(store, item_id, {"locked": dump_json(sorted(fields))})
