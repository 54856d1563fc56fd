"""PDFs in the interface: attached, followed when opened, opened at a page, and all annotations in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.services import attaching, listing
from notes_tui.settings import Config
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.services.annotated_pdfs import ALL, QUEUE, WORKER, paper, written
from tests.tui.conftest import OpenWindow

VIEWER = Config(viewer=("viewer", "--page", "{page}", "{file}"))


@pytest.fixture
def place(store: Store, add_item: AddItem, tmp_path: Path) -> Path:
    """A linked PDF of the only item."""
    place = written(tmp_path / "antman.pdf", paper(QUEUE, WORKER))
    item_id = add_item("AntMan: Dynamic Scaling", citekey="AntMan", title_short="AntMan")
    attaching.attach(store, item_id, [str(place)], link=True)
    return place


async def test_a_file_is_attached_with_its_annotations_and_taken_back(
    open_window: OpenWindow, add_item: AddItem, tmp_path: Path
) -> None:
    item_id = add_item("AntMan: Dynamic Scaling")
    path = written(tmp_path / "antman.pdf", paper(*ALL))
    async with open_window(config=VIEWER) as window:
        window.outside.clipboard = str(path)
        await window.press("f", "enter")
        await window.wait_for("PDF attached to")
        assert "annotations: 3 added" in window.toasts
        assert len(listing.detail(window.store, item_id).annotations) == 3
        await window.press("O")
        assert window.outside.viewed[0][:3] == ("viewer", "--page", "1")
        assert "opened antman.pdf" in window.toasts
        await window.press("o", "p")
        assert window.outside.viewed[1] == window.outside.viewed[0]
        await window.press("u")
        assert listing.detail(window.store, item_id).annotations == ()


async def test_opening_a_paper_follows_its_file(open_window: OpenWindow, place: Path) -> None:
    async with open_window() as window:
        place.write_bytes(paper(*ALL))
        await window.press("enter")
        await window.wait_for("annotations: 1 added")
        assert "stays below one half" in window.words


async def test_all_annotations_by_role_and_by_paper_lead_to_their_page(
    open_window: OpenWindow, place: Path
) -> None:
    async with open_window(config=VIEWER) as window:
        await window.press("Q")
        assert "! claim" in window.text
        assert "? question" in window.text
        await window.press("j")
        assert "every added worker" in window.words
        await window.press("r", "6")
        assert "□ todo" in window.text
        await window.press("tab")
        assert "todo p. 2" in window.words
        await window.press("o")
        assert window.outside.viewed == [("viewer", "--page", "2", str(place))]


async def test_the_quote_of_the_clipboard_finds_its_page(open_window: OpenWindow, place: Path) -> None:
    async with open_window() as window:
        window.outside.clipboard = "those give whole de-\nvices to one job"
        await window.press("a", "enter")
        [_, _, quote] = listing.detail(window.store, window.main.the_item().item_id).annotations
        assert (quote.page, quote.source) == (3, "manual")
        assert quote.quote == "those give whole devices to one job"


async def test_words_in_the_pdf_are_shown_where_they_stand(open_window: OpenWindow, place: Path) -> None:
    async with open_window() as window:
        await window.press("slash")
        await window.type("utilisation")
        await window.press("enter")
        assert "p. 3" in window.row("p. 3", "#detail")
        assert "utilisation stays below one half" in window.said("#detail")
        assert "pdf antman.pdf" in window.said("#detail")


async def test_pages_with_the_searched_words_are_opened_by_enter_or_a_click(
    open_window: OpenWindow, place: Path
) -> None:
    async with open_window(config=VIEWER) as window:
        await window.press("slash")
        await window.type("queue")
        await window.press("enter", "enter", "enter")
        assert "p. 3" in window.words
        await window.press("2")
        assert window.outside.viewed == [("viewer", "--page", "3", str(place))]
        await window.click("#detail", "p. 1  Dynamic", into=1)
        assert window.outside.viewed[1:] == [("viewer", "--page", "1", str(place))]


async def test_enter_in_the_details_chooses_an_annotation_and_what_to_do_with_it(
    open_window: OpenWindow, place: Path
) -> None:
    async with open_window(config=VIEWER) as window:
        await window.press("enter", "enter")
        assert "? every added worker" in window.words
        await window.press("2", "o")
        assert window.outside.viewed == [("viewer", "--page", "2", str(place))]
        await window.press("enter", "2", "r", "6")
        assert "□ todo" in window.said("#detail")
