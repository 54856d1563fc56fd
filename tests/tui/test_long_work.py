"""Changes to very many papers: the screen stays alive, they can be cancelled, and one key takes them back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest

from notes_tui.services import listing
from notes_tui.services.citing import CopyKind, copy_text
from notes_tui.services.home import reopen
from notes_tui.services.remembering import where_left
from notes_tui.settings import Home
from tests.tui.conftest import LONGEST_WAIT, OpenWindow, Window

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notes_tui.tui.desk.MANY", 10)
    monkeypatch.setattr("notes_tui.tui.desk.PATIENCE", 0.01)
    monkeypatch.setattr("notes_tui.services.in_parts.PART", 5)
    monkeypatch.setattr("notes_tui.services.citing.PART", 5)


@contextmanager
def somebody_else_writing(home: Home) -> Iterator[None]:
    """Another window that is in the middle of a change, which every other change waits for."""
    with reopen(home) as other:
        other.run("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.run("ROLLBACK")


async def until(window: Window, words: str) -> None:
    """Wait until the screen says something, though work goes on."""
    give_up_at = monotonic() + LONGEST_WAIT
    while monotonic() < give_up_at:
        if words in window.words:
            return
        await window.pilot.pause()
    raise AssertionError(f"{words!r} never came; the screen says: {window.words}")


def number_of(window: Window, query: str) -> int:
    """How many papers a query finds."""
    return len(listing.find(window.store, query))


async def test_while_papers_are_marked_the_cursor_moves_and_other_changes_wait(
    open_window: OpenWindow, home: Home
) -> None:
    async with open_window() as window:
        with somebody_else_writing(home):
            await window.pilot.press("ctrl+a", "r")
            assert window.main.work is not None
            assert "working …" in window.said("#status")
            assert "esc cancels" in window.said("#status")
            before = window.current
            await window.pilot.press("j")
            assert window.current != before
            await window.pilot.press("t")
            await until(window, "something is under way")
        await window.settle()
        assert number_of(window, "status:read") == 84
        assert "84 items marked read today · u undo" in window.toasts
        await window.press("u")
        assert number_of(window, "status:read") == 0


async def test_escape_cancels_and_nothing_remains(open_window: OpenWindow, home: Home) -> None:
    async with open_window() as window:
        with somebody_else_writing(home):
            await window.pilot.press("ctrl+a", "4", "escape")
            assert "cancelling …" in window.said("#status")
        await until(window, "cancelled: nothing was changed")
        assert number_of(window, "rating:4") == 0
        assert len(window.main.table.selected) == 84
        await window.press("u")
        assert "no change to take back" in window.toasts


@pytest.mark.parametrize(
    ("key", "copies"), [("k", "citekey"), ("c", "citation"), ("b", "bibtex"), ("l", "link")]
)
async def test_very_many_papers_are_copied_as_a_few_are(
    open_window: OpenWindow, key: str, copies: CopyKind
) -> None:
    async with open_window() as window:
        await window.press("ctrl+a", "y", key)
        await until(window, "copied: ")
        assert window.outside.copied == [copy_text(listing.rows(window.store, window.main.table.ids), copies)]


async def test_while_another_program_writes_a_single_mark_waits_and_the_cursor_moves(
    open_window: OpenWindow, home: Home
) -> None:
    async with open_window() as window:
        key = window.current
        with somebody_else_writing(home):
            await window.pilot.press("r")
            assert "working …" in window.said("#status")
            await window.pilot.press("j")
            assert window.current != key
            window.main.remember()
        await window.settle()
        assert window.status_of(key) == "read"
        window.main.remember()
        assert where_left(window.store).item_id == window.main.table.ids[1]


async def test_a_mark_behind_another_keeps_its_turn(open_window: OpenWindow, home: Home) -> None:
    async with open_window() as window:
        with somebody_else_writing(home):
            await window.pilot.press("ctrl+a", "r", "w")
        await window.settle()
        assert number_of(window, "status:queued") == 84
        await window.press("u")
        assert number_of(window, "status:read") == 84


async def test_leaving_in_the_middle_asks_first(open_window: OpenWindow, home: Home) -> None:
    async with open_window() as window:
        with somebody_else_writing(home):
            await window.pilot.press("ctrl+a", "r", "q")
            await until(window, "Leave and cancel it?")
            await window.pilot.press("escape")
            assert window.app.is_running
        await window.settle()
        assert number_of(window, "status:read") == 84
