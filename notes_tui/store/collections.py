"""Collections and their entries: reading lists from elsewhere, and the user's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from notes_tui.errors import UnknownCollectionError
from notes_tui.model.item import Entry
from notes_tui.store.database import Row, Store, dump_json
from notes_tui.store.items import entry_of
from notes_tui.store.touched import TOUCHED


@dataclass(frozen=True, slots=True)
class Section:
    """A heading path of a collection, with how many live items stand under it and how many are read."""

    path: tuple[str, ...]
    total: int
    read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A reading list in the library. ``kind``: ``bundled``, ``list`` (from a source) or ``own``."""

    collection_id: int
    slug: str
    title: str
    description: str
    source: str
    kind: str
    position: int
    hidden: bool
    sections: tuple[tuple[str, ...], ...]
    entries: int
    """Entries whose item is not in the trash."""
    items: int
    read: int
    """Items read, studied or skimmed."""

    def as_dict(self) -> dict[str, object]:
        """The shape of ``collection list --json``."""
        return {
            "slug": self.slug, "title": self.title, "description": self.description or None,
            "source": self.source or None, "kind": self.kind, "hidden": self.hidden,
            "sections": len(self.sections), "entries": self.entries, "items": self.items, "read": self.read,
        }  # fmt: skip


DONE = "('read', 'studied', 'skimmed')"
"""The read statuses of items that count as read, as SQL."""
_SELECT = f"""SELECT c.*, count(i.id) AS entry_count, count(DISTINCT i.id) AS item_count,
    count(DISTINCT CASE WHEN i.read_status IN {DONE} THEN i.id END) AS read_count
    FROM collections c LEFT JOIN entries e ON e.collection_id = c.id
    LEFT JOIN items i ON i.id = e.item_id AND i.trashed = ''"""


def _collection(row: Row) -> Collection:
    return Collection(
        collection_id=row["id"], slug=row["slug"], title=row["title"], description=row["description"],
        source=row["source"], kind=row["kind"], position=row["position"], hidden=bool(row["hidden"]),
        sections=tuple(tuple(path) for path in json.loads(row["sections"])), entries=row["entry_count"],
        items=row["item_count"], read=row["read_count"],
    )  # fmt: skip


def all_collections(store: Store) -> list[Collection]:
    """Every collection, in the user's order."""
    return [_collection(row) for row in store.rows(f"{_SELECT} GROUP BY c.id ORDER BY c.position, c.id")]


def uncounted(store: Store) -> list[Collection]:
    """Every collection in the user's order, with zeros for its counts: known at once in any library."""
    rows = store.rows(
        """SELECT *, 0 AS entry_count, 0 AS item_count, 0 AS read_count FROM collections
        ORDER BY position, id"""
    )
    return [_collection(row) for row in rows]


def by_slug(store: Store, slug: str) -> Collection:
    """The collection with this slug, or else with this title. Raises :class:`UnknownCollectionError`."""
    for where in ("c.slug = ? COLLATE NOCASE", "c.title = ? COLLATE NOCASE"):
        row = store.row(f"{_SELECT} WHERE {where} GROUP BY c.id", (slug,))
        if row is not None:
            return _collection(row)
    known = ", ".join(row[0] for row in store.rows("SELECT slug FROM collections ORDER BY position LIMIT 12"))
    raise UnknownCollectionError(repr(slug), hint=f"there are {known}" if known else "there are none yet")


def first_slug(store: Store) -> str:
    """The slug of the first collection that is not hidden, or ``""``."""
    return str(
        store.value("SELECT slug FROM collections WHERE hidden = 0 ORDER BY position, id LIMIT 1") or ""
    )


def exists(store: Store, slug: str) -> bool:
    """Whether a collection has this slug."""
    return bool(store.value("SELECT 1 FROM collections WHERE slug = ? COLLATE NOCASE", (slug,)))


def path_of(section: str) -> tuple[str, ...]:
    """The headings that an entry's column ``section`` holds."""
    return tuple(json.loads(section))


def sections(store: Store, collection_id: int) -> list[Section]:
    """The sections of a collection in order, with counts over all that stands under each."""
    listed = json.loads(
        str(store.value("SELECT sections FROM collections WHERE id = ?", (collection_id,)) or "[]")
    )
    paths: dict[tuple[str, ...], None] = {tuple(path): None for path in listed if path}
    members: dict[tuple[str, ...], set[int]] = {}
    done: dict[tuple[str, ...], set[int]] = {}
    for row in store.rows(
        """SELECT e.section, e.item_id, i.read_status FROM entries e JOIN items i ON i.id = e.item_id
        WHERE e.collection_id = ? AND i.trashed = '' ORDER BY e.position""",
        (collection_id,),
    ):
        path = tuple(json.loads(row["section"]))
        for depth in range(1, len(path) + 1):
            above = path[:depth]
            paths.setdefault(above)
            members.setdefault(above, set()).add(row["item_id"])
            if row["read_status"] in ("read", "studied", "skimmed"):
                done.setdefault(above, set()).add(row["item_id"])
    return [Section(path, len(members.get(path, ())), len(done.get(path, ()))) for path in paths]


def entries(store: Store, collection_id: int) -> list[tuple[int, Entry]]:
    """The entries of a collection in order, each with its item's row id; trashed items are left out."""
    rows = store.rows(
        """SELECT e.*, c.slug FROM entries e JOIN collections c ON c.id = e.collection_id
        JOIN items i ON i.id = e.item_id WHERE e.collection_id = ? AND i.trashed = '' ORDER BY e.position, e.id""",
        (collection_id,),
    )
    return [(row["item_id"], entry_of(row)) for row in rows]


def sections_of(
    store: Store, collection_id: int, item_ids: Sequence[int], above: tuple[str, ...] = ()
) -> dict[int, tuple[str, ...]]:
    """The section in which each of these items stands first in a collection, among those under a heading path.

    Entries are read in their order, and no further than the last of the items.
    """
    found: dict[int, tuple[str, ...]] = {}
    wanted, paths = set(item_ids), dict[str, tuple[str, ...]]()
    cursor = store.run(
        "SELECT item_id, section FROM entries WHERE collection_id = ? ORDER BY position, id", (collection_id,)
    )
    for item_id, text in cursor:
        if len(found) == len(wanted):
            break
        path = paths.get(text)
        if path is None:
            path = paths[text] = tuple(json.loads(text))
        if item_id in wanted and path[: len(above)] == above:
            found.setdefault(item_id, path)
    return found


def insert(
    store: Store, *, slug: str, title: str, kind: str, description: str = "", source: str = "",
    sections: Sequence[Sequence[str]] = (), extra: object = None, created: str = "",
) -> int:  # fmt: skip
    """Add a collection behind the others; returns its row id."""
    row_id = store.run(
        """INSERT INTO collections (slug, title, description, source, kind, position, sections, extra, created)
        VALUES (?, ?, ?, ?, ?, coalesce((SELECT max(position) FROM collections), 0) + 1, ?, ?, ?)""",
        (
            slug, title, description, source, kind, dump_json([list(path) for path in sections]),
            dump_json(extra or {}), created or store.now(),
        ),
    ).lastrowid  # fmt: skip
    return row_id or 0


def update(store: Store, collection_id: int, columns: dict[str, object]) -> None:
    """Set columns of a collection."""
    assignments = ", ".join(f"{name} = ?" for name in columns)
    store.run(f"UPDATE collections SET {assignments} WHERE id = ?", (*columns.values(), collection_id))


def set_sections(store: Store, collection_id: int, paths: Iterable[Sequence[str]]) -> None:
    """Set the section paths of a collection, in order."""
    update(store, collection_id, {"sections": dump_json([list(path) for path in paths])})


def delete(store: Store, collection_id: int) -> None:
    """Delete a collection and its entries; the items stay."""
    store.run("DELETE FROM collections WHERE id = ?", (collection_id,))


def put_entries(
    store: Store, collection_id: int, rows: Sequence[tuple[int, Entry]], position: int | None
) -> None:
    """Put entries in at a position, one behind the other, and move on what stands there; without one, at the end."""
    last = store.count("SELECT max(position) FROM entries WHERE collection_id = ?", (collection_id,))
    place = min(position or last + 1, last + 1)
    if place <= last:
        store.run(
            "UPDATE entries SET position = position + ? WHERE collection_id = ? AND position >= ?",
            (len(rows), collection_id, place),
        )
    append_entries(
        store,
        collection_id,
        ((item_id, replace(entry, position=place + offset)) for offset, (item_id, entry) in enumerate(rows)),
    )


def append_entries(store: Store, collection_id: int, rows: Iterable[tuple[int, Entry]]) -> None:
    """Append many entries with the positions they carry."""
    store.run_many(
        """INSERT INTO entries (collection_id, item_id, position, section, title, text, fields)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (
            (collection_id, item_id, entry.position, dump_json(list(entry.section)), entry.title, entry.text,
             dump_json(dict(entry.fields)))
            for item_id, entry in rows
        ),
    )  # fmt: skip


def take_out(store: Store, collection_id: int, item_ids: Iterable[int]) -> int:
    """Remove the entries of items from a collection and close the gaps; returns how many."""
    ids = set(item_ids)
    kept = store.rows(
        "SELECT id, item_id, position FROM entries WHERE collection_id = ? ORDER BY position",
        (collection_id,),
    )
    gone = [row["id"] for row in kept if row["item_id"] in ids]
    store.run_many("DELETE FROM entries WHERE id = ?", ((row_id,) for row_id in gone))
    remaining = [row for row in kept if row["item_id"] not in ids]
    store.run_many(
        "UPDATE entries SET position = ? WHERE id = ?",
        ((place, row["id"]) for place, row in enumerate(remaining, 1) if row["position"] != place),
    )
    return len(gone)


def untouched_only_here(store: Store, collection_id: int) -> list[int]:
    """Items of a collection that stand in no other and that nobody has touched: no events, notes, tags, …"""
    rows = store.rows(
        f"""SELECT DISTINCT e.item_id FROM entries e JOIN items i ON i.id = e.item_id AND i.trashed = ''
        WHERE e.collection_id = ?1 AND NOT {TOUCHED}
        AND NOT EXISTS (SELECT 1 FROM entries o WHERE o.item_id = e.item_id AND o.collection_id <> ?1)
        ORDER BY e.position""",
        (collection_id,),
    )
    return [row[0] for row in rows]
