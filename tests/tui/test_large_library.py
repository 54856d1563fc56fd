"""A large library opens with its names at once; its whole list, its counts and drawn notes follow."""

from __future__ import annotations

import pytest

from notes_tui.services import keys, writing
from tests.tui.conftest import OpenWindow

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notes_tui.tui.screens.main.is_small", lambda _: False)
    monkeypatch.setattr("notes_tui.tui.screens.main.FIRST", 20)
    monkeypatch.setattr("notes_tui.tui.screens.main.FOLLOW_SECONDS", 0.01)


async def test_names_come_first_then_all_papers_and_counts(open_window: OpenWindow) -> None:
    async with open_window() as window:
        assert window.row("Research Space", "#sidebar")
        assert window.row("Cluster Sched", "#sidebar")
        assert "Research Space › Cluster Scheduling" in window.said("#detail")
        assert window.current == "antman2020"
        await window.wait_for("84 papers")
        await window.wait_for("All papers 221")
        assert window.row("0/84", "#sidebar")
        assert window.current == "antman2020"
        assert len(window.main.table.ids) == 84


async def test_a_key_before_the_rest_is_there_keeps_the_cursor(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("j", "j")
        await window.wait_for("84 papers")
        assert window.current == "gandiva2018"


async def test_undo_goes_on_in_a_thread(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("r")
        assert window.status_of("AntMan") == "read"
        await window.press("u")
        assert window.status_of("AntMan") == "unread"
        assert "undone: AntMan marked read" in window.toasts


@pytest.mark.parametrize(
    ("seconds", "shown", "gone"), [(3_600, "# Idea", "• one"), (0.01, "• one", "# Idea")]
)
async def test_a_note_stands_there_as_typed_until_markdown_is_loaded(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, seconds: float, shown: str, gone: str
) -> None:
    monkeypatch.setattr("notes_tui.tui.widgets.detail.LEARN_SECONDS", seconds)
    async with open_window() as window:
        writing.save_note(window.store, keys.find_item(window.store, "AntMan"), "# Idea\n\n- *one*\n")
        window.main.detail.knows_markdown = False
        window.main.reload()
        await window.wait_for(shown)
        assert gone not in window.said("#detail")
