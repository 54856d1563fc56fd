"""Something long that is done in a thread: how far it is, and whether it is still wanted."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.message import Message

from notes_tui.errors import NotesError

TELL_SECONDS = 0.1


class CancelledError(NotesError):
    """A person did not want it any more."""

    title = "cancelled"


class _UnwantedError(Exception):
    """Ends work from within its thread, through everything that catches errors of single files."""


class Work:
    """One piece of work; made on the screen, used in its thread."""

    class Told(Message):
        """How far some work is."""

        def __init__(self, work: Work, words: str) -> None:
            super().__init__()
            self.work = work
            self.words = words

        def can_replace(self, message: Message) -> bool:
            """Only the latest words matter."""
            return isinstance(message, Work.Told) and message.work is self.work

    def __init__(self, post: Callable[[Message], object], cancel_key: str) -> None:
        self.is_cancelled = False
        self._post = post
        self._hint = f" · {cancel_key} cancels" if cancel_key else ""
        self._told_at = 0.0

    def said(self, words: str) -> str:
        """What the status line says meanwhile."""
        return "cancelling …" if self.is_cancelled else words + self._hint

    def tell(self, words: str) -> None:
        """Say how far it is; ends the work where it was cancelled."""
        if self.is_cancelled:
            raise _UnwantedError
        if monotonic() - self._told_at >= TELL_SECONDS:
            self._told_at = monotonic()
            self._post(self.Told(self, self.said(words)))
