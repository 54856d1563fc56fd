"""What was read: totals, months and collections as bars."""

from __future__ import annotations

from collections.abc import Sequence

from notes_tui.services.reading import Stats
from notes_tui.settings import Status
from notes_tui.tui.dialogs.base import Dialog


class StatsScreen(Dialog[None]):
    """Shows statistics."""

    def __init__(self, stats: Stats, statuses: Sequence[Status]) -> None:
        super().__init__("Statistics")
        self.stats = stats
        self.statuses = statuses
