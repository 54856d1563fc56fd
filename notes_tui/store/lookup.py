"""Finding the item that is the same work as a reference, through the indexes."""

from __future__ import annotations

from notes_tui.model.identifiers import ids_of
from notes_tui.model.identity import Match, match, normalise_title
from notes_tui.model.item import Item, Reference
from notes_tui.store import items
from notes_tui.store.database import Store


def candidate_ids(store: Store, reference: Reference) -> list[int]:
    """Row ids of items that share an identifier, a normalised title or a short name with a reference."""
    found: dict[int, None] = {}
    known = dict(identifier.split(":", 1) for identifier in ids_of(reference))
    for sql, value in (
        ("SELECT id FROM items WHERE doi = ? COLLATE NOCASE", known.get("doi", reference.doi)),
        ("SELECT id FROM items WHERE arxiv = ? COLLATE NOCASE", known.get("arxiv", reference.arxiv)),
        ("SELECT id FROM items WHERE title_key = ?", normalise_title(reference.title)),
        (
            "SELECT id FROM items WHERE title_short = ? COLLATE NOCASE AND title_short <> ''",
            reference.title_short,
        ),
    ):
        if value:
            found.update((row[0], None) for row in store.rows(f"{sql} AND trashed = '' LIMIT 50", (value,)))
    return list(found)


def matching(store: Store, reference: Reference) -> Match:
    """What the library knows of a reference: the same work, if one is certain, and doubtful ones."""
    return match(reference, items.by_ids(store, candidate_ids(store, reference)))


def same_work(store: Store, reference: Reference) -> int | None:
    """The row id of the item that certainly is this work."""
    same = matching(store, reference).same
    return same.item_id if isinstance(same, Item) else None
