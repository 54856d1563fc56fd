"""Histories of several machines become one: the union of their events, each under the id it has everywhere.

Events that came from elsewhere belong to no undo step: taking back a sync does not unmake what was read
on another machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from notes_tui.formats import vault as layout
from notes_tui.model.item import EventKind, Item
from notes_tui.model.reading_list import Problem
from notes_tui.model.sync_report import SyncReport
from notes_tui.model.vault import HIDDEN_FOLDER
from notes_tui.services.vault_files import VaultFiles
from notes_tui.services.wording import count_of
from notes_tui.store import events
from notes_tui.store.database import Store


def take_events(
    store: Store, files: VaultFiles, report: SyncReport, owner_of: Callable[[str], int | None]
) -> None:
    """Bring in the events that the library does not have, and what takes events back.

    ``owner_of`` tells the item that the vault calls by a citekey.
    """
    found = []
    for path, text in files.event_files.items():
        read, problems = layout.read_events(path, text)
        report.problems += problems
        found += [event for event in read if event.uid not in files.written_events]
    known = events.known_uids(store, [event.uid for event in found])
    new = [event for event in found if event.uid not in known]
    owners = {key: owner_of(key) for key in dict.fromkeys(event.citekey for event in new)}
    placed = [(event, owner) for event in new if (owner := owners[event.citekey]) is not None]
    if len(placed) < len(new):
        number = count_of(len(new) - len(placed), "event")
        report.problems.append(Problem(HIDDEN_FOLDER, None, f"{number} of items that are not here"))
    report.events = events.join(store, placed)


def edits_of(before: Item, after: Item, now: Item) -> Iterator[tuple[EventKind, str, int | None]]:
    """What somebody wrote into a file in place of status, rating and page, where the library says otherwise."""
    if after.read_status != before.read_status and after.read_status != now.read_status:
        yield "status", after.read_status, None
    if after.rating != before.rating and after.rating != now.rating:
        yield "rating", str(after.rating or 0), None
    old, new, here = (each.progress.page if each.progress else None for each in (before, after, now))
    if new not in (None, old, here):
        yield "progress", "", new
