"""Columns of items that follow from other tables: read status, rating, page reached, list order.

They exist so that lists sort and filter by index. Events and entries stay the truth; these functions
bring the columns up to date for the items a change touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from notes_tui.store.database import Store, dump_json

_LATEST = "ORDER BY day DESC, recorded DESC, id DESC LIMIT 1"
_OF_ITEM = "FROM events WHERE item_id = items.id AND retracted = 0 AND"
BEYOND_LISTS = 1_000_000_000_000_000
"""The place in list order of an item that stands in no list is this and its row id."""
_ORDER = f"""coalesce((SELECT min((c.hidden * 1000000 + c.position) * 1000000 + e.position)
    FROM entries e JOIN collections c ON c.id = e.collection_id WHERE e.item_id = items.id), {BEYOND_LISTS} + id)"""


@contextmanager
def chosen_items(store: Store, item_ids: Iterable[int]) -> Iterator[str]:
    """A temporary table of ids for the time of a block; yields the SQL that selects them.

    Where the block fails the table is left to the next one, so that the failure is what is told.
    """
    store.run("CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY)")
    store.run("DELETE FROM temp.chosen")
    store.run("INSERT OR IGNORE INTO temp.chosen SELECT value FROM json_each(?)", (dump_json([*item_ids]),))
    yield "(SELECT id FROM temp.chosen)"
    store.run("DELETE FROM temp.chosen")


def refresh_items(store: Store, item_ids: Iterable[int]) -> None:
    """Recompute read status, rating and page reached of these items from their events."""
    ids = set(item_ids)
    if not ids:
        return
    with chosen_items(store, ids) as chosen:
        store.run(f"""UPDATE items SET
            read_status = coalesce((SELECT value {_OF_ITEM} kind = 'status' {_LATEST}), 'unread'),
            rating = nullif(cast((SELECT value {_OF_ITEM} kind = 'rating' {_LATEST}) AS INTEGER), 0),
            page = (SELECT page {_OF_ITEM} page IS NOT NULL AND kind IN ('status', 'progress') {_LATEST})
            WHERE id IN {chosen}""")


def refresh_order(store: Store, item_ids: Iterable[int] | None = None) -> None:
    """Recompute the place in list order, of all items or of some."""
    if item_ids is None:
        store.run(f"UPDATE items SET list_order = {_ORDER} WHERE list_order <> {_ORDER}")
        return
    with chosen_items(store, item_ids) as chosen:
        store.run(f"UPDATE items SET list_order = {_ORDER} WHERE id IN {chosen}")
