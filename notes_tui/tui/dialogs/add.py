"""New items, pasted in any form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from notes_tui.services.wording import count_of
from notes_tui.tui.dialogs.base import CANCEL, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Box

_HINTS = (Hint("enter", "add", "screen.accept"), Hint("ctrl+j", "new line", "screen.new_line"), CANCEL)
PAUSE = 0.2
"""Seconds without a key after which the text is looked at."""


class PasteBox(Box):
    """A box where Enter is the end, and ctrl+j or shift+Enter a new line."""

    class Entered(Message):
        """Enter was pressed."""

    def on_key(self, event: events.Key) -> None:
        """Tell of Enter; take the keys that begin a new line."""
        if event.key == "enter":
            event.prevent_default().stop()
            self.post_message(self.Entered())
        elif event.key in ("ctrl+j", "shift+enter", "alt+enter"):
            event.prevent_default().stop()
            self.insert("\n")


class AddDialog(Dialog[str]):
    """Asks for addresses, DOIs, arXiv ids, titles, PDFs, BibTeX or RIS; many can be pasted at once.

    ``preview`` says in a line what it sees in the text; it is called in a thread.
    """

    CSS_PATH = sheets("add.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "accept", "Add", show=False, priority=True),
    ]

    class Seen(Message):
        """The preview of a text is there."""

        def __init__(self, text: str, words: str) -> None:
            super().__init__()
            self.text = text
            self.words = words

    def __init__(self, preview: Callable[[str], str] | None = None, title: str = "Add") -> None:
        super().__init__(title, _HINTS)
        self.preview = preview
        self._timer: Timer | None = None

    def compose_body(self) -> Iterable[Widget]:
        """The box, and what is seen in it."""
        yield PasteBox(placeholder="arXiv, DOI, link, title or PDF, one a line; BibTeX and RIS")
        yield Static(id="seen")

    def on_mount(self) -> None:
        """Begin in the box."""
        self.query_one(PasteBox).focus()
        self._say("paste as many lines as you like")

    @on(Box.Changed)
    def _look_soon(self, event: Box.Changed) -> None:
        if self._timer is not None:
            self._timer.stop()
        lines = [line for line in event.text_area.text.splitlines() if line.strip()]
        self._say(count_of(len(lines), "line") if lines else "paste as many lines as you like")
        if self.preview is not None and lines:
            self._timer = self.set_timer(PAUSE, partial(self._look, self.preview, event.text_area.text))

    def _look(self, preview: Callable[[str], str], text: str) -> None:
        def work() -> None:
            words = preview(text)
            if not get_current_worker().is_cancelled:
                self.post_message(self.Seen(text, words))

        self.run_worker(work, group="preview", thread=True, exclusive=True, exit_on_error=False)

    @on(Seen)
    def _show_seen(self, event: Seen) -> None:
        if event.text == self.query_one(PasteBox).text:
            self._say(event.words)

    def _say(self, words: str) -> None:
        self.query_one("#seen", Static).update(shown(words, MUTED))

    def action_new_line(self) -> None:
        """Begin a new line."""
        self.query_one(PasteBox).insert("\n")

    @on(PasteBox.Entered)
    def action_accept(self) -> None:
        """Leave with the text, if there is any."""
        text = self.query_one(PasteBox).text.strip()
        if text:
            self.dismiss(text)
        else:
            self._say("nothing to add yet")
