"""The inbox of each list: what its updates brought, until somebody has seen it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from notes_tui.store.database import Row, Store, dump_json

if TYPE_CHECKING:
    from notes_tui.model.list_news import News


def of_collection(store: Store, collection_id: int) -> list[News]:
    """What has not been seen of a list, in the order in which it came."""
    return [
        _news(row)
        for row in store.rows("SELECT * FROM inbox WHERE collection_id = ? ORDER BY id", (collection_id,))
    ]


def counts(store: Store) -> dict[str, int]:
    """How much has not been seen, by the slug of the list."""
    rows = store.rows(
        """SELECT c.slug, count(*) FROM inbox b JOIN collections c ON c.id = b.collection_id
        GROUP BY c.id ORDER BY c.position, c.id"""
    )
    return {row[0]: row[1] for row in rows}


def put(store: Store, collection_id: int, news: Sequence[News]) -> None:
    """Add what an update brought. The latest about an item takes the place of what was known before.

    What is new stays new however it is changed before it is seen; what goes again before that was never there.
    """
    before = {each.item_id: each for each in of_collection(store, collection_id) if each.item_id}
    rows: list[News] = []
    for each in news:
        earlier = before.get(each.item_id)
        if earlier is not None:
            remove(store, [earlier.news_id])
            if earlier.kind == "new" and each.kind == "gone":
                continue
            if earlier.kind == "new":
                each = replace(each, kind="new", was_title="", was_section=(), was_position=None)
        rows.append(each)
    store.run_many(
        """INSERT INTO inbox (collection_id, item_id, kind, title, was_title, section, was_section, position,
            was_position, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                collection_id, each.item_id, each.kind, each.title, each.was_title, dump_json(list(each.section)),
                dump_json(list(each.was_section)), each.position, each.was_position, store.now(),
            )
            for each in rows
        ),
    )  # fmt: skip


def remove(store: Store, news_ids: Iterable[int]) -> int:
    """Take news out that were seen; returns how many there were."""
    number = 0
    for news_id in news_ids:
        number += store.run("DELETE FROM inbox WHERE id = ?", (news_id,)).rowcount
    return number


def _news(row: Row) -> News:
    from notes_tui.model.list_news import News

    return News(
        kind=row["kind"], item_id=row["item_id"] or 0, title=row["title"], section=tuple(json.loads(row["section"])),
        position=row["position"], was_title=row["was_title"], was_section=tuple(json.loads(row["was_section"])),
        was_position=row["was_position"], news_id=row["id"], at=row["at"],
    )  # fmt: skip
