"""Opening a home: the folder, the database, and on first use the bundled library."""

from __future__ import annotations

import os

from notes_tui.errors import UnwritableFileError
from notes_tui.model.value import Value
from notes_tui.settings import DATABASE, Home, bundled_texts
from notes_tui.store.database import Store, open_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from notes_tui.store.database import SnapshotReason


class Initialised(Value):
    """What ``init`` found or made."""

    path: Path
    created: bool
    items: int
    collections: int

    def as_dict(self) -> dict[str, object]:
        """``{home, created, items, collections}``."""
        return {
            "home": str(self.path), "created": self.created, "items": self.items, "collections": self.collections,
        }  # fmt: skip


def open_home(home: Home, *, bundled: bool = True) -> Store:
    """Open the library of a home, making it on first use.

    A new home is made whole or not at all: the database is built beside its place and moved there. Raises
    :class:`UnwritableFileError` or :class:`StoreError`.
    """
    database = os.path.join(home.folder, DATABASE)
    if not os.path.exists(database):
        _make(home, bundled=bundled)

    def before_migration() -> None:
        from notes_tui.services import backing_up

        backing_up.backup_before_migration(home)

    def snapshot(reason: SnapshotReason) -> None:
        from notes_tui.services import backing_up

        backing_up.back_up_when_due(store, home, reason)

    store = open_store(database, before_migration=before_migration)
    store.snapshot = snapshot
    return store


def reopen(home: Home) -> Store:
    """Another handle on a home that is open already, for another thread."""
    return open_store(home.database)


def init_home(home: Home, *, empty: bool = False) -> Initialised:
    """Make a home, with the bundled collections unless ``empty``; an existing one is left as it is."""
    from notes_tui.store import search

    created = not home.database.exists()
    with open_home(home, bundled=not empty) as store:
        return Initialised(
            home.path, created, search.total(store), store.count("SELECT count(*) FROM collections")
        )


def _make(home: Home, *, bundled: bool) -> None:
    try:
        home.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableFileError(
            f"{home.path}: {error.strerror}", hint="choose another folder with --home"
        ) from error
    from notes_tui.services.processes import clear_unfinished

    clear_unfinished(home.path, ".notes-*.db*")
    fresh = home.path / f".notes-{os.getpid()}.db"
    try:
        with open_store(fresh, create=True) as store:
            if bundled:
                from notes_tui.services.list_importing import load_bundled
                from notes_tui.store import search

                load_bundled(store, bundled_texts())
                search.refresh(store)
            store.run("PRAGMA wal_checkpoint(TRUNCATE)")
        _move_into_place(fresh, home.database)
    finally:
        for leftover in (fresh, *(fresh.with_name(fresh.name + end) for end in ("-wal", "-shm"))):
            leftover.unlink(missing_ok=True)


def _move_into_place(fresh: Path, place: Path) -> None:
    """Give the new database its name unless another process was faster."""
    try:
        os.link(fresh, place)
    except FileExistsError:
        return
    except OSError:
        if not place.exists():
            os.replace(fresh, place)
