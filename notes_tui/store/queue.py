"""What to read next, and how far the reading went: queries behind ``next`` and ``stats``."""

from __future__ import annotations

from notes_tui.store.database import Store
from notes_tui.store.touched import VISIBLE

_SINCE = """(SELECT v.{column} FROM events v WHERE v.item_id = i.id AND v.kind = 'status' AND v.retracted = 0
    ORDER BY v.day DESC, v.recorded DESC LIMIT 1)"""


_QUEUED = f"""FROM items i WHERE i.read_status = 'queued' AND i.trashed = ''
    ORDER BY i.queue_place IS NULL, i.queue_place, {_SINCE.format(column="recorded")}, i.list_order LIMIT ?"""
_STARTED = f"""FROM items i WHERE i.read_status = 'reading' AND i.trashed = ''
    ORDER BY {_SINCE.format(column="recorded")} DESC, i.list_order LIMIT ?"""
_UNREAD = f"""FROM items i WHERE i.read_status = 'unread' AND {VISIBLE} ORDER BY i.list_order, i.id LIMIT ?"""


def order(store: Store, limit: int | None = None) -> tuple[list[int], list[int], list[int]]:
    """Row ids of what to read, in order: what is queued, what was started, what is next in the lists."""
    left = -1 if limit is None else limit
    parts: list[list[int]] = []
    for rows in (_QUEUED, _STARTED, _UNREAD):
        parts.append([row[0] for row in store.tuples(f"SELECT i.id {rows}", (left,))])
        left = left if limit is None else left - len(parts[-1])
    return parts[0], parts[1], parts[2]


def candidates(store: Store, limit: int | None) -> list[tuple[int, str]]:
    """Row ids of what to read, in order, each with its reason in words."""
    found: list[tuple[int, str]] = []
    most = (-1 if limit is None else limit,)
    queued = store.rows(f"SELECT i.id, {_SINCE.format(column='day')} AS since {_QUEUED}", most)
    found += [(row["id"], f"you queued it on {row['since']}") for row in queued]
    started = store.rows(
        f"SELECT i.id, i.page, i.pages, {_SINCE.format(column='day')} AS since {_STARTED}", most
    )
    for row in started:
        at_page = (
            f", at page {row['page']}" + (f" of {row['pages']}" if row["pages"] else "")
            if row["page"]
            else ""
        )
        found.append((row["id"], f"started on {row['since']}{at_page}"))
    if limit is None or len(found) < limit:
        found += _from_lists(store, None if limit is None else limit - len(found))
    return found[:limit]


def _from_lists(store: Store, limit: int | None) -> list[tuple[int, str]]:
    rows = store.rows(
        f"""SELECT i.id, (SELECT c.title || ' › ' || coalesce(json_extract(e.section, '$[#-1]'), 'list')
            FROM entries e JOIN collections c ON c.id = e.collection_id WHERE e.item_id = i.id AND c.hidden = 0
            ORDER BY c.position, e.position LIMIT 1) AS place {_UNREAD}""",
        (-1 if limit is None else limit,),
    )
    return [(row["id"], f"next in {row['place']}" if row["place"] else "unread, in no list") for row in rows]


def move(store: Store, item_id: int, offset: int) -> bool:
    """Move a queued item by ``offset`` places in the user's own order; says whether it moved."""
    queued, _, _ = order(store)
    if item_id not in queued:
        return False
    place = queued.index(item_id)
    target = min(max(place + offset, 0), len(queued) - 1)
    queued.insert(target, queued.pop(place))
    for number, row_id in enumerate(queued):
        store.run("UPDATE items SET queue_place = ? WHERE id = ?", (number, row_id))
    return target != place


def status_counts(store: Store) -> dict[str, int]:
    """Number of visible items by read status."""
    rows = store.rows(f"SELECT read_status, count(*) FROM items i WHERE {VISIBLE} GROUP BY read_status")
    return {row[0]: row[1] for row in rows}


def visible_status_events(store: Store) -> list[tuple[str, str]]:
    """``(YYYY-MM, status)`` of every status event that counts, of visible items."""
    rows = store.rows(
        f"""SELECT substr(v.at, 1, 7), v.value FROM events v JOIN items i ON i.id = v.item_id
        WHERE v.kind = 'status' AND v.retracted = 0 AND {VISIBLE} ORDER BY v.day, v.recorded"""
    )
    return [(row[0], row[1]) for row in rows]


def written_counts(store: Store) -> tuple[int, int, int]:
    """Numbers of notes, annotations and rated items outside the trash."""
    live = "JOIN items i ON i.id = x.item_id WHERE i.trashed = ''"
    return (
        store.count(f"SELECT count(*) FROM notes x {live} AND x.body <> ''"),
        store.count(f"SELECT count(*) FROM annotations x {live}"),
        store.count("SELECT count(*) FROM items WHERE trashed = '' AND rating IS NOT NULL"),
    )


def collection_progress(store: Store) -> list[dict[str, object]]:
    """How much of each collection that is not hidden has been read."""
    from notes_tui.store.collections import all_collections

    return [
        {"slug": each.slug, "title": each.title, "items": each.items, "read": each.read}
        for each in all_collections(store)
        if not each.hidden
    ]
