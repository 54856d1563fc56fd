"""How the synced vault stands, for the status line: looked at in the background, never when a key is pressed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from notes_tui.errors import NotesError
from notes_tui.services.home import reopen
from notes_tui.services.wording import count_of
from notes_tui.settings import Home
from notes_tui.tui.widgets.bottom import Sign

if TYPE_CHECKING:
    from notes_tui.services.vault_watch import Watched

FIRST_SECONDS = 1.0
EVERY_SECONDS = 4.0
REST = 25
"""A look that took long is followed by a rest of so many times as long."""
_SYNC = "screen.run('library.sync')"
_CHOOSE = "screen.run('library.conflicts')"


class VaultWatcher:
    """Looks at the vault every few seconds while the window has the keyboard, and when it gets it back."""

    class Looked(Message):
        """The vault was looked at; ``None`` where there is none, or it could not be."""

        def __init__(self, watched: Watched | None) -> None:
            super().__init__()
            self.watched = watched

    def __init__(self, screen: Screen[None], home: Home) -> None:
        self.screen = screen
        self.home = home
        self.is_looking = False
        self.is_syncing = False
        """Whether a sync is under way, which nothing else may get in between."""
        self.kept_missing: set[str] = set()
        """Files that are gone and of which the person said that their papers stay."""
        self.without_records: set[str] = set()
        """Adopted folders of which the person said that nothing is to be kept in them."""
        self._rest_until = 0.0

    def begin(self) -> None:
        """Look soon, and from then on again and again."""
        self.screen.set_timer(FIRST_SECONDS, self.look)
        self.screen.set_interval(EVERY_SECONDS, self._look_again)
        self.screen.watch(self.screen.app, "app_focus", self._look_again, init=False)

    def _look_again(self) -> None:
        if self.screen.app.app_focus and monotonic() >= self._rest_until and not self.is_syncing:
            self.look()

    def look(self) -> None:
        """Look now, unless somebody is looking."""
        if not self.is_looking:
            self.is_looking = True
            self.screen.run_worker(self._look, group="watch", thread=True, exit_on_error=False)

    def _look(self) -> None:
        from notes_tui.services.vault_watch import changed_outside

        start = monotonic()
        try:
            with reopen(self.home) as store:
                watched = changed_outside(store)
        except NotesError:
            watched = None
        self._rest_until = monotonic() + REST * (monotonic() - start)
        self.screen.post_message(self.Looked(watched))

    def signs(self, watched: Watched | None, now: datetime) -> Iterator[Sign]:
        """What the status line says of the vault; a click syncs, or shows the conflicts."""
        if watched is None:
            return
        if watched.conflicts:
            yield count_of(watched.conflicts, "conflict"), "warning", _CHOOSE
        if not watched.is_there:
            yield "the notes folder is away", "warning", _SYNC
        elif watched.changed:
            yield f"{count_of(watched.changed, 'file')} changed outside", "accent", _SYNC
        elif watched.missing > len(self.kept_missing):
            yield f"{count_of(watched.missing, 'file')} gone", "accent", _SYNC
        elif not watched.conflicts:
            yield f"in step {_when(watched.in_step_since, now)}", "muted", _SYNC


def _when(at: str, now: datetime) -> str:
    """The time of today, the day of any other day."""
    moment = datetime.fromisoformat(at).astimezone(now.tzinfo)
    return f"{moment:%H:%M}" if moment.date() == now.date() else moment.date().isoformat()
