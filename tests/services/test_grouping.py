"""A list in groups: every paper under a heading, none lost, in the order the list had."""

from __future__ import annotations

from itertools import combinations

import pytest

from notes_tui.services import collecting, reading, writing
from notes_tui.services.browsing import EVERYWHERE, NEXT, Place, Shown, browse
from notes_tui.services.grouping import GROUPINGS, grouped
from notes_tui.settings import Config
from notes_tui.store.database import Store
from tests.conftest import AddItem

STATUSES = Config().status_names


@pytest.fixture
def shelf(store: Store, add_item: AddItem) -> dict[str, int]:
    """Four papers in two lists."""
    made = {
        "kiln": add_item("Kiln", venue="OSDI", year=2021),
        "glaze": add_item("Glaze", venue="EuroSys", year=2022),
        "clay": add_item("Clay", venue="osdi", year=2021),
        "wheel": add_item("Wheel"),
    }
    collecting.create(store, "Pottery")
    collecting.create(store, "Workshop")
    collecting.put(store, "pottery", [made["kiln"], made["glaze"]], section=("Ovens",))
    collecting.put(store, "workshop", [made["glaze"], made["clay"]])
    reading.mark(store, "read", [made["clay"]], allowed=STATUSES)
    writing.add_tag(store, "fire", [made["kiln"], made["glaze"]])
    writing.add_tag(store, "earth", [made["kiln"]])
    return made


def groups_of(
    store: Store, shelf: dict[str, int], by: str, place: Place = EVERYWHERE, sort: str = ""
) -> list[str]:
    """Headings with the names of the papers under them."""
    shown = grouped(store, browse(store, place, sort=sort), by, STATUSES)
    names = {item_id: name for name, item_id in shelf.items()}
    starts = [start for start, _ in shown.headings]
    ends = [*starts[1:], len(shown.ids)] if starts else []
    return [
        f"{text}: {' '.join(names[item_id] for item_id in shown.ids[start:end])}"
        for (start, text), end in zip(shown.headings, ends, strict=True)
    ]


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("status", ["unread · 3: kiln glaze wheel", "read · 1: clay"]),
        ("year", ["2022 · 1: glaze", "2021 · 2: kiln clay", "without a year · 1: wheel"]),
        ("venue", ["EuroSys · 1: glaze", "OSDI · 1: kiln", "osdi · 1: clay", "without a venue · 1: wheel"]),
        ("tag", ["earth · 1: kiln", "fire · 2: kiln glaze", "without a tag · 2: clay wheel"]),
        ("section", ["Pottery › Ovens · 2: kiln glaze", "Workshop · 2: glaze clay", "in no list · 1: wheel"]),
        ("", []),
        ("colour", []),
    ],
)
def test_every_paper_stands_under_its_headings(
    store: Store, shelf: dict[str, int], by: str, found: list[str]
) -> None:
    assert groups_of(store, shelf, by) == found


def test_within_a_group_the_chosen_order_stays(store: Store, shelf: dict[str, int]) -> None:
    assert groups_of(store, shelf, "status", sort="title")[0] == "unread · 3: glaze kiln wheel"


def test_a_collection_keeps_its_own_sections_and_the_queue_its_order(
    store: Store, shelf: dict[str, int]
) -> None:
    assert groups_of(store, shelf, "section", Place("collection", "pottery")) == ["Ovens: kiln glaze"]
    queue = browse(store, NEXT)
    assert grouped(store, queue, "year", STATUSES) == queue


def test_a_paper_in_several_groups_counts_once(store: Store, shelf: dict[str, int]) -> None:
    shown = grouped(store, browse(store, EVERYWHERE), "tag", STATUSES)
    assert len(shown.ids) - shown.repeated == len(shelf) == shown.total


@pytest.mark.parametrize("by", GROUPINGS)
def test_no_paper_is_lost_or_made_up(store: Store, shelf: dict[str, int], by: str) -> None:
    for number in range(len(shelf) + 1):
        for some in combinations(shelf.values(), number):
            shown = grouped(store, Shown(EVERYWHERE, (), "", False, some, number), by, STATUSES)
            assert set(shown.ids) == set(some)
            assert [start for start, _ in shown.headings][:1] == ([0] if some else [])
