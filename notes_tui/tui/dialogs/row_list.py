"""A list of one-line rows with a cursor, for dialogs.

Rows may be made as they are drawn: anything with a length and an index serves, so ten thousand of them
cost no more than the ones in view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

_EMPTY = Content("")


@dataclass(frozen=True, slots=True)
class Row:
    """A line: text at the left, cut where it must be, and text at the right edge."""

    left: Content
    right: Content = _EMPTY
    heading: bool = False
    """Headings and gaps are passed over by the cursor."""


class RowList(ScrollView, can_focus=True):
    """One-line rows with a cursor: arrows, page keys, Enter and the mouse."""

    DEFAULT_CSS = """
    RowList {
        height: auto;
        max-height: 100%;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
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
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False),
        Binding("home,g", "first", "First", show=False),
        Binding("end,G", "last", "Last", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]
    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the row the cursor is on."""
    hovered: reactive[int] = reactive(-1)
    """Index of the row under the mouse, or -1."""

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
        super().__init__(id=id, classes=classes)
        self.rows: Sequence[Row] = rows
        self._begin = cursor
        self._tallest = 0

    def on_mount(self) -> None:
        """Take over the rows the list was made with."""
        self.set_rows(self.rows, self._begin)

    def set_rows(self, rows: Sequence[Row], cursor: int | None = None) -> None:
        """Show other rows. The cursor stays at its place unless one is given."""
        self.rows = rows
        self.hovered = -1
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self.refresh(layout=True)
        self.go_to(self.cursor if cursor is None else cursor)
        self.call_after_refresh(self.show_cursor)

    @property
    def current(self) -> int | None:
        """Index of the row the cursor is on, if it is on one."""
        on_row = self.cursor < len(self.rows) and not self.rows[self.cursor].heading
        return self.cursor if on_row else None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are rows; a ``-steady`` list keeps the height it had when it held more."""
        self._tallest = max(self._tallest, len(self.rows))
        return self._tallest if self.has_class("-steady") else len(self.rows)

    def render_line(self, y: int) -> Strip:
        """Draw the row at a line of the view."""
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if index >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        row = self.rows[index]
        classes = ["row-list--row"]
        if row.heading:
            classes.append("row-list--heading")
        elif index == self.cursor:
            classes.append("row-list--cursor")
        elif index == self.hovered:
            classes.append("row-list--hover")
        strips = Visual.to_strips(self, spread(row, width), width, 1, self.get_visual_style(*classes))
        return strips[0]

    def watch_cursor(self) -> None:
        """Draw the cursor where it is now, and keep it in view."""
        self.refresh()
        self.show_cursor()

    def show_cursor(self) -> None:
        """Scroll as little as is needed to have the cursor in view, with the heading above it."""
        if self.current is not None and self.is_mounted:
            above = 1 if self.cursor and self.rows[self.cursor - 1].heading else 0
            region = Region(0, self.cursor - above, 1, 1 + above)
            self.scroll_to_region(region, animate=False, force=True, x_axis=False)

    def go_to(self, index: int, step: int = 1) -> None:
        """Move the cursor to a row, or to the next one from there that is no heading."""
        count = len(self.rows)
        index = min(max(index, 0), count - 1)
        for direction in (step, -step):
            place = index
            while 0 <= place < count:
                if not self.rows[place].heading:
                    self.cursor = place
                    return
                place += direction

    def wrap_to(self, step: int) -> None:
        """Move by one row, from the last on to the first and the other way round."""
        before = self.cursor
        self.go_to(before + step, step)
        if self.cursor == before:
            self.go_to(0 if step > 0 else len(self.rows) - 1, step)

    def action_move(self, step: int) -> None:
        """Move the cursor by a row."""
        self.go_to(self.cursor + step, step)

    def action_page(self, step: int) -> None:
        """Move the cursor by what is in view."""
        height = max(self.scrollable_content_region.height - 1, 1)
        self.go_to(self.cursor + step * height, step)

    def action_first(self) -> None:
        """To the first row."""
        self.go_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.go_to(len(self.rows) - 1, -1)

    def action_choose(self) -> None:
        """Tell that the row under the cursor is chosen."""
        if (index := self.current) is not None:
            self.post_message(self.Chosen(self, index))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor and chooses."""
        index = self._row_at(event)
        if index >= 0:
            self.cursor = index
            self.action_choose()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which row the mouse is over."""
        self.hovered = self._row_at(event)

    def on_leave(self) -> None:
        """The mouse went away."""
        self.hovered = -1

    def _row_at(self, event: events.MouseEvent) -> int:
        offset = event.get_content_offset(self)
        index = -1 if offset is None else offset.y + self.scroll_offset.y
        return index if 0 <= index < len(self.rows) and not self.rows[index].heading else -1


def spread(row: Row, width: int) -> Content:
    """A row in a width, a blank at each side: the left part gives way, the right part takes two fifths at most."""
    right = row.right.truncate(width * 2 // 5, ellipsis=True)
    room = width - 2 - right.cell_length - (1 if right else 0)
    left = row.left.truncate(max(room, 0), ellipsis=True)
    gap = max(width - 2 - left.cell_length - right.cell_length, 0)
    return Content.assemble(" ", left, " " * gap, right, " ")
