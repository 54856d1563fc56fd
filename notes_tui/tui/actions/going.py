"""Moving between panes, searching, sorting, folding."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notes_tui.tui.screens.main import MainScreen

SORTS = (
    ("l", "List order", "as the lists have it", ""),
    ("y", "Year, newest first", "", "-year"),
    ("t", "Title", "", "title"),
    ("a", "First creator", "", "author"),
    ("v", "Venue", "", "venue"),
    ("r", "Rating, best first", "", "-rating"),
    ("s", "Status", "", "status"),
    ("d", "Added, latest first", "", "-added"),
    ("f", "Read, latest first", "", "-read"),
    ("p", "Page reached", "", "-progress"),
)


def move_focus(desk: MainScreen, offset: str) -> None:
    """Give the keyboard to the pane at the right (``1``) or left (``-1``)."""
    desk.panes.move_focus(int(offset), around=False)


def cycle_focus(desk: MainScreen, offset: str) -> None:
    """Give the keyboard to the next pane, from the last one to the first."""
    desk.panes.move_focus(int(offset), around=True)


def fold(desk: MainScreen, pane: str) -> None:
    """Show or hide a pane."""
    desk.panes.toggle(pane)
    desk.remember()


def search(desk: MainScreen) -> None:
    """Let the person type in the search bar."""
    desk.search_bar.field.focus()


def search_everywhere(desk: MainScreen) -> None:
    """Look for the same words in the whole library, or in the chosen place again."""
    desk.search_bar.toggle_everywhere()


def escape(desk: MainScreen) -> None:
    """Cancel what is under way; else let the selection go; else clear the filter; else go back to the list."""
    if desk.cancel_work():
        return
    if desk.table.selected:
        desk.table.clear_selection()
    elif desk.search_bar.text:
        desk.search_bar.clear()
    else:
        desk.table.focus()


GROUPS = (
    ("n", "No groups", "as the list has them", ""),
    ("s", "Section", "and list", "section"),
    ("m", "Status", "", "status"),
    ("y", "Year", "", "year"),
    ("v", "Venue", "", "venue"),
    ("t", "Tag", "under each of its tags", "tag"),
)


async def group(desk: MainScreen) -> None:
    """Choose by what the list is grouped."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    options = [Option(key, label, hint, value, "", value == desk.group) for key, label, hint, value in GROUPS]
    chosen = await desk.ask(ChooseDialog("Group by", options))
    if chosen is not None:
        desk.group = chosen
        desk.browse()
        desk.remember_soon()


async def sort(desk: MainScreen) -> None:
    """Choose the order of the list."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    options = [Option(key, label, hint, value, "", value == desk.sort) for key, label, hint, value in SORTS]
    chosen = await desk.ask(ChooseDialog("Sort by", options))
    if chosen is not None:
        desk.sort = chosen
        desk.browse()
