"""Messages end, also those that are drawn in the moment in which their time is over."""

from __future__ import annotations

from time import time

from textual.widgets._toast import Toast

from notes_tui.tui.toasts import Toasted
from tests.tui.conftest import OpenWindow


def test_a_message_whose_time_is_over_still_has_a_moment() -> None:
    over = Toasted("gone", timeout=5, raised_at=time() - 5.00005)
    assert over.has_expired
    assert 0 < over.time_left < 0.1
    fresh = Toasted("here", timeout=5)
    assert not fresh.has_expired
    assert 4 < fresh.time_left <= 5


async def test_a_message_drawn_too_late_goes_away_and_the_window_goes_on(open_window: OpenWindow) -> None:
    async with open_window() as window:
        late = Toast(Toasted("late", timeout=1, raised_at=time() - 1.00005))
        await window.app.mount(late)
        for _ in range(100):
            await window.pilot.pause(0.01)
        assert not late.is_attached


async def test_what_the_window_says_is_such_a_message(open_window: OpenWindow) -> None:
    async with open_window() as window:
        window.app.notify("something", timeout=30)
        await window.wait_for("something")
        assert all(isinstance(each, Toasted) for each in window.app._notifications)
