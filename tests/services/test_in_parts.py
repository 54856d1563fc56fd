"""Changes to very many items: one step, told as it goes on, and nothing left where it is ended."""

from __future__ import annotations

import pytest

from notes_tui.errors import StoreError
from notes_tui.services import in_parts, journaling, writing
from notes_tui.settings import Config
from notes_tui.store import items
from notes_tui.store.database import Store
from tests.conftest import AddItem

STATUSES = Config().status_names


class EnoughError(Exception):
    """Ends a change from within what tells of it."""


@pytest.fixture
def ids(add_item: AddItem, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Seven items, of which two are one part."""
    monkeypatch.setattr(in_parts, "PART", 2)
    return [add_item(f"Paper {number}") for number in range(7)]


def nothing(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def statuses(store: Store, ids: list[int]) -> set[str]:
    """The read statuses of items."""
    return {item.read_status for item in items.by_ids(store, ids)}


def test_all_parts_are_one_step_and_told(store: Store, ids: list[int]) -> None:
    told: list[tuple[int, int]] = []
    marked = in_parts.mark(store, "read", ids, allowed=STATUSES, progress=lambda *how: told.append(how))
    assert told == [(0, 7), (2, 7), (4, 7), (6, 7)]
    assert (len(marked.changed), marked.label) == (7, "7 items marked read")
    assert statuses(store, ids) == {"read"}
    assert journaling.undo(store).label == "7 items marked read"
    assert statuses(store, ids) == {"unread"}


def test_what_is_ended_leaves_nothing(store: Store, ids: list[int]) -> None:
    steps = len(journaling.steps(store))

    def end(done: int, total: int) -> None:
        if done == 4:
            raise EnoughError

    with pytest.raises(EnoughError):
        in_parts.rate(store, 4, ids, progress=end)
    assert {item.rating for item in items.by_ids(store, ids)} == {None}
    assert len(journaling.steps(store)) == steps


def test_tags_go_on_and_off_all_of_them(store: Store, ids: list[int]) -> None:
    writing.add_tag(store, "old", ids[:3])
    label = in_parts.change_tags(store, ids, ["new"], ["old"], progress=nothing)
    assert label == "7 items tagged +new -old"
    assert writing.tags_among(store, ids) == ({"new"}, set())
    journaling.undo(store)
    assert writing.tags_among(store, ids) == (set(), {"old"})


def test_what_is_so_already_is_told_with_since_when(store: Store, ids: list[int]) -> None:
    in_parts.mark(store, "read", ids[:3], allowed=STATUSES, progress=nothing)
    again = in_parts.mark(store, "read", ids, allowed=STATUSES, progress=nothing)
    assert (len(again.changed), len(again.unchanged), again.label) == (4, 3, "4 items marked read")


def test_a_long_statement_ends_when_it_is_not_wanted_any_more(store: Store, ids: list[int]) -> None:
    store.stop_when(lambda: True)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000)"

    def change() -> None:
        with store.step("too long"):
            store.run("INSERT INTO meta VALUES ('trace', 'x')")
            store.run(f"INSERT INTO meta {numbers} SELECT 'n' || i, i FROM n")

    with pytest.raises(StoreError, match="interrupted"):
        change()
    store.stop_when(lambda: False)
    assert store.value("SELECT count(*) FROM meta WHERE key = 'trace'") == 0
    assert statuses(store, ids) == {"unread"}
