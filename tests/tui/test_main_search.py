"""The search bar, the places and the order of the list."""

from __future__ import annotations

import pytest

from notes_tui.services import listing
from tests.tui.conftest import OpenWindow

pytestmark = pytest.mark.usefixtures("library")


async def test_typing_filters_within_the_collection_and_enter_goes_to_the_first_hit(
    open_window: OpenWindow,
) -> None:
    async with open_window() as window:
        await window.press("slash")
        await window.type("tiresi")
        assert len(window.main.table.ids) == 1
        assert "1 of 84" in window.text
        await window.press("enter")
        assert window.main.table.has_focus
        assert window.current == "tiresias2019"
        await window.press("escape")
        assert len(window.main.table.ids) == 84
        assert window.current == "tiresias2019"


async def test_one_key_widens_the_search_to_everything(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("slash")
        await window.type("type:software")
        assert "Nothing in Research Space matches" in window.said("#nothing")
        assert "14 papers do in the whole library" in window.said("#nothing")
        assert "^a everywhere" in window.text
        await window.press("ctrl+a")
        assert len(window.main.table.ids) == 14
        assert "Everywhere" in window.text.splitlines()[0]
        await window.press("ctrl+a")
        assert len(window.main.table.ids) == 0
        await window.click("#nothing", "searches everywhere")
        assert len(window.main.table.ids) == 14


async def test_nothing_found_offers_words_that_are_spelt_alike(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("slash")
        await window.type("tiresiaz")
        assert "Did you mean tiresias?" in window.said("#nothing")
        await window.click("#nothing", "tiresias", 2)
        assert window.key_of(0) == "tiresias2019"


async def test_every_misspelt_word_is_corrected_and_enter_takes_it(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("slash")
        await window.type("tiresis clustr")
        assert "Did you mean tiresias cluster?" in window.said("#nothing")
        await window.press("enter")
        assert window.main.search_bar.text == "tiresias cluster"
        assert window.key_of(0) == "tiresias2019"
        await window.press("enter")
        assert window.main.table.has_focus


async def test_among_all_papers_the_best_hit_stands_first(open_window: OpenWindow) -> None:
    from notes_tui.services import writing

    async with open_window() as window:
        await window.press("h", "g", "enter", "G")
        last = window.current
        writing.save_note(window.store, window.main.table.ids[0], "fairness comes last here")
        await window.press("slash")
        await window.type("fairness")
        ids = list(window.main.table.ids)
        assert ids == listing.find(window.store, "fairness", sort="rank")
        assert "fair" in listing.rows(window.store, ids[:1])[0].title.lower()
        assert window.main.table.index == 0
        await window.press("escape")
        assert window.current == last


async def test_searched_words_stand_out_and_the_details_show_their_place(open_window: OpenWindow) -> None:
    from notes_tui.services import writing

    async with open_window() as window:
        item_id = window.main.table.ids[0]
        writing.save_note(window.store, item_id, "one\n\ntwo words about glazes\n\nthree")
        await window.press("slash")
        await window.type("glaze")
        assert list(window.main.table.ids) == [item_id]
        found = next(line for line in window.lines_of("#detail") if "two words about glazes" in line)
        assert "note  one two words about glazes" in found
        marked = [
            segment.text
            for line in window.main.detail.lines
            for segment in line
            if segment.style and segment.style.underline
        ]
        assert "glaze" in marked
        await window.press("escape")
        await window.type("tiresias")
        strip = window.main.table.render_line(1)
        assert [segment.text for segment in strip if segment.style and segment.style.underline] == [
            "Tiresias"
        ]


async def test_many_changes_do_not_hold_a_search_up(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_window() as window:
        window.store.run("UPDATE items SET abstract = 'glazes'")
        monkeypatch.setattr("notes_tui.store.search.AT_ONCE", 10)
        window.main.browse()
        await window.press("slash")
        await window.type("glazes")
        await window.settle()
        assert window.store.count("SELECT count(*) FROM search_queue") == 0
        assert len(window.main.table.ids) == 84


@pytest.mark.parametrize(
    "text", ['"', "(", "a OR", "-", "year:x..", "C++", "[MASK] [/b]", "sort:", "tag:/", "'; --"]
)
async def test_no_text_is_an_error(open_window: OpenWindow, text: str) -> None:
    async with open_window() as window:
        window.main.search_bar.set_text(text)
        await window.settle()
        assert window.main.shown.text == text
        assert "Traceback" not in window.text


async def test_escape_in_the_bar_clears_then_returns(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("slash")
        await window.type("x")
        await window.press("escape")
        assert window.main.search_bar.text == ""
        assert window.main.search_bar.field.has_focus
        await window.press("escape")
        assert window.main.table.has_focus


async def test_a_query_given_at_the_start_looks_everywhere(open_window: OpenWindow) -> None:
    async with open_window(query="year:2020 sort:title") as window:
        found = listing.find(window.store, "year:2020 sort:title")
        assert list(window.main.table.ids) == found
        assert window.main.place.kind == "all"


async def test_the_latest_words_win(open_window: OpenWindow) -> None:
    async with open_window() as window:
        for text in ("g", "ga", "gan", "gand", "gandiva"):
            window.main.search_bar.set_text(text)
        await window.settle()
        assert window.main.shown.text == "gandiva"
        assert len(window.main.table.ids) == 1


async def test_the_sidebar_chooses_sections_statuses_and_everything(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("h", "j")
        assert window.main.place.section == ("Cluster Scheduling",)
        assert len(window.main.table.ids) == 15
        assert "Research Space › Cluster Scheduling" in window.row("papers", "#status")
        await window.press("g")
        assert window.main.place.kind == "all"
        assert len(window.main.table.ids) == 221
        await window.press("enter")
        assert window.main.table.has_focus


async def test_a_filter_stays_when_another_place_is_chosen(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("slash")
        await window.type("year:2020")
        await window.press("enter", "h", "g")
        assert list(window.main.table.ids) == listing.find(window.store, "year:2020")


async def test_sections_head_the_list_and_the_cursor_skips_them(open_window: OpenWindow) -> None:
    async with open_window() as window:
        lines = window.lines_of("#table")
        assert lines[0].strip() == "Cluster Scheduling"
        assert "Hybrid Parallelism" in lines[16]
        await window.press(*["j"] * 15)
        assert window.current == "alpa2022"
        await window.press("k")
        assert window.current == window.key_of(14)


async def test_the_order_can_be_chosen(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("s", "y")
        items = listing.rows(window.store, window.main.table.ids)
        assert items[0].year == max(item.year or 0 for item in items)
        assert "newest first" in window.row("Research", "#status")
        assert "Cluster Scheduling" not in "".join(window.lines_of("#table")[:1])


async def test_views_are_saved_from_the_filter_and_removed(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("slash")
        await window.type("year:2020")
        await window.press("enter", "V", "ctrl+u")
        await window.type("from 2020")
        await window.press("enter")
        assert listing.overview(window.store).views == (("from 2020", "collection:research-space year:2020"),)
        assert window.main.place.kind == "view"
        assert len(window.main.table.ids) == len(
            listing.find(window.store, "collection:research-space year:2020")
        )
        assert window.row("from 2020", "#sidebar")
        window.main.action_run("view.remove")
        await window.settle()
        assert not listing.overview(window.store).views
        assert window.main.place.kind == "all"


async def test_nested_tags_unfold_in_the_sidebar(open_window: OpenWindow) -> None:
    from notes_tui.services import writing

    async with open_window() as window:
        writing.add_tag(window.store, "moe/routing", [window.main.table.ids[0]])
        window.main.reload()
        await window.settle()
        await window.press("h", "G", "right")
        assert window.row("moe", "#sidebar")
        assert window.row("routing", "#sidebar")
        assert window.main.place.name == "moe"
        assert len(window.main.table.ids) == 1


async def test_the_palette_finds_commands_and_papers(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("ctrl+p")
        await window.type("tiresias")
        await window.wait_for("Tiresias: A GPU Cluster Manager")
        await window.press("down", "enter")
        assert window.current == "tiresias2019"


async def test_the_palette_puts_the_exact_title_before_commands(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("plus")
        await window.type("Read")
        await window.press("enter", "g", "ctrl+p")
        await window.type("read")
        await window.wait_for("unread")
        assert window.main.the_item().title != "Read"
        await window.press("enter")
        assert window.main.the_item().title == "Read"
        await window.press("ctrl+p")
        await window.type("undo")
        await window.wait_for("Take back the last change")
        await window.press("enter")
        assert "undone: " in window.toasts
