"""Whether a person has left a trace on an item: one condition for everything that spares what people touched."""

from __future__ import annotations

from notes_tui.store.database import Store

TOUCHED = """(i.locked <> '[]' OR i.private OR i.queue_place IS NOT NULL
    OR EXISTS (SELECT 1 FROM events x WHERE x.item_id = i.id AND x.retracted = 0 AND x.kind <> 'retraction')
    OR EXISTS (SELECT 1 FROM notes x WHERE x.item_id = i.id)
    OR EXISTS (SELECT 1 FROM annotations x WHERE x.item_id = i.id)
    OR EXISTS (SELECT 1 FROM item_tags x WHERE x.item_id = i.id)
    OR EXISTS (SELECT 1 FROM attachments x WHERE x.item_id = i.id))"""
"""Over ``items i``: an event, note, annotation, tag, file, correction, own key, privacy or own place in the queue."""

VISIBLE = f"""i.trashed = '' AND i.id NOT IN (SELECT i.id FROM collections c
    CROSS JOIN entries e ON e.collection_id = c.id CROSS JOIN items i ON i.id = e.item_id WHERE c.hidden = 1
    AND NOT EXISTS (SELECT 1 FROM entries o JOIN collections d ON d.id = o.collection_id
        WHERE o.item_id = i.id AND d.hidden = 0) AND NOT {TOUCHED})"""
"""Over ``items i``: in the overview; untouched items that stand in hidden collections alone are not."""


def is_untouched(store: Store, item_id: int) -> bool:
    """Whether nobody has left a trace on an item, or put it into a list of their own."""
    in_own_list = """EXISTS (SELECT 1 FROM entries e JOIN collections c ON c.id = e.collection_id
        WHERE e.item_id = i.id AND c.kind = 'own')"""
    return not store.value(f"SELECT {TOUCHED} OR {in_own_list} FROM items i WHERE i.id = ?", (item_id,))


def has_vault(store: Store) -> bool:
    """Whether a folder of notes belongs to the library: exported to, synced or adopted."""
    return bool(store.value("SELECT EXISTS (SELECT 1 FROM vaults)"))
