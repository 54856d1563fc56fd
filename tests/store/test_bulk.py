"""Candidates for many references at once, rows for many items, entries of a whole list."""

from __future__ import annotations

from dataclasses import replace

from notes_tui.model.item import Entry, Item
from notes_tui.store import bulk, collections, items
from notes_tui.store.bulk import PlacedEntry
from notes_tui.store.database import Store
from tests.conftest import AddItem


def test_candidates_are_found_by_title_with_or_without_the_short_name_and_by_ids(
    store: Store, add_item: AddItem
) -> None:
    antman = add_item("AntMan: Dynamic Scaling on GPU Clusters", doi="10.1145/ABC", arxiv="1706.03762")
    pre = add_item("Pre-training of Things")
    keyed = items.by_id(store, antman).citekey
    found = bulk.candidates(
        store,
        [
            (0, "title", "dynamicscalingongpuclusters"), (1, "title", "antmandynamicscalingongpuclusters"),
            (2, "doi", "10.1145/abc"), (3, "arxiv", "1706.03762"), (4, "citekey", keyed.upper()),
            (5, "title", "pretrainingofthings"), (6, "lettered", keyed[:-1]), (7, "doi", "10.1145/other"), (8, "lettered", keyed[:1]),
        ],
    )  # fmt: skip
    assert found.pop(6, [antman]) == [antman]
    assert found == {0: [antman], 1: [antman], 2: [antman], 3: [antman], 4: [antman], 5: [pre]}


def test_candidates_are_searched_by_index(store: Store) -> None:
    bulk.candidates(store, [])
    for join in bulk._CANDIDATES:
        plan = [
            row["detail"]
            for row in store.rows(f"EXPLAIN QUERY PLAN SELECT w.n FROM temp.wanted w CROSS JOIN {join}")
        ]
        assert any(detail.startswith("SEARCH i USING") for detail in plan), plan


def test_items_are_inserted_under_the_ids_they_were_promised(store: Store, add_item: AddItem) -> None:
    first = add_item("One")
    with store.step("two more"):
        next_id = bulk.next_item_id(store)
        assert next_id > first
        new = [
            Item(item_id=next_id + n, citekey=f"k{n}", title=f"Title {n}", extra={"volume": "1"})
            for n in range(2)
        ]
        bulk.insert_rows(store, [bulk.row_of(each) for each in new])
    assert [found.citekey for found in items.by_ids(store, [next_id, next_id + 1])] == ["k0", "k1"]
    assert add_item("Another") == next_id + 2


def test_tags_keep_their_spelling_and_say_what_was_new(store: Store, add_item: AddItem) -> None:
    one, two = add_item("One"), add_item("Two")
    with store.step("tags"):
        assert bulk.add_tags(store, [(one, "MoE")]) == {one}
        assert bulk.add_tags(store, [(one, "moe"), (two, "moe"), (two, "MOE")]) == {two}
    assert items.by_id(store, two).tags == ("MoE",)


def test_entries_that_are_as_they_should_be_keep_their_rows(store: Store, add_item: AddItem) -> None:
    one, two = add_item("One"), add_item("Two")
    with store.step("list"):
        list_id = collections.insert(store, slug="l", title="L", kind="list")
        wanted = [
            PlacedEntry(0, item_id, Entry("l", ("S",), 0, str(item_id), "text")) for item_id in (one, two)
        ]
        assert bulk.set_entries(store, list_id, wanted)
        placed = bulk.entries(store, list_id)
        assert [each.entry.position for each in placed] == [1, 2]
        assert not bulk.set_entries(store, list_id, placed)
        swapped = [placed[1], replace(placed[0], entry=replace(placed[0].entry, text="new"))]
        assert bulk.set_entries(store, list_id, swapped)
    after = bulk.entries(store, list_id)
    assert [(each.row_id, each.entry.position, each.entry.text) for each in after] == [
        (placed[1].row_id, 1, "text"), (placed[0].row_id, 2, "new"),
    ]  # fmt: skip
