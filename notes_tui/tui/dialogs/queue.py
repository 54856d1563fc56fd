"""What to read next, and why; the user's own queue can be put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from notes_tui.tui.dialogs.base import Dialog


@dataclass(frozen=True, slots=True)
class NextRow:
    """An item to read, and why. Rows that are ``queued`` can be moved."""

    item_id: int
    title: str
    reason: str
    queued: bool = False
    glyph: str = ""


class NextScreen(Dialog[int]):
    """Shows what to read next; Enter leaves with the item's id.

    ``move(item_id, offset)`` moves a queued item and returns all rows anew.
    """

    def __init__(
        self, rows: Sequence[NextRow], move: Callable[[int, int], Sequence[NextRow]] | None = None
    ) -> None:
        super().__init__("Next")
        self.rows = rows
        self.move = move
