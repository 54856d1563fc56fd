"""How long one file may take and how much text may come out of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from notes_tui.formats.pdf.pdfium import ENDING

SECONDS = 120.0
"""Time for one file, unless the caller names another."""
CHARACTERS = 64_000_000
"""Text of one file that is kept in memory: comments, quotes, names."""


@dataclass(slots=True)
class Limits:
    """What is left for one file."""

    seconds: float = SECONDS
    characters: int = CHARACTERS
    _begun: float = field(default_factory=time.monotonic)

    def spend(self, characters: int) -> None:
        """Count text that is kept."""
        self.characters -= characters

    @property
    def over(self) -> bool:
        """Whether nothing more may be read."""
        return ENDING.is_set() or self.characters < 0 or time.monotonic() - self._begun > self.seconds
