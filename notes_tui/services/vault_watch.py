"""How the vault that was synced last stands, told without opening a file of it: cheap enough to ask every few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from notes_tui.model.vault import HIDDEN_FOLDER
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

if TYPE_CHECKING:
    from notes_tui.formats.vault import Profile
    from notes_tui.services.folders import FileState


@dataclass(frozen=True, slots=True)
class Watched:
    """A vault as it is now."""

    folder: str
    in_step_since: str
    """When it was synced last (ISO 8601)."""
    changed: int
    """Files that are new, or not as they were left."""
    missing: int
    """Files of items that are gone."""
    conflicts: int
    """Conflicts that wait, with the library or between machines."""
    is_there: bool = True
    """Whether the folder can be looked at: the disk it is on may be away."""


def known_folders(store: Store) -> list[str]:
    """The folders of all vaults that are there: those that were synced, the latest first, then the others."""
    synced = bases.synced_folders(store)
    others = [path for path in bases.vaults(store).values() if path not in synced]
    return [path for path in (*synced, *reversed(others)) if Path(path).is_dir()]


def changed_outside(store: Store) -> Watched | None:
    """Look at the vault that was synced last; ``None`` where none ever was.

    Size and time of every file are compared with what was left there: one walk, one query. A file that is not known
    counts while it is younger than the last sync, which has looked at the older ones.
    """
    latest = bases.latest_synced(store)
    if latest is None:
        return None
    from notes_tui.formats import vault as layout
    from notes_tui.services.folders import Folder
    from notes_tui.services.git import is_record

    vault, path, since = latest
    waiting = bases.conflict_count(store)
    if not Path(path).is_dir():
        return Watched(path, since, 0, 0, waiting, is_there=False)
    present = Folder(Path(path)).listing((".md", ".jsonl", ".json"), (HIDDEN_FOLDER,))
    left = bases.written_states(store, vault)
    profile = layout.PROFILES.get(bases.profile_of(store, vault), layout.PLAIN)
    looked_at = datetime.fromisoformat(since).timestamp() * 1e9

    def is_news(name: str, state: FileState) -> bool:
        if name in left:
            return left[name] != (state.size, state.mtime_ns)
        return state.mtime_ns > looked_at and _may_come_in(name, profile)

    changed = sum(is_news(name, state) for name, state in present.items())
    missing = sum(name not in present for name in left if name.endswith(".md") and not profile.is_page(name))
    return Watched(path, since, changed, missing, waiting + sum(map(is_record, present)))


def _may_come_in(path: str, profile: Profile) -> bool:
    """Whether a sync would look into a file that the program has not written."""
    from notes_tui.formats.vault import EVENTS

    if path.startswith(f"{HIDDEN_FOLDER}/"):
        return path.startswith(f"{EVENTS}/")
    return path.endswith(".md") and not profile.is_page(path)
