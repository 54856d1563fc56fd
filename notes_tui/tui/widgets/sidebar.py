"""The first pane: collections with their sections, statuses, tags, saved views, the queue and the trash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from notes_tui.model.text import one_line
from notes_tui.services.browsing import EVERYWHERE, Place
from notes_tui.tui.inks import Ground
from notes_tui.tui.keys import bindings
from notes_tui.tui.widgets.line_list import LineList
from notes_tui.tui.widgets.sidebar_nodes import Line, Node, visible_lines

_MAX_LABEL = 200
_BOLD = Style(bold=True)


class Sidebar(LineList):
    """Places to choose from; the one under the cursor is shown at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("sidebar")
    GROUND: ClassVar[Ground] = "surface"

    class Chosen(Message):
        """Another place is under the cursor."""

        def __init__(self, place: Place) -> None:
            super().__init__()
            self.place = place

        def can_replace(self, message: Message) -> bool:
            """Only the latest choice matters."""
            return isinstance(message, Sidebar.Chosen)

    class Opened(Message):
        """The papers of the place under the cursor are wanted."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.nodes: Sequence[Node] = ()
        self.lines: list[Line] = []
        self.open_keys: set[str] = set()
        self.place = EVERYWHERE
        """The place that is shown; the cursor stands on it."""

    # What is shown.

    def show_tree(self, tree: Sequence[Node]) -> None:
        """Show these nodes; the cursor stays on its place."""
        self.nodes = tree
        self._lay_out()

    def choose(self, place: Place) -> None:
        """Put the cursor on a place, opening what is above it. Nothing is announced."""
        self.place = place
        if place.kind == "collection":
            for depth in range(len(place.section)):
                self.open_keys.add(Node("", Place("collection", place.name, place.section[:depth])).key)
        if place.kind == "tag":
            parts = place.name.split("/")
            self.open_keys.update(
                Node("", Place("tag", "/".join(parts[:depth]))).key for depth in range(1, len(parts))
            )
        self._lay_out()

    def _lay_out(self) -> None:
        self.lines = list(visible_lines(self.nodes, self.open_keys))
        self.line_count = len(self.lines)
        at = next((number for number, line in enumerate(self.lines) if line.node.place == self.place), None)
        if at is not None:
            self.cursor = at
        self.redraw()
        self.show_cursor()

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def is_stop(self, line: int) -> bool:
        """The cursor rests on places only."""
        return self.lines[line].node.place is not None

    def watch_cursor(self, before: int, after: int) -> None:
        """Tell which place is chosen."""
        super().watch_cursor(before, after)
        line = self.line
        if line and line.node.place and line.node.place != self.place:
            self.place = line.node.place
            self.post_message(self.Chosen(self.place))

    # Drawing.

    def draw_line(self, line: int, width: int, *, at_cursor: bool) -> Strip:
        """A heading, or a place with its count at the right."""
        shown = self.lines[line]
        node = shown.node
        if node.place is None:
            text = set_cell_size(f" {node.label}", width)
            return Strip([Segment(text, self.ink("label"))], width)
        ground = self.cursor_ink + _BOLD if at_cursor else Style.null()
        mark = ("▾ " if shown.is_open else "▸ ") if node.children else f"{node.glyph} " if node.glyph else ""
        start = label_start(shown)
        room = width - start - (len(node.number) + 1 if node.number else 1)
        label = one_line(node.label[:_MAX_LABEL])
        label = (
            set_cell_size(label, room) if cell_len(label) <= room else set_cell_size(label, room - 1) + "…"
        )
        count = f" {node.number}" if node.number else " "
        return Strip(
            [
                Segment(mark.rjust(start), self.ink("muted") + _ground_only(ground)),
                Segment(label, self.ink("plain") + ground),
                Segment(
                    count,
                    self.ink("done" if node.done else "muted") + _ground_only(ground),
                ),
            ]
        ).adjust_cell_length(width, self.ink("plain") + ground)

    # Opening and closing.

    def action_toggle_node(self) -> None:
        """Show or hide what is below the line."""
        line = self.line
        if line and line.node.children:
            self._set_open([line.node], is_open=not line.is_open)

    def action_expand(self) -> None:
        """Show what is below the line; where it is shown, go to the papers."""
        line = self.line
        if line and line.node.children and not line.is_open:
            self._set_open([line.node], is_open=True)
        else:
            self.action_open()

    def action_collapse(self) -> None:
        """Hide what is below the line; where nothing is, go to the line above it in the tree."""
        line = self.line
        if line is None:
            return
        if line.node.children and line.is_open:
            self._set_open([line.node], is_open=False)
        elif line.depth:
            above = next(
                number for number in range(self.cursor, -1, -1) if self.lines[number].depth < line.depth
            )
            self.go_to(above)

    def _set_open(self, changed: Iterable[Node], *, is_open: bool) -> None:
        keys = {node.key for node in changed}
        self.open_keys = self.open_keys | keys if is_open else self.open_keys - keys
        self._lay_out()

    def action_open(self) -> None:
        """Ask for the papers of the line."""
        self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """A click chooses; on the triangle it folds; a double click goes to the papers."""
        number = self.line_at(event)
        offset = event.get_content_offset(self)
        if number is None or offset is None or not self.is_stop(number):
            return
        self.cursor = number
        line = self.lines[number]
        if line.node.children and offset.x < label_start(line):
            self.action_toggle_node()
        elif event.chain == 2:
            self.action_open()


def label_start(line: Line) -> int:
    """The cell where the label of a line begins; a triangle or glyph stands before it."""
    return 3 + line.depth if line.depth or line.node.children or line.node.glyph else 1


def _ground_only(style: Style) -> Style:
    return Style(bgcolor=style.bgcolor) if style.bgcolor else Style.null()
