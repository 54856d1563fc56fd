"""The notes of an item: one to open, or a new one with a title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from notes_tui.model.item import Note
from notes_tui.model.text import fold
from notes_tui.tui.dialogs.base import CANCEL, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Line
from notes_tui.tui.dialogs.row_list import DrawnRows, Row, RowList

_HINTS = (Hint("enter", "open", "screen.open"), Hint("↑↓", "choose"), CANCEL)


class NoteListDialog(Dialog[str]):
    """Asks which note of an item to open; the result is its title, empty for the main note.

    A title that is typed and fits no note is a new note.
    """

    CSS_PATH = sheets("note_list.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
    ]

    def __init__(self, title: str, notes: Sequence[Note]) -> None:
        super().__init__(title, _HINTS)
        titled = sorted((note for note in notes if note.title), key=lambda note: fold(note.title))
        main = next((note for note in notes if not note.title), Note("", ""))
        self.notes = [main, *titled]
        self.listed = [note.title for note in self.notes]
        self.typed = ""

    def compose_body(self) -> Iterable[Widget]:
        """A line for a title, and the notes."""
        yield Line(placeholder="choose below, or type the title of a new note")
        yield RowList(self._rows(), classes="-driven -steady")

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(Line).focus()

    def action_move(self, step: int) -> None:
        """Move the cursor of the list while the line has the focus."""
        self.query_one(RowList).wrap_to(step)

    @on(Line.Submitted)
    def action_open(self) -> None:
        """Open the note under the cursor."""
        self.query_one(RowList).action_choose()

    @on(RowList.Chosen)
    def _choose(self, event: RowList.Chosen) -> None:
        self.dismiss(self.listed[event.index])

    @on(Line.Changed)
    def _filter(self, event: Line.Changed) -> None:
        self.typed = " ".join(event.value.split())
        needle = fold(self.typed)
        titles = [note.title for note in self.notes]
        self.listed = [title for title in titles if needle in fold(title or "main note")]
        if self.typed and needle not in map(fold, titles):
            self.listed.append(self.typed)
        self.query_one(RowList).set_rows(self._rows(), 0)

    def _rows(self) -> DrawnRows:
        listed = self.listed
        return DrawnRows(len(listed), lambda index: self._row(listed[index]))

    def _row(self, title: str) -> Row:
        note = next((note for note in self.notes if note.title == title), None)
        if note is None:
            return Row(Content.assemble("+ ", shown(title)), Content.styled("new note", "$text-accent"))
        name = shown(title) if title else Content.styled("main note", "italic")
        body = next((line for line in note.body.splitlines() if line.strip(" #>-*`")), "")
        return Row(name, shown(body[:200] or "empty", MUTED))
