"""Counts agree with what counting item by item gives, also with a trash and hidden collections."""

from __future__ import annotations

from collections import Counter

from notes_tui.services import collecting, editing, listing, reading, writing
from notes_tui.store import collections, facets
from notes_tui.store.database import Store
from tests.conftest import STATUSES, AddItem


def test_collections_and_sections_count_items_once(store: Store, add_item: AddItem) -> None:
    ids = [add_item(f"Paper {number}") for number in range(12)]
    collecting.create(store, "Group")
    collecting.create(store, "Empty")
    collecting.put(store, "group", ids[:4], section=["A", "B"])
    collecting.put(store, "group", ids[3:7], section=["A"])
    collecting.put(store, "group", ids[7:9], section=["C"])
    reading.mark(store, "read", ids[2:5], allowed=STATUSES)
    editing.remove(store, ids[:2])
    counted = [
        (each, tuple(collections.sections(store, each.collection_id)))
        for each in collections.all_collections(store)
    ]
    assert facets.collections_with_sections(store) == counted
    group = counted[0][0]
    assert (group.entries, group.items, group.read) == (7, 7, 3)


def test_tags_count_with_those_under_them_and_without_the_trash(store: Store, add_item: AddItem) -> None:
    ids = [add_item(f"Paper {number}") for number in range(5)]
    writing.add_tag(store, "moe", ids[:2])
    writing.add_tag(store, "moe/routing", ids[1:4])
    writing.add_tag(store, "moe/routing/top", [ids[3]])
    writing.add_tag(store, "moex", [ids[4]])
    editing.remove(store, [ids[0]])
    tags = dict(facets.tag_counts(store))
    assert tags == {"moe": 1, "moe/routing": 3, "moe/routing/top": 1, "moex": 1}
    assert dict(facets.nested_tag_counts(store, tags)) == {"moe": 3, "moe/routing": 3}


def test_hidden_collections_hide_their_untouched_items_alone(store: Store, add_item: AddItem) -> None:
    ids = [add_item(f"Paper {number}") for number in range(6)]
    for name in ("Hidden", "Shown"):
        collecting.create(store, name)
    collecting.put(store, "hidden", ids[:4])
    collecting.put(store, "shown", ids[3:5])
    reading.mark(store, "read", [ids[0]], allowed=STATUSES)
    writing.save_note(store, ids[1], "mine")
    collecting.hide(store, "hidden")
    overview = listing.overview(store)
    assert dict(overview.statuses) == {"unread": 4, "read": 1}
    assert overview.total == 5
    found = listing.find(store, "", listing.Scope(overview=True))
    assert set(found) == set(ids) - {ids[2]}
    assert Counter(item.read_status for item in listing.rows(store, found)) == dict(overview.statuses)
