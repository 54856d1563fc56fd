"""Which items the services are still to be asked about. It outlives a run that is interrupted, and is no undo step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from notes_tui.model.times import iso
from notes_tui.store.database import Store

ASKED_AGAIN = timedelta(days=30)
"""After this time an item of which nobody knew more is asked about again."""
_LACKING = """trashed = '' AND (title <> '' OR doi <> '' OR arxiv <> '')
    AND type NOT IN ('software', 'webpage', 'post', 'post-weblog', 'motion_picture', 'dataset', 'personal_communication')
    AND (creators = '[]' OR year IS NULL OR venue = '' OR title = '' OR title LIKE 'arXiv:%' OR title LIKE 'doi:10.%')"""


def lacking(store: Store) -> list[int]:
    """Row ids of works without creators, year, venue or title that were not asked about lately."""
    since = iso(store.clock() - ASKED_AGAIN)
    rows = store.rows(
        f"""SELECT i.id FROM items i LEFT JOIN fetch_queue q ON q.item_id = i.id AND q.state = 'done' AND q.at > ?
        WHERE {_LACKING} AND q.item_id IS NULL ORDER BY i.list_order, i.id""",
        (since,),
    )
    return [row[0] for row in rows]


def put(store: Store, item_ids: Iterable[int]) -> None:
    """Queue items; those that wait already keep their place."""
    with store.transaction():
        store.run_many(
            """INSERT INTO fetch_queue (item_id, state, at) VALUES (?1, 'waiting', ?2) ON CONFLICT (item_id)
            DO UPDATE SET at = iif(state = 'waiting', at, excluded.at), state = 'waiting'""",
            [(item_id, store.now()) for item_id in item_ids],
        )


def waiting(store: Store) -> list[int]:
    """Row ids of the items that wait, the longest first."""
    rows = store.rows(
        """SELECT q.item_id FROM fetch_queue q JOIN items i ON i.id = q.item_id
        WHERE q.state = 'waiting' AND i.trashed = '' ORDER BY q.at, i.list_order, i.id"""
    )
    return [row[0] for row in rows]


def failed(store: Store, item_id: int, message: str) -> None:
    """Note why an item still waits."""
    store.run(
        "UPDATE fetch_queue SET tries = tries + 1, message = ? WHERE item_id = ? AND state = 'waiting'",
        (message, item_id),
    )


def done(store: Store, item_ids: Iterable[int]) -> None:
    """Items were asked about."""
    store.run_many(
        "UPDATE fetch_queue SET state = 'done', at = ?, message = '' WHERE item_id = ?",
        [(store.now(), item_id) for item_id in item_ids],
    )
