"""Short messages of the interface that end whenever they are drawn.

Textual starts a timer with the time a message has left. A message that ends between being looked up and being
drawn has a little less than none, and a timer of less than nothing never lets the program go on.
"""

from __future__ import annotations

from time import time

from textual.notifications import Notification

_SHORTEST = 0.01
"""Seconds that a message has left at the least."""


class Toasted(Notification):
    """A message that always has some time left to be drawn."""

    @property
    def time_left(self) -> float:
        """Seconds until it ends; never none."""
        return max(self.raised_at + self.timeout - time(), _SHORTEST)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return self.raised_at + self.timeout <= time()
