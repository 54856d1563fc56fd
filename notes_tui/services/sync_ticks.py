"""Boxes that somebody ticked on the pages of a vault: ``- [ ]`` that became ``- [x]`` marks the paper read.

Only ticks count. A box that lost its tick may be an older page that another machine wrote, and no status flips by
itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from notes_tui.model.sync_report import SyncReport, Taken
from notes_tui.services.vault_files import VaultFiles
from notes_tui.store import derived, events, items
from notes_tui.store.database import Store

_READ = "read"
_BOX = re.compile(
    r"\s*[-*+] \[(?P<box>[ xX])\] (?:\[\[(?P<wiki>[^|\]]+)|\[.*?\]\(<?(?P<path>[^)>]+)>?\))", re.MULTILINE
)


def take_ticks(
    store: Store, files: VaultFiles, report: SyncReport, *, done: Collection[str], statuses: Collection[str]
) -> None:
    """Mark what was ticked read, where it has no status of ``done``; inside the open step."""
    if _READ not in statuses:
        return
    owners = {row.path: row.item_id for row in files.item_rows.values()}
    for path in sorted(files.changed):
        row = files.rows.get(path)
        text = files.text(path) if row and row.kind == "page" else None
        if row is None or text is None:
            continue
        ticked = set(_boxes(path, text, "xX")) & set(_boxes(path, row.base, " "))
        for target in sorted(ticked & owners.keys()):
            _mark(store, owners[target] or 0, path, report, done)


def _boxes(page: str, text: str, signs: str) -> Iterator[str]:
    """The files, relative to the vault, that lines with such a box lead to."""
    for found in _BOX.finditer(text):
        if found["box"] in signs:
            target = f"{found['wiki'].removesuffix('.md')}.md" if found["wiki"] else unquote(found["path"])
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
            yield posixpath.normpath(target) if found["wiki"] else beside


def _mark(store: Store, item_id: int, path: str, report: SyncReport, done: Collection[str]) -> None:
    derived.refresh_items(store, [item_id])
    item = items.by_ids(store, [item_id], with_entries=False)
    if item and not item[0].trashed and item[0].read_status not in done:
        events.append(store, [item_id], "status", _READ)
        report.taken.append(Taken(path, item[0].citekey, ("read_status",)))
