"""The text of attached PDFs by page, found by words. Made from files by their hash; no part of undo."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from notes_tui.model.text import indexable
from notes_tui.model.value import Value
from notes_tui.store.database import Store, dump_json


class FoundPage(Value):
    """A page on which words were found."""

    item_id: int
    path: str
    page: int
    text: str


ITEMS_WITH = """SELECT DISTINCT a.item_id FROM (
        SELECT DISTINCT p.sha256 AS sha256 FROM search_pages s CROSS JOIN pdf_pages p ON p.id = s.rowid
        WHERE search_pages MATCH ?) f
    CROSS JOIN attachments a ON a.sha256 = f.sha256 AND a.sha256 <> ''
    WHERE json_extract(a.extra, '$.replaced_by') IS NULL"""
"""The row ids of items with a PDF that a phrase of the index stands in."""


def missing(store: Store, item_ids: Sequence[int] | None = None) -> list[tuple[str, str]]:
    """PDFs of items (of all outside the trash) whose text is not known yet: ``(sha256, path)``."""
    rows = store.rows(
        """SELECT a.sha256, a.path FROM attachments a JOIN items i ON i.id = a.item_id
        WHERE a.kind = 'pdf' AND a.sha256 <> '' AND i.trashed = ''
        AND json_extract(a.extra, '$.replaced_by') IS NULL
        AND (?1 IS NULL OR a.item_id IN (SELECT value FROM json_each(?1)))
        AND NOT EXISTS (SELECT 1 FROM pdf_texts t WHERE t.sha256 = a.sha256) GROUP BY a.sha256 ORDER BY max(a.id) DESC""",
        (None if item_ids is None else dump_json(list(item_ids)),),
    )
    return [(row[0], row[1]) for row in rows]


def put(store: Store, sha256: str, pages: Iterable[tuple[int, str]], problem: str = "") -> None:
    """Keep the text of a file, in place of what was kept of it."""
    with store.transaction():
        forget(store, sha256)
        count = 0
        for page, text in pages:
            count += 1
            row_id = store.run(
                "INSERT INTO pdf_pages (sha256, page, text) VALUES (?, ?, ?)",
                (sha256, page, zlib.compress(text.encode("utf-8", "replace"))),
            ).lastrowid
            store.run("INSERT INTO search_pages (rowid, text) VALUES (?, ?)", (row_id, indexable(text)))
        store.run("INSERT INTO pdf_texts (sha256, pages, problem) VALUES (?, ?, ?)", (sha256, count, problem))


def forget(store: Store, sha256: str) -> None:
    """Let the text of a file go."""
    store.run(
        "DELETE FROM search_pages WHERE rowid IN (SELECT id FROM pdf_pages WHERE sha256 = ?)", (sha256,)
    )
    store.run("DELETE FROM pdf_pages WHERE sha256 = ?", (sha256,))
    store.run("DELETE FROM pdf_texts WHERE sha256 = ?", (sha256,))


def unused(store: Store) -> list[str]:
    """Hashes of files whose text is kept though no item has them and no undo can bring them back."""
    rows = store.rows(
        """SELECT sha256 FROM pdf_texts t WHERE NOT EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = t.sha256)
        AND NOT EXISTS (SELECT 1 FROM journal_changes j WHERE j.tbl = 'attachments'
            AND t.sha256 IN (json_extract(j.old, '$.sha256'), json_extract(j.new, '$.sha256')))"""
    )
    return [row[0] for row in rows]


def forget_unused(store: Store) -> int:
    """Let the texts go of files that no item has, and that no undo can bring back. Returns how many."""
    gone = unused(store)
    with store.transaction():
        for sha256 in gone:
            forget(store, sha256)
    return len(gone)


def pages_of(store: Store, sha256: str) -> list[tuple[int, str]] | None:
    """The pages of a file with their text; ``None`` where it was not read."""
    if store.value("SELECT 1 FROM pdf_texts WHERE sha256 = ? AND problem = ''", (sha256,)) is None:
        return None
    rows = store.rows("SELECT page, text FROM pdf_pages WHERE sha256 = ? ORDER BY page", (sha256,))
    return [(row[0], zlib.decompress(row[1]).decode("utf-8")) for row in rows]


def is_empty(store: Store) -> bool:
    """Whether no text of any PDF is known."""
    return not store.value("SELECT EXISTS (SELECT 1 FROM pdf_pages)")


def found_on(store: Store, item_ids: Sequence[int], match: str, most: int) -> list[FoundPage]:
    """The first pages of each item's PDFs that a phrase of the index is on, at most ``most`` an item."""
    rows = store.rows(
        """SELECT a.item_id, a.path, p.page, p.id FROM attachments a JOIN pdf_pages p ON p.sha256 = a.sha256
        WHERE a.item_id IN (SELECT value FROM json_each(?)) AND json_extract(a.extra, '$.replaced_by') IS NULL
        AND p.id IN (SELECT rowid FROM search_pages WHERE search_pages MATCH ?)
        ORDER BY a.item_id, a.id, p.page""",
        (dump_json(list(item_ids)), match),
    )
    found: list[FoundPage] = []
    counts: dict[int, int] = {}
    for row in rows:
        counts[row["item_id"]] = counts.get(row["item_id"], 0) + 1
        if counts[row["item_id"]] <= most:
            [text] = store.rows("SELECT text FROM pdf_pages WHERE id = ?", (row["id"],))
            words = zlib.decompress(text[0]).decode("utf-8")
            found.append(FoundPage(row["item_id"], row["path"], row["page"], words))
    return found
