"""A bare app that opens one dialog and keeps its result."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from notes_tui.tui.dialogs.base import Dialog
from notes_tui.tui.theme import OWN

OPEN = object()
"""The result of a dialog that is still open."""
HOSTILE = "BERT [MASK] and [/b] \x1b[31mred\x07 \u202etxt 调度 [link='x']y"
LONG = "long " * 600
_KEYS = {
    " ": "space",
    ":": "colon",
    "/": "slash",
    ".": "full_stop",
    "-": "minus",
    ",": "comma",
    "#": "number_sign",
}


class Host(App[None]):
    """An empty app with our themes and one dialog over it."""

    def __init__(self, dialog: Dialog[Any], theme: str) -> None:
        super().__init__()
        self.dialog = dialog
        self.chosen_theme = theme
        self.result: object = OPEN

    def on_mount(self) -> None:
        """Open the dialog."""
        for theme in OWN:
            self.register_theme(theme)
        self.theme = self.chosen_theme
        self.push_screen(self.dialog, self._keep)

    def _keep(self, result: object) -> None:
        self.result = result


@dataclass
class Window:
    """A dialog on a screen."""

    app: Host
    pilot: Pilot[None]

    @property
    def result(self) -> object:
        """What the dialog ended with, or ``OPEN``."""
        return self.app.result

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        await self.press(*(_KEYS.get(letter, letter) for letter in text))

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that a timer or a thread brings about."""
        for _ in range(1_000):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"waited in vain; the screen says\n{self.text}")

    @property
    def text(self) -> str:
        """The screen as text, a line a row."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def line_with(self, words: str) -> str:
        """The first row of the screen that holds some words."""
        return next((line for line in self.text.splitlines() if words in line), "")

    async def click_on(self, words: str) -> None:
        """Click where some words stand."""
        for y, line in enumerate(self.text.splitlines()):
            if words in line:
                from rich.cells import cell_len

                await self.pilot.click(offset=(cell_len(line[: line.index(words)]) + 1, y))
                await self.pilot.pause()
                return
        raise AssertionError(f"{words!r} is not on the screen\n{self.text}")


@asynccontextmanager
async def opened(
    dialog: Dialog[Any], size: tuple[int, int] = (80, 24), theme: str = "notes-dark"
) -> AsyncIterator[Window]:
    """Run a dialog."""
    app = Host(dialog, theme)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Window(app, pilot)
