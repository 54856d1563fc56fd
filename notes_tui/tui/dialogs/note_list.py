"""The notes of an item: one to open, or a new one with a title."""

from __future__ import annotations

from collections.abc import Sequence

from notes_tui.model.item import Note
from notes_tui.tui.dialogs.base import Dialog


class NoteListDialog(Dialog[str]):
    """Asks which note of an item to open; the result is its title, empty for the main note."""

    def __init__(self, title: str, notes: Sequence[Note]) -> None:
        super().__init__(title)
        self.notes = notes
