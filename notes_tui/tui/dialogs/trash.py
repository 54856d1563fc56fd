"""What was deleted: brought back, or gone for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.services.wording import count_of
from notes_tui.tui.dialogs.ask import ConfirmDialog
from notes_tui.tui.dialogs.base import CLOSE, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.row_list import DrawnRows, Row, RowList


@dataclass(frozen=True, slots=True)
class TrashItem:
    """An item in the trash."""

    item_id: int
    title: str
    detail: str = ""
    """What goes with it: ``2 notes``."""
    when: str = ""
    """When it was deleted, in words."""


@dataclass(frozen=True, slots=True)
class TrashChoice:
    """Items to restore, or the whole trash to empty."""

    restore: tuple[int, ...] = ()
    empty: bool = False


class TrashScreen(Dialog[TrashChoice]):
    """Shows the trash. Enter restores what is selected, or the item under the cursor; emptying is confirmed."""

    CSS_PATH = sheets("trash.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select_item", "Select", show=False),
        Binding("ctrl+a", "select_all", "Select all", show=False),
        Binding("R", "restore", "Restore", show=False),
        Binding("E", "empty", "Empty the trash", show=False),
    ]

    def __init__(self, items: Sequence[TrashItem]) -> None:
        super().__init__("Trash", _hints() if items else (CLOSE,))
        self.items = items
        self.selected: set[int] = set()

    def compose_body(self) -> Iterable[Widget]:
        """The items, or that there are none."""
        if self.items:
            yield RowList(self._rows())
        else:
            yield Static(shown("The trash is empty.", MUTED))

    def on_mount(self) -> None:
        """Begin in the list."""
        if self.items:
            self.query_one(RowList).focus()

    def action_select_item(self) -> None:
        """Select the item under the cursor, or let it go, and move on."""
        if self.items:
            row_list = self.query_one(RowList)
            self.selected ^= {self.items[row_list.cursor].item_id}
            self._show()
            row_list.action_cursor_down()

    def action_select_all(self) -> None:
        """Select all, or let all go."""
        every = {item.item_id for item in self.items}
        self.selected = set() if self.selected == every else every
        self._show()

    def action_restore(self) -> None:
        """Leave with what is to come back."""
        if self.items:
            chosen = self.selected or {self.items[self.query_one(RowList).cursor].item_id}
            self.dismiss(TrashChoice(tuple(item.item_id for item in self.items if item.item_id in chosen)))

    def action_empty(self) -> None:
        """Ask, then leave with the word to empty the trash."""
        if self.items:
            text = (
                f"{count_of(len(self.items), 'item')} with all notes and annotations will be gone for good."
            )
            question = ConfirmDialog("Empty the trash", text, "Delete for good", "Keep", danger=True)
            self.app.push_screen(question, self._empty)

    def _empty(self, answer: bool | None) -> None:
        if answer:
            self.dismiss(TrashChoice(empty=True))

    @on(RowList.Chosen)
    def _choose(self) -> None:
        self.action_restore()

    def _show(self) -> None:
        if self.items:
            self.query_one(RowList).set_rows(self._rows())
            self.show_hints(_hints(len(self.selected)))

    def _rows(self) -> DrawnRows:
        return DrawnRows(len(self.items), lambda index: self._row(self.items[index]))

    def _row(self, item: TrashItem) -> Row:
        mark = Content.styled("✓ " if item.item_id in self.selected else "  ", "$text-accent")
        title = Content.assemble(mark, shown(item.title or "—"), "  ", shown(item.detail, MUTED))
        return Row(title, shown(item.when, MUTED))


def _hints(selected: int = 0) -> tuple[Hint, ...]:
    restore = f"restore {selected}" if selected else "restore"
    return (
        Hint("enter", restore, "screen.restore"),
        Hint("space", "select", "screen.select_item"),
        Hint("E", "empty", "screen.empty"),
        CLOSE,
    )
