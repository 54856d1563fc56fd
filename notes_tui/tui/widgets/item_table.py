"""The list of items: an array of row ids, of which only the rows in view are fetched and drawn."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.message import Message
from textual.strip import Strip

from notes_tui.model.found_words import FoundWords
from notes_tui.model.item import Item
from notes_tui.tui.keys import bindings
from notes_tui.tui.widgets.item_row import Columns, RowStyles, blank_strip, draw_heading, draw_row
from notes_tui.tui.widgets.line_list import LineList

PAGE = 64
"""Rows fetched at once."""


class ItemTable(LineList):
    """Items in order, with section headings between them, a cursor, and a selection."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("table")

    class Highlighted(Message):
        """Another item is under the cursor."""

        def __init__(self, item_id: int | None) -> None:
            super().__init__()
            self.item_id = item_id
            """Row id, or ``None`` where there is no item."""

        def can_replace(self, message: Message) -> bool:
            """Only the latest item matters."""
            return isinstance(message, ItemTable.Highlighted)

    class SelectionChanged(Message):
        """Items were selected or let go."""

    class Opened(Message):
        """The item under the cursor is wanted: Enter or a double click."""

    def __init__(
        self, fetch: Callable[[Sequence[int]], Iterable[Item]], glyph: Callable[[str], str], *, id: str | None = None
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self.fetch = fetch
        self.glyph = glyph
        self.ids = array("q")
        self.selected: set[int] = set()
        """Row ids of selected items, those hidden by a filter too."""
        self.columns = Columns.fitting(80)
        self.sought: FoundWords | None = None
        """Words that are emphasised in the rows."""
        self._items: LRUCache[int, Item] = LRUCache(4_000)
        self._heading_lines: list[int] = []
        self._heading_texts: list[str] = []
        self._heading_indexes: list[int] = []
        self._highlighted: int | None = None
        self._chosen_id: int | None = None
        """The item a person put the cursor on; a filter that hides it moves the cursor only for a while."""
        self._placing = False
        self._range_from: int | None = None
        self._selected_before: frozenset[int] = frozenset()
        """What was selected when the range was begun."""

    # What is shown.

    def show_items(
        self,
        ids: Sequence[int],
        headings: Sequence[tuple[int, str]] = (),
        *,
        cursor_item: int | None = None,
        from_top: bool = False,
    ) -> None:
        """Show these items; the cursor goes to ``cursor_item``, else to the item it was put on, else near it.

        ``from_top``: for as long as this list is shown, the cursor goes to the first item instead.
        """
        before, current, at = self.ids, self.current_id, self.index
        headings_before = list(zip(self._heading_indexes, self._heading_texts, strict=True))
        if cursor_item is not None:
            self._chosen_id = cursor_item
        self.ids = array("q", ids)
        self._heading_indexes = [index for index, _ in headings]
        self._heading_lines = [index + number for number, index in enumerate(self._heading_indexes)]
        self._heading_texts = [text for _, text in headings]
        goes_on = (
            self.ids[: len(before)] == before and list(headings)[: len(headings_before)] == headings_before
        )
        if not goes_on:
            self._range_from = None
        self.line_count = len(self.ids) + len(self._heading_lines)
        self._placing = True
        self._put_cursor(0 if from_top and cursor_item is None else self._place_of(current, before, at))
        self._placing = False
        if not before or not goes_on:
            self.refresh_items()

    def emphasise(self, sought: FoundWords | None) -> None:
        """Have these words stand out in the rows from now on."""
        if sought or self.sought:
            self.sought = sought
            self.redraw()

    def refresh_items(self) -> None:
        """Fetch the rows in view again, because something about them changed."""
        self._items.clear()
        self.redraw()

    def _place_of(self, current: int | None, before: Sequence[int], at: int | None) -> int:
        """Where the cursor goes: its chosen item, else where it is, else the nearest item that is left."""
        for item_id in (self._chosen_id, current):
            if item_id is not None and item_id in self.ids:
                return self._nearest(item_id, at)
        if at is None or not self.ids:
            return 0
        present = set(self.ids)
        neighbours = (*before[at + 1 : at + 2_000], *reversed(before[max(at - 2_000, 0) : at]))
        nearest = next((item_id for item_id in neighbours if item_id in present), None)
        return self.ids.index(nearest) if nearest is not None else min(at, len(self.ids) - 1)

    def _nearest(self, item_id: int, at: int | None) -> int:
        """Where an item stands; the place nearest to where the cursor was, if it stands in several groups."""
        if at is None or self.ids.count(item_id) == 1:
            return self.ids.index(item_id)
        places = (place for place, each in enumerate(self.ids) if each == item_id)
        return min(places, key=lambda place: abs(place - at))

    def _put_cursor(self, index: int) -> None:
        line = self.line_of(index) if self.ids else 0
        if line == self.cursor:
            self.show_cursor()
            self._announce()
        else:
            self.cursor = line

    def show_cursor(self) -> None:
        """Have the cursor in view, and the heading right above it."""
        super().show_cursor()
        if self.cursor and not self.is_stop(self.cursor - 1) and round(self.scroll_target_y) == self.cursor:
            self.scroll_to(y=self.cursor - 1, animate=False, force=True)

    # Lines and items.

    def is_stop(self, line: int) -> bool:
        """The cursor rests on items, not on headings."""
        place = bisect_right(self._heading_lines, line)
        return not (place and self._heading_lines[place - 1] == line)

    def index_of(self, line: int) -> int:
        """The index of the item in a line."""
        return line - bisect_right(self._heading_lines, line)

    def line_of(self, index: int) -> int:
        """The line of an item."""
        return index + bisect_right(self._heading_indexes, index)

    @property
    def index(self) -> int | None:
        """The index of the item under the cursor."""
        if not self.ids or not self.is_stop(self.cursor):
            return None
        return min(self.index_of(self.cursor), len(self.ids) - 1)

    @property
    def current_id(self) -> int | None:
        """The row id of the item under the cursor."""
        index = self.index
        return self.ids[index] if index is not None else None

    def choose_current(self) -> None:
        """The item under the cursor is the one that is meant from here on."""
        self._chosen_id = self.current_id or self._chosen_id

    def item(self, index: int) -> Item | None:
        """An item of the list, fetched with its neighbours; ``None`` where it is gone meanwhile."""
        item_id = self.ids[index]
        found = self._items.get(item_id)
        if found is None:
            start = index - index % PAGE
            for each in self.fetch(self.ids[start : start + PAGE]):
                self._items[each.item_id] = each
            found = self._items.get(item_id)
        return found

    def watch_cursor(self, before: int, after: int) -> None:
        """Stretch a range being selected to the cursor, and tell of the item."""
        super().watch_cursor(before, after)
        if not self._placing:
            self.choose_current()
        self._announce()
        self._select_range()

    def _announce(self) -> None:
        current = self.current_id
        if current != self._highlighted:
            self._highlighted = current
            self.post_message(self.Highlighted(current))

    # Drawing.

    def fit_width(self, width: int) -> None:
        """Columns depend on the width."""
        self.columns = Columns.fitting(width)

    def draw_line(self, line: int, width: int, *, at_cursor: bool) -> Strip:
        """A heading, or an item in its columns."""
        styles = RowStyles(self.ink, self.cursor_ink if at_cursor else None)
        if not self.is_stop(line):
            return draw_heading(
                self._heading_texts[bisect_right(self._heading_lines, line) - 1], width, styles
            )
        index = self.index_of(line)
        item = self.item(index)
        if item is None:
            return blank_strip(width, styles)
        return draw_row(
            item,
            self.columns,
            width,
            styles,
            glyph=self.glyph,
            selected=self.ids[index] in self.selected,
            sought=self.sought,
        )

    # The selection.

    @property
    def shown_selection(self) -> list[int]:
        """Row ids of selected items that are in the list, in its order."""
        return list(dict.fromkeys(filter(self.selected.__contains__, self.ids))) if self.selected else []

    def select(self, item_ids: Iterable[int], *, on: bool = True) -> None:
        """Select items or let them go; a range that is being selected ends."""
        self._range_from = None
        before = len(self.selected)
        if on:
            self.selected.update(item_ids)
        else:
            self.selected.difference_update(item_ids)
        if len(self.selected) != before:
            self._tell_selection()

    def _tell_selection(self) -> None:
        self.redraw()
        self.post_message(self.SelectionChanged())

    def toggle(self, item_id: int) -> None:
        """Select an item, or let it go."""
        self.select([item_id], on=item_id not in self.selected)

    def clear_selection(self) -> None:
        """Let everything go."""
        self.select(set(self.selected), on=False)

    def _select_range(self) -> None:
        """Have the range from its beginning to the cursor selected, besides what was selected before it."""
        index = self.index
        if index is None or self._range_from is None:
            return
        low, high = sorted((self._range_from, index))
        selected = self._selected_before.union(self.ids[low : high + 1])
        if selected != self.selected:
            self.selected = set(selected)
            self._tell_selection()

    def action_select(self) -> None:
        """Select the item under the cursor or let it go, and move on."""
        current = self.current_id
        if current is not None:
            self.toggle(current)
            self.action_cursor_down()

    def action_select_down(self) -> None:
        """Select the item under the cursor and the next one."""
        self._select_and(self.action_cursor_down)

    def action_select_up(self) -> None:
        """Select the item under the cursor and the one before."""
        self._select_and(self.action_cursor_up)

    def _select_and(self, move: Callable[[], None]) -> None:
        for step in (None, move):
            if step:
                step()
            if (current := self.current_id) is not None:
                self.select([current])

    def action_select_range(self) -> None:
        """Begin a range at the cursor; it reaches to where the cursor moves, and the same key ends it."""
        self._range_from = self.index if self._range_from is None else None
        self._selected_before = frozenset(self.selected)
        self._select_range()

    def action_select_all(self) -> None:
        """Select everything in the list; where all is selected, let it go."""
        everything = set(self.ids)
        self.select(everything, on=not everything <= self.selected)

    def action_open(self) -> None:
        """Ask for the item under the cursor."""
        if self.current_id is not None:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; on the status it selects; a double click opens."""
        line = self.line_at(event)
        if line is None or not self.is_stop(line):
            return
        offset = event.get_content_offset(self)
        self.cursor = line
        current = self.current_id
        if current is None or offset is None:
            return
        if offset.x < self.columns.handle or event.shift or event.ctrl:
            self.toggle(current)
        elif event.chain == 2:
            self.action_open()
