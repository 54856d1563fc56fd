"""One piece of background work at a time, and always the latest that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Wish = TypeVar("Wish")


class Latest(Generic[Wish]):
    """Starts work for a wish; wishes that come meanwhile replace one another, and the last is done next.

    Starting a thread for every letter typed would only queue them up.
    """

    def __init__(self, start: Callable[[Wish], None], stop: Callable[[], None] | None = None) -> None:
        self.start = start
        self.stop = stop
        """Ends the work early where it can be, because another wish came."""
        self.running: Wish | None = None
        self.waiting: Wish | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being done."""
        return self.running is None

    def ask(self, wish: Wish) -> None:
        """Do this next."""
        if self.running is not None:
            self.waiting = wish
            if self.stop is not None:
                self.stop()
            return
        self.running = wish
        self.start(wish)

    def finished(self) -> bool:
        """The work is done; goes on to what was asked for meanwhile. Says whether the result is the latest."""
        self.running = None
        if self.waiting is None:
            return True
        wish, self.waiting = self.waiting, None
        self.ask(wish)
        return False
