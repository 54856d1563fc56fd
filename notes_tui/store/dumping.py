"""The whole library read at once, and pieces of another one put in under the ids they have there."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePath

from notes_tui.model.dump import Dump, DumpedAnnotation, DumpedCollection, DumpedItem
from notes_tui.model.item import Attachment
from notes_tui.store import items, notes
from notes_tui.store.database import Row, Store, dump_json
from notes_tui.store.journal import inserts_at_once
from notes_tui.store.whole_items import listed_items, whole_items


def whole_library(store: Store, only: Sequence[int] | None = None, *, with_events: bool = True) -> Dump:
    """Everything users made and every item, the trash included; or some items with the collections they are in.

    The events that count are left out where ``with_events`` is false.
    """
    items = tuple(whole_items(store, in_order(store, only), with_events=with_events))
    slugs = {entry.slug for each in items for entry in each.item.entries}
    return Dump(
        items=items, collections=headers(store, None if only is None else slugs), views=views(store, only)
    )


def listed_library(store: Store) -> Dump:
    """The library with no more of its items than what the pages of a vault say of them."""
    return Dump(items=tuple(listed_items(store, in_order(store))), collections=headers(store))


def in_order(store: Store, only: Sequence[int] | None = None) -> list[int]:
    """The row ids of all items, or of some, in the order of a dump."""
    ids = [row[0] for row in store.tuples("SELECT id FROM items ORDER BY citekey COLLATE NOCASE, citekey")]
    chosen = None if only is None else set(only)
    return ids if chosen is None else [item_id for item_id in ids if item_id in chosen]


def citekeys(store: Store, only: Sequence[int] | None = None) -> dict[int, str]:
    """The citekeys of all items, or of some, by row id."""
    keys = dict(store.tuples("SELECT id, citekey FROM items"))
    return keys if only is None else {item_id: keys[item_id] for item_id in only if item_id in keys}


def headers(store: Store, slugs: Collection[str] | None = None) -> tuple[DumpedCollection, ...]:
    """The collections in the user's order, all of them or those with these slugs."""
    return tuple(each for each in _collections(store) if slugs is None or each.slug in slugs)


def views(store: Store, only: Sequence[int] | None = None) -> tuple[tuple[str, str], ...]:
    """The saved views, which belong to a whole library alone."""
    return tuple(notes.views(store)) if only is None else ()


def _collections(store: Store) -> Iterable[DumpedCollection]:
    for row in store.rows("SELECT * FROM collections ORDER BY position, id"):
        yield DumpedCollection(
            slug=row["slug"], title=row["title"], description=row["description"], source=row["source"],
            kind=row["kind"], hidden=bool(row["hidden"]), extra=json.loads(row["extra"]), created=row["created"],
            sections=tuple(tuple(path) for path in json.loads(row["sections"])),
        )  # fmt: skip


def item_of_uid(store: Store, uid: str) -> int | None:
    """The item with an id from elsewhere."""
    found = store.value("SELECT id FROM items WHERE uid = ?", (uid,))
    return found if isinstance(found, int) else None


def item_row(store: Store, item_id: int) -> Row:
    """The columns of an item that no dataclass of the model holds."""
    [row] = store.rows("SELECT uid, pages, locked, queue_place, added FROM items WHERE id = ?", (item_id,))
    return row


def set_own_columns(store: Store, item_id: int, dumped: DumpedItem) -> None:
    """Give a new item what is not in its reference: pages, trash, corrections, place in the queue."""
    items.update(
        store,
        item_id,
        {
            "pages": dumped.pages, "trashed": dumped.item.trashed, "locked": dump_json(list(dumped.locked)),
            "queue_place": dumped.queue_place,
        },
    )  # fmt: skip


def has_annotation(store: Store, annotation_id: str) -> bool:
    """Whether an annotation with this id is in the library, on whatever item."""
    return bool(store.value("SELECT 1 FROM annotations WHERE uid = ?", (annotation_id,)))


def put_annotation(store: Store, item_id: int, dumped: DumpedAnnotation) -> None:
    """Add an annotation under its own id, or replace the one of that id."""
    notes.put_annotation(store, item_id, dumped.annotation)
    if dumped.extra:
        store.run(
            "UPDATE annotations SET extra = ? WHERE uid = ?",
            (dump_json(dict(dumped.extra)), dumped.annotation.id),
        )


def add_attachment(store: Store, item_id: int, attachment: Attachment) -> None:
    """Note that an item has an attachment whose file is not here."""
    add_attachments(store, [(item_id, attachment)])


def add_attachments(store: Store, placed: Iterable[tuple[int, Attachment]]) -> None:
    """Note that items have attachments whose files are not here."""
    rows = [
        (item_id, each.path, each.kind, each.title, each.sha256, {"link": each.link} if each.link else {})
        for item_id, each in placed
    ]
    with inserts_at_once(store, "attachments"):
        store.run(
            """INSERT INTO attachments (uid, item_id, path, kind, title, sha256, extra, added)
            SELECT lower(hex(randomblob(10))), json_extract(value, '$[0]'), json_extract(value, '$[1]'),
            json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]'),
            json_extract(value, '$[5]'), ? FROM json_each(?)""",
            (store.now(), dump_json(rows)),
        )


def remove_attachment(store: Store, item_id: int, attachment: Attachment) -> None:
    """Note that an item no longer has an attachment, known by its content or else by its name, and by its link."""
    rows = store.rows("SELECT id, path, kind, sha256, extra FROM attachments WHERE item_id = ?", (item_id,))
    for row in rows:
        same = (
            row["sha256"] == attachment.sha256
            if attachment.sha256
            else PurePath(row["path"]).name == attachment.path
        )
        link = json.loads(row["extra"]).get("link", "")
        if same and (row["kind"], link) == (attachment.kind, attachment.link):
            store.run("DELETE FROM attachments WHERE id = ?", (row["id"],))


def add_collection(store: Store, dumped: DumpedCollection) -> int:
    """Add a collection without entries behind the others; returns its row id."""
    row_id = store.run(
        """INSERT INTO collections (slug, title, description, source, kind, hidden, position, sections, extra, created)
        VALUES (?, ?, ?, ?, ?, ?, coalesce((SELECT max(position) FROM collections), 0) + 1, ?, ?, ?)""",
        (
            dumped.slug, dumped.title, dumped.description, dumped.source, dumped.kind, int(dumped.hidden),
            dump_json([list(path) for path in dumped.sections]), dump_json(dict(dumped.extra)),
            dumped.created or store.now(),
        ),
    ).lastrowid  # fmt: skip
    return row_id or 0
