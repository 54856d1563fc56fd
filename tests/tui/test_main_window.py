"""The window itself: sizes, folds, mouse, keymap, themes, what is remembered, other windows, hostile text."""

from __future__ import annotations

import pytest
from textual.geometry import Offset

from notes_tui.model.item import Annotation
from notes_tui.services import editing, journaling, listing, reading, writing
from notes_tui.services.home import init_home, open_home
from notes_tui.settings import Config, Home
from notes_tui.tui.leaving import tell_interrupted
from tests.conftest import HOSTILE_TITLES, AddItem
from tests.tui.conftest import OpenWindow


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (40, 10), (20, 5)])
async def test_every_size_shows_the_list_and_takes_keys(
    open_window: OpenWindow, size: tuple[int, int]
) -> None:
    async with open_window(size=size) as window:
        await window.press("j", "r", "]", "]", "[", "[", "slash", "escape", "G", "g")
        assert window.status_of("ElasticFlow") == "read"
        assert all(len(line) <= size[0] for line in window.text.splitlines())


@pytest.mark.usefixtures("library")
async def test_a_narrow_screen_folds_the_panes_and_calls_them_up(open_window: OpenWindow) -> None:
    async with open_window(size=(80, 24)) as window:
        main = window.main
        assert not main.sidebar.display
        assert not main.detail.display
        assert main.table.size.width >= 78
        await window.press("h")
        assert main.sidebar.has_focus
        await window.press("l", "enter")
        assert main.detail.has_focus
        assert main.detail.region.y > main.table.region.y
        await window.press("]")
        assert main.table.has_focus
        assert not main.detail.display


@pytest.mark.usefixtures("library")
async def test_a_wide_screen_folds_by_keys_and_remembers_it(open_window: OpenWindow) -> None:
    async with open_window() as window:
        assert window.main.sidebar.display
        await window.press("[", "]")
        assert not window.main.sidebar.display
        assert window.main.table.size.width >= 118
        await window.press("q")
    async with open_window() as window:
        assert not window.main.sidebar.display
        await window.press("[")
        assert window.main.sidebar.display


@pytest.mark.usefixtures("library")
async def test_reopens_at_the_place_and_the_paper_it_was_left_at(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("h", "j", "j", "enter", "j", "ctrl+t")
        left = window.current
        await window.press("slash")
        await window.type("zzz")
        await window.press("escape", "escape", "q")
    async with open_window() as window:
        assert window.main.place.section == ("Hybrid Parallelism",)
        assert window.current == left
        assert window.app.theme == "notes-light"
        assert window.main.search_bar.text == ""


@pytest.mark.usefixtures("library")
async def test_what_is_remembered_may_be_nonsense(open_window: OpenWindow, home: Home) -> None:
    with open_home(home) as store:
        store.run(
            "INSERT INTO meta VALUES ('state.interface', ?)",
            ('{"place": {"kind": "x"}, "item": "y", "open": 3}',),
        )
    async with open_window() as window:
        assert window.current == "antman2020"


@pytest.mark.usefixtures("library")
async def test_another_process_is_seen_without_losing_cursor_or_selection(
    open_window: OpenWindow, home: Home
) -> None:
    async with open_window() as window:
        await window.press("j", "space")
        before = window.current
        with open_home(home) as other:
            reading.mark(other, "read", [window.main.table.ids[0]], allowed=Config().status_names)
        window.main._look_outside()
        await window.settle()
        assert "● read" in window.row("AntMan")
        assert window.current == before
        assert "1 selected" in window.said("#status")
        assert "1/84" in window.row("Research Space", "#sidebar")


@pytest.mark.usefixtures("library")
async def test_the_mouse_selects_opens_chooses_and_presses(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.pilot.click("#table", offset=(20, 4))
        await window.settle()
        assert window.current == "gavel2020"
        await window.pilot.click("#table", offset=(1, 2))
        await window.settle()
        assert "1 selected" in window.said("#status")
        await window.pilot.click("#table", offset=(1, 2))
        await window.pilot.double_click("#table", offset=(20, 3))
        await window.settle()
        assert window.current == "gandiva2018"
        assert window.main.detail.has_focus
        await window.click("#keys", "read")
        assert window.status_of("Gandiva") == "read"
        await window.click("#sidebar", "Pipeline")
        assert window.main.place.section == ("Pipeline",)
        await window.click("#sidebar", "▸ Training System", 1)
        assert "training-system" in "".join(window.main.sidebar.open_keys)
        await window.pilot._post_mouse_events([_scroll()], "#table", Offset(5, 5))
        await window.settle()


def _scroll() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


@pytest.mark.usefixtures("library")
async def test_links_tags_and_lists_of_the_third_pane_can_be_clicked(open_window: OpenWindow) -> None:
    async with open_window() as window:
        item_id = window.main.the_item().item_id
        writing.add_tag(window.store, "favourite", [item_id])
        editing.edit(window.store, item_id, {"links": "https://example.org/a"})
        window.main.reload()
        await window.settle()
        await window.click("#detail", "example.org/a")
        assert window.outside.opened == ["https://example.org/a"]
        await window.click("#detail", "#favourite")
        assert (window.main.place.kind, window.main.place.name) == ("tag", "favourite")
        await window.click("#detail", "Research Space › Cluster")
        assert window.main.place.section == ("Cluster Scheduling",)


@pytest.mark.usefixtures("library")
async def test_keys_are_remapped_and_what_cannot_be_is_told(open_window: OpenWindow) -> None:
    keymap = {
        "item.mark-read": "R,f5",
        "item.tag": "x",
        "no.such": "z",
        "item.note": "no-key",
        "list.down": "down",
    }
    async with open_window(config=Config(keymap=keymap, theme="none-such")) as window:
        for problem in (
            "there is no command 'no.such'",
            "item.note: 'no-key' is no key",
            "x is item.tag already, so library.export does not get it",
            "R is item.mark-read already, so item.restore does not get it",
            "there is no theme 'none-such'",
        ):
            assert problem in window.toasts
        await window.press("r")
        assert window.status_of("AntMan") == "unread"
        await window.press("R")
        assert window.status_of("AntMan") == "read"
        assert "R read" in window.said("#keys")
        await window.press("j")
        assert window.current == "antman2020"
        await window.press("x")
        assert "Tags · AntMan" in window.text


@pytest.mark.usefixtures("library")
async def test_help_shows_every_key_and_every_command(open_window: OpenWindow) -> None:
    async with open_window(size=(120, 400)) as window:
        await window.press("question_mark")
        for words in (
            "Mark as read",
            "Add a quote",
            "To the pane on the left",
            "Filter what is shown while you type",
        ):
            assert words in window.words


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "key", ["H", "full_stop", "number_sign", "m", "y", "s", "E", "plus", "t", "V", "question_mark"]
)
async def test_every_screen_opens_on_a_small_window_and_closes(open_window: OpenWindow, key: str) -> None:
    async with open_window(size=(80, 24)) as window:
        await window.press(key)
        await window.press("escape")
        assert window.app.screen is window.main


@pytest.mark.parametrize("title", HOSTILE_TITLES)
async def test_hostile_titles_are_shown_plainly_everywhere(
    open_window: OpenWindow, add_item: AddItem, title: str
) -> None:
    add_item(title, title_short=title[:20], venue=title[:30])
    async with open_window() as window:
        item = window.main.the_item()
        writing.save_note(window.store, item.item_id, f"{title}\n\n**[/b]** \x1b[31m")
        writing.annotate(
            window.store, item.item_id, Annotation(quote=title or "x", comment=title, role="claim")
        )
        writing.add_tag(window.store, "[b]/x", [item.item_id])
        editing.edit(window.store, item.item_id, {"abstract": title})
        window.main.reload()
        await window.press("r", "space", "i")
        await window.press(
            "H", "escape", "m", "escape", "t", "escape", "n", "escape", "a", "escape", "p", "escape"
        )
        await window.press("E", "escape", "full_stop", "escape", "o", "escape", "y", "c", "c", "escape")
        raw = "".join(segment.text for row in window.text_rows() for segment in row)
        assert not any(
            letter < " " or "\x7f" <= letter < "\xa0" or letter in "\u202e\u202d\u2066" for letter in raw
        )
        if title == "BERT [MASK] and [/b]":
            assert title in window.text
            await window.press("ctrl+p")
            await window.type("BERT")
            await window.wait_for(title)


async def test_an_empty_library_says_what_to_do_next(open_window: OpenWindow, home: Home) -> None:
    init_home(home, empty=True)
    async with open_window() as window:
        said = window.said("#nothing")
        assert "This library is empty." in said
        assert "+ adds papers" in said
        await window.press("r", "n", "a", "t", "o", "y", "m", "p", "d", "space", "j", "G", "u", "enter")
        assert "nothing to do" in window.words or "no paper chosen" in window.words
        await window.press("plus")
        await window.type("First")
        await window.press("enter")
        assert window.row("First")


async def test_long_lists_fetch_only_what_is_in_view(open_window: OpenWindow, home: Home) -> None:
    from tests.benchmarks.bench_interface import grow

    init_home(home, empty=True)
    with open_home(home) as store:
        grow(store, 5_000)
    async with open_window() as window:
        await window.wait_for("5,000 papers")
        assert len(window.main.table.ids) == 5_000
        fetched: list[int] = []
        fetch = window.main.table.fetch
        window.main.table.fetch = lambda ids: fetched.extend(ids) or fetch(ids)  # type: ignore[func-returns-value]
        await window.press("G", "r")
        assert window.status_of("key4999") == "read"
        assert window.current == "key4999"
        assert len(set(fetched)) < 300


@pytest.mark.usefixtures("library")
async def test_themes_switch_between_dark_and_light_and_all_others_work(open_window: OpenWindow) -> None:
    async with open_window() as window:
        assert window.app.theme == "notes-dark"
        await window.press("ctrl+t")
        assert window.app.theme == "notes-light"
        for theme in window.app.available_themes:
            window.app.theme = theme
            await window.settle()
            assert window.row("AntMan")


@pytest.mark.usefixtures("library")
async def test_everything_the_interface_changed_is_undone_step_by_step(open_window: OpenWindow) -> None:
    async with open_window() as window:
        before = listing.detail(window.store, window.main.the_item().item_id)
        await window.press("r", "4", "d")
        steps = len(journaling.steps(window.store))
        await window.press(*["u"] * steps)
        after = listing.detail(window.store, before.item.item_id)
        assert after == before


@pytest.mark.usefixtures("library")
async def test_a_library_that_cannot_be_written_is_said_and_shown(open_window: OpenWindow) -> None:
    async with open_window() as window:
        window.store.run("PRAGMA query_only=1")
        await window.press("r")
        assert "database:" in window.toasts
        assert window.status_of("AntMan") == "unread"
        await window.press("a")
        await window.type("5")
        await window.press("escape", "h", "j", "j", "enter", "t", "escape", "d", "c", "escape")
        window.main.remember()
        tell_interrupted(window.main)
        assert window.row("Alpa")
        window.store.run("PRAGMA query_only=0")


@pytest.mark.usefixtures("library")
async def test_a_fault_of_the_program_is_told_and_leaves_the_person_where_they_were(
    open_window: OpenWindow,
) -> None:
    async with open_window() as window:

        async def fault() -> None:
            raise ZeroDivisionError("by [/b]")

        window.main.perform(fault)
        await window.settle()
        assert "ZeroDivisionError: by [/b]" in window.toasts
        await window.press("j")
        assert window.current == "elasticflow2023"
