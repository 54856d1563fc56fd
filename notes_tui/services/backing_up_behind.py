"""Backups of a window: what is due is copied in a thread, from before the change, while people go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING

from notes_tui.errors import NotesError
from notes_tui.settings import Home, load_config
from notes_tui.store.database import Store, open_store

if TYPE_CHECKING:
    from datetime import datetime

    from notes_tui.store.database import SnapshotReason


class BackupsBehind:
    """Takes the backups that are due for the handles of one window, one at a time."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._copying: Thread | None = None

    @property
    def is_copying(self) -> bool:
        """Whether a backup is being written; the process ends when it is done."""
        return self._copying is not None and self._copying.is_alive()

    def keep(self, store: Store) -> None:
        """Take the backups of this handle here. One that fails stops nothing and is a notice of the handle."""
        store.snapshot = partial(self._begin, store)

    def wait(self) -> None:
        """Wait until what is being copied is written."""
        if self._copying is not None:
            self._copying.join()

    def _begin(self, store: Store, reason: SnapshotReason) -> None:
        from notes_tui.services.backing_up import is_due

        if self.is_copying or not is_due(self.home.backups, store.clock(), reason):
            return
        begun = Event()
        self._copying = Thread(target=self._copy, args=(store.clock, store.notices, begun))
        self._copying.start()
        begun.wait()

    def _copy(self, clock: Callable[[], datetime], notices: list[str], begun: Event) -> None:
        from notes_tui.services.backing_up import backup

        try:
            with open_store(self.home.database) as store:
                store.clock = clock
                backup(store, self.home, load_config(self.home), begun.set)
        except NotesError as error:
            notices.append(f"no backup was written: {error.detail}")
        finally:
            begun.set()
