"""By what items can be grouped: for each item the status, year, venue, tags or places in lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any, Literal

from notes_tui.store.database import Store
from notes_tui.store.derived import chosen_items

Grouping = Literal["section", "status", "year", "venue", "tag"]
_FEW = 5_000
"""Up to so many items are looked up one by one; for more, all are read."""
_VALUES: dict[Grouping, str] = {
    "status": "SELECT id, read_status FROM items WHERE id IN {chosen}",
    "year": "SELECT id, year FROM items WHERE id IN {chosen} AND year IS NOT NULL",
    "venue": "SELECT id, venue FROM items WHERE id IN {chosen} AND venue <> ''",
    "tag": "SELECT item_id, tag FROM item_tags WHERE item_id IN {chosen} ORDER BY tag",
    "section": """SELECT e.item_id, c.title, e.section FROM entries e JOIN collections c ON c.id = e.collection_id
        WHERE c.hidden = 0 AND e.item_id IN {chosen} ORDER BY c.position, c.id, e.position, e.id""",
}


def values(store: Store, by: Grouping, item_ids: Sequence[int]) -> dict[int, list[Any]]:
    """The values of each item, in their order; items without one are left out.

    A year is a number, a section the title of its list and its headings (a tuple), everything else a text.
    """
    everything = nullcontext("(SELECT id FROM items)")
    with chosen_items(store, item_ids) if len(item_ids) <= _FEW else everything as chosen:
        rows = store.tuples(_VALUES[by].format(chosen=chosen))
    found: dict[int, list[Any]] = {}
    if by == "section":
        paths: dict[tuple[str, str], tuple[str, ...]] = {}
        for item_id, title, section in rows:
            path = paths.get((title, section))
            if path is None:
                path = paths[(title, section)] = (title, *json.loads(section))
            known = found.setdefault(item_id, [])
            if path not in known:
                known.append(path)
    else:
        for item_id, value in rows:
            found.setdefault(item_id, []).append(value)
    return found
