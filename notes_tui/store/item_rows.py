"""Rows of items and of what hangs on them, as the database gives them, and the shape they have in JSON.

A list that is printed as JSON needs no item in between: :func:`shapes` makes it from the rows.
"""

from __future__ import annotations

import json

from notes_tui.model.brief import Brief, display_title
from notes_tui.model.shapes import attachment_shape, creator_shape, entry_shape, link_shape, shape_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from notes_tui.store.database import Row, Store

CHUNK = 500
"""Items that are read at once."""
_ITEMS = """SELECT i.*, (SELECT count(*) FROM notes n WHERE n.item_id = i.id) AS note_count,
    (SELECT count(*) FROM annotations a WHERE a.item_id = i.id) AS annotation_count,
    (SELECT json_group_array(tag) FROM (SELECT tag FROM item_tags t WHERE t.item_id = i.id ORDER BY tag)) AS tags,
    (SELECT json_group_array(alias) FROM (SELECT alias FROM aliases s WHERE s.item_id = i.id ORDER BY alias))
        AS aliases FROM items i WHERE i.id IN ({marks})"""
_BRIEF = """SELECT i.id, i.citekey, i.title, i.title_short, i.venue, i.year, i.read_status,
    (SELECT json_group_array(tag) FROM (SELECT tag FROM item_tags t WHERE t.item_id = i.id ORDER BY tag))
    FROM items i WHERE i.id IN ({marks})"""
_ENTRIES = """SELECT e.*, c.slug FROM entries e JOIN collections c ON c.id = e.collection_id
    WHERE e.item_id IN ({marks}) ORDER BY c.position, e.position"""
_ATTACHMENTS = "SELECT * FROM attachments WHERE item_id IN ({marks}) ORDER BY id"
_RELATED = """SELECT r.item_id AS item_id, i.citekey FROM relations r JOIN items i ON i.id = r.other_id
    WHERE r.item_id IN ({marks}) AND +i.trashed = '' AND r.kind <> 'different'
    UNION SELECT r.other_id, i.citekey FROM relations r JOIN items i ON i.id = r.item_id
    WHERE r.other_id IN ({marks}) AND +i.trashed = '' AND r.kind <> 'different' ORDER BY 2"""


class ItemRows:
    """Rows of some items: their own, and by row id those of their entries, attachments and links to others."""

    def __init__(self, store: Store, item_ids: Sequence[int], *, with_entries: bool = True) -> None:
        marks = ", ".join("?" * len(item_ids))
        self.items = store.rows(_ITEMS.format(marks=marks), item_ids)
        self.entries: dict[int, list[Row]] = {}
        self.attachments: dict[int, list[Row]] = {}
        self.related: dict[int, list[Row]] = {}
        if with_entries:
            self.entries = _by_item(store.rows(_ENTRIES.format(marks=marks), item_ids))
            self.attachments = _by_item(store.rows(_ATTACHMENTS.format(marks=marks), item_ids))
            self.related = _by_item(store.rows(_RELATED.format(marks=marks), (*item_ids, *item_ids)))


def _by_item(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["item_id"], []).append(row)
    return found


def shapes(store: Store, item_ids: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """What :func:`~notes_tui.model.shapes.item_shape` gives for the items with these row ids, each with its id.

    They come in the order of the ids; ids that are gone are left out.
    """
    for start in range(0, len(item_ids), CHUNK):
        chunk = item_ids[start : start + CHUNK]
        rows = ItemRows(store, chunk)
        items = {row["id"]: row for row in rows.items}
        yield from ((item_id, _shape(items[item_id], rows)) for item_id in chunk if item_id in items)


def briefs(store: Store, item_ids: Sequence[int]) -> Iterator[Brief]:
    """What rows of a list say of the items with these row ids, in the order of the ids; ids that are gone are left out."""
    for start in range(0, len(item_ids), CHUNK):
        chunk = item_ids[start : start + CHUNK]
        found = store.tuples(_BRIEF.format(marks=", ".join("?" * len(chunk))), chunk)
        items = {item_id: (*values, tuple(_list(tags))) for item_id, *values, tags in found}
        yield from (Brief(*items[item_id]) for item_id in chunk if item_id in items)


def keys_beginning(store: Store, beginning: str, most: int) -> list[tuple[str, str]]:
    """At most so many items outside the trash with a citekey or alias that begins so: citekey and title, in list order."""
    rows = store.rows(
        """SELECT i.id FROM items i WHERE i.trashed = '' AND (?1 = '' OR i.id IN (
        SELECT id FROM items WHERE citekey >= ?1 COLLATE NOCASE AND citekey < ?1 || char(1114111) COLLATE NOCASE UNION
        SELECT item_id FROM aliases WHERE alias >= ?1 COLLATE NOCASE AND alias < ?1 || char(1114111) COLLATE NOCASE))
        ORDER BY i.list_order, i.id LIMIT ?2""",
        (beginning, most),
    )
    return [(each.citekey, display_title(each)) for each in briefs(store, [row[0] for row in rows])]


def _list(text: str) -> list[Any]:
    """The list a JSON column holds; most are empty."""
    found: list[Any] = [] if text == "[]" else json.loads(text)
    return found


def _shape(row: Row, rows: ItemRows) -> dict[str, Any]:
    item_id = row["id"]
    return shape_of(
        row.__getitem__,
        creators=[creator_shape(name) for name in _list(row["creators"])],
        links=[link_shape(link["kind"], link["url"]) for link in _list(row["links"])],
        related=[other["citekey"] for other in rows.related.get(item_id, ())],
        entries=[
            entry_shape(
                entry["slug"], _list(entry["section"]), entry["position"], entry["title"], entry["text"],
                json.loads(entry["fields"]) if entry["fields"] != "{}" else {},
            )
            for entry in rows.entries.get(item_id, ())
        ],
        attachments=[
            attachment_shape(file["path"], file["kind"], file["title"])
            for file in rows.attachments.get(item_id, ())
        ],
        tags=_list(row["tags"]),
        aliases=_list(row["aliases"]),
        progress=(row["page"], row["pages"]) if row["page"] is not None else None,
    )  # fmt: skip
