"""All annotations on one screen: filtered, grouped, changed, copied, opened, gone to, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from notes_tui.model.item import Annotation
from notes_tui.services import attaching, listing, writing
from notes_tui.services.home import reopen
from notes_tui.settings import Config, Home
from notes_tui.store import notes
from notes_tui.store.database import Store
from notes_tui.tui.dialogs.fields import Chips, Line
from notes_tui.tui.dialogs.row_list import RowList
from notes_tui.tui.screens.main import POLL_SECONDS
from tests.conftest import AddItem
from tests.services.annotated_pdfs import QUEUE, WORKER, paper, written
from tests.tui.conftest import OpenWindow, Window

VIEWER = Config(viewer=("viewer", "--page", "{page}", "{file}"))
Marks = Callable[[], dict[str, Annotation]]


@pytest.fixture
def marks(store: Store, add_item: AddItem, tmp_path: Path) -> Marks:
    """Two papers, one with a PDF; gives what they have by their words."""
    one = add_item("AntMan: Dynamic Scaling", citekey="antman2020", title_short="AntMan")
    two = add_item("Gandiva: Introspective Scheduling", citekey="xiao2018", title_short="Gandiva")
    attaching.attach(store, one, [str(written(tmp_path / "a b.pdf", paper(QUEUE, WORKER)))], link=True)
    writing.annotate(
        store, two, Annotation(page=7, quote="suspend and resume", comment="cheap", role="method")
    )

    def found() -> dict[str, Annotation]:
        both = (*notes.annotations_of(store, one), *notes.annotations_of(store, two))
        return {each.quote or each.comment: each for each in both}

    return found


def rows(window: Window) -> list[str]:
    """The lines of the list without the gaps in them."""
    shown = window.app.screen.query_one(RowList)
    return [" ".join(f"{row.left.plain} {row.right.plain}".split()) for row in shown.rows]


def place_of(window: Window, words: str) -> tuple[int, int]:
    """Where words stand on the screen."""
    return next(
        (line.index(words) + 1, y) for y, line in enumerate(window.text.splitlines()) if words in line
    )


async def test_typing_filters_and_the_arrows_lead_through_what_is_left(
    open_window: OpenWindow, marks: Marks
) -> None:
    async with open_window(size=(120, 40)) as window:
        await window.press("Q")
        assert rows(window) == [
            "! claim 1", "wait in a queue how long? AntMan p. 1", "⚙ method 1",
            "suspend and resume cheap Gandiva p. 7", "? question 1", "every added worker AntMan p. 2",
        ]  # fmt: skip
        await window.press("slash")
        await window.type("antman")
        assert "Annotations · 2 of 3" in window.text
        await window.press("tab", "down")
        assert rows(window) == [
            "AntMan 2", "wait in a queue how long? ! claim p. 1", "every added worker ? question p. 2",
        ]  # fmt: skip
        await window.press("escape")
        assert "Annotations · 3" in window.text
        await window.press("slash")
        await window.type("role:none")
        assert "Nothing matches." in window.text


async def test_without_annotations_it_says_how_they_come(open_window: OpenWindow, add_item: AddItem) -> None:
    add_item("AntMan: Dynamic Scaling")
    async with open_window() as window:
        await window.press("Q", "o", "e", "enter", "x")
        assert "No annotations yet: `a` on a paper writes one" in window.text


async def test_words_are_copied_alone_or_with_their_citation(open_window: OpenWindow, marks: Marks) -> None:
    async with open_window() as window:
        await window.press("Q", "y", "Y")
        assert window.outside.copied == ["wait in a queue", "“wait in a queue” [@antman2020, p. 1]"]


async def test_an_annotation_is_changed_where_it_stands(open_window: OpenWindow, marks: Marks) -> None:
    async with open_window(size=(120, 40)) as window:
        await window.press("Q", "j", "e")
        await window.press("backspace", "enter")
        assert marks()["suspend and resume"].page is None
        await window.press("r", "0")
        assert marks()["suspend and resume"].role == ""
        assert rows(window)[-2:] == ["without a role 1", "suspend and resume cheap Gandiva"]
        await window.press("d")
        assert (len(marks()), "Annotations · 2" in window.text) == (2, True)
        await window.press("u")
        assert (len(marks()), "Annotations · 3" in window.text) == (3, True)


async def test_an_annotation_opens_its_page_and_leads_to_its_paper(
    open_window: OpenWindow, marks: Marks, tmp_path: Path
) -> None:
    async with open_window(config=VIEWER) as window:
        await window.press("Q", "G", "o")
        assert window.outside.viewed == [("viewer", "--page", "2", str(tmp_path / "a b.pdf"))]
        item = listing.rows(window.store, listing.find(window.store, "key:antman2020"))[0]
        events = listing.detail(window.store, item.item_id).history
        assert ([each.kind for each in events], item.read_status) == (["opened"], "unread")
        await window.press("k", "enter")
        assert window.main.the_item().citekey == "xiao2018"


async def test_a_missing_pdf_is_told_and_the_screen_stays(open_window: OpenWindow, marks: Marks) -> None:
    async with open_window(config=VIEWER) as window:
        await window.press("Q", "j", "o")
        assert "no PDF is attached" in window.toasts
        assert "Annotations · 3" in window.text


async def test_a_click_shows_an_annotation_whole_and_a_double_click_goes_to_its_paper(
    open_window: OpenWindow, marks: Marks
) -> None:
    async with open_window(size=(120, 40)) as window:
        await window.press("Q")
        await window.pilot.click(offset=place_of(window, "suspend and resume"))
        await window.settle()
        assert "Gandiva p. 7 ⚙ method suspend and resume cheap" in window.words.replace("│ │ ", "")
        await window.pilot.click(offset=place_of(window, "y copy"))
        await window.settle()
        assert window.outside.copied == ["suspend and resume"]
        await window.pilot.double_click(offset=place_of(window, "suspend and resume"))
        await window.settle()
        assert window.main.the_item().citekey == "xiao2018"


async def test_what_a_file_says_besides_stands_with_the_annotation(
    open_window: OpenWindow, store: Store, add_item: AddItem
) -> None:
    from notes_tui.model.pdf import PdfAnnotation, Reply
    from notes_tui.services import file_words
    from notes_tui.settings import ROLES
    from notes_tui.store import file_annotations

    said = PdfAnnotation(
        kind="highlight", page=3, quote="l1ttle sense", heading="2 Design", doubts=("no-unicode",),
        replies=(Reply("r", "Ann", "see\npage 9", ""),),
    )  # fmt: skip
    with store.step("marks"):
        file_annotations.add(
            store, add_item("A Paper"), [file_words.new(said, "a1", "f", "2026-01-01T00:00:00+00:00", ROLES)]
        )
    async with open_window(size=(120, 40)) as window:
        await window.press("Q")
        assert "under “2 Design”" in window.text
        assert "↳ Ann: see page 9" in window.text
        assert "the text looks wrong: its letters have no Unicode values" in window.text


async def test_what_is_shown_is_written_to_a_file(
    open_window: OpenWindow, marks: Marks, tmp_path: Path
) -> None:
    async with open_window() as window:
        await window.press("Q", "slash")
        await window.type("gandiva")
        await window.press("enter", "x")
        window.app.screen.query_one(Line).value = str(tmp_path / "out.md")
        await window.press("enter")
        assert (tmp_path / "out.md").read_text("utf-8") == (
            "## method\n\n> suspend and resume\n>\n> — Gandiva [@xiao2018, p. 7]\n\ncheap\n"
        )


async def test_the_export_dialog_writes_quotes(open_window: OpenWindow, marks: Marks, tmp_path: Path) -> None:
    async with open_window() as window:
        await window.press("x")
        dialog = window.app.screen
        dialog.query_one(Line).value = str(tmp_path / "quotes.md")
        dialog.query_one(Chips).focus()
        await window.press("Q")
        assert "by role, with citations" in window.text
        await window.press("enter")
        await window.wait_for("3 annotations written to")
        text = (tmp_path / "quotes.md").read_text("utf-8")
        assert text.startswith(
            "## claim\n\n> wait in a queue\n>\n> — AntMan [@antman2020, p. 1]\n\nhow long?\n"
        )
        assert text.count("\n## ") == 2


async def test_what_a_viewer_brings_in_appears_in_the_open_window(
    open_window: OpenWindow, marks: Marks, home: Home
) -> None:
    async with open_window() as window:
        window.main.go_to(listing.find(window.store, "key:antman2020")[0])
        with reopen(home) as other:
            writing.annotate(other, window.main.the_item().item_id, Annotation(page=3, quote="from outside"))
        await window.wait_for("from outside")
        assert POLL_SECONDS < 1
