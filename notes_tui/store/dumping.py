"""The whole library read at once, and pieces of another one put in under the ids they have there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from notes_tui.model.dump import Dump, DumpedAnnotation, DumpedCollection, DumpedEvent, DumpedItem
from notes_tui.model.item import Attachment, Item
from notes_tui.store import items, notes
from notes_tui.store.database import Row, Store, dump_json

_CHUNK = 500


def whole_library(store: Store, only: Sequence[int] | None = None) -> Dump:
    """Everything users made and every item, the trash included; or some items with the collections they are in."""
    ids = [row[0] for row in store.rows("SELECT id FROM items ORDER BY citekey COLLATE NOCASE, citekey")]
    if only is not None:
        chosen = set(only)
        ids = [item_id for item_id in ids if item_id in chosen]
    dumped: list[DumpedItem] = []
    for start in range(0, len(ids), _CHUNK):
        dumped += _items(store, ids[start : start + _CHUNK])
    slugs = {entry.slug for each in dumped for entry in each.item.entries}
    collections = [each for each in _collections(store) if only is None or each.slug in slugs]
    views = notes.views(store) if only is None else []
    return Dump(items=tuple(dumped), collections=tuple(collections), views=tuple(views))


def _items(store: Store, ids: Sequence[int]) -> list[DumpedItem]:
    marks = ", ".join("?" * len(ids))
    rows = store.rows(f"SELECT id, uid, pages, locked, queue_place FROM items WHERE id IN ({marks})", ids)
    columns = {row["id"]: row for row in rows}
    item_notes = notes.of_items(store, ids)
    annotations = _annotations(store, ids, marks)
    events = _events(store, ids, marks)
    relations = _relations(store, ids, marks)
    return [
        DumpedItem(
            uid=columns[item.item_id]["uid"],
            item=_portable(item),
            relations=tuple(relations.get(item.item_id, ())),
            pages=columns[item.item_id]["pages"],
            locked=tuple(json.loads(columns[item.item_id]["locked"])),
            queue_place=columns[item.item_id]["queue_place"],
            notes=tuple(item_notes.get(item.item_id, ())),
            annotations=tuple(annotations.get(item.item_id, ())),
            events=tuple(events.get(item.item_id, ())),
        )
        for item in items.by_ids(store, ids)
    ]


def _portable(item: Item) -> Item:
    """The item without the folders its attachments lie in."""
    attachments = (replace(each, path=PurePath(each.path).name) for each in item.attachments)
    return replace(item, attachments=tuple(sorted(attachments, key=lambda each: (each.path, each.sha256, each.link))))


def _annotations(store: Store, ids: Sequence[int], marks: str) -> dict[int, list[DumpedAnnotation]]:
    extras = {
        row["uid"]: json.loads(row["extra"])
        for row in store.rows(f"SELECT uid, extra FROM annotations WHERE item_id IN ({marks})", ids)
    }
    return {
        item_id: [DumpedAnnotation(each, extras[each.id]) for each in several]
        for item_id, several in notes.annotations_of_items(store, ids).items()
    }


def _events(store: Store, ids: Sequence[int], marks: str) -> dict[int, list[DumpedEvent]]:
    found: dict[int, list[DumpedEvent]] = {}
    for row in store.rows(
        f"""SELECT * FROM events WHERE item_id IN ({marks}) AND retracted = 0 AND kind <> 'retraction'
        ORDER BY day, recorded, uid""",
        ids,
    ):
        event = DumpedEvent(
            uid=row["uid"], kind=row["kind"], value=row["value"], page=row["page"], at=row["at"],
            recorded=row["recorded"], machine=row["machine"],
        )  # fmt: skip
        found.setdefault(row["item_id"], []).append(event)
    return found


def _relations(store: Store, ids: Sequence[int], marks: str) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for row in store.rows(
        f"""SELECT r.item_id AS item_id, i.citekey, r.kind FROM relations r JOIN items i ON i.id = r.other_id
        WHERE r.item_id IN ({marks})
        UNION SELECT r.other_id, i.citekey, r.kind FROM relations r JOIN items i ON i.id = r.item_id
        WHERE r.other_id IN ({marks}) ORDER BY 2""",
        (*ids, *ids),
    ):
        found.setdefault(row["item_id"], []).append((row["citekey"], row["kind"]))
    return found


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
    store.run(
        """INSERT INTO attachments (uid, item_id, path, kind, title, sha256, added, extra)
        VALUES (lower(hex(randomblob(10))), ?, ?, ?, ?, ?, ?, ?)""",
        (
            item_id, attachment.path, attachment.kind, attachment.title, attachment.sha256, store.now(),
            dump_json({"link": attachment.link} if attachment.link else {}),
        ),
    )  # fmt: skip


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
