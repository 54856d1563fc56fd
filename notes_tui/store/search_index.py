"""The full-text index and the queue that keeps it current.

The index is one FTS5 table with a row an item outside the trash. Triggers of the database queue items whose
words changed, whoever changed them, so an edit from another program counts too. The queue is taken in before
a search, in short transactions, so that others can write in between and nothing is lost where it is stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic

from notes_tui.model.text import indexable
from notes_tui.store.database import Row, Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

COLUMNS = ("title", "creators", "venue", "abstract", "tags", "notes", "quotes", "comments", "keys")
"""The columns of the index, in their order."""
AT_ONCE = 250
"""Items taken in by one transaction, a tenth of a second or so."""
_TRASH_CHUNK = 500
Progress = Callable[[int, int], None]


def waiting(store: Store) -> int:
    """How many items wait to be taken into the index."""
    return store.count("SELECT count(*) FROM search_queue")


def refresh(store: Store, *, seconds: float | None = None, progress: Progress | None = None) -> int:
    """Take items whose words changed into the index; returns how many. A read-only home is left as it is.

    ``seconds`` is how long it may take; the rest stays queued (see :func:`waiting`). ``progress`` is called
    with how many are done and how many there were.
    """
    if store.read_only or not store.value("SELECT EXISTS (SELECT 1 FROM search_queue)"):
        return 0
    total = waiting(store) if progress else 0
    until = None if seconds is None else monotonic() + seconds
    done = 0
    while taken := _take_in(store):
        done += taken
        if progress:
            progress(done, max(total, done))
        if until is not None and monotonic() >= until:
            break
    return done


def rebuild(store: Store, *, progress: Progress | None = None) -> None:
    """Make the whole index anew."""
    with store.transaction():
        store.run("DELETE FROM search")
        store.run("INSERT OR IGNORE INTO search_queue SELECT id FROM items")
        refresh(store, progress=progress)
        store.run("INSERT INTO search (search) VALUES ('optimize')")


def _take_in(store: Store) -> int:
    """Index the next items of the queue; returns how many."""
    with store.transaction():
        ids = [row[0] for row in store.rows("SELECT item_id FROM search_queue LIMIT ?", (AT_ONCE,))]
        if ids:
            marks = ", ".join("?" * len(ids))
            store.run(f"DELETE FROM search WHERE rowid IN ({marks})", ids)
            live = f"SELECT * FROM items WHERE id IN ({marks}) AND trashed = ''"
            _insert(store, "search", _texts(store, store.rows(live, ids)))
            store.run(f"DELETE FROM search_queue WHERE item_id IN ({marks})", ids)
    return len(ids)


def index_of_trash(store: Store) -> str:
    """A temporary index of what lies in the trash; returns the name of its table."""
    columns = ", ".join(COLUMNS)
    store.run("DROP TABLE IF EXISTS temp.trash_search")
    store.run(
        f"CREATE VIRTUAL TABLE temp.trash_search USING fts5({columns}, tokenize = 'unicode61 remove_diacritics 2')"
    )
    rows = store.rows("SELECT * FROM items WHERE trashed > ''")
    for start in range(0, len(rows), _TRASH_CHUNK):
        _insert(store, "trash_search", _texts(store, rows[start : start + _TRASH_CHUNK]))
    return "trash_search"


def _insert(store: Store, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    store.run_many(f"INSERT INTO {table} (rowid, {', '.join(COLUMNS)}) VALUES ({marks})", rows)


def _texts(store: Store, rows: Sequence[Row]) -> Iterator[tuple[object, ...]]:
    """The row id of each item and its words, column by column, as the index holds them."""
    ids = [row["id"] for row in rows]
    marks = ", ".join("?" * len(ids))
    tags = _by_item(store, f"SELECT item_id, tag FROM item_tags WHERE item_id IN ({marks})", ids)
    notes = _by_item(
        store, f"SELECT item_id, title, body FROM notes WHERE item_id IN ({marks}) ORDER BY title, id", ids
    )
    marked = _by_item(
        store,
        f"SELECT item_id, quote, comment FROM annotations WHERE item_id IN ({marks}) ORDER BY page, created, uid",
        ids,
    )
    for row in rows:
        item_id = row["id"]
        annotations = marked.get(item_id, ())
        texts = (
            f"{row['title']} \n {row['title_short']}",
            _names(row),
            row["venue"],
            row["abstract"],
            " \n ".join(tag for _, tag in tags.get(item_id, ())),
            " \n ".join(f"{title} \n {body}" for _, title, body in notes.get(item_id, ())),
            " \n ".join(quote for _, quote, _ in annotations),
            " \n ".join(comment for *_, comment in annotations),
            row["citekey"],
        )
        yield (item_id, *map(indexable, texts))


def _by_item(store: Store, sql: str, ids: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for values in store.tuples(sql, ids):
        found.setdefault(values[0], []).append(values)
    return found


def _names(row: Row) -> str:
    return " \n ".join(
        f"{name.get('given', '')} {name.get('family', '')} {name.get('literal', '')}"
        for name in json.loads(row["creators"])
    )
