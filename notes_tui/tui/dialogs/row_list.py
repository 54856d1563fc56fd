"""A list of one-line rows with a cursor, for dialogs.

Rows may be made as they are drawn: anything with a length and an index serves, so ten thousand of them
cost no more than the ones in view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, overload

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual

from notes_tui.tui.widgets.line_list import LineList

SHARE = 0.6
"""How much of the screen's height a list takes at most."""
_EMPTY = Content("")


@dataclass(frozen=True, slots=True)
class Row:
    """A line: text at the left, cut where it must be, and text at the right edge."""

    left: Content
    right: Content = _EMPTY
    heading: bool = False
    """Headings and gaps are passed over by the cursor."""


class DrawnRows(Sequence[Row]):
    """Rows that are made when they come into view."""

    def __init__(self, number: int, make: Callable[[int], Row]) -> None:
        self.number = number
        self.make = make

    def __len__(self) -> int:
        return self.number

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """The row at an index, or those of a slice."""
        if isinstance(index, slice):
            return [self.make(each) for each in range(*index.indices(self.number))]
        if not 0 <= index < self.number:
            raise IndexError(index)
        return self.make(index)


class RowList(LineList):
    """One-line rows with a cursor: arrows, page keys, Enter and the mouse."""

    GROUND = "surface"
    DEFAULT_CSS = """
    RowList {
        height: auto;
        scrollbar-gutter: auto;
        background: transparent;

        & > .row-list--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
        }
        & > .row-list--hover { background: $foreground 6%; }
        & > .row-list--heading { color: $text-primary; text-style: bold; }
        &:focus > .row-list--cursor, &.-driven > .row-list--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--row",
        "row-list--cursor",
        "row-list--hover",
        "row-list--heading",
    }
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Choose", show=False)]

    class Chosen(Message):
        """Enter was pressed on a row, or it was clicked."""

        def __init__(self, row_list: RowList, index: int) -> None:
            super().__init__()
            self.row_list = row_list
            self.index = index

        @property
        def control(self) -> RowList:
            """The list the row is in."""
            return self.row_list

    def __init__(
        self, rows: Sequence[Row] = (), *, cursor: int = 0, id: str | None = None, classes: str = ""
    ) -> None:
        super().__init__(id=id)
        self.set_classes(classes)
        self.rows: Sequence[Row] = rows
        self.hovered: int | None = None
        self._begin = cursor
        self._tallest = 0

    def on_mount(self) -> None:
        """Take over the rows the list was made with."""
        self.set_rows(self.rows, self._begin)

    def set_rows(self, rows: Sequence[Row], cursor: int | None = None) -> None:
        """Show other rows. The cursor stays at its place unless one is given."""
        self.rows = rows
        self.hovered = None
        self.line_count = len(rows)
        self.redraw()
        self.refresh(layout=True)
        self.go_to(self.cursor if cursor is None else cursor)
        self.call_after_refresh(self.show_cursor)

    @property
    def current(self) -> int | None:
        """Index of the row the cursor is on, if it is on one."""
        return self.cursor if self.cursor < len(self.rows) and self.is_stop(self.cursor) else None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are rows, up to a share of the screen.

        A ``-steady`` list keeps the height it had when it held more.
        """
        self._tallest = max(self._tallest, len(self.rows))
        lines = self._tallest if self.has_class("-steady") else len(self.rows)
        return min(lines, int(viewport.height * SHARE))

    def is_stop(self, line: int) -> bool:
        """The cursor rests on all rows but headings."""
        return not self.rows[line].heading

    def draw_line(self, line: int, width: int, *, at_cursor: bool) -> Strip:
        """One row."""
        row = self.rows[line]
        classes = ["row-list--row"]
        if row.heading:
            classes.append("row-list--heading")
        elif at_cursor:
            classes.append("row-list--cursor")
        elif line == self.hovered:
            classes.append("row-list--hover")
        strips = Visual.to_strips(self, spread(row, width), width, 1, self.get_visual_style(*classes))
        return strips[0]

    def wrap_to(self, step: int) -> None:
        """Move by one row, from the last on to the first and the other way round."""
        before = self.cursor
        self.go_to(before + step, step)
        if self.cursor == before:
            self.go_to(0 if step > 0 else self.line_count - 1, step)

    def action_choose(self) -> None:
        """Tell that the row under the cursor is chosen."""
        if (index := self.current) is not None:
            self.post_message(self.Chosen(self, index))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor and chooses."""
        line = self.line_at(event)
        if line is not None and self.is_stop(line):
            self.go_to(line)
            self.action_choose()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which row the mouse is over."""
        self._hover(self.line_at(event))

    def on_leave(self) -> None:
        """The mouse went away."""
        self._hover(None)

    def _hover(self, line: int | None) -> None:
        if line != self.hovered:
            self.hovered = line
            self.redraw()


def spread(row: Row, width: int) -> Content:
    """A row in a width, a blank at each side: the left part gives way, the right part takes two fifths at most."""
    right = row.right.truncate(width * 2 // 5, ellipsis=True)
    room = width - 2 - right.cell_length - (1 if right else 0)
    left = row.left.truncate(max(room, 0), ellipsis=True)
    gap = max(width - 2 - left.cell_length - right.cell_length, 0)
    return Content.assemble(" ", left, " " * gap, right, " ")
