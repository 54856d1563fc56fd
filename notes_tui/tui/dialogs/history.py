"""What happened when: the dated events of one item or of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from notes_tui.model.item import HistoryEvent
from notes_tui.tui.dialogs.base import Dialog


class HistoryScreen(Dialog[str]):
    """Shows events, latest first; Enter leaves with the citekey of the event's item."""

    def __init__(
        self, title: str, rows: Sequence[HistoryEvent], glyph: Callable[[str], str] = lambda status: "·"
    ) -> None:
        super().__init__(title)
        self.rows = rows
        self.glyph = glyph
