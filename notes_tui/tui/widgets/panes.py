"""How the three panes share the screen: side by side where it is wide, folded where it is narrow."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen
from textual.widget import Widget

WIDE = 100
"""Columns from which on the three panes stand side by side."""
SIDEBAR = "sidebar"
DETAIL = "detail"


class Panes:
    """Which of sidebar, table and detail are to be seen, and which has the keyboard.

    On a wide screen both side panes are shown unless folded. On a narrow one they are hidden until asked
    for: the sidebar pushes the table aside, the detail stands below it (see ``main.tcss``). The panes are
    direct children of the screen, because every container would be drawn as well.
    """

    def __init__(
        self,
        screen: Screen[None],
        sidebar: Widget,
        table: Widget,
        detail: Widget,
        arranged: Callable[[], None],
    ) -> None:
        self.screen = screen
        self.sidebar = sidebar
        self.table = table
        self.detail = detail
        self.arranged = arranged
        """Called when panes were shown or hidden."""
        self.folded: set[str] = set()
        """Panes folded away on a wide screen."""
        self.shown_narrow: set[str] = set()
        """Panes called up on a narrow screen."""

    @property
    def is_narrow(self) -> bool:
        """Whether the panes cannot stand side by side."""
        return self.screen.app.size.width < WIDE

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
        self.arrange()

    def arrange(self) -> None:
        """Bring what is shown in line with the width and the folds."""
        self.screen.set_class(self.is_narrow, "-narrow")
        changed = False
        for name, widget in ((SIDEBAR, self.sidebar), (DETAIL, self.detail)):
            shown = self.is_shown(name)
            if widget.display != shown:
                widget.display = shown
                changed = True
                if not shown and widget.has_focus:
                    self.table.focus()
        if changed:
            self.arranged()

    def move_focus(self, offset: int, *, around: bool) -> None:
        """Give the keyboard to the pane ``offset`` to the right; a hidden pane is called up at the edges."""
        order = [self.sidebar, self.table, self.detail]
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
