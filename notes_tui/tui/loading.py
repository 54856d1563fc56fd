"""What the main screen reads in the background: lists of ids and the overview, each with its own store handle."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from threading import Lock
from typing import NamedTuple

from textual.message import Message
from textual.screen import Screen

from notes_tui.errors import NotesError
from notes_tui.services.browsing import Place, Shown, browse
from notes_tui.services.grouping import grouped
from notes_tui.services.home import reopen
from notes_tui.services.listing import Overview, overview
from notes_tui.settings import Home
from notes_tui.store.database import Store, speaking_plainly
from notes_tui.tui.latest import Latest


class LoadingError(NotesError):
    """Something could not be read for a reason that nobody foresaw."""

    title = "could not be read"


class Wish(NamedTuple):
    """A list that was asked for."""

    place: Place
    text: str = ""
    everywhere: bool = False
    sort: str = ""
    group: str = ""


class Loader:
    """Reads for a screen and tells it by messages; the latest wish wins."""

    class Found(Message):
        """A list is there."""

        def __init__(self, shown: Shown) -> None:
            super().__init__()
            self.shown = shown

    class Counted(Message):
        """The overview is there."""

        def __init__(self, overview: Overview) -> None:
            super().__init__()
            self.overview = overview

    class Failed(Message):
        """Something could not be read."""

        def __init__(self, error: NotesError, *, list_failed: bool) -> None:
            super().__init__()
            self.error = error
            self.list_failed = list_failed

    def __init__(self, screen: Screen[None], home: Home, statuses: Sequence[str]) -> None:
        self.screen = screen
        self.home = home
        self.statuses = statuses
        self.lists: Latest[Wish] = Latest(partial(self._start, "list"), self._stop_searching)
        self.overviews: Latest[str | None] = Latest(partial(self._start, "overview"))
        self._searching: Store | None = None
        self._hold = Lock()
        """Keeps the store of a search open while it is interrupted."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being read."""
        return self.lists.is_idle and self.overviews.is_idle

    def _start(self, group: str, wish: Wish | str | None) -> None:
        work = partial(self._find, wish) if isinstance(wish, Wish) else self._count
        self.screen.run_worker(work, name=group, group=group, thread=True, exit_on_error=False)

    def _find(self, wish: Wish) -> None:
        answer: Message = self.Failed(LoadingError("the list"), list_failed=True)
        try:
            with reopen(self.home) as store, speaking_plainly(store.path):
                self._searching = store
                try:
                    shown = browse(store, wish.place, wish.text, everywhere=wish.everywhere, sort=wish.sort)
                    shown = grouped(store, shown, wish.group, self.statuses)
                finally:
                    with self._hold:
                        self._searching = None
            answer = self.Found(shown)
        except NotesError as error:
            answer = self.Failed(error, list_failed=True)
        finally:  # also where a fault of the program ends it: without an answer no other list would ever come
            self.screen.post_message(answer)

    def _stop_searching(self) -> None:
        """Another list is wanted: the query that runs ends at once, and its failure is not told."""
        with self._hold:
            if self._searching is not None:
                self._searching.interrupt()

    def _count(self) -> None:
        answer: Message = self.Failed(LoadingError("the counts"), list_failed=False)
        try:
            with reopen(self.home) as store, speaking_plainly(store.path):
                answer = self.Counted(overview(store))
        except NotesError as error:
            answer = self.Failed(error, list_failed=False)
        finally:
            self.screen.post_message(answer)
