"""Going back to a backup: what would change first, then the change as one step that undo takes back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from notes_tui.errors import StoreError, UnreadableFileError
from notes_tui.services.backing_up import backup
from notes_tui.services.processes import clear_unfinished
from notes_tui.settings import Config, Home
from notes_tui.store import restoring, search, snapshots
from notes_tui.store.database import Store, open_store
from notes_tui.store.restoring import TableChange


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring changed, or would change."""

    changes: tuple[TableChange, ...]
    applied: bool
    label: str
    kept: str = ""
    """Where the database that was replaced lies, if it could not be opened."""

    def as_dict(self) -> dict[str, object]:
        """``{applied, changes: [{table, back, gone, changed}], kept}``."""
        return {
            "applied": self.applied, "changes": [each.as_dict() for each in self.changes], "kept": self.kept or None,
        }  # fmt: skip


def restore(store: Store, home: Home, config: Config, file: Path, *, apply: bool) -> Restored:
    """Compare the library with a backup, and with ``apply`` make it what the backup holds.

    A snapshot of the present is written first. Raises :class:`UnreadableFileError` for a backup that is missing,
    empty, damaged or no database of this program, before anything changes.
    """
    copy = home.path / f".restore-{os.getpid()}.db"
    clear_unfinished(home.path, ".restore-*.db*")
    try:
        _checked_copy(file, copy)
        with restoring.attached(store, copy):
            changes = tuple(restoring.difference(store))
        label = f"restored from {file.name}"
        if not apply or not changes:
            return Restored(changes, False, label)
        backup(store, home, config)
        with restoring.attached(store, copy), store.step(label):
            restoring.take_over(store)
        search.refresh(store)
        return Restored(changes, True, label)
    finally:
        _discard(copy)


def replace_damaged(home: Home, file: Path) -> Restored:
    """Put a backup in the place of a database that cannot be opened; the damaged file is kept beside it."""
    copy = home.path / f".restore-{os.getpid()}.db"
    try:
        _checked_copy(file, copy)
        kept = home.database.with_name(f"{home.database.name}.damaged-{os.getpid()}")
        for end in ("-wal", "-shm"):
            side = home.database.with_name(home.database.name + end)
            if side.exists():
                os.replace(side, kept.with_name(kept.name + end))
        if home.database.exists():
            os.replace(home.database, kept)
        os.replace(copy, home.database)
        return Restored((), True, f"restored from {file.name}", str(kept))
    finally:
        _discard(copy)


def _checked_copy(file: Path, copy: Path) -> None:
    try:
        if not file.is_file() or file.stat().st_size == 0:
            raise UnreadableFileError(
                f"{file}: it is empty or no file", hint="backups lie in the home's backups/"
            )
        shutil.copyfile(file, copy)
    except OSError as error:
        raise UnreadableFileError(
            f"{file}: {error.strerror}", hint="backups lie in the home's backups/"
        ) from error
    try:
        with open_store(copy) as opened:
            found: Sequence[str] = snapshots.problems(opened)
    except StoreError as error:
        raise UnreadableFileError(
            f"{file}: {error.detail.split(': ', 1)[-1]}", hint="choose another backup"
        ) from error
    if found:
        raise UnreadableFileError(f"{file} is damaged: {found[0]}", hint="choose another backup")


def _discard(copy: Path) -> None:
    for path in (copy, *(copy.with_name(copy.name + end) for end in ("-wal", "-shm"))):
        path.unlink(missing_ok=True)
