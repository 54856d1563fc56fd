"""Writing from the main screen: notes, quotes, tags; adding, correcting, collecting; taking things along."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notes_tui.model.item import Annotation
from notes_tui.services import collecting, editing, journaling, keys, listing, reading, writing
from notes_tui.services.browsing import Place
from notes_tui.settings import Config
from notes_tui.tui.leaving import tell_interrupted
from tests.tui.conftest import OpenWindow

pytestmark = pytest.mark.usefixtures("library")


async def test_a_quote_comes_from_the_clipboard_with_its_page(open_window: OpenWindow) -> None:
    async with open_window() as window:
        window.outside.clipboard = "Jobs have [/b] fluctuating demands."
        await window.press("a")
        await window.type("5")
        await window.press("enter")
        (quote,) = listing.detail(window.store, window.main.the_item().item_id).annotations
        assert (quote.quote, quote.page) == ("Jobs have [/b] fluctuating demands.", 5)
        assert "quote added to AntMan on page 5 · u undo" in window.toasts
        assert "Jobs have [/b] fluctuating" in window.said("#detail")
        assert "❝" in window.row("AntMan")


async def test_a_note_is_saved_while_it_is_typed_and_is_one_step(open_window: OpenWindow) -> None:
    async with open_window() as window:
        item_id = window.main.the_item().item_id
        await window.press("n")
        await window.type("good idea")
        await window.press("ctrl+s")
        assert writing.read_note(window.store, item_id) == "good idea"
        await window.type(" indeed")
        await window.press("escape")
        assert writing.read_note(window.store, item_id) == "good idea indeed"
        assert "good idea indeed" in window.said("#detail")
        assert "✎" in window.row("AntMan")
        assert [step.label for step in journaling.steps(window.store)] == ["note on AntMan changed"]
        await window.press("u")
        assert writing.read_note(window.store, item_id) == ""


async def test_a_note_changed_elsewhere_meanwhile_is_joined(open_window: OpenWindow) -> None:
    async with open_window() as window:
        item_id = window.main.the_item().item_id
        writing.save_note(window.store, item_id, "first\n\nlast\n")
        window.main.reload()
        await window.press("n")
        await window.press("ctrl+home")
        await window.type("mine ")
        writing.save_note(window.store, item_id, "first\n\nlast and theirs\n")
        await window.press("escape")
        assert writing.read_note(window.store, item_id) == "mine first\n\nlast and theirs\n"


async def test_the_editor_outside_gets_the_note_and_gives_it_back(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.app.App.suspend", _no_terminal)
    async with open_window(config=Config(editor=("edit", "--wait"))) as window:
        item_id = window.main.the_item().item_id
        writing.save_note(window.store, item_id, "before")
        window.outside.edited = lambda text: text + " and after\n"
        await window.press("N")
        assert writing.read_note(window.store, item_id) == "before and after\n"
        window.outside.editor_status = 1
        await window.press("N")
        assert writing.read_note(window.store, item_id) == "before and after\n"
        assert "ended with status 1" in window.words


async def test_without_an_editor_it_is_said_how_to_name_one(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("N")
        assert "editor: no editor is known" in window.words


def _no_terminal(_app: object) -> object:
    import contextlib

    return contextlib.nullcontext()


async def test_tags_are_put_on_all_selected_papers_in_one_step(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("space", "space", "t")
        await window.type("sched/gpu")
        await window.press("enter")
        assert writing.tags(window.store) == [("sched/gpu", 2)]
        assert "2 items tagged sched/gpu" in window.words
        assert window.row("sched", "#sidebar")
        await window.press("u")
        assert writing.tags(window.store) == []


async def test_papers_are_added_and_the_cursor_goes_there(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("plus")
        await window.type("A Paper of My Own")
        await window.press("enter")
        assert window.main.the_item().title == "A Paper of My Own"
        assert "A Paper of My Own added · u undo" in window.words
        await window.press("plus")
        await window.type("antman dynamic")
        await window.press("escape")
        assert len(listing.find(window.store)) == 222


async def test_fields_are_corrected_and_what_is_wrong_is_said(open_window: OpenWindow) -> None:
    async with open_window() as window:
        assert editing.refusals(
            window.store, window.main.the_item().item_id, {"year": "soon", "venue": "X"}
        ) == {"year": "a number from 1 to 9999, or nothing"}
        await window.press("E")
        await window.press("ctrl+u")
        await window.type("Ants")
        await window.press("ctrl+s")
        assert window.main.the_item().title == "Ants"
        assert "AntMan: title changed · u undo" in window.words


async def test_papers_go_into_a_collection_of_ones_own_and_out_again(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("space", "space", "c")
        await window.type("Thesis")
        await window.press("enter")
        assert [item.title_short for _, item in collecting.show(window.store, "thesis").entries] == [
            "AntMan",
            "ElasticFlow",
        ]
        assert len(journaling.steps(window.store)) == 1
        assert window.row("Thesis", "#sidebar")
        await window.press("escape", "j", "c", "enter")
        assert len(collecting.show(window.store, "thesis").entries) == 3
        await window.press("h", "slash", "escape", "escape")
        window.main.show(Place("collection", "thesis"))
        await window.settle()
        await window.press("C")
        assert len(collecting.show(window.store, "thesis").entries) == 2


async def test_links_open_without_changing_the_status_and_others_are_refused(open_window: OpenWindow) -> None:
    async with open_window() as window:
        item_id = window.main.the_item().item_id
        editing.edit(window.store, item_id, {"links": "https://example.org/antman"})
        await window.press("o")
        assert window.outside.opened == ["https://example.org/antman"]
        assert window.status_of("AntMan") == "unread"
        assert [event.kind for event in reading.history(window.store, item_id)] == ["opened"]
        for address in (
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ssh://host",
            "https://a b",
            "http://\x1b[2J",
        ):
            window.main.detail.action_address(address)
            await window.settle()
        assert window.outside.opened == ["https://example.org/antman"]
        assert "this link is not opened" in window.words
        window.main.detail.action_address("doi:10.1145/1.2")
        await window.settle()
        assert window.outside.opened[-1] == "https://doi.org/10.1145/1.2"


async def test_without_a_link_a_search_for_the_title_is_offered(open_window: OpenWindow) -> None:
    async with open_window() as window:
        editing.edit(window.store, window.main.the_item().item_id, {"links": "", "doi": "", "arxiv": ""})
        await window.press("o")
        assert "Search for the title in the browser" in window.text
        await window.press("s")
        assert window.outside.opened[0].startswith("https://scholar.google.com/scholar?q=AntMan")


async def test_where_there_is_no_browser_the_address_is_copied(open_window: OpenWindow) -> None:
    async with open_window() as window:
        window.outside.has_browser = False
        editing.edit(window.store, window.main.the_item().item_id, {"links": "https://example.org/x"})
        await window.press("o")
        assert window.outside.copied == ["https://example.org/x"]


async def test_citekeys_and_bibtex_of_the_selection_are_copied(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("space", "space", "y", "k")
        assert window.outside.copied == ["antman2020,elasticflow2023"]
        await window.press("y", "b")
        assert window.outside.copied[1].count("@") == 2


async def test_export_suggests_a_folder_says_what_would_be_new_and_writes(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    os.makedirs(os.environ["HOME"])
    async with open_window() as window:
        await window.press("x")
        await window.wait_for("221 new, 0 changed")
        await window.press("enter")
        await window.settle()
        assert "221 notes written to ~/notes-tui" in window.words
        folder = Path(os.environ["HOME"]) / "notes-tui"
        assert len(list(folder.rglob("*.md"))) > 221
        await window.press("r", "x")
        await window.wait_for("0 new, 1 changed, 220 unchanged")
        await window.press("enter")
        await window.settle()
        assert "1 note changed in ~/notes-tui" in window.words


async def test_annotations_are_changed_and_removed(open_window: OpenWindow) -> None:
    async with open_window() as window:
        item_id = window.main.the_item().item_id
        made = writing.annotate(window.store, item_id, Annotation(quote="words", page=3)).annotation
        window.main.reload()
        window.main.detail.action_annotation(made.id)
        await window.settle()
        await window.press("d")
        assert not listing.detail(window.store, item_id).annotations
        assert "annotation on AntMan removed · u undo" in window.toasts


async def test_a_note_that_was_being_typed_in_a_crash_is_told(open_window: OpenWindow) -> None:
    async with open_window() as window:
        gone = 2**22 + 5
        window.store.run(
            "INSERT INTO editing VALUES (?, '', ?, '2026-01-01')",
            (keys.find_item(window.store, "AntMan"), gone),
        )
        tell_interrupted(window.main)
        await window.settle()
        assert "it is saved: AntMan" in window.words
