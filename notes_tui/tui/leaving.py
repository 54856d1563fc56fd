"""What is kept of the interface for the next time, and what a time before left undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notes_tui.services.remembering import Left

if TYPE_CHECKING:
    from notes_tui.tui.screens.main import MainScreen


def left_now(screen: MainScreen) -> Left:
    """Where the interface is, to be remembered."""
    return Left(
        place=screen.place,
        item_id=screen.table.current_id or 0,
        folded=tuple(sorted(screen.panes.folded)),
        open_nodes=tuple(sorted(screen.sidebar.open_keys)),
        theme=screen.app.theme,
        sort=screen.sort,
        group=screen.group,
        exported_to=screen.left.exported_to,
        hints_done=screen.left.hints_done,
    )


def tell_interrupted(screen: MainScreen) -> None:
    """Say which notes were being written when the program ended otherwise than in order."""
    from notes_tui.services.writing import interrupted_notes

    if screen.store.read_only:
        return
    names: list[str] = screen.attempt(lambda: interrupted_notes(screen.store), [])
    if names:
        screen.tell(f"the program ended while a note was being written; it is saved: {', '.join(names)}")
