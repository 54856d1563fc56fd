"""Undo and redo of steps that changed many rows: the same rows come back, by few statements."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notes_tui.formats import dump
from notes_tui.model.item import Item
from notes_tui.services import journaling, reading, writing
from notes_tui.store import bulk, dumping
from notes_tui.store.database import Store
from tests.conftest import STATUSES

MANY = 1_100
"""More than are replayed together."""
Change = Callable[[Store, list[int]], object]


def fill(store: Store, number: int) -> list[int]:
    with store.step("filled"):
        first = bulk.next_item_id(store)
        rows = [Item(item_id=first + n, citekey=f"k{n}", title=f"Title {n}") for n in range(number)]
        bulk.insert_rows(store, [bulk.row_of(each) for each in rows])
    return [each.item_id for each in rows]


def state(store: Store) -> str:
    return dump.write(dumping.whole_library(store))


CHANGES: dict[str, Change] = {
    "mark": lambda store, ids: reading.mark(store, "read", ids, allowed=STATUSES),
    "mark with a page": lambda store, ids: reading.mark(store, "read", ids, allowed=STATUSES, page=3),
    "rate": lambda store, ids: reading.rate(store, 4, ids),
    "tag": lambda store, ids: writing.add_tag(store, "fresh", ids),
    "untag": lambda store, ids: writing.remove_tag(store, "old", ids),
    "pages": lambda store, ids: reading.set_progress(store, ids, 3, 12),
    "rename the tag": lambda store, ids: writing.rename_tag(store, "old", "new"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_step_over_many_items_is_undone_and_redone_exactly(store: Store, name: str) -> None:
    ids = fill(store, MANY)
    writing.add_tag(store, "old", ids[::2])
    reading.mark(store, "reading", ids[::3], allowed=STATUSES)
    before = state(store)
    CHANGES[name](store, ids)
    after = state(store)
    assert after != before
    for _ in range(2):
        journaling.undo(store)
        assert state(store) == before
        journaling.redo(store)
        assert state(store) == after
    journaling.undo(store)
    assert state(store) == before


def test_many_items_that_arrived_are_taken_back_and_brought_back(store: Store) -> None:
    fill(store, 3)
    before = state(store)
    fill_ids = [bulk.next_item_id(store) + n for n in range(MANY)]
    with store.step("arrived with tags"):
        rows = [Item(item_id=each, citekey=f"new{each}", title=f"New {each}") for each in fill_ids]
        bulk.insert_rows(store, [bulk.row_of(each) for each in rows])
        bulk.add_tags(store, ((each, "came") for each in fill_ids))
        reading.mark(store, "queued", fill_ids, allowed=STATUSES)
    after = state(store)
    journaling.undo(store)
    assert state(store) == before
    journaling.redo(store)
    assert state(store) == after


def statements(store: Store, work: Callable[[], object]) -> int:
    """How many statements a piece of work runs; what triggers do is told under the name of the statement."""
    seen: list[str] = []
    store.db.set_trace_callback(seen.append)
    work()
    store.db.set_trace_callback(None)
    return sum(one != other for one, other in zip(seen, ["", *seen], strict=False))


@pytest.mark.parametrize("name", ["mark", "rate", "tag", "untag"])
def test_statements_do_not_grow_with_the_items(store: Store, name: str) -> None:
    ids = fill(store, 200)
    writing.add_tag(store, "old", ids)
    few = statements(store, lambda: CHANGES[name](store, ids[:2]))
    many = statements(store, lambda: CHANGES[name](store, ids[2:]))
    assert many <= few
    undo = [statements(store, lambda: journaling.undo(store)) for _ in range(2)]
    if name in ("mark", "rate"):
        assert undo[0] <= undo[1]


def test_what_is_marked_so_already_is_told_by_one_question(store: Store) -> None:
    ids = fill(store, 100)
    reading.mark(store, "read", ids[:50], allowed=STATUSES)
    marked = reading.mark(store, "read", ids, allowed=STATUSES)
    assert (len(marked.changed), len(marked.unchanged)) == (50, 50)
    assert {since for _, since in marked.unchanged} == {store.now()}
    one = statements(store, lambda: reading.mark(store, "read", ids[:1], allowed=STATUSES))
    assert statements(store, lambda: reading.mark(store, "read", ids, allowed=STATUSES)) <= one
