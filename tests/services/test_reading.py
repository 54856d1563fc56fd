from __future__ import annotations

import pytest

from notes_tui.errors import InvalidValueError
from notes_tui.services import collecting, journaling, listing, reading
from notes_tui.store.database import Store
from tests.conftest import STATUSES, AddItem, Clock


def status(store: Store, item_id: int) -> str:
    return listing.detail(store, item_id).item.read_status


def mark(store: Store, name: str, *ids: int, **options: object) -> reading.Marked:
    return reading.mark(store, name, ids, allowed=STATUSES, **options)  # type: ignore[arg-type]


def test_an_item_arrives_unread_and_without_events(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    assert status(store, item_id) == "unread"
    assert reading.history(store) == []


def test_marking_appends_an_event_that_says_what_it_changed(store: Store, add_item: AddItem) -> None:
    item_id = add_item("A", title_short="A")
    assert mark(store, "reading", item_id).changed == ("a",)
    mark(store, "read", item_id)
    events = [event.as_dict() for event in reading.history(store, item_id)]
    assert [(event["from"], event["to"]) for event in events] == [("unread", "reading"), ("reading", "read")]
    assert events[0] == {
        "citekey": "a", "at": "2026-03-14T15:09:26+01:00", "kind": "status", "from": "unread", "to": "reading",
        "page": None,
    }  # fmt: skip


def test_marking_what_is_so_already_changes_nothing_and_says_since_when(
    store: Store, add_item: AddItem, clock: Clock
) -> None:
    item_id = add_item()
    mark(store, "read", item_id)
    clock.move(days=3)
    marked = mark(store, "read", item_id)
    assert marked.changed == ()
    assert marked.unchanged[0][1] == "2026-03-14T15:09:26+01:00"
    assert len(reading.history(store)) == 1
    assert len(journaling.steps(store)) == 2  # the arrival and the first mark
    assert mark(store, "read", item_id, page=4).changed
    assert mark(store, "read", item_id, date="2025-01-01").changed
    assert len(reading.history(store)) == 3


def test_the_status_is_that_of_the_latest_date_then_of_the_latest_recorded(
    store: Store, add_item: AddItem
) -> None:
    item_id = add_item()
    mark(store, "reading", item_id)
    mark(store, "read", item_id, date="2026-03-01")
    assert status(store, item_id) == "reading"
    mark(store, "dropped", item_id, date="2026-03-14")
    assert status(store, item_id) == "dropped"
    assert [event.after for event in reading.history(store, item_id)] == ["read", "reading", "dropped"]
    assert [event.before for event in reading.history(store, item_id)] == ["unread", "read", "reading"]


def test_a_clock_set_back_does_not_lose_a_mark(store: Store, add_item: AddItem, clock: Clock) -> None:
    item_id = add_item()
    mark(store, "reading", item_id)
    clock.move(days=-30)
    mark(store, "read", item_id)
    assert status(store, item_id) == "read"


def test_undo_of_a_mark_retracts_it_and_redo_brings_the_same_event_back(
    store: Store, add_item: AddItem
) -> None:
    item_id = add_item()
    mark(store, "read", item_id)
    before = reading.history(store)
    rows = store.count("SELECT count(*) FROM events")
    journaling.undo(store)
    assert status(store, item_id) == "unread"
    assert reading.history(store) == []
    journaling.redo(store)
    assert reading.history(store) == before
    journaling.undo(store)
    assert status(store, item_id) == "unread"
    assert store.count("SELECT count(*) FROM events") == rows + 3


@pytest.mark.parametrize("bad", ["tomorrow", "2026-13-01", "2027-01-01", "14.3.2026", ""])
def test_a_bad_date_is_refused_before_anything_changes(store: Store, add_item: AddItem, bad: str) -> None:
    item_id = add_item()
    if not bad:
        assert mark(store, "read", item_id, date=bad).changed
        return
    with pytest.raises(InvalidValueError):
        mark(store, "read", item_id, date=bad)
    assert reading.history(store) == []


def test_what_is_no_status_rating_or_page_is_refused(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    with pytest.raises(InvalidValueError, match="devoured"):
        mark(store, "devoured", item_id)
    for rating in (-1, 6):
        with pytest.raises(InvalidValueError):
            reading.rate(store, rating, [item_id])
    for page, pages in ((0, None), (5, 4)):
        with pytest.raises(InvalidValueError):
            reading.set_progress(store, [item_id], page, pages)
    assert reading.history(store) == []


def test_ratings_are_set_changed_and_cleared(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    for rating, kept in ((4, 4), (2, 2), (0, None)):
        reading.rate(store, rating, [item_id])
        assert listing.detail(store, item_id).item.rating == kept
    assert [(event.before, event.after) for event in reading.history(store)] == [(None, 4), (4, 2), (2, None)]
    assert reading.rate(store, 0, [item_id]).changed == ()


def test_progress_keeps_the_status_and_remembers_the_number_of_pages(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    reading.set_progress(store, [item_id], 5, 12)
    item = listing.detail(store, item_id).item
    assert (item.progress.page, item.progress.pages) == (5, 12)  # type: ignore[union-attr]
    assert item.read_status == "unread"
    reading.set_progress(store, [item_id], 7)
    assert [(event.before, event.after) for event in reading.history(store)] == [(None, 5), (5, 7)]
    mark(store, "reading", item_id, page=9)
    assert listing.detail(store, item_id).item.progress.page == 9  # type: ignore[union-attr]


def test_opening_is_logged_and_changes_no_status_and_no_undo_step(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    steps = journaling.steps(store)
    reading.log_opened(store, item_id)
    assert status(store, item_id) == "unread"
    assert [event.kind for event in reading.history(store)] == ["opened"]
    assert journaling.steps(store) == steps


def test_next_is_the_own_queue_then_what_is_started_then_list_order(
    store: Store, add_item: AddItem, clock: Clock
) -> None:
    ids = [add_item(title) for title in ("One", "Two", "Three", "Four", "Five")]
    collecting.create(store, "List")
    collecting.put(store, "list", [ids[4], ids[0]], section=["Part"])
    mark(store, "reading", ids[1])
    clock.move(minutes=1)
    mark(store, "queued", ids[2])
    clock.move(minutes=1)
    mark(store, "queued", ids[3])
    queue = reading.next_items(store)
    assert [each.item.item_id for each in queue] == [ids[2], ids[3], ids[1], ids[4], ids[0]]
    assert queue[0].reason.startswith("you queued it")
    assert queue[2].reason.startswith("started on 2026-03-14")
    assert queue[3].reason == "next in List › Part"
    assert reading.move_in_queue(store, ids[3], -1)
    assert [each.item.item_id for each in reading.next_items(store, 2)] == [ids[3], ids[2]]
    journaling.undo(store)
    assert [each.item.item_id for each in reading.next_items(store, 2)] == [ids[2], ids[3]]


def test_hidden_collections_are_out_of_next_and_stats_but_found(store: Store, add_item: AddItem) -> None:
    hidden, shown = add_item("Hidden Gem"), add_item("Shown")
    collecting.create(store, "Attic")
    collecting.put(store, "attic", [hidden])
    collecting.hide(store, "attic")
    assert [each.item.item_id for each in reading.next_items(store)] == [shown]
    assert reading.stats(store, STATUSES).items == 1
    assert listing.find(store, "gem") == [hidden]
    mark(store, "reading", hidden)
    assert reading.stats(store, STATUSES).items == 2


def test_statistics_count_months_by_each_events_own_offset(store: Store, add_item: AddItem) -> None:
    ids = [add_item(title) for title in ("One", "Two")]
    mark(store, "read", ids[0], date="2026-01-31T23:30:00-08:00")
    mark(store, "read", ids[1], date="2026-02-01T07:00:00+00:00")
    mark(store, "reading", ids[1])
    journaling.undo(store)
    stats = reading.stats(store, STATUSES)
    assert stats.months == {"2026-01": {"read": 1}, "2026-02": {"read": 1}}
    assert stats.statuses["read"] == 2
    assert stats.statuses["studied"] == 0
