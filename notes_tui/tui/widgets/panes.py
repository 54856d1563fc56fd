"""How the three panes share the screen: side by side where it is wide, folded where it is narrow."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.tui.widgets.detail import Detail
from notes_tui.tui.widgets.item_table import ItemTable
from notes_tui.tui.widgets.sidebar import Sidebar

WIDE = 100
"""Columns from which on the three panes stand side by side."""
SIDEBAR = "sidebar"
DETAIL = "detail"


class Panes(Horizontal):
    """Sidebar, table and detail.

    On a wide screen both side panes are shown unless folded. On a narrow one they are hidden until asked
    for: the sidebar pushes the table aside, the detail stands below it.
    """

    class Arranged(Message):
        """Panes were shown or hidden."""

    def __init__(self, sidebar: Sidebar, table: ItemTable, detail: Detail, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sidebar = sidebar
        self.table = table
        self.detail = detail
        self.nothing = Static(id="nothing")
        self.hints = Static(id="hints")
        self.hints.auto_links = self.nothing.auto_links = False
        self.folded: set[str] = set()
        """Panes folded away on a wide screen."""
        self.shown_narrow: set[str] = set()
        """Panes called up on a narrow screen."""

    def compose(self) -> ComposeResult:
        """Sidebar at the left, table in the middle, detail at its right or below it."""
        yield self.sidebar
        with Container(id="work"):
            with Vertical(id="middle"):
                yield self.table
                yield self.nothing
                yield self.hints
            yield self.detail

    @property
    def is_narrow(self) -> bool:
        """Whether the panes cannot stand side by side."""
        return self.app.size.width < WIDE

    def is_shown(self, pane: str) -> bool:
        """Whether a side pane is to be seen."""
        return pane in self.shown_narrow if self.is_narrow else pane not in self.folded

    def toggle(self, pane: str) -> None:
        """Show or hide a side pane."""
        self.set_shown(pane, shown=not self.is_shown(pane))

    def set_shown(self, pane: str, *, shown: bool) -> None:
        """Show or hide a side pane; the keyboard leaves a pane that is hidden."""
        if self.is_narrow:
            self.shown_narrow = self.shown_narrow | {pane} if shown else self.shown_narrow - {pane}
        else:
            self.folded = self.folded - {pane} if shown else self.folded | {pane}
        self.arrange_panes()

    def arrange_panes(self) -> None:
        """Bring what is shown in line with the width and the folds."""
        self.screen.set_class(self.is_narrow, "-narrow")
        for name, widget in ((SIDEBAR, self.sidebar), (DETAIL, self.detail)):
            shown = self.is_shown(name)
            if widget.display != shown:
                widget.display = shown
                if not shown and widget.has_focus:
                    self.table.focus()
        self.post_message(self.Arranged())

    def on_resize(self, event: events.Resize) -> None:
        """A narrow screen folds the side panes."""
        self.arrange_panes()

    def move_focus(self, offset: int, *, around: bool) -> None:
        """Give the keyboard to the pane ``offset`` to the right; a hidden pane is called up at the edges."""
        order: list[Widget] = [self.sidebar, self.table, self.detail]
        names = {0: SIDEBAR, 2: DETAIL}
        at = next((number for number, pane in enumerate(order) if pane.has_focus), 1)
        if around:
            shown = [number for number in range(3) if number == 1 or self.is_shown(names[number])]
            place = shown.index(at) if at in shown else 0
            target = shown[(place + offset) % len(shown)]
        else:
            target = min(max(at + offset, 0), 2)
        if target in names and not self.is_shown(names[target]):
            self.set_shown(names[target], shown=True)
        order[target].focus()
