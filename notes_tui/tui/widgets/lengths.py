"""How long the content of a pane is, told to it without laying the screen out again.

Textual lays out everything when a widget's virtual size changes. A pane whose scroll bar always has its place
needs none of that: only the bar and the position follow.
"""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def set_length(view: ScrollView, lines: int) -> None:
    """Let a view with ``overflow-y: scroll`` scroll over so many lines."""
    if view.virtual_size.height == lines:
        return
    view.set_reactive(Widget.virtual_size, Size(1, lines))
    if view.is_attached:
        view.vertical_scrollbar.window_virtual_size = lines
        view.scroll_target_y = view.validate_scroll_target_y(view.scroll_target_y)
        view.scroll_y = view.validate_scroll_y(view.scroll_y)
