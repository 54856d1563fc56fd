"""``sync``: a vault and the library brought together, both ways.

First what people changed in the files comes into the library, as one undo step; then what the library has goes out
to the files. The last written text of every file is the base of the merge. Undoing a sync touches no file and
brings the merge bases back too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from notes_tui.errors import UnknownThingError, UnwritableFileError
from notes_tui.formats.vault import PROFILE
from notes_tui.model.export_report import ExportReport
from notes_tui.model.sync_report import SyncReport
from notes_tui.services.folders import Folder
from notes_tui.services.sync_taking import Taking
from notes_tui.services.sync_writing import SyncPlanner
from notes_tui.services.vault import carry_out
from notes_tui.services.vault_files import VaultFiles
from notes_tui.services.vault_planning import VaultPlan, vault_of
from notes_tui.services.wording import count_of
from notes_tui.services.work_trees import has_remote
from notes_tui.settings import DONE_STATUSES, STATUS_NAMES
from notes_tui.store import vault as bases
from notes_tui.store.database import Store


class _OnlyLookingError(Exception):
    """Ends a step that is not to be kept."""


def bound_vaults(store: Store) -> list[str]:
    """The folders that were synced, the latest first."""
    return bases.synced_folders(store)


def the_vault(store: Store, dest: str | Path | None) -> Path:
    """The folder that a sync is about. Raises :class:`UnknownThingError` where none was named, ever."""
    if dest is not None:
        return Path(dest).expanduser()
    known = bound_vaults(store)
    if not known:
        raise UnknownThingError("a vault", hint="name a folder once: `notes-tui sync DIR`")
    return Path(known[0])


def sync(
    store: Store,
    dest: str | Path | None = None,
    *,
    dry_run: bool = False,
    trash_missing: bool = False,
    include_private: bool = False,
    done: Collection[str] = DONE_STATUSES,
    statuses: Collection[str] = STATUS_NAMES,
    progress: Callable[[int, int], None] | None = None,
) -> SyncReport:
    """Bring the edits of a vault's files in and the library's changes out.

    ``statuses`` are the read statuses a file may name, ``done`` those that tick a box. Items whose files are gone
    stay, unless ``trash_missing``. A dry run writes neither files nor the library. Raises
    :class:`UnwritableFileError` where the folder cannot be a vault.
    """
    root = the_vault(store, dest)
    if root.exists() and not root.is_dir():
        raise UnwritableFileError(f"{root}: it is a file", hint="name a folder")
    folder = Folder(root)
    with_private = include_private or not has_remote(root)
    report = SyncReport(path=str(root), out=ExportReport(path=str(root)))
    plan: VaultPlan | None = None
    try:
        with store.step("") as step:
            vault = bases.bind(store, folder.real, PROFILE, vault_of(store, folder))
            files = VaultFiles(store, folder, vault)
            taking = Taking(
                store,
                files,
                report,
                statuses=statuses,
                with_private=with_private,
                trash_missing=trash_missing,
            )
            taking.run()
            report.problems += files.problems
            step.label = report.label = f"{count_of(report.came_in, 'item')} taken in from {root.name}"
            report.step_id = step.step_id
            if dry_run:
                plan = SyncPlanner(store, files, taking.found, done, with_private).plan(None)
                report.conflicts = [each for _, _, each in bases.conflicts(store, vault)]
                raise _OnlyLookingError
    except _OnlyLookingError:
        pass
    if plan is None:
        plan = SyncPlanner(store, files, taking.found, done, with_private).plan(None)
        carry_out(store, plan, progress, joined_to=report.step_id)
        report.conflicts = [each for _, _, each in bases.conflicts(store, vault)]
        with store.transaction():
            bases.mark_synced(store, vault)
    report.out = replace(plan.report, left_out=0 if with_private else bases.private_items(store))
    return report
