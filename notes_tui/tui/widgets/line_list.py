"""A list of lines of which only those in view are drawn: the ground of the sidebar and of the item table.

A subclass says how many lines there are, which of them the cursor may rest on, and draws one of them.
"""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from notes_tui.tui.inks import Ground, inks
from notes_tui.tui.keys import bindings
from notes_tui.tui.widgets.lengths import set_length

MARGIN = 2
"""Lines kept in view above and below the cursor where there are any."""


class LineList(ScrollView, can_focus=True, inherit_bindings=False):
    """A virtual list with a cursor that is one line high."""

    ALLOW_SELECT = False
    GROUND: ClassVar[Ground] = "background"
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    DEFAULT_CSS = """
    LineList {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """The line the cursor rests on."""
    line_count: reactive[int] = reactive(0, repaint=False)
    """How many lines there are."""

    class Moved(Message):
        """The cursor went to another line."""

        def __init__(self, line_list: LineList) -> None:
            super().__init__()
            self.line_list = line_list

        @property
        def control(self) -> LineList:
            """The list whose cursor moved."""
            return self.line_list

        def can_replace(self, message: Message) -> bool:
            """Only the latest position matters."""
            return isinstance(message, LineList.Moved) and message.line_list is self.line_list

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.drawn_width = 0
        """The width the lines were last drawn for."""
        self._strips: LRUCache[tuple[int, bool, bool], Strip] = LRUCache(2_000)
        self._inks: dict[str, Style] = {}

    # What a subclass says.

    def is_stop(self, line: int) -> bool:
        """Whether the cursor may rest on a line."""
        return True

    def draw_line(self, line: int, width: int, *, at_cursor: bool) -> Strip:
        """One line, ``width`` cells wide."""
        raise NotImplementedError

    def fit_width(self, width: int) -> None:
        """Lines are about to be drawn for another width."""

    # Drawing.

    def ink(self, name: str) -> Style:
        """The style of a kind of text in the theme."""
        if not self._inks:
            self._inks = inks(self.app.theme_variables, self.GROUND)
        return self._inks[name]

    @property
    def cursor_ink(self) -> Style:
        """The style of the line under the cursor."""
        return self.ink("cursor" if self.has_focus else "cursor-blurred")

    def notify_style_update(self) -> None:
        """Forget what was drawn when colours change."""
        super().notify_style_update()
        self.redraw()

    def redraw(self) -> None:
        """Draw all lines in view again."""
        self._inks = {}
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line at row ``y`` of the view."""
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if width != self.drawn_width:
            self.drawn_width = width
            self._strips.clear()
            self.fit_width(width)
        if line >= self.line_count:
            return Strip.blank(width, self.ink("plain"))
        key = (line, line == self.cursor, self.has_focus)
        strip = self._strips.get(key)
        if strip is None:
            strip = self.draw_line(line, width, at_cursor=line == self.cursor)
            self._strips[key] = strip
        return strip

    def on_resize(self) -> None:
        """More or fewer lines are in view."""
        self.show_cursor()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The cursor looks different without the keyboard."""
        super().watch_has_focus(_has_focus)
        self.redraw()

    def watch_line_count(self) -> None:
        """The scroll bar follows the number of lines; sideways nothing scrolls."""
        set_length(self, self.line_count)

    # The cursor.

    def validate_cursor(self, line: int) -> int:
        """Keep the cursor on a line that exists."""
        return min(max(line, 0), max(self.line_count - 1, 0))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two lines concerned, keep the cursor in view, tell the others."""
        self.refresh_line(before)
        self.refresh_line(after)
        self.show_cursor()
        self.post_message(self.Moved(self))

    def show_cursor(self) -> None:
        """Scroll as little as is needed to have the cursor in view."""
        height = self.scrollable_content_region.height
        if height <= 0:
            return
        margin = min(MARGIN, (height - 1) // 2)
        top = round(self.scroll_target_y)
        lowest_top = max(self.line_count - height, 0)
        wanted = min(max(top, self.cursor - height + 1 + margin), self.cursor - margin)
        wanted = min(max(wanted, 0), lowest_top)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)

    def go_to(self, line: int, step: int = 1) -> None:
        """Move the cursor to a line, or to the next stop from there in the direction of ``step``."""
        line = self.validate_cursor(line)
        for direction in (step, -step):
            at = line
            while 0 <= at < self.line_count:
                if self.is_stop(at):
                    self.cursor = at
                    return
                at += direction

    @property
    def page_height(self) -> int:
        """Lines that a page key moves by."""
        return max(self.scrollable_content_region.height - 1, 1)

    def action_cursor_up(self) -> None:
        """One line up."""
        self.go_to(self.cursor - 1, -1)

    def action_cursor_down(self) -> None:
        """One line down."""
        self.go_to(self.cursor + 1)

    def action_page_up(self) -> None:
        """A page up."""
        self.go_to(self.cursor - self.page_height, -1)

    def action_page_down(self) -> None:
        """A page down."""
        self.go_to(self.cursor + self.page_height)

    def action_half_up(self) -> None:
        """Half a page up."""
        self.go_to(self.cursor - max(self.page_height // 2, 1), -1)

    def action_half_down(self) -> None:
        """Half a page down."""
        self.go_to(self.cursor + max(self.page_height // 2, 1))

    def action_first(self) -> None:
        """To the first line."""
        self.scroll_to(y=0, animate=False, force=True)
        self.go_to(0)

    def action_last(self) -> None:
        """To the last line."""
        self.go_to(self.line_count - 1, -1)

    def line_at(self, event: events.MouseEvent) -> int | None:
        """The line under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        line = offset.y + self.scroll_offset.y
        return line if line < self.line_count else None

    def refresh_line(self, y: int) -> None:
        """Draw one line again where it is in view."""
        row = y - self.scroll_offset.y
        if 0 <= row < self.scrollable_content_region.height:
            self.refresh(Region(0, row, self.size.width, 1))
