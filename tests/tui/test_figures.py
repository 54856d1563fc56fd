"""Figures in the interface: attached from the details and while a note is written, shown, opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.model.figures import pictures
from notes_tui.services import attaching, journaling, listing, writing
from notes_tui.services.attaching import FigureNote
from notes_tui.store import attachments
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.services.pictures import BLUE, RED, drawn
from tests.tui.conftest import OpenWindow


@pytest.fixture
def item_id(add_item: AddItem) -> int:
    """The only item."""
    return add_item("AntMan: Dynamic Scaling", citekey="AntMan", title_short="AntMan")


def note(store: Store, item_id: int, title: str = "") -> str:
    return writing.read_note(store, item_id, title)


def plain(text: str) -> str:
    """Words without the bars at their sides."""
    return " ".join(text.replace("▌", " ").replace("│", " ").split())


async def test_a_picture_on_the_clipboard_is_attached_with_a_caption_and_opened(
    open_window: OpenWindow, item_id: int, tmp_path: Path
) -> None:
    async with open_window() as window:
        window.outside.clipboard = f"file://{drawn(tmp_path / 'fig.png')}"
        await window.press("f", "enter")
        await window.type("The queue")
        await window.press("enter")
        await window.wait_for("figure attached to AntMan")
        [picture] = pictures(note(window.store, item_id))
        assert picture.caption == "The queue"
        shown = plain(window.said("#detail"))
        assert f"Figure: The queue ({picture.link})" in shown
        assert f"figure The queue {picture.link}" in shown
        await window.click("#detail", "Figure: The queue")
        assert Path(window.outside.viewed[0][-1]).read_bytes() == RED
        await window.press("O", "enter")
        assert window.outside.viewed[0] == window.outside.viewed[1]
        await window.press("u")
        assert note(window.store, item_id) == ""
        assert listing.detail(window.store, item_id).item.attachments == ()


async def test_the_note_that_shows_it_can_be_chosen(
    open_window: OpenWindow, item_id: int, store: Store, tmp_path: Path
) -> None:
    writing.save_note(store, item_id, "Why?\n", title="Questions")
    async with open_window() as window:
        window.outside.clipboard = str(drawn(tmp_path / "fig.png"))
        await window.press("f", "enter", "down", "enter", "enter")
        await window.wait_for("figure attached to AntMan")
        assert note(window.store, item_id) == ""
        assert len(pictures(note(window.store, item_id, "Questions"))) == 1


async def test_a_figure_comes_into_a_note_that_is_written_as_one_step_with_it(
    open_window: OpenWindow, item_id: int, tmp_path: Path
) -> None:
    async with open_window() as window:
        window.outside.clipboard = str(drawn(tmp_path / "fig.png"))
        await window.press("n")
        await window.type("words")
        await window.press("ctrl+f", "enter")
        await window.type("The plot")
        await window.press("enter")
        [picture] = pictures(note(window.store, item_id))
        assert note(window.store, item_id) == f"words\n\n![The plot]({picture.link})"
        await window.wait_for(f"Figure: The plot ({picture.link})")
        await window.type(" more")
        await window.press("ctrl+o")
        assert Path(window.outside.viewed[0][-1]).read_bytes() == RED
        await window.press("escape")
        assert len(journaling.steps(window.store)) == 2
        await window.press("u")
        assert note(window.store, item_id) == ""
        assert attachments.of_items(window.store, [item_id]) == []


async def test_a_path_that_a_note_links_to_is_offered_and_taken_in(
    open_window: OpenWindow, item_id: int, store: Store, tmp_path: Path
) -> None:
    place = drawn(tmp_path / "my plots" / "a b.png", BLUE)
    writing.save_note(store, item_id, f"See ![The plot](<{place}>) there.\n")
    async with open_window() as window:
        await window.press("n", "ctrl+home")
        assert attachments.of_items(window.store, [item_id]) == []
        await window.press("ctrl+f", "enter", "enter", "escape")
        [file] = attachments.of_items(window.store, [item_id])
        assert note(window.store, item_id) == f"See ![The plot]({file.link}) there.\n"
        assert Path(file.path).read_bytes() == BLUE


async def test_what_is_no_picture_or_is_gone_is_told_in_the_editor(
    open_window: OpenWindow, item_id: int, store: Store, tmp_path: Path
) -> None:
    words = drawn(tmp_path / "words.png", b"%PDF-1.7 words")
    writing.save_note(store, item_id, "![x](figures/none.png)\n")
    async with open_window(size=(80, 24)) as window:
        window.outside.clipboard = str(words)
        await window.press("n", "ctrl+o")
        assert "not opened, cannot read: figures/none.png: it is not where it was" in window.words
        await window.press("ctrl+f", "enter", "enter")
        assert "it is no picture" in plain(window.words)
        await window.press("ctrl+f", "escape", "escape")
        assert note(window.store, item_id) == "![x](figures/none.png)\n"
        assert window.outside.viewed == []


async def test_figures_of_html_and_wiki_links_are_shown_and_clicked_in_the_preview(
    open_window: OpenWindow, item_id: int, store: Store, tmp_path: Path
) -> None:
    attaching.attach(store, item_id, [str(drawn(tmp_path / "fig.png"))], note=FigureNote("", "One"))
    [file] = attachments.of_items(store, [item_id])
    name = file.link.rpartition("/")[2]
    writing.save_note(
        store, item_id, f'![[{name}]]\n\n<img src="{file.link}" alt="Two">\n\n![web](https://x.org/a.png)\n'
    )
    async with open_window() as window:
        shown = plain(window.said("#detail"))
        assert f"Figure: {name}" in shown
        assert f"Figure: Two ({file.link})" in shown
        assert "Figure: web (https://x.org/a.png)" in shown
        await window.press("n")
        await window.wait_for(f"Figure: {name}")
        row = next(number for number, line in enumerate(window.text.split("\n")) if f"Figure: {name}" in line)
        await window.pilot.click(offset=(window.text.split("\n")[row].index("Figure") + 2, row))
        await window.settle()
        assert Path(window.outside.viewed[0][-1]).read_bytes() == RED
