"""Many items at once, for imports: candidates for a batch of references, entries of a whole list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from notes_tui.model.item import Entry, Item
from notes_tui.store import items, journal
from notes_tui.store.database import Store, dump_json
from notes_tui.store.derived import BEYOND_LISTS, chosen_items
from notes_tui.store.items import entry_of

if TYPE_CHECKING:
    from notes_tui.model.candidates import KeyKind

_CANDIDATES = (
    "items i ON replace(i.title_key, ' ', '') = +w.key WHERE w.kind = 'title'",
    "items i ON i.rest_key = w.key WHERE w.kind = 'title'",
    "items i ON i.doi = w.key COLLATE NOCASE AND i.doi <> '' WHERE w.kind = 'doi'",
    "items i ON i.arxiv = w.key COLLATE NOCASE AND i.arxiv <> '' WHERE w.kind = 'arxiv'",
    "items i ON i.citekey = w.key COLLATE NOCASE WHERE w.kind = 'citekey'",
    "items i ON i.citekey > w.key COLLATE NOCASE AND i.citekey < w.key || '{' COLLATE NOCASE"
    " WHERE w.kind = 'lettered' AND length(i.citekey) <= length(w.key) + 2",
)


def candidates(store: Store, wanted: Iterable[tuple[int, KeyKind, str]]) -> dict[int, list[int]]:
    """Row ids of items that answer to one of the keys of each reference of a batch, by its number.

    Title keys are without spaces and are compared with titles whole and without their short name. The
    trash is included.
    """
    store.run("CREATE TEMP TABLE IF NOT EXISTS wanted (n INTEGER, kind TEXT, key TEXT)")
    store.run("DELETE FROM temp.wanted")
    store.run_many("INSERT INTO temp.wanted VALUES (?, ?, ?)", wanted)
    found: dict[int, dict[int, None]] = {}
    for join in _CANDIDATES:
        for row in store.rows(f"SELECT w.n, i.id FROM temp.wanted w CROSS JOIN {join}"):
            found.setdefault(row[0], {})[row[1]] = None
    for row in store.rows(
        """SELECT w.n, a.item_id FROM temp.wanted w CROSS JOIN aliases a ON a.alias = w.key COLLATE NOCASE
        WHERE w.kind = 'citekey'"""
    ):
        found.setdefault(row[0], {})[row[1]] = None
    store.run("DELETE FROM temp.wanted")
    return {number: list(ids) for number, ids in found.items()}


def next_item_id(store: Store) -> int:
    """The row id the next new item gets; only to be relied on inside a transaction."""
    latest = store.count("SELECT max(id) FROM items")
    return 1 + max(latest, store.count("SELECT seq FROM sqlite_sequence WHERE name = 'items'"))


class Standing(NamedTuple):
    """What of an item decides whether it has a read status, a rating or a page already."""

    item_id: int
    citekey: str
    read_status: str
    rating: int | None
    page: int | None
    added: str


def standings(store: Store, item_ids: Sequence[int]) -> list[Standing]:
    """Where these items stand, in the order of the ids; ids that are gone are left out."""
    with chosen_items(store, item_ids) as chosen:
        rows = store.tuples(f"SELECT id, {', '.join(Standing._fields[1:])} FROM items WHERE id IN {chosen}")
    found = {row[0]: Standing(*row) for row in rows}
    return [found[item_id] for item_id in item_ids if item_id in found]


Row = tuple[object, ...]


def row_of(item: Item) -> Row:
    """The columns of a new item in the order :func:`insert_rows` takes them."""
    return (item.item_id, item.citekey, *items.columns_of(item).values())


def insert_rows(store: Store, rows: Sequence[Row]) -> None:
    """Add items whose row ids and citekeys are free, in the order of their row ids; they stand in no list yet."""
    if not rows:
        return
    names = ("id", "citekey", *items.REFERENCE_COLUMNS)
    marks = ", ".join(f"?{place}" for place in range(2, len(names) + 2))
    sql = f"""INSERT INTO items (uid, added, list_order, {", ".join(names)})
        VALUES (lower(hex(randomblob(10))), ?1, {BEYOND_LISTS} + ?2, {marks})"""
    now = store.now()
    with _indexed_afterwards(store, len(rows)):
        store.run_many(sql, ((now, *row) for row in rows))


_WORTH_AN_INDEX = 2_000


@contextmanager
def _indexed_afterwards(store: Store, number: int) -> Iterator[None]:
    """Make the indexes of items anew behind an insert of many rows: twice as quick as keeping them up.

    The journal is written in one piece behind it, too. All of it is part of the running transaction.
    """
    if number < max(_WORTH_AN_INDEX, store.count("SELECT count(*) FROM items")):
        yield
        return
    indexes = store.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'items' AND sql IS NOT NULL"
    )
    for index in indexes:
        store.run(f"DROP INDEX {index['name']}")
    with journal.inserts_at_once(store, "items"):
        yield
    for index in indexes:
        store.run(index["sql"])


def add_tags(store: Store, pairs: Iterable[tuple[int, str]]) -> set[int]:
    """Put tags on items, spelled as they are already; returns the items that did not have theirs."""
    wanted = list(pairs)
    if not wanted:
        return set()
    spellings = {row[0].lower(): row[0] for row in store.rows("SELECT DISTINCT tag FROM item_tags")}
    with chosen_items(store, (item_id for item_id, _ in wanted)) as chosen:
        rows = store.rows(f"SELECT item_id, tag FROM item_tags WHERE item_id IN {chosen}")
    known = {(row[0], row[1].lower()) for row in rows}
    new = {(item_id, tag.lower()): spellings.setdefault(tag.lower(), tag) for item_id, tag in wanted}
    missing = [(pair[0], tag) for pair, tag in new.items() if pair not in known]
    with journal.inserts_at_once(store, "item_tags"):
        store.run(
            """INSERT OR IGNORE INTO item_tags (item_id, tag)
            SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)""",
            (dump_json(missing),),
        )
    return {item_id for item_id, _ in missing}


def has_event(store: Store, item_id: int, kind: str) -> bool:
    """Whether an item has an event of this kind that counts."""
    sql = "SELECT 1 FROM events WHERE item_id = ? AND kind = ? AND retracted = 0 LIMIT 1"
    return bool(store.value(sql, (item_id, kind)))


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry of a collection with its item; ``row_id`` is 0 for one that is not in the store yet."""

    row_id: int
    item_id: int
    entry: Entry


def entries(store: Store, collection_id: int) -> list[PlacedEntry]:
    """Every entry of a collection in order, those of trashed items too."""
    rows = store.rows(
        """SELECT e.*, c.slug FROM entries e JOIN collections c ON c.id = e.collection_id
        WHERE e.collection_id = ? ORDER BY e.position, e.id""",
        (collection_id,),
    )
    return [PlacedEntry(row["id"], row["item_id"], entry_of(row)) for row in rows]


def set_entries(store: Store, collection_id: int, placed: Sequence[PlacedEntry]) -> bool:
    """Make these the entries of a collection, in this order; rows that are as they should be stay.

    Returns whether anything changed.
    """
    before = {each.row_id: each for each in entries(store, collection_id)}
    gone = before.keys() - {each.row_id for each in placed}
    store.run_many("DELETE FROM entries WHERE id = ?", ((row_id,) for row_id in gone))
    new, moved = [], []
    for position, each in enumerate(placed, 1):
        row = _row(each, position)
        if not each.row_id:
            new.append((collection_id, *row))
        elif row != _row(before[each.row_id], before[each.row_id].entry.position):
            moved.append((*row, each.row_id))
    store.run_many(
        """UPDATE entries SET item_id = ?, position = ?, section = ?, title = ?, text = ?, fields = ?
        WHERE id = ?""",
        moved,
    )
    store.run_many(
        """INSERT INTO entries (collection_id, item_id, position, section, title, text, fields)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        new,
    )
    return bool(gone or new or moved)


def _row(placed: PlacedEntry, position: int) -> tuple[object, ...]:
    entry = placed.entry
    section, fields = dump_json(list(entry.section)), dump_json(dict(entry.fields))
    return placed.item_id, position, section, entry.title, entry.text, fields


def collection_extra(store: Store, collection_id: int) -> dict[str, object]:
    """What is remembered about a collection beside its columns."""
    found = store.value("SELECT extra FROM collections WHERE id = ?", (collection_id,))
    extra: dict[str, object] = json.loads(str(found or "{}"))
    return extra


def set_collection_extra(store: Store, collection_id: int, extra: Mapping[str, object]) -> None:
    """Remember something about a collection."""
    store.run("UPDATE collections SET extra = ? WHERE id = ?", (dump_json(dict(extra)), collection_id))
