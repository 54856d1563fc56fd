"""Verified snapshots of the database.

A snapshot is taken through SQLite's backup interface while others may read and write, checked, and only
then given its name. ``backup_to`` in the config gets a second copy.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from notes_tui.errors import NotesError, StoreError, UnwritableFileError
from notes_tui.services.processes import clear_unfinished
from notes_tui.settings import Config, Home, load_config
from notes_tui.store import snapshots
from notes_tui.store.database import Store

if TYPE_CHECKING:
    from notes_tui.store.database import SnapshotReason

_STAMP = "%Y%m%d-%H%M%S"
_KEEP_HOURS, _KEEP_DAYS, _KEEP_WEEKS = 24, 14, 26


@dataclass(frozen=True, slots=True)
class Backup:
    """A snapshot that was written and checked."""

    path: Path
    copy: Path | None
    """The second copy, where ``backup_to`` is set."""
    counts: dict[str, int]

    def as_dict(self) -> dict[str, object]:
        """``{path, copy, counts}``."""
        return {"path": str(self.path), "copy": str(self.copy) if self.copy else None, "counts": self.counts}


def backup(store: Store, home: Home, config: Config, begun: Callable[[], None] = lambda: None) -> Backup:
    """Write a snapshot into ``backups/``, check it, and thin out old ones.

    ``begun`` is called once later changes no longer get into it. Raises :class:`StoreError` where the snapshot does not hold what the database holds, and
    :class:`UnwritableFileError` where it cannot be written.
    """
    stamp = store.clock().strftime(_STAMP)
    try:
        home.backups.mkdir(parents=True, exist_ok=True)
        clear_unfinished(home.backups, "notes-*.part*")
        place = _free_name(home.backups, stamp)
        fresh = place.with_suffix(f".{os.getpid()}.part")
        try:
            counts = snapshots.write(store, fresh, begun)
            os.replace(fresh, place)
        finally:
            fresh.unlink(missing_ok=True)
        copy = _copy(place, config.backup_to)
        thin_out(home.backups, store.clock())
    except OSError as error:
        raise UnwritableFileError(
            f"{home.backups}: {error.strerror or error}", hint="check free space and permissions"
        ) from error
    return Backup(place, copy, counts)


def back_up_when_due(store: Store, home: Home, reason: SnapshotReason) -> None:
    """Take a backup before the first change of a day, and before a large import where the last is an hour old.

    A backup that fails does not stop the change; it is told as a notice.
    """
    try:
        if is_due(home.backups, store.clock(), reason):
            backup(store, home, load_config(home))
    except NotesError as error:
        store.notices.append(f"no backup was written: {error.detail}")


def is_due(folder: Path, now: datetime, reason: SnapshotReason) -> bool:
    """Whether the folder holds no backup of this day, or before an import none of the last hour."""
    latest = max((path.name[6:21] for path in _snapshots(folder)), default="")
    if reason == "daily":
        return latest[:8] != now.strftime("%Y%m%d")
    return latest < (now - timedelta(hours=1)).strftime(_STAMP)


def backup_before_migration(home: Home) -> None:
    """Copy the database of an older version as it is, before it is brought up to date."""
    try:
        home.backups.mkdir(parents=True, exist_ok=True)
        snapshots.copy_file(home.database, _free_name(home.backups, datetime.now().strftime(_STAMP)))
    except OSError as error:
        raise UnwritableFileError(
            f"{home.backups}: {error.strerror or error}",
            hint="a backup is written before the database is updated",
        ) from error


def _free_name(folder: Path, stamp: str) -> Path:
    place = folder / f"notes-{stamp}.db"
    number = 1
    while place.exists():
        number += 1
        place = folder / f"notes-{stamp}-{number}.db"
    return place


def _copy(place: Path, backup_to: str) -> Path | None:
    if not backup_to:
        return None
    import shutil

    folder = Path(os.path.expanduser(backup_to))
    folder.mkdir(parents=True, exist_ok=True)
    target, part = folder / place.name, folder / f"{place.name}.part"
    try:
        shutil.copyfile(place, part)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    if target.stat().st_size != place.stat().st_size:
        raise StoreError(f"{target} is not as long as {place}", hint="check the second disk")
    return target


def _snapshots(folder: Path) -> list[Path]:
    return sorted(folder.glob("notes-[0-9]*.db")) if folder.is_dir() else []


def thin_out(folder: Path, now: datetime) -> list[Path]:
    """Remove snapshots but one an hour of the last day, one a day of two weeks, one a week of half a year.

    The newest of each period stays. Returns what was removed; files that are no snapshots are left alone.
    """
    seen: set[str] = set()
    removed: list[Path] = []
    for path in reversed(_snapshots(folder)):
        try:
            taken = datetime.strptime(path.name[6:21], _STAMP).replace(tzinfo=now.tzinfo)
        except ValueError:
            continue
        period = _period(path.name, taken, now - taken)
        if period is None or period in seen:
            path.unlink()
            removed.append(path)
        else:
            seen.add(period)
    return removed


def _period(name: str, taken: datetime, age: timedelta) -> str | None:
    if age < timedelta(hours=1):
        return name
    if age < timedelta(hours=_KEEP_HOURS):
        return taken.strftime("hour %Y%m%d%H")
    if age < timedelta(days=_KEEP_DAYS):
        return taken.strftime("day %Y%m%d")
    return taken.strftime("week %G%V") if age < timedelta(weeks=_KEEP_WEEKS) else None
