"""Items: rows to dataclasses and back, keys people use for them, lists of ids and pages of rows.

Long lists are arrays of row ids; the rows in view are fetched by :func:`by_ids`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from notes_tui.errors import AmbiguousItemError, UnknownItemError
from notes_tui.model.item import Attachment, Creator, Entry, Item, ItemDetail, Link, Progress, Reference
from notes_tui.model.text import fold
from notes_tui.model.titles import normalise_title, split_short_name, title_key
from notes_tui.store import events, notes
from notes_tui.store.database import Row, Store, dump_json
from notes_tui.store.derived import chosen_items
from notes_tui.store.item_rows import CHUNK, ItemRows


def by_ids(store: Store, item_ids: Sequence[int], *, with_entries: bool = True) -> list[Item]:
    """The items with these row ids, in the order of the ids; ids that are gone are left out."""
    items: dict[int, Item] = {}
    for start in range(0, len(item_ids), CHUNK):
        chunk = item_ids[start : start + CHUNK]
        rows = ItemRows(store, chunk, with_entries=with_entries)
        items |= {row["id"]: _item(row, rows) for row in rows.items}
    return [items[item_id] for item_id in item_ids if item_id in items]


def by_id(store: Store, item_id: int) -> Item:
    """The item with this row id. Raises :class:`UnknownItemError`."""
    found = by_ids(store, [item_id])
    if not found:
        raise UnknownItemError("it is not in the library any more")
    return found[0]


def detail(store: Store, item_id: int) -> ItemDetail:
    """Everything about one item. Raises :class:`UnknownItemError`."""
    item = by_id(store, item_id)
    return ItemDetail(
        item,
        tuple(notes.of_item(store, item_id)),
        tuple(notes.annotations_of(store, item_id)),
        tuple(events.history(store, item_id)),
    )


def details(store: Store, item_ids: Sequence[int]) -> Iterator[ItemDetail]:
    """Everything about many items, a chunk at a time, in the order of the ids."""
    for start in range(0, len(item_ids), CHUNK):
        chunk = item_ids[start : start + CHUNK]
        all_notes = notes.of_items(store, chunk)
        all_annotations = notes.annotations_of_items(store, chunk)
        for item in by_ids(store, chunk):
            history = events.history(store, item.item_id) if _has_history(item) else []
            yield ItemDetail(
                item,
                tuple(all_notes.get(item.item_id, ())),
                tuple(all_annotations.get(item.item_id, ())),
                tuple(history),
            )


def _has_history(item: Item) -> bool:
    return item.read_status != "unread" or item.rating is not None or item.progress is not None


def entry_of(row: Row) -> Entry:
    """The entry in a row of ``entries`` joined with its collection's slug."""
    return Entry(
        row["slug"], tuple(json.loads(row["section"])), row["position"], row["title"], row["text"],
        json.loads(row["fields"]),
    )  # fmt: skip


def _attachment(row: Row) -> Attachment:
    extra = row["extra"]
    link = json.loads(extra).get("link", "") if '"link"' in extra else ""
    return Attachment(row["path"], row["kind"], row["title"], row["sha256"], link)


def _item(row: Row, rows: ItemRows) -> Item:
    item_id = row["id"]
    return Item(
        item_id=item_id,
        citekey=row["citekey"],
        aliases=tuple(json.loads(row["aliases"])),
        type=row["type"],
        title=row["title"],
        title_short=row["title_short"],
        creators=tuple(Creator.from_dict(name) for name in json.loads(row["creators"])),
        venue=row["venue"],
        year=row["year"],
        doi=row["doi"],
        arxiv=row["arxiv"],
        abstract=row["abstract"],
        links=tuple(Link(link["kind"], link["url"]) for link in json.loads(row["links"])),
        extra=json.loads(row["extra"]),
        related=tuple(other["citekey"] for other in rows.related.get(item_id, ())),
        read_status=row["read_status"],
        rating=row["rating"],
        progress=Progress(row["page"], row["pages"]) if row["page"] is not None else None,
        pages=row["pages"],
        tags=tuple(json.loads(row["tags"])),
        added=row["added"],
        private=bool(row["private"]),
        trashed=row["trashed"],
        note_count=row["note_count"],
        annotation_count=row["annotation_count"],
        entries=tuple(map(entry_of, rows.entries.get(item_id, ()))),
        attachments=tuple(map(_attachment, rows.attachments.get(item_id, ()))),
    )


def columns_of(reference: Reference) -> dict[str, object]:
    """The columns that hold a reference (all but its key and relations)."""
    return {
        "type": reference.type,
        "title": reference.title,
        "title_short": reference.title_short,
        "creators": dump_json([creator.as_dict() for creator in reference.creators]),
        "venue": reference.venue,
        "year": reference.year,
        "doi": reference.doi,
        "arxiv": reference.arxiv,
        "abstract": reference.abstract,
        "links": dump_json([link.as_dict() for link in reference.links]),
        "extra": dump_json(dict(reference.extra)),
        "title_key": normalise_title(reference.title),
        "rest_key": title_key(split_short_name(reference.title)[1]),
    }


REFERENCE_COLUMNS = tuple(columns_of(Reference()))
"""The columns that hold a reference, in the order :func:`columns_of` gives them."""


def insert(
    store: Store, reference: Reference, *, added: str = "", private: bool = False, uid: str = ""
) -> int:
    """Add an item whose citekey is free; returns its row id."""
    columns = columns_of(reference) | {
        "citekey": reference.citekey, "added": added or store.now(), "private": int(private),
    }  # fmt: skip
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    row_id = store.run(
        f"INSERT INTO items (uid, {names}) VALUES (coalesce(nullif(?, ''), lower(hex(randomblob(10)))), {marks})",
        (uid, *columns.values()),
    ).lastrowid
    return row_id or 0


def update(store: Store, item_id: int, columns: dict[str, object]) -> None:
    """Set columns of one item."""
    assignments = ", ".join(f"{name} = ?" for name in columns)
    store.run(f"UPDATE items SET {assignments} WHERE id = ?", (*columns.values(), item_id))


def update_many(store: Store, item_ids: Iterable[int], columns: dict[str, object]) -> None:
    """Set the same columns of many items."""
    assignments = ", ".join(f"{name} = ?" for name in columns)
    with chosen_items(store, item_ids) as chosen:
        store.run(f"UPDATE items SET {assignments} WHERE id IN {chosen}", tuple(columns.values()))


def locked_fields(store: Store, item_id: int) -> set[str]:
    """Fields the user corrected by hand; nothing else may overwrite them."""
    return set(json.loads(str(store.value("SELECT locked FROM items WHERE id = ?", (item_id,)) or "[]")))


def delete_for_good(store: Store, item_ids: Iterable[int]) -> None:
    """Delete rows, with everything that hangs on them (the journal keeps images)."""
    with chosen_items(store, item_ids) as chosen:
        store.run(f"DELETE FROM events WHERE item_id IN {chosen}")
        store.run(f"DELETE FROM items WHERE id IN {chosen}")


def link(store: Store, item_id: int, other_id: int, kind: str = "related") -> None:
    """Link two items, once and in one direction; that two are different works gives way to any other kind."""
    if item_id != other_id:
        low, high = sorted((item_id, other_id))
        store.run(
            """INSERT INTO relations (item_id, other_id, kind) VALUES (?, ?, ?)
            ON CONFLICT (item_id, other_id) DO UPDATE SET kind = excluded.kind WHERE kind = 'different'
            AND excluded.kind <> kind""",
            (low, high, kind),
        )


def unlink(store: Store, item_id: int, other_id: int) -> None:
    """Let two items be linked no longer."""
    low, high = sorted((item_id, other_id))
    store.run("DELETE FROM relations WHERE item_id = ? AND other_id = ?", (low, high))


def add_alias(store: Store, item_id: int, alias: str) -> None:
    """Let another key lead to an item."""
    store.run("INSERT OR IGNORE INTO aliases (alias, item_id) VALUES (?, ?)", (alias, item_id))


def remove_alias(store: Store, alias: str) -> None:
    """Let a key lead nowhere again."""
    store.run("DELETE FROM aliases WHERE alias = ? COLLATE NOCASE", (alias,))


def key_owner(store: Store, key: str) -> int | None:
    """The item that has this citekey or alias, the trash included."""
    found = store.value(
        """SELECT id FROM items WHERE citekey = ?1 COLLATE NOCASE
        UNION ALL SELECT item_id FROM aliases WHERE alias = ?1 COLLATE NOCASE LIMIT 1""",
        (key,),
    )
    return found if isinstance(found, int) else None


def newest_id(store: Store) -> int:
    """The highest row id: at least as many as there are items, and known without counting."""
    return store.count("SELECT max(id) FROM items")


_LOOKUPS = (
    # A key typed in another case is also compared with the short names, which it may mean instead.
    "SELECT id FROM items WHERE citekey = :key COLLATE NOCASE AND trashed = ''"
    " UNION SELECT id FROM items WHERE title_short = :key COLLATE NOCASE AND title_short <> ''"
    " AND title_short = :key COLLATE BINARY AND trashed = ''"
    " AND EXISTS (SELECT 1 FROM items k WHERE k.citekey = :key COLLATE NOCASE AND k.trashed = '')",
    "SELECT a.item_id AS id FROM aliases a JOIN items i ON i.id = a.item_id WHERE alias = :key COLLATE NOCASE"
    " AND i.trashed = ''",
    "SELECT id FROM items WHERE doi = :doi COLLATE NOCASE AND doi <> '' AND trashed = ''"
    " UNION SELECT id FROM items WHERE arxiv = :arxiv COLLATE NOCASE AND arxiv <> '' AND trashed = ''",
    "SELECT id FROM items WHERE title_short = :key COLLATE NOCASE AND title_short <> '' AND trashed = ''",
    "SELECT DISTINCT item_id AS id FROM attachments JOIN items i ON i.id = item_id WHERE path = :key AND +trashed = ''",
)


def exactly(store: Store, key: str) -> int | None:
    """The row id of the item outside the trash that has this citekey, letter for letter."""
    found = store.value(
        # The index compares without regard to case, so it has to be asked first.
        "SELECT id FROM items WHERE citekey = ?1 COLLATE NOCASE AND citekey = ?1 COLLATE BINARY AND trashed = ''",
        (key,),
    )
    return found if isinstance(found, int) else None


def resolve(store: Store, key: str, *, doi: str = "", arxiv: str = "") -> int:
    """The row id of the item a key means: citekey, alias, DOI, arXiv id, unique short name, attached file.

    Raises :class:`UnknownItemError`, or :class:`AmbiguousItemError` with the candidates.
    """
    exact = exactly(store, key)
    if exact is not None:
        return exact
    for sql in _LOOKUPS:
        found = [row["id"] for row in store.db.execute(sql, {"key": key, "doi": doi, "arxiv": arxiv})]
        if len(found) == 1:
            return int(found[0])
        if found:
            candidates = ", ".join(item.citekey for item in by_ids(store, found, with_entries=False))
            raise AmbiguousItemError(f"{key!r}", hint=f"give one of the citekeys {candidates}")
    if not key.isascii():
        found = _by_folded_name(store, key)
        if len(found) == 1:
            return found[0]
    raise UnknownItemError(f"{key!r}", hint=_similar(store, key))


def _by_folded_name(store: Store, key: str) -> list[int]:
    """Items whose short name is the key but for case, width or composition beyond ASCII."""
    rows = store.rows("SELECT id, title_short FROM items WHERE title_short <> '' AND trashed = ''")
    return [row["id"] for row in rows if fold(row["title_short"]) == fold(key)]


def _similar(store: Store, key: str) -> str:
    pattern = "%" + "%".join(part for part in key.replace("%", "").replace("_", " ").split()) + "%"
    rows = store.rows(
        """SELECT citekey FROM items WHERE trashed = '' AND (citekey LIKE ?1 OR title_short LIKE ?1 OR title LIKE ?1)
        ORDER BY length(citekey) LIMIT 4""",
        (pattern,),
    )
    if rows:
        return "did you mean " + ", ".join(row["citekey"] for row in rows) + "?"
    in_trash = store.value(
        "SELECT citekey FROM items WHERE citekey = ? COLLATE NOCASE AND trashed <> ''", (key,)
    )
    return "it is in the trash (`notes-tui trash`)" if in_trash else "`notes-tui list WORDS` finds items"


class TakenKeys:
    """The citekeys and aliases in use, as a container that asks the database."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key_owner(self.store, key) is not None


def all_keys(store: Store) -> set[str]:
    """Every citekey and alias in use, in lower case."""
    rows = store.rows("SELECT citekey FROM items UNION ALL SELECT alias FROM aliases")
    return {row[0].lower() for row in rows}
