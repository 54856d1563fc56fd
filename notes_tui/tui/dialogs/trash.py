"""What was deleted: brought back, or gone for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notes_tui.tui.dialogs.base import Dialog


@dataclass(frozen=True, slots=True)
class TrashItem:
    """An item in the trash."""

    item_id: int
    title: str
    detail: str = ""
    """Shown after the title: ``2 notes``."""
    when: str = ""
    """When it was deleted, in words."""


@dataclass(frozen=True, slots=True)
class TrashChoice:
    """Items to restore, or the whole trash to empty."""

    restore: tuple[int, ...] = ()
    empty: bool = False


class TrashScreen(Dialog[TrashChoice]):
    """Shows the trash; emptying it is confirmed here."""

    def __init__(self, items: Sequence[TrashItem]) -> None:
        super().__init__("Trash")
        self.items = items
