"""What to read next, and why; the user's own queue can be put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.text import one_line
from notes_tui.tui.dialogs.base import CLOSE, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.row_list import DrawnRows, Row, RowList


@dataclass(frozen=True, slots=True)
class NextRow:
    """An item to read, and why. Rows that are ``queued`` can be moved."""

    item_id: int
    title: str
    reason: str
    queued: bool = False
    glyph: str = ""


class NextScreen(Dialog[int]):
    """Shows what to read next; Enter leaves with the item's id.

    ``move(item_id, offset)`` moves a queued item and returns all rows anew.
    """

    CSS_PATH = sheets("queue.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("K,shift+up,ctrl+up", "move_item(-1)", "Move up", show=False),
        Binding("J,shift+down,ctrl+down", "move_item(1)", "Move down", show=False),
    ]

    def __init__(
        self, rows: Sequence[NextRow], move: Callable[[int, int], Sequence[NextRow]] | None = None
    ) -> None:
        moving = (Hint("J", "later", "screen.move_item(1)"), Hint("K", "sooner", "screen.move_item(-1)"))
        super().__init__(
            "Next", (Hint("enter", "go to it", "screen.choose"), *(moving if move else ()), CLOSE)
        )
        self.rows = rows
        self.move = move

    def compose_body(self) -> Iterable[Widget]:
        """The rows."""
        if self.rows:
            yield RowList(_drawn(self.rows))
        else:
            yield Static(shown("Nothing to read: the lists are done, or there are none.", MUTED))

    def on_mount(self) -> None:
        """Begin in the list."""
        if self.rows:
            self.query_one(RowList).focus()

    def action_choose(self) -> None:
        """Go to the item under the cursor."""
        for row_list in self.query(RowList):
            row_list.action_choose()

    def action_move_item(self, offset: int) -> None:
        """Move the queued item under the cursor; the cursor goes with it."""
        if self.move is None or not self.rows:
            return
        row_list = self.query_one(RowList)
        row = self.rows[row_list.cursor]
        if not row.queued:
            self.app.notify("Only what you queued yourself can be moved.", markup=False)
            return
        self.rows = self.move(row.item_id, offset)
        place = [each.item_id for each in self.rows].index(row.item_id)
        row_list.set_rows(_drawn(self.rows), place)

    @on(RowList.Chosen)
    def _choose(self, event: RowList.Chosen) -> None:
        self.dismiss(self.rows[event.index].item_id)


def _drawn(rows: Sequence[NextRow]) -> DrawnRows:
    return DrawnRows(len(rows), lambda index: _row(rows[index], index + 1))


def _row(row: NextRow, number: int) -> Row:
    place = Content.styled(f"{number:>3}  ", MUTED)
    glyph = Content(f"{one_line(row.glyph)} " if row.glyph else "")
    return Row(Content.assemble(place, glyph, shown(row.title)), shown(row.reason, MUTED))
