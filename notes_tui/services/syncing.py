"""``sync``: a vault and the library brought together, both ways.

First what people changed in the files comes into the library, as one undo step; then what the library has goes out
to the files. The last written text of every file is the base of the merge. Undoing a sync touches no file and
brings the merge bases back too.

A folder that was adopted keeps its shape: notes go back to the very files they came from, and nothing else is
written into it, unless its owner agreed to keep ids, events and annotations in its ``.notes-tui/``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from notes_tui import __version__
from notes_tui.errors import UnknownThingError, UnwritableFileError
from notes_tui.formats.vault import ADOPTED, SETTINGS, Profile
from notes_tui.model.export_report import ExportReport
from notes_tui.model.sync_report import SyncReport, Taken
from notes_tui.model.vault import WrittenFile
from notes_tui.services.folders import Folder
from notes_tui.services.processes import no_collecting
from notes_tui.services.sync_figures import take_figures
from notes_tui.services.sync_notes import moved_notes
from notes_tui.services.sync_taking import Taking
from notes_tui.services.sync_ticks import take_ticks
from notes_tui.services.sync_writing import SyncPlanner
from notes_tui.services.vault import carry_out
from notes_tui.services.vault_figures import have_changed, plan_figures
from notes_tui.services.vault_files import SomeFiles, VaultFiles
from notes_tui.services.vault_planning import VaultPlan, chosen_profile, profile_of, vault_of
from notes_tui.services.wording import count_of
from notes_tui.services.work_trees import has_remote
from notes_tui.settings import DONE_STATUSES, STATUS_NAMES
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

Progress = Callable[[int, int], None]
_MANY = 3
"""Markdown files from which on a folder counts as somebody's notes."""
_COMMON_FILES = frozenset(("readme.md", "license.md", "changelog.md", "contributing.md"))
"""Files that a repository has without being a folder of notes."""
_FEW = 200
"""Items up to which only these are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncWish:
    """How a vault is to be synced."""

    dry_run: bool = False
    """Write neither files nor the library."""
    push: bool = False
    """Send it to the other machines, where the vault lies in a git work tree."""
    trash_missing: bool = False
    """Move items whose files are gone to the trash."""
    keep_records: bool = False
    """Let an adopted folder have a ``.notes-tui/``; it is remembered."""
    among_own_notes: bool = False
    """Make a vault in a folder that holds notes of its owner, too."""
    include_private: bool = False
    profile: str = ""
    """The layout of a new vault; empty for the plain one."""
    ask: bool = False
    """Whether a person is at the terminal, whom git may ask for a password."""
    done: Collection[str] = DONE_STATUSES
    """Read statuses that tick a box."""
    statuses: Collection[str] = STATUS_NAMES
    """Read statuses that a file may name."""
    progress: Progress | None = field(default=None)


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


def wants_consent(store: Store, dest: str | Path | None) -> bool:
    """Whether a folder was adopted and nobody said yet whether it may have a ``.notes-tui/``."""
    folder = Folder(the_vault(store, dest))
    vault = vault_of(store, folder)
    if vault is None or profile_of(store, folder, vault) is not ADOPTED:
        return False
    return not bases.settings_of(store, vault).get("records") and not (folder.root / SETTINGS).is_file()


def sync(store: Store, dest: str | Path | None = None, wish: SyncWish | None = None) -> SyncReport:
    """Bring the edits of a vault's files in and the library's changes out, on this machine.

    Items whose files are gone stay, unless ``wish.trash_missing``. Raises :class:`UnwritableFileError` where the
    folder cannot be a vault, :class:`UnknownThingError` where none was named.
    """
    wish = wish or SyncWish()
    root = the_vault(store, dest)
    if root.exists() and not root.is_dir():
        raise UnwritableFileError(f"{root}: it is a file", hint="name a folder")
    if not wish.among_own_notes:
        _refuse_own_notes(store, root)
    with no_collecting():
        return _Sync(store, root, wish).run()


def _refuse_own_notes(store: Store, root: Path) -> None:
    """Make no vault among somebody's own notes without being told to: they are to be adopted as they are.

    Raises :class:`UnwritableFileError`.
    """
    folder = Folder(root)
    if vault_of(store, folder) is not None or (folder.root / SETTINGS).is_file():
        return
    own = [path for path in folder.listing((".md",)) if path.lower() not in _COMMON_FILES]
    if len(own) >= _MANY:
        raise UnwritableFileError(
            f"{root}: it holds {len(own):,} Markdown files of its owner and is no vault",
            hint=f"`notes-tui adopt {root}` takes them in where they lie; `--yes` makes a vault beside them",
        )


class _Sync:
    """One sync of one folder."""

    def __init__(self, store: Store, root: Path, wish: SyncWish) -> None:
        self.store = store
        self.root = root
        self.wish = wish
        self.with_private = wish.include_private or not has_remote(root)
        self.report = SyncReport(path=str(root), out=ExportReport(path=str(root)))

    def run(self) -> SyncReport:
        """Take in, then write out."""
        report, plan = self.report, None
        try:
            with self.store.step("") as step:
                files, taking = self._take()
                step.label = report.label = (
                    f"{count_of(report.came_in, 'item')} taken in from {self.root.name}"
                )
                report.step_id = step.step_id
                if self.wish.dry_run:
                    plan = self._plan(files, taking)
                    report.conflicts = [each for _, _, each in bases.conflicts(self.store, files.vault)]
                    raise _OnlyLookingError
                bases.remember_files(self.store, files.vault, _taken_whole(taking))
        except _OnlyLookingError:
            pass
        if plan is None:
            version = self.store.data_version
            plan = self._plan(files, taking)
            carry_out(self.store, plan, self.wish.progress, joined_to=report.step_id)
            report.conflicts = [each for _, _, each in bases.conflicts(self.store, files.vault)]
            self._remember(files.vault, plan, version)
        report.out = replace(
            plan.report, left_out=0 if self.with_private else bases.private_items(self.store)
        )
        return report

    def _remember(self, vault: int, plan: VaultPlan, version: int) -> None:
        """Note that the vault is in step; what could not be written is gone through again the next time.

        So is what others may have changed in the library since it was read for the plan, at ``version``.
        """
        with self.store.transaction():
            in_step = self.store.data_version == version
            is_noted = in_step or bases.is_synced(self.store, vault)
            bases.mark_synced(self.store, vault, in_step=in_step)
            way = self._way if plan.report.is_complete and is_noted else ""
            settings = bases.settings_of(self.store, vault)
            if settings.get("made") != way:
                bases.set_settings(self.store, vault, settings | {"made": way})

    def _take(self) -> tuple[VaultFiles, Taking]:
        folder = Folder(self.root)
        known = vault_of(self.store, folder)
        profile = chosen_profile(self.store, folder, known, self.wish.profile)
        vault = bases.bind(self.store, folder.real, profile.name, known)
        if self.wish.keep_records and profile is ADOPTED:
            bases.set_settings(self.store, vault, bases.settings_of(self.store, vault) | {"records": True})
        files = self._files(folder, vault, profile)
        taking = Taking(
            self.store, files, self.report, statuses=self.wish.statuses, with_private=self.with_private,
            trash_missing=self.wish.trash_missing,
        )  # fmt: skip
        taking.run()
        take_figures(self.store, files, taking, is_trial=self.wish.dry_run)
        take_ticks(self.store, files, self.report, done=self.wish.done, statuses=self.wish.statuses)
        self.report.problems += files.problems
        return files, taking

    def _files(self, folder: Folder, vault: int, profile: Profile) -> VaultFiles:
        """What is looked at: all of the vault, or the few items of which something changed on either side."""
        if profile is ADOPTED:
            return self._adopt_more(VaultFiles(self.store, folder, vault, profile), profile)
        some = SomeFiles(self.store, folder, vault, profile)
        is_simple = some.is_simple and not have_changed(self.store, some.folder)
        if self._is_made_alike(vault) and is_simple and bases.is_synced(self.store, vault):
            changed = some.changed_ids
            involved = (
                changed | bases.queued(self.store, vault).keys() | {*bases.conflict_items(self.store, vault)}
            )
            if len(involved) <= _FEW:
                some.look_closer(involved)
                return some
        return VaultFiles(self.store, Folder(self.root), vault, profile)

    def _is_made_alike(self, vault: int) -> bool:
        """Whether the files were last written in the way in which they would be now."""
        return bases.settings_of(self.store, vault).get("made") == self._way

    @property
    def _way(self) -> str:
        return f"{__version__} {self.with_private} {','.join(sorted(self.wish.done))}"

    def _adopt_more(self, files: VaultFiles, profile: Profile) -> VaultFiles:
        """Adopt what is new or moved in the folder since the last look; what others recorded of it comes in first."""
        if files.is_new and SETTINGS in files.present:
            return files
        seen = blake2b(
            "\n".join(files.strangers()).encode("utf-8", "surrogatepass"), digest_size=8
        ).hexdigest()
        settings = bases.settings_of(self.store, files.vault)
        if settings.get("seen") == seen:
            return files
        from notes_tui.services import adopting

        found = adopting.adopt(self.store, self.root, statuses=list(self.wish.statuses), for_sync=True)
        self.report.added += [paper.citekey for paper in found.papers if paper.is_new]
        changed = [paper for paper in found.papers if paper.notes and not paper.is_new]
        self.report.taken += [Taken(paper.notes[0], paper.citekey, ("note",)) for paper in changed]
        self.report.problems += found.problems
        bases.set_settings(self.store, files.vault, settings | {"seen": seen})
        again = VaultFiles(self.store, Folder(self.root), files.vault, profile)
        self.report.moved += moved_notes(files.rows, again.rows)
        return again

    def _plan(self, files: VaultFiles, taking: Taking) -> VaultPlan:
        plan = self._plan_texts(files, taking)
        if not isinstance(files, SomeFiles) or files.item_ids:
            changed = files.item_ids if isinstance(files, SomeFiles) else None
            plan_figures(self.store, plan, with_private=self.with_private, changed=changed)
        return plan

    def _plan_texts(self, files: VaultFiles, taking: Taking) -> VaultPlan:
        planner = SyncPlanner(self.store, files, taking.found, self.wish.done, self.with_private)
        if isinstance(files, SomeFiles):
            queue = bases.queued(self.store, files.vault)
            if 0 not in queue or all(queue.values()):
                involved = sorted({*queue, *taking.found} - {0})
                plan = planner.plan_items(involved)
                changed = [item_id for item_id in involved if not queue.get(item_id, True)]
                if planner.stays_in_place:
                    if changed:
                        planner.plan_pages(changed)
                    plan.report.unchanged = files.number_of_items - len(plan.report.changed)
                    return plan
            whole = VaultFiles(self.store, Folder(self.root), files.vault, files.profile)
            planner = SyncPlanner(self.store, whole, taking.found, self.wish.done, self.with_private)
        has_records = bases.settings_of(self.store, files.vault).get("records") or SETTINGS in files.present
        plan = planner.result if files.profile is ADOPTED and not has_records else planner.plan(None)
        taking.notes.plan(plan)
        return plan


def _taken_whole(taking: Taking) -> Iterator[WrittenFile]:
    """What is remembered with the step itself of the files of which the library has every word now.

    Where the sync is ended before it wrote them, the next one begins from there and takes in nothing twice.
    """
    for found in taking.found.values():
        row, merged = found.base, found.merged
        if row and row.path == found.path and merged and not merged.conflicts and not found.refused:
            yield replace(row, base=found.text, size=-1)
    for path, note in taking.notes.merged.items():
        text = taking.files.text(path)
        if text is not None and not note.conflicts:
            yield replace(taking.notes.rows[path], base=text, size=-1)
