"""Reading with the main screen: opening, marking, rating, undo, selections."""

from __future__ import annotations

import pytest
from textual.events import Key

from notes_tui.services import editing, keys, listing, reading
from notes_tui.settings import Config, Status
from tests.tui.conftest import OpenWindow, Window

pytestmark = pytest.mark.usefixtures("library")


async def test_opens_on_the_first_list_with_the_cursor_on_its_first_paper(open_window: OpenWindow) -> None:
    async with open_window() as window:
        assert window.current == "antman2020"
        assert "Research Space" in window.text.splitlines()[0]
        assert "AntMan: Dynamic" in window.row("AntMan")
        assert window.row("Gandiva")
        assert "r read · a quote · n note · ? keys" in window.text
        assert "84 papers" in window.row("Research", "#status")
        assert "○ unread" in window.row("AntMan")


async def test_r_marks_read_says_so_and_u_takes_it_back(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("r")
        assert window.status_of("AntMan") == "read"
        assert "AntMan marked read today · u undo" in window.words
        assert "● read" in window.row("AntMan")
        assert "1/84" in window.row("Research Space", "#sidebar")
        await window.press("u")
        assert window.status_of("AntMan") == "unread"
        assert "undone: AntMan marked read · U redo" in window.words
        await window.press("U")
        assert window.status_of("AntMan") == "read"


async def test_marking_what_is_so_already_says_since_when_and_changes_nothing(
    open_window: OpenWindow,
) -> None:
    async with open_window() as window:
        await window.press("r", "r")
        assert len(reading.history(window.store)) == 1
        assert "AntMan: read since 2026-03-14, nothing to change" in window.words


@pytest.mark.parametrize(("key", "status"), [("r", "read"), ("i", "reading"), ("w", "queued")])
async def test_everyday_statuses_have_keys_of_their_own(
    open_window: OpenWindow, key: str, status: str
) -> None:
    async with open_window() as window:
        await window.press("j", key)
        assert window.status_of("ElasticFlow") == status
        assert status in window.row("ElasticFlow")
        await window.press("e")
        assert window.status_of("ElasticFlow") == "unread"


async def test_the_menu_has_every_status_those_of_the_config_too(open_window: OpenWindow) -> None:
    config = Config(statuses=(*Config().statuses, Status("cited", "§")))
    async with open_window(config=config) as window:
        await window.press("m")
        for name in config.status_names:
            assert name in window.text
        assert "§" in window.text
        await window.press("end", "enter")
        assert window.status_of("AntMan") == "cited"
        assert "§ cited" in window.row("AntMan")


async def test_ratings_are_set_and_cleared_by_digits(open_window: OpenWindow) -> None:
    async with open_window(size=(160, 40)) as window:
        await window.press("4")
        assert window.main.the_item().rating == 4
        assert "4★" in window.row("AntMan")
        assert "★★★★☆" in window.text
        await window.press("0")
        assert window.main.the_item().rating is None


async def test_the_page_reached_is_asked_for_and_shown_as_a_bar(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("p")
        await window.type("13/12")
        await window.press("enter")
        assert "there are only 12 pages" in window.text
        await window.press("ctrl+u")
        await window.type("6/12")
        await window.press("enter")
        progress = window.main.the_item().progress
        assert progress is not None
        assert (progress.page, progress.pages) == (6, 12)
        assert "page 6 of 12" in window.text
        title = window.main.the_item().title
        assert "○ ━━━━─── " in window.row(title[:20])
        await window.press("p")
        assert "Page, of 12" in window.text
        await window.press("escape", "r")
        assert "● read " in window.row(title[:20])


async def test_actions_work_on_the_whole_selection_as_one_step(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("space", "space", "space")
        assert "3 selected" in window.row("Research", "#status")
        await window.press("r")
        assert [window.status_of(name) for name in ("AntMan", "ElasticFlow", "Gandiva")] == ["read"] * 3
        assert window.status_of("Gavel") == "unread"
        assert "3 items marked read today" in window.words
        await window.press("u")
        assert window.status_of("Gandiva") == "unread"
        await window.press("escape")
        assert "selected" not in window.row("Research", "#status")


async def test_what_a_filter_hides_is_never_changed(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("space", "space", "space", "slash")
        await window.type("gandiva")
        await window.press("enter")
        assert "3 selected (2 hidden)" in window.row("Research", "#status")
        await window.press("r")
        assert window.status_of("Gandiva") == "read"
        assert window.status_of("AntMan") == "unread"
        await window.press("slash", "ctrl+u")
        await window.type("gavel")
        await window.press("enter", "r")
        assert window.status_of("Gavel") == "unread"
        assert "no paper chosen: 3 selected papers not in this list" in window.toasts


async def test_ranges_and_everything_can_be_selected(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("v", "j", "j", "v", "j")
        assert len(window.main.table.selected) == 3
        await window.press("ctrl+a")
        assert len(window.main.table.selected) == 84
        await window.press("ctrl+a")
        assert not window.main.table.selected
        await window.press("g", "shift+down", "shift+down")
        assert len(window.main.table.selected) == 3


async def test_a_range_follows_the_cursor_both_ways_and_keeps_what_was_selected_before(
    open_window: OpenWindow,
) -> None:
    async with open_window() as window:
        table = window.main.table
        await window.press("G", "space", "g", "j", "v", "j", "j", "j", "k")
        assert table.selected == {*table.ids[1:4], table.ids[83]}
        await window.press("g")
        assert table.selected == {*table.ids[:2], table.ids[83]}
        await window.press("G", "k", "v", "g")
        assert table.selected == set(table.ids[1:])


async def test_another_way_to_select_ends_a_range(open_window: OpenWindow) -> None:
    async with open_window() as window:
        table = window.main.table
        await window.press("v", "j", "space", "j", "k")
        assert table.selected == {table.ids[0]}


async def test_the_cursor_stays_on_its_paper_or_goes_to_the_next_when_the_list_changes(
    open_window: OpenWindow,
) -> None:
    async with open_window(query="status:unread") as window:
        await window.press("j", "j")
        third, fourth = window.key_of(2), window.key_of(3)
        assert window.current == third
        reading.mark(window.store, "read", [window.main.table.ids[0]], allowed=Config().status_names)
        window.main.reload()
        await window.settle()
        assert window.current == third
        await window.press("r")
        assert window.current == fourth


async def test_trash_takes_away_and_restores(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("d")
        assert [item.citekey for item in editing.trash(window.store)] == ["antman2020"]
        assert window.current == "elasticflow2023"
        assert window.row("Trash", "#sidebar")
        await window.press("u")
        assert not editing.trash(window.store)


async def test_a_vanished_collection_leads_to_all_papers(open_window: OpenWindow) -> None:
    async with open_window() as window:
        from notes_tui.services import collecting

        collecting.remove(window.store, "research-space")
        window.main.reload()
        await window.settle()
        assert window.main.place.kind == "all"
        assert len(window.main.table.ids) == 221


def read_count(window: Window) -> int:
    """How many papers are read."""
    return dict(listing.overview(window.store).statuses).get("read", 0)


async def test_marking_very_many_keeps_the_screen_alive_and_is_one_step(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notes_tui.tui.desk.MANY", 50)
    async with open_window() as window:
        await window.press("ctrl+a", "r")
        await window.settle()
        assert read_count(window) == 84
        await window.press("u")
        assert read_count(window) == 0


async def test_next_is_the_queue_first_then_the_lists(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("j", "j", "w", "h", "g", "j")
        assert window.main.place.kind == "next"
        assert window.key_of(0) == "gandiva2018"
        assert "In your queue" in window.text
        assert keys.find_item(window.store, "AntMan") == window.main.table.ids[1]


async def test_keys_in_a_burst_each_mean_what_they_meant_when_they_were_typed(
    open_window: OpenWindow,
) -> None:
    async with open_window() as window:
        for key in "rjrjrjx":
            window.app.post_message(Key(key, key))
        window.app.post_message(Key("o", "o"))
        await window.pilot.pause()
        await window.settle()
        marked = [
            key
            for key in ("antman2020", "elasticflow2023", "gandiva2018", "gavel2020")
            if window.status_of(key) == "read"
        ]
        assert marked == ["antman2020", "elasticflow2023", "gandiva2018"]
        assert len(window.app.screen_stack) == 2


async def test_a_list_is_shown_in_groups_and_stays_so(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("j", "j", "r", "b", "m")
        assert window.row("read · 1")
        assert "grouped by status" in window.said("#status")
        assert window.current == "gandiva2018"
        assert [text for _, text in window.main.shown.headings] == ["unread · 83", "read · 1"]
        await window.press("q")
    async with open_window() as window:
        assert "grouped by status" in window.said("#status")
        assert window.current == "gandiva2018"
        await window.press("b", "n")
        assert window.main.shown.headings[0] == (0, "Cluster Scheduling")


async def test_in_several_groups_the_cursor_stays_where_it_is(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("t")
        await window.type("zz")
        await window.press("enter", "t")
        await window.type("yy")
        await window.press("enter", "b", "t")
        table = window.main.table
        assert list(table.ids).count(table.ids[0]) == 2
        assert window.row("yy · 1")
        assert window.row("zz · 1")
        await window.press("g", "j", "4")
        assert table.index == 1
        assert "84 papers" in window.said("#status")


async def test_half_a_page_down_and_up(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("ctrl+d")
        down = window.main.table.index
        assert down is not None
        assert 10 <= down <= 18
        await window.press("ctrl+u")
        assert window.main.table.index == 0
