"""Notes, annotations, tags and saved views."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from notes_tui.model.item import Annotation, Note
from notes_tui.store.database import Row, Store, dump_json
from notes_tui.store.derived import chosen_items
from notes_tui.store.journal import inserts_at_once


def of_items(store: Store, item_ids: Sequence[int]) -> dict[int, list[Note]]:
    """The notes of each item that has any, the main note first."""
    found: dict[int, list[Note]] = {}
    marks = ", ".join("?" * len(item_ids))
    for row in store.rows(
        f"SELECT * FROM notes WHERE item_id IN ({marks}) ORDER BY item_id, title, id", item_ids
    ):
        note = Note(row["title"], row["body"], bool(row["private"]), row["created"], row["modified"])
        found.setdefault(row["item_id"], []).append(note)
    return found


def of_item(store: Store, item_id: int) -> list[Note]:
    """The notes of one item, the main note first."""
    return of_items(store, [item_id]).get(item_id, [])


def with_pictures(
    store: Store, item_ids: Iterable[int] | None, *, with_private: bool
) -> list[tuple[int, Note]]:
    """The notes of these items (or of all) that may show pictures, each with its item, in order; the trash has none.

    Private notes, and those of private items, are left out unless asked for.
    """
    rows = store.rows(
        """SELECT n.* FROM notes n JOIN items i ON i.id = n.item_id WHERE i.trashed = ''
        AND (?1 IS NULL OR n.item_id IN (SELECT value FROM json_each(?1))) AND (?2 OR NOT (n.private OR i.private))
        AND (instr(n.body, '![') OR n.body LIKE '%<img%') ORDER BY n.item_id, n.title, n.id""",
        (None if item_ids is None else dump_json(sorted(set(item_ids))), int(with_private)),
    )
    return [
        (
            row["item_id"],
            Note(row["title"], row["body"], bool(row["private"]), row["created"], row["modified"]),
        )
        for row in rows
    ]


def body(store: Store, item_id: int, title: str = "") -> str | None:
    """The text of a note, or ``None`` where there is no such note."""
    found = store.value("SELECT body FROM notes WHERE item_id = ? AND title = ?", (item_id, title))
    return str(found) if found is not None else None


def put(store: Store, item_id: int, title: str, text: str) -> None:
    """Make a note or replace its text."""
    now = store.now()
    store.run(
        """INSERT INTO notes (uid, item_id, title, body, created, modified)
        VALUES (lower(hex(randomblob(10))), ?, ?, ?, ?, ?)
        ON CONFLICT (item_id, title) DO UPDATE SET body = excluded.body, modified = excluded.modified
        WHERE body <> excluded.body""",
        (item_id, title, text, now, now),
    )


def put_known(store: Store, item_id: int, note: Note) -> None:
    """Make a note with its own times, or replace its text where it differs; the earlier time of making counts."""
    store.run(
        """INSERT INTO notes (uid, item_id, title, body, private, created, modified)
        VALUES (lower(hex(randomblob(10))), ?, ?, ?, ?, ?, ?)
        ON CONFLICT (item_id, title) DO UPDATE SET body = excluded.body, private = excluded.private,
        created = min(created, excluded.created)
        WHERE body <> excluded.body OR private <> excluded.private OR created > excluded.created""",
        (
            item_id, note.title, note.body, int(note.private), note.created or store.now(),
            note.modified or store.now(),
        ),
    )  # fmt: skip


def remove(store: Store, item_id: int, title: str) -> None:
    """Delete a note (the journal keeps its text)."""
    store.run("DELETE FROM notes WHERE item_id = ? AND title = ?", (item_id, title))


def rename(store: Store, item_id: int, old: str, new: str) -> None:
    """Give a note another title that no note of the item has."""
    store.run(
        "UPDATE notes SET title = ?, modified = ? WHERE item_id = ? AND title = ?",
        (new, store.now(), item_id, old),
    )


def set_private(store: Store, item_id: int, title: str, private: bool) -> bool:
    """Set whether a note is private; says whether there is such a note."""
    sql = "UPDATE notes SET private = ? WHERE item_id = ? AND title = ?"
    return store.run(sql, (int(private), item_id, title)).rowcount > 0


def is_in_vault(store: Store, item_id: int) -> bool:
    """Whether a file of an item stands in a vault that was synced or adopted."""
    return bool(
        store.count(
            """SELECT EXISTS (SELECT 1 FROM vault_files f JOIN vaults v ON v.id = f.vault_id
            WHERE f.item_id = ? AND (v.synced <> '' OR v.profile = 'adopted'))""",
            (item_id,),
        )
    )


def begin_editing(store: Store, item_id: int, title: str, process: int) -> None:
    """Remember that an editor is open on a note, so that a crash can be told from a clean end."""
    store.run("INSERT OR REPLACE INTO editing VALUES (?, ?, ?, ?)", (item_id, title, process, store.now()))


def end_editing(store: Store, item_id: int, title: str, process: int) -> None:
    """The editor on a note was closed."""
    store.run(
        "DELETE FROM editing WHERE item_id = ? AND title = ? AND process = ?", (item_id, title, process)
    )


def editing(store: Store) -> list[tuple[int, str, int, str]]:
    """Open editors: ``(item_id, title, process, since)``."""
    return [tuple(row) for row in store.rows("SELECT item_id, title, process, since FROM editing")]


def annotation_of(row: Row) -> Annotation:
    """The annotation in a row of ``annotations``."""
    return Annotation(
        id=row["uid"], kind=row["kind"], page=row["page"], page_label=row["page_label"], quote=row["quote"],
        comment=row["comment"], role=row["role"], color=row["color"], source=row["source"], created=row["created"],
        gone=_gone(row["extra"]),
    )  # fmt: skip


def _gone(extra: str) -> str:
    return str(json.loads(extra).get("gone") or "") if '"gone"' in extra else ""


def annotations_of_items(store: Store, item_ids: Sequence[int]) -> dict[int, list[Annotation]]:
    """The annotations of each item that has any, in page order; those without a page stand last.

    On a page, what files say a place of stands in reading order, then the rest by its time.
    """
    found: dict[int, list[Annotation]] = {}
    marks = ", ".join("?" * len(item_ids))
    for row in store.rows(
        f"""SELECT * FROM annotations WHERE item_id IN ({marks})
        ORDER BY item_id, page IS NULL, page, json_extract(extra, '$.at') IS NULL, json_extract(extra, '$.at'),
        created, uid""",
        item_ids,
    ):
        found.setdefault(row["item_id"], []).append(annotation_of(row))
    return found


def annotations_of(store: Store, item_id: int) -> list[Annotation]:
    """The annotations of one item, in page order."""
    return annotations_of_items(store, [item_id]).get(item_id, [])


def annotation(store: Store, item_id: int, annotation_id: str) -> Annotation | None:
    """One annotation of an item, by its id."""
    row = store.row("SELECT * FROM annotations WHERE item_id = ? AND uid = ?", (item_id, annotation_id))
    return annotation_of(row) if row is not None else None


def put_annotation(store: Store, item_id: int, annotation: Annotation) -> str:
    """Add an annotation, or replace the one with its id. Returns the id (made where it is empty)."""
    columns: dict[str, object] = {
        "kind": annotation.kind, "page": annotation.page, "page_label": annotation.page_label,
        "quote": annotation.quote, "comment": annotation.comment, "role": annotation.role,
        "color": annotation.color, "source": annotation.source, "created": annotation.created or store.now(),
    }  # fmt: skip
    if annotation.id:
        assignments = ", ".join(f"{name} = ?" for name in columns)
        cursor = store.run(
            f"UPDATE annotations SET {assignments} WHERE uid = ? AND item_id = ?",
            (*columns.values(), annotation.id, item_id),
        )
        if cursor.rowcount:
            return annotation.id
    uid = annotation.id or str(store.value("SELECT lower(hex(randomblob(5)))"))
    names = ", ".join(columns)
    store.run(
        f"INSERT INTO annotations (uid, item_id, {names}) VALUES ({', '.join('?' * (len(columns) + 2))})",
        (uid, item_id, *columns.values()),
    )
    return uid


def remove_annotation(store: Store, item_id: int, annotation_id: str) -> bool:
    """Delete an annotation; says whether there was one."""
    return (
        store.run("DELETE FROM annotations WHERE item_id = ? AND uid = ?", (item_id, annotation_id)).rowcount
        > 0
    )


def spelling_of_tag(store: Store, tag: str) -> str:
    """How a tag is written already, or as given where it is new."""
    return str(store.value("SELECT tag FROM item_tags WHERE tag = ? LIMIT 1", (tag,)) or tag)


def add_tag(store: Store, tag: str, item_ids: Iterable[int]) -> int:
    """Put a tag on items; returns how many did not have it. Ids that are gone are left out."""
    with inserts_at_once(store, "item_tags"):
        return store.run(
            """INSERT OR IGNORE INTO item_tags (item_id, tag)
            SELECT value, ? FROM json_each(?) WHERE value IN (SELECT id FROM items)""",
            (tag, dump_json([*item_ids])),
        ).rowcount


def remove_tag(store: Store, tag: str, item_ids: Iterable[int]) -> int:
    """Take a tag off items; returns how many had it."""
    with chosen_items(store, item_ids) as chosen:
        return store.run(f"DELETE FROM item_tags WHERE tag = ? AND item_id IN {chosen}", (tag,)).rowcount


def rename_tag(store: Store, old: str, new: str) -> int:
    """Rename a tag and those nested under it; a tag that exists takes the items in. Returns how many items."""
    rows = store.rows(
        "SELECT id, item_id, tag FROM item_tags WHERE tag = ?1 OR substr(tag, 1, length(?1) + 1) = ?1 || '/' COLLATE NOCASE",
        (old,),
    )
    store.run_many("DELETE FROM item_tags WHERE id = ?", ((row["id"],) for row in rows))
    store.run_many(
        "INSERT OR IGNORE INTO item_tags (item_id, tag) VALUES (?, ?)",
        ((row["item_id"], new + row["tag"][len(old) :]) for row in rows),
    )
    return len({row["item_id"] for row in rows})


def tag_counts_among(store: Store, item_ids: Iterable[int]) -> dict[str, int]:
    """Every tag on some of these items, with the number of them that have it."""
    with chosen_items(store, item_ids) as chosen:
        rows = store.rows(f"SELECT tag, count(*) FROM item_tags WHERE item_id IN {chosen} GROUP BY tag")
    return {row[0]: row[1] for row in rows}


def views(store: Store) -> list[tuple[str, str]]:
    """Saved views: ``(name, query)`` in the user's order."""
    return [(row[0], row[1]) for row in store.rows("SELECT name, query FROM views ORDER BY position, id")]


def put_view(store: Store, name: str, query: str) -> None:
    """Save a view, replacing one of the same name."""
    store.run(
        """INSERT INTO views (name, query, position) VALUES (?, ?, coalesce((SELECT max(position) FROM views), 0) + 1)
        ON CONFLICT (name) DO UPDATE SET query = excluded.query""",
        (name, query),
    )


def order_views(store: Store, names: Iterable[str]) -> None:
    """Give saved views this order."""
    store.run_many("UPDATE views SET position = ?1 WHERE name = ?2 AND position <> ?1", enumerate(names, 1))


def remove_view(store: Store, name: str) -> bool:
    """Delete a saved view; says whether there was one."""
    return store.run("DELETE FROM views WHERE name = ? COLLATE NOCASE", (name,)).rowcount > 0


def state(store: Store, key: str) -> object:
    """A remembered value that is not part of the library (where the interface was left), or ``None``."""
    found = store.value("SELECT value FROM meta WHERE key = ?", (f"state.{key}",))
    return json.loads(str(found)) if found is not None else None


def remember(store: Store, key: str, value: object) -> None:
    """Keep a value that is not part of the library; no undo step."""
    with store.transaction():
        store.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"state.{key}", dump_json(value)))
