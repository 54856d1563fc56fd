"""Pairs that may be one work, side by side in the interface."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from notes_tui.model.item import Item
from notes_tui.services import duplicates, listing, writing
from notes_tui.services.duplicates import Duplicate
from notes_tui.tui.dialogs.duplicates import Decision, DuplicatesScreen
from tests.conftest import AddItem
from tests.tui.conftest import OpenWindow
from tests.tui.dialog_host import HOSTILE, LONG, OPEN, opened

ITEMS = {
    number: Item(item_id=number, citekey=key, title=title, venue=venue, year=2020)
    for number, key, title, venue in (
        (1, "one", "AntMan", "OSDI"), (2, "two", "Ant-Man", "arXiv"), (3, "three", HOSTILE, LONG),
    )
}  # fmt: skip


def pair(item: int, candidate: int, reason: str = "titles alike") -> Duplicate:
    return Duplicate(ITEMS[item], ITEMS[candidate], reason, 0.9, certain=False)


class Library:
    """What was decided; it takes every decision but those it is told to refuse."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.decided: list[tuple[Decision, int, int]] = []

    def look(self, item_ids: Sequence[int]) -> list[Item]:
        return [ITEMS[item_id] for item_id in item_ids]

    def decide(self, decision: Decision, keep: int, other: int) -> bool:
        self.decided.append((decision, keep, other))
        return not self.refuses

    def screen(self, *pairs: Duplicate) -> DuplicatesScreen:
        return DuplicatesScreen(pairs, self.look, self.decide)


async def test_the_pair_under_the_cursor_is_shown_side_by_side() -> None:
    async with opened(Library().screen(pair(1, 2), pair(1, 3, "same DOI")), size=(100, 30)) as window:
        assert "OSDI 2020" in window.line_with("arXiv 2020")
        await window.press("j")
        assert "same DOI" in window.text
        assert "[MASK] and [/b]" in window.text
        assert "\x1b" not in window.text


@pytest.mark.parametrize(("key", "keep", "other"), [("1", 1, 2), ("2", 2, 1)])
async def test_either_side_can_be_kept(key: str, keep: int, other: int) -> None:
    library = Library()
    screen = library.screen(pair(1, 2), pair(2, 3), pair(1, 3))
    async with opened(screen) as window:
        await window.press(key)
        assert library.decided == [("merge", keep, other)]
        left = [(each.item.item_id, each.candidate.item_id) for each in screen.pairs]
        assert left == [found for found in ((1, 2), (2, 3), (1, 3)) if other not in found]


async def test_two_works_are_told_apart_and_the_last_pair_leaves_nothing() -> None:
    library = Library()
    async with opened(library.screen(pair(1, 2))) as window:
        await window.press("n")
        assert library.decided == [("different", 1, 2)]
        assert "No two papers look like one work" in window.text
        await window.press("1", "2", "n", "enter")
        assert len(library.decided) == 1
        assert window.result is OPEN
        await window.press("escape")
        assert window.result is None


async def test_what_could_not_be_done_stays() -> None:
    library = Library(refuses=True)
    async with opened(library.screen(pair(1, 2))) as window:
        await window.press("1")
        assert "one and two" in window.text


async def test_enter_goes_to_the_left_item() -> None:
    async with opened(Library().screen(pair(1, 2), pair(2, 3))) as window:
        await window.press("j", "enter")
        assert window.result == 2


async def test_no_pairs() -> None:
    async with opened(Library().screen()) as window:
        assert "No two papers" in window.text
        await window.press("1", "n", "enter", "escape")
        assert window.result is None


async def test_duplicates_are_merged_and_split_again_in_the_window(
    open_window: OpenWindow, add_item: AddItem
) -> None:
    title = "Dynamic Scaling of Training Jobs on Clusters"
    keep, other = (
        add_item(title, citekey="keep"),
        add_item(title.replace("Scaling", "Scalling"), citekey="other"),
    )
    async with open_window() as window:
        writing.save_note(window.store, other, "theirs\n")
        await window.press("D")
        assert "keep left" in window.text
        await window.press("2", "escape")
        assert listing.find(window.store) == [keep]
        assert listing.detail(window.store, keep).main_note == "theirs\n"
        await window.press("u")
        assert len(listing.find(window.store)) == 2
        await window.press("D", "n", "escape")
        assert duplicates.find(window.store) == []
