"""Whether a vault says already all that the library has: asked before anything that makes one is loaded."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from notes_tui import __version__
from notes_tui.services.folders import Folder
from notes_tui.services.work_trees import has_remote
from notes_tui.settings import DONE_STATUSES
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

if TYPE_CHECKING:
    from notes_tui.model.export_report import ExportReport


def mark_of(store: Store, with_private: bool, done: Collection[str]) -> str:
    """Everything that decides what the files of a whole vault say."""
    return f"{bases.revision(store)} {__version__} {with_private} {','.join(sorted(done))}"


def settled(store: Store, folder: Folder, mark: str) -> tuple[int, int] | None:
    """The vault at a folder and its number of notes, if it is up to date with the library and every file is there."""
    vault = bases.vault_id(store, folder.real)
    if vault is None or not mark or bases.up_to_date_since(store, vault) != mark:
        return None
    notes, others = bases.item_paths(store, vault)
    return (vault, len(notes)) if folder.has_all([*notes, *others]) else None


def unchanged(
    store: Store, dest: str | Path, *, include_private: bool = False, done: Collection[str] = DONE_STATUSES
) -> ExportReport | None:
    """The report of an export of the whole library that has nothing to write, ``None`` where it may have something.

    A vault with figures is always looked at whole.
    """
    root = Path(dest).expanduser()
    if not root.is_dir():
        return None
    with_private = include_private or not has_remote(root)
    folder = Folder(root)
    found = settled(store, folder, mark_of(store, with_private, done))
    if found is None or bases.has_figures(store):
        return None
    from notes_tui.model.export_report import ExportReport

    left_out = 0 if with_private else bases.private_items(store)
    return ExportReport(path=str(root), unchanged=found[1], left_out=left_out)
