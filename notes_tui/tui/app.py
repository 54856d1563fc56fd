"""The interface as a Textual app: it only wires things together."""

from __future__ import annotations

import gc
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.notifications import Notify, SeverityLevel

from notes_tui.settings import Config, Home
from notes_tui.store.database import Store
from notes_tui.tui.clipboard import SystemClipboard
from notes_tui.tui.keys import resolve
from notes_tui.tui.screens.main import MainScreen
from notes_tui.tui.surroundings import Surroundings
from notes_tui.tui.theme import DARK, OWN
from notes_tui.tui.toasts import Toasted


class NotesApp(App[None]):
    """notes-tui on one library."""

    TITLE = "notes-tui"
    CSS_PATH = "screens/main.tcss"  # a first screen does not load its own
    ENABLE_COMMAND_PALETTE = False  # ours is opened by a command of the table
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False),
    ]

    def __init__(
        self, store: Store, home: Home, config: Config, query: str = "", outside: Surroundings | None = None
    ) -> None:
        super().__init__()
        self.keymap_in_force = resolve(config.keymap)
        self.set_keymap(self.keymap_in_force.chosen)
        for theme in OWN:
            self.register_theme(theme)
        surroundings = outside or Surroundings(SystemClipboard(self.copy_to_clipboard))
        self.main = MainScreen(store, home, config, self.keymap_in_force, surroundings, query)
        self.config = config
        wanted = config.theme or self.main.left.theme
        self.theme = wanted if wanted in self.available_themes else DARK.name

    def get_default_screen(self) -> MainScreen:
        """The main screen is the first and lowest one."""
        return self.main

    def on_mount(self) -> None:
        """Say what of the config could not be followed."""
        problems = list(self.keymap_in_force.problems)
        if self.config.theme and self.config.theme not in self.available_themes:
            problems.append(f"theme: there is no theme {self.config.theme!r}")
        for problem in problems:
            self.notify(problem, title="config.yaml", severity="warning", timeout=12, markup=False)

    def notify(
        self, message: str, *, title: str = "", severity: SeverityLevel = "information",
        timeout: float | None = None, markup: bool = True,
    ) -> None:  # fmt: skip
        """Show a message for some seconds. Threads may call it."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(Toasted(message, title, severity, seconds, markup=markup)))

    def on_ready(self) -> None:
        """What was made while starting stays to the end; from here on garbage is collected."""
        gc.freeze()
        gc.enable()

    async def action_quit(self) -> None:
        """Leave by way of the main screen, which remembers where it was."""
        self.main.action_run("main.quit")
