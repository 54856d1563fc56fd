"""One file of a vault taken in by itself: after an editor was open on it, or when a conflict in it is ended.

Its changes come into the library as one undo step; then the file is written where the library has something
else to say, as a sync would do it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from notes_tui.model.export_report import ExportReport
from notes_tui.model.item_merging import Choice, PartConflict
from notes_tui.model.sync_report import SyncReport
from notes_tui.model.vault import HIDDEN_FOLDER, WrittenFile
from notes_tui.services.folders import Folder, NotUsableError
from notes_tui.services.sync_figures import take_figures
from notes_tui.services.sync_taking import Taking
from notes_tui.services.sync_writing import SyncPlanner
from notes_tui.services.vault import carry_out
from notes_tui.services.vault_figures import plan_figures
from notes_tui.services.vault_files import VaultFiles
from notes_tui.services.vault_planning import profile_of
from notes_tui.services.wording import name_of
from notes_tui.services.work_trees import has_remote
from notes_tui.services.write_through import write_item
from notes_tui.settings import DONE_STATUSES, STATUS_NAMES
from notes_tui.store import items
from notes_tui.store import vault as bases
from notes_tui.store.database import Store


@dataclass(frozen=True, slots=True)
class FileOfItem:
    """Where the words about an item stand in a vault that was synced."""

    folder: str
    path: str
    """Relative to the folder."""
    holds_all: bool = True
    """Whether all that is known of the item stands there; else it is a single note."""
    left: WrittenFile | None = None
    """As the program had left it. A file is merged with that although the program wrote it again meanwhile, since
    an editor that was open on it may have put the older words in place of those."""

    @property
    def place(self) -> Path:
        """The file itself."""
        return Path(self.folder, self.path)


def file_of(store: Store, item_id: int, title: str = "") -> FileOfItem | None:
    """The file that a note of an item stands in, brought up to date as far as nobody changed it.

    The vault synced last counts; ``None`` where it has no such file, or the file is gone.
    """
    write_item(store, item_id)
    for _, folder, row in bases.files_of_item(store, item_id):
        is_whole = row.kind == "item" and not row.path.startswith(f"{HIDDEN_FOLDER}/")
        if is_whole or (row.kind == "note" and row.note == title):
            try:
                state = Folder(Path(folder)).look(row.path)
            except NotUsableError:
                continue
            if state is not None and state.usable:
                return FileOfItem(folder, row.path, is_whole, row)
    return None


def take_file(
    store: Store,
    file: FileOfItem,
    *,
    statuses: Collection[str] = STATUS_NAMES,
    done: Collection[str] = DONE_STATUSES,
) -> SyncReport:
    """Bring one file in as one undo step. Conflicts in it wait as after a sync and stand in the report.

    ``statuses`` and ``done`` are as in :func:`syncing.sync`.
    """
    report = take_path(
        store, file, lambda name: f"{name} taken in from its file", statuses=statuses, done=done
    )
    vault = bases.vault_id(store, file.folder)
    report.conflicts = [each for _, _, each in bases.conflicts(store, vault) if each.path == file.path]
    return report


def take_path(
    store: Store, file: FileOfItem, label: Callable[[str], str],
    choose: Callable[[str, PartConflict], Choice | None] | None = None, *,
    statuses: Collection[str] = STATUS_NAMES, done: Collection[str] = DONE_STATUSES,
) -> SyncReport:  # fmt: skip
    """Bring one file in and write it where the library has something else; ``choose`` ends conflicts in it.

    ``label`` makes the words of the undo step from the name of the item, which is empty where there is none.
    """
    root = Path(file.folder)
    folder = Folder(root)
    vault = bases.vault_id(store, file.folder) or 0
    report = SyncReport(path=file.folder, out=ExportReport(path=file.folder))
    with_private = not has_remote(root)
    with store.step("") as step:
        if file.left is not None:
            bases.remember_files(store, vault, [file.left])
        files = VaultFiles(store, folder, vault, profile_of(store, folder, vault))
        taking = Taking(store, files, report, statuses=statuses, with_private=with_private, choose=choose)
        taking.run_one(file.path)
        take_figures(store, files, taking)
        row = files.rows.get(file.path)
        about = [*taking.found] or [row.item_id or 0] if row else [*taking.found]
        named = items.by_ids(store, about, with_entries=False)
        step.label = report.label = label(name_of(named[0]) if named else "")
        report.step_id = step.step_id
    report.problems += files.problems
    plan = SyncPlanner(store, files, taking.found, done, with_private).plan_items(list(taking.found))
    taking.notes.plan(plan, [file.path])
    plan_figures(store, plan, with_private=with_private, only=list(taking.found))
    carry_out(store, plan, joined_to=step.step_id)
    report.out = plan.report
    return report
