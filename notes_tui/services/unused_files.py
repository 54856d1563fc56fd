"""Copies of attached files that nothing refers to any more: no item, no undo step and no backup.

Only files named by the hash of their content are looked at, and only those older than a day: a younger one may be
about to be attached by another window.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

from notes_tui.services.stored_files import copies
from notes_tui.store import attachments, snapshots
from notes_tui.store.database import Store

_NAME = re.compile(r"([0-9a-f]{64})(?:-\d+)?(?:\.[a-z]{3,4})?")
_DAY = 24 * 60 * 60


def unused_files(store: Store, backups: Path, elsewhere: Path | None = None) -> list[Path]:
    """The copies that may go, by name. Backups are asked only where there are any.

    ``elsewhere`` is where second copies of backups are kept: where it cannot be looked at, nothing may go.
    """
    folder = copies(store)
    if not folder.is_dir():
        return []
    limit = time.time() - _DAY
    found = {
        path: match[1]
        for path in sorted(folder.iterdir())
        if (match := _NAME.fullmatch(path.name)) and path.is_file() and path.stat().st_mtime < limit
    }
    known = attachments.contents_known(store) if found else set()
    left = {path: sha256 for path, sha256 in found.items() if sha256 not in known}
    if left and elsewhere is not None and not elsewhere.is_dir():
        return []
    folders = [each for each in (backups, elsewhere) if each is not None]
    for backup in [path for folder in folders for path in sorted(folder.glob("*.db"))] if left else ():
        known |= snapshots.contents_known(backup)
    return [path for path, sha256 in left.items() if sha256 not in known]
