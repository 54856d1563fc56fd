"""A window on a library for tests: keys are pressed, the screen is read as text, the outside is a record."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest
import rich.markdown  # noqa: F401 - notes are drawn at once; otherwise their plain text stands there at first
from textual.pilot import Pilot
from textual.strip import Strip

from notes_tui.services import keys, listing
from notes_tui.services.home import open_home
from notes_tui.settings import Config, Home
from notes_tui.store.database import Store
from notes_tui.tui.app import NotesApp
from notes_tui.tui.screens.main import MainScreen
from notes_tui.tui.surroundings import Surroundings
from tests.conftest import Clock

LONGEST_WAIT = 60.0
"""Seconds after which a test gives up waiting and says for what."""


@dataclass
class Outside:
    """What the interface did to the world outside, and what that world answers."""

    opened: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    viewed: list[tuple[str, ...]] = field(default_factory=list)
    """Commands of viewers that were started."""
    has_browser: bool = True
    clipboard: str = ""
    edited: Callable[[str], str] = field(default=lambda text: text)
    """What the person's own editor makes of a text."""
    editor_status: int = 0

    def open(self, address: str) -> bool:
        """Record the address."""
        if self.has_browser:
            self.opened.append(address)
        return self.has_browser

    def copy(self, text: str) -> None:
        """Record the text."""
        self.copied.append(text)

    def paste(self) -> str:
        """What is on the clipboard."""
        return self.clipboard

    def start_viewer(self, command: Sequence[str]) -> None:
        """Record the command."""
        self.viewed.append(tuple(command))

    def run_editor(self, command: Sequence[str]) -> int:
        """Edit the file that stands last in the command."""
        place = Path(command[-1])
        place.write_text(self.edited(place.read_text("utf-8")), "utf-8")
        return self.editor_status


@dataclass
class Window:
    """One running interface."""

    app: NotesApp
    pilot: Pilot[None]
    store: Store
    outside: Outside

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        return self.app.main

    async def press(self, *keys_pressed: str) -> None:
        """Press keys, and wait until all that follows from them is done."""
        await self.pilot.press(*keys_pressed)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        names = {
            " ": "space",
            ":": "colon",
            "/": "slash",
            '"': "quotation_mark",
            ".": "full_stop",
            "-": "minus",
        }
        await self.press(*(names.get(letter, letter) for letter in text))

    async def settle(self) -> None:
        """Wait until nothing is being read or drawn; a command that waits for a person may go on waiting."""
        until = monotonic() + LONGEST_WAIT
        while True:
            assert monotonic() < until, (
                f"still busy: {[each.name or each.group for each in self.app.workers]}"
            )
            await self.pilot.pause()
            busy = [each for each in self.app.workers if each.group != "command" and not each.is_finished]
            if busy:
                await asyncio.wait_for(self.app.workers.wait_for_complete(busy), LONGEST_WAIT)
            elif self.main.loader.is_idle:
                await self.pilot.pause()
                return

    @property
    def text(self) -> str:
        """The screen as text, a line a row."""
        return "\n".join(strip.text.rstrip() for strip in self.text_rows())

    @property
    def words(self) -> str:
        """The screen's text with every gap as one space, for messages that were wrapped."""
        return " ".join(self.text.split())

    @property
    def toasts(self) -> str:
        """What the toasts say at present."""
        return " | ".join(notification.message for notification in self.app._notifications)

    def said(self, selector: str) -> str:
        """The text of one widget with every gap as one space."""
        return " ".join(" ".join(self.lines_of(selector)).split())

    async def wait_for(self, words: str) -> None:
        """Wait until the screen says something that no worker of ours announces."""
        until = monotonic() + LONGEST_WAIT
        while monotonic() < until:
            if words in self.words:
                return
            await self.settle()
        raise AssertionError(f"{words!r} never came; the screen says: {self.words}")

    def lines_of(self, selector: str) -> list[str]:
        """The rows of one widget."""
        region = self.main.query_one(selector).region
        rows = self.text_rows()[region.y : region.bottom]
        return [row.crop(region.x, region.right).text.rstrip() for row in rows]

    def text_rows(self) -> list[Strip]:
        """The rows of the screen."""
        return self.app.screen._compositor.render_strips()

    def row(self, words: str, selector: str = "#table") -> str:
        """The first row of a widget that holds some words."""
        return next((line for line in self.lines_of(selector) if words in line), "")

    async def click(self, selector: str, words: str, into: int = 0) -> None:
        """Click a text in a widget."""
        for number, line in enumerate(self.lines_of(selector)):
            if words in line:
                await self.pilot.click(selector, offset=(line.index(words) + into, number))
                await self.settle()
                return
        raise AssertionError(f"{words!r} is not in {selector}: {self.said(selector)}")

    def key_of(self, index: int) -> str:
        """The citekey of an item in the list."""
        return listing.rows(self.store, [self.main.table.ids[index]])[0].citekey

    @property
    def current(self) -> str:
        """The citekey of the item under the cursor."""
        item = self.main.current_item()
        return item.citekey if item else ""

    def status_of(self, key: str) -> str:
        """The read status of an item."""
        return listing.detail(self.store, keys.find_item(self.store, key)).item.read_status


OpenWindow = Callable[..., AbstractAsyncContextManager[Window]]


@pytest.fixture(scope="session")
def bundled_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the bundled library, made once; tests get copies."""
    home = Home(tmp_path_factory.mktemp("bundled"))
    open_home(home).close()
    return home


@pytest.fixture
def library(bundled_home: Home, home: Home) -> Home:
    """A home with the bundled library."""
    home.path.mkdir(parents=True, exist_ok=True)
    shutil.copy(bundled_home.database, home.database)
    return home


@pytest.fixture
def open_window(home: Home, clock: Clock) -> OpenWindow:
    """Open a window on the home; a ``with`` block of its own for each."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 40),
        config: Config | None = None,
        query: str = "",
        notifications: bool = True,
    ) -> AsyncIterator[Window]:
        outside = Outside()
        surroundings = Surroundings(outside, outside.open, outside.run_editor, outside.start_viewer)
        with open_home(home) as store:
            store.clock = clock
            app = NotesApp(store, home, config or Config(), query, surroundings)
            async with app.run_test(size=size, notifications=notifications) as pilot:
                window = Window(app, pilot, store, outside)
                await window.settle()
                yield window

    return opened
