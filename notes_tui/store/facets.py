"""How many items there are of each kind: read statuses, tags, collections and their sections.

Counts go over indexes that hold all that is counted; what lies in the trash is little and taken off as a set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from notes_tui.store import collections
from notes_tui.store.collections import DONE, Collection, Section
from notes_tui.store.database import Store
from notes_tui.store.touched import VISIBLE

_TRASH = "SELECT id FROM items WHERE trashed > ''"
_Path = tuple[str, ...]


def status_counts(store: Store) -> list[tuple[str, int]]:
    """Every read status in use with its number of items in the overview."""
    where, by = "trashed = ''", "INDEXED BY items_read_status"
    if store.value("SELECT EXISTS (SELECT 1 FROM collections WHERE hidden = 1)"):
        where, by = VISIBLE, "AS i"
    return store.tuples(f"SELECT read_status, count(*) FROM items {by} WHERE {where} GROUP BY read_status")


def tag_counts(store: Store) -> list[tuple[str, int]]:
    """Every tag with its number of items, by name."""
    return store.tuples(
        f"SELECT tag, count(*) FROM item_tags WHERE +item_id NOT IN ({_TRASH}) GROUP BY tag ORDER BY tag"
    )


def nested_tag_counts(store: Store, tags: Iterable[str]) -> list[tuple[str, int]]:
    """The beginnings of nested tags, each with its number of items that have it or one under it."""
    above = dict.fromkeys(
        "/".join(parts[:depth])
        for parts in (tag.split("/") for tag in tags)
        for depth in range(1, len(parts))
    )
    sql = f"""SELECT count(*) FROM (SELECT item_id FROM item_tags WHERE tag = ?1
        UNION SELECT item_id FROM item_tags WHERE tag >= ?1 || '/' AND tag < ?1 || '0')
        WHERE item_id NOT IN ({_TRASH})"""
    return [(tag, store.count(sql, (tag,))) for tag in above]


def collections_with_sections(store: Store) -> list[tuple[Collection, tuple[Section, ...]]]:
    """Every collection in the user's order with its sections, all counted in one walk over the entries."""
    trash = {row[0] for row in store.tuples(_TRASH)}
    done = {
        row[0] for row in store.tuples(f"SELECT id FROM items WHERE read_status IN {DONE} AND trashed = ''")
    }
    members: dict[int, dict[str, set[int]]] = {}
    first: dict[tuple[int, str], int] = {}
    entries: dict[int, int] = {}
    for owner, section, position, item_id in store.tuples(
        "SELECT collection_id, section, position, item_id FROM entries"
    ):
        if item_id in trash:
            continue
        entries[owner] = entries.get(owner, 0) + 1
        own = members.setdefault(owner, {})
        if section in own:
            own[section].add(item_id)
        else:
            own[section] = {item_id}
        if position < first.get((owner, section), position + 1):
            first[owner, section] = position
    found: list[tuple[Collection, tuple[Section, ...]]] = []
    for each in collections.uncounted(store):
        own = members.get(each.collection_id, {})
        in_order = sorted(own, key=lambda text, owner=each.collection_id: first[owner, text])  # type: ignore[misc]
        items = set().union(*own.values())
        counted = replace(
            each, entries=entries.get(each.collection_id, 0), items=len(items), read=len(items & done)
        )
        found.append((counted, _sections(each, {text: own[text] for text in in_order}, done)))
    return found


def _sections(collection: Collection, members: Mapping[str, set[int]], done: set[int]) -> tuple[Section, ...]:
    """The sections of one collection, each with what stands under it at any depth."""
    below: dict[_Path, set[int]] = {path: set() for path in collection.sections if path}
    for text, items in members.items():
        path = collections.path_of(text)
        for depth in range(1, len(path) + 1):
            below.setdefault(path[:depth], set()).update(items)
    return tuple(Section(path, len(items), len(items & done)) for path, items in below.items())
