"""What a place shows, and where the interface was left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import UnknownCollectionError, UnknownThingError
from notes_tui.services import collecting, editing, listing, reading, writing
from notes_tui.services.browsing import (
    EVERYWHERE,
    NEXT,
    PLACE_KINDS,
    TRASH,
    Place,
    PlaceKind,
    browse,
    first_place,
    query_of,
)
from notes_tui.services.remembering import Left, leave, where_left
from notes_tui.store import notes
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES, AddItem


@pytest.fixture(scope="module")
def lasting_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store for many examples."""
    with open_store(tmp_path_factory.mktemp("states") / "notes.db", create=True) as opened:
        yield opened


@pytest.fixture
def five(store: Store, add_item: AddItem) -> list[int]:
    """Three items in two sections of a list, two in none."""
    ids = [
        add_item(f"{name} paper", year=2020 + number)
        for number, name in enumerate("Ash Birch Cedar Doum Elm".split())
    ]
    collecting.create(store, "Trees")
    collecting.put(store, "trees", [ids[2]], section=("Soft", "Needles"))
    collecting.put(store, "trees", [ids[1], ids[0]], section=("Hard",))
    return ids


def test_a_collection_is_shown_in_its_own_order_with_its_sections(store: Store, five: list[int]) -> None:
    shown = browse(store, Place("collection", "trees"))
    assert list(shown.ids) == [five[2], five[1], five[0]]
    assert shown.headings == ((0, "Soft › Needles"), (1, "Hard"))
    assert (shown.title, shown.total, shown.complete) == (("Trees",), 3, True)


def test_a_section_is_shown_with_what_is_below_it(store: Store, five: list[int]) -> None:
    shown = browse(store, Place("collection", "trees", ("Soft",)))
    assert list(shown.ids) == [five[2]]
    assert shown.headings == ((0, "Needles"),)
    assert shown.title == ("Trees", "Soft")


def test_words_filter_within_the_place_and_everywhere(store: Store, five: list[int]) -> None:
    trees = Place("collection", "trees")
    assert list(browse(store, trees, "pap").ids) == [five[2], five[1], five[0]]
    nothing = browse(store, trees, "elm")
    assert (list(nothing.ids), nothing.total, nothing.elsewhere) == ([], 3, 1)
    assert list(browse(store, trees, "elm", everywhere=True).ids) == [five[4]]
    assert browse(store, EVERYWHERE, "birhc").suggestions == ("birch",)


def test_an_or_in_the_words_does_not_leave_the_place(store: Store, five: list[int]) -> None:
    reading.mark(store, "read", five[:2], allowed=STATUSES)
    assert list(browse(store, Place("status", "read"), "ash OR elm").ids) == [five[0]]


def test_sorting_takes_the_headings_away(store: Store, five: list[int]) -> None:
    shown = browse(store, Place("collection", "trees"), sort="-year")
    assert list(shown.ids) == [five[2], five[1], five[0]]
    assert shown.headings == ()
    assert list(browse(store, EVERYWHERE, "sort:-year paper", sort="year").ids) == five[::-1]


def test_tags_views_statuses_and_the_trash_are_places(store: Store, five: list[int]) -> None:
    writing.add_tag(store, "wood/soft", [five[2]])
    writing.save_view(store, "Late", "year:>=2023 sort:-year")
    editing.remove(store, [five[0]])
    assert list(browse(store, Place("tag", "wood")).ids) == [five[2]]
    assert list(browse(store, Place("view", "late")).ids) == [five[4], five[3]]
    assert list(browse(store, TRASH).ids) == [five[0]]
    assert len(browse(store, Place("status", "unread")).ids) == 4


def test_next_is_the_queue_then_what_is_started_then_the_lists(store: Store, five: list[int]) -> None:
    reading.mark(store, "queued", [five[4]], allowed=STATUSES)
    reading.mark(store, "reading", [five[0]], allowed=STATUSES)
    shown = browse(store, NEXT)
    assert list(shown.ids)[:4] == [five[4], five[0], five[2], five[1]]
    assert [heading for _, heading in shown.headings] == ["In your queue", "Started", "Next in your lists"]
    assert list(browse(store, NEXT, "ash").ids) == [five[0]]


def test_a_limit_cuts_and_says_so(store: Store, five: list[int]) -> None:
    shown = browse(store, EVERYWHERE, limit=2)
    assert len(shown.ids) == 2
    assert not shown.complete


def test_places_that_are_gone_are_refused(store: Store, five: list[int]) -> None:
    with pytest.raises(UnknownCollectionError):
        browse(store, Place("collection", "gone"))
    with pytest.raises(UnknownThingError):
        browse(store, Place("view", "gone"))


def test_a_view_of_what_is_shown_finds_the_same_items(store: Store, five: list[int]) -> None:
    reading.mark(store, "read", five[:2], allowed=STATUSES)
    for place, text in (
        (Place("collection", "trees"), "ash OR elm"),
        (Place("collection", "trees", ("Soft", "Needles")), ""),
        (Place("status", "read"), "birch"),
        (EVERYWHERE, "year:2021.."),
    ):
        found = listing.find(store, query_of(store, place, text, "-year"))
        assert found == list(browse(store, place, text, sort="-year").ids)


def test_a_library_opens_on_its_first_list(store: Store, five: list[int]) -> None:
    assert first_place(store) == Place("collection", "trees")
    collecting.hide(store, "trees")
    assert first_place(store) == EVERYWHERE


@given(kind=st.sampled_from(PLACE_KINDS), name=st.text(), section=st.lists(st.text()).map(tuple))
def test_places_survive_being_remembered(kind: PlaceKind, name: str, section: tuple[str, ...]) -> None:
    place = Place(kind, name, section)
    assert Place.from_state(place.as_state()) == place


def test_what_was_left_is_found_again_and_written_only_where_it_is_news(store: Store) -> None:
    left = Left(
        place=Place("collection", "trees", ("Soft",)), item_id=3, folded=("detail",), open_nodes=("a/b",),
        theme="notes-light", sort="-year", group="year", exported_to="~/x", hints_done=True,
    )  # fmt: skip
    leave(store, left)
    assert where_left(store) == left
    changes = store.db.total_changes
    leave(store, left)
    assert store.db.total_changes == changes


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["place", "item", "folded", "open", "theme", "sort", "kind", "name", "section"]
                ),
                inner,
            )
        ),
        max_leaves=8,
    )
)
def test_any_state_is_read_without_a_fault(lasting_store: Store, state: object) -> None:
    notes.remember(lasting_store, "interface", state)
    left = where_left(lasting_store)
    assert isinstance(left.folded, tuple)
    assert isinstance(left.item_id, int)
