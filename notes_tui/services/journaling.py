"""Undo and redo across restarts, and the journal in words."""

from __future__ import annotations

from notes_tui.store import journal
from notes_tui.store.database import Store
from notes_tui.store.journal import JournalStep

__all__ = ["JournalStep", "dropped", "redo", "steps", "undo"]


def undo(store: Store) -> JournalStep:
    """Take back the latest step. Raises :class:`NothingToUndoError` where there is none."""
    return journal.undo(store)


def redo(store: Store) -> JournalStep:
    """Repeat the step undone last. Raises :class:`NothingToUndoError` where there is none."""
    return journal.redo(store)


def steps(store: Store) -> list[JournalStep]:
    """The steps of the journal, oldest first, those undone marked."""
    return journal.steps(store)


def dropped(store: Store) -> int:
    """How many of the oldest steps the journal has forgotten to stay within its size."""
    return journal.dropped(store)
