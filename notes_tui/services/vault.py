"""``export markdown``: the library's side is written to a vault, the user's side of its files stays.

A plan says what would happen; carrying it out writes only files that differ, each whole or not at all,
and keeps what was written as the base of the next merge.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from notes_tui.errors import UnwritableFileError
from notes_tui.formats.vault import RESEARCH_SPACE
from notes_tui.model.export_report import ExportReport
from notes_tui.model.filenames import same_file
from notes_tui.model.reading_list import Problem
from notes_tui.model.vault import VaultText, WrittenFile
from notes_tui.services.folders import FileState, Folder, NotUsableError
from notes_tui.services.fresh_files import FreshFiles
from notes_tui.services.processes import no_collecting
from notes_tui.services.vault_figures import carry_figures_out, plan_figures, put_figures
from notes_tui.services.vault_idle import mark_of, settled
from notes_tui.services.vault_planning import PlannedWrite, Planner, VaultPlan, chosen_profile, vault_of
from notes_tui.services.work_trees import has_remote
from notes_tui.settings import DONE_STATUSES
from notes_tui.store import journal
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

_BATCH = 500


def plan_export(
    store: Store,
    dest: str | Path,
    item_ids: Sequence[int] | None = None,
    *,
    include_private: bool = False,
    done: Collection[str] = DONE_STATUSES,
    profile: str = "",
) -> VaultPlan:
    """What an export of these items (or of all) to a folder would do. Writes nothing.

    Items and notes marked private stay out of a vault in a git work tree with a remote, unless asked for;
    ``done`` are the read statuses that tick a box, ``profile`` is the layout of a new vault. Raises
    :class:`UnwritableFileError` where the folder cannot be a vault of this library, :class:`InvalidValueError`
    where it is one with another layout.
    """
    root = Path(dest).expanduser()
    if root.exists() and not root.is_dir():
        raise UnwritableFileError(f"{dest}: it is a file", hint="name a folder")
    with_private = include_private or not has_remote(root)
    folder = Folder(root)
    chosen = chosen_profile(store, folder, vault_of(store, folder), profile)
    mark = "" if item_ids is not None else mark_of(store, with_private, done)
    known = settled(store, folder, mark)
    if known is not None:
        plan = VaultPlan(ExportReport(path=str(root), unchanged=known[1]), folder, known[0], {})
    else:
        plan = Planner(store, folder, done, with_private, chosen).plan(item_ids)
        plan.mark = mark
    plan_figures(store, plan, with_private=with_private, restore=True)
    plan.report.left_out = 0 if with_private else bases.private_items(store)
    return plan


def export_vault(
    store: Store,
    dest: str | Path,
    item_ids: Sequence[int] | None = None,
    *,
    include_private: bool = False,
    done: Collection[str] = DONE_STATUSES,
    profile: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> ExportReport:
    """Write a vault, as :func:`plan_export` says. A second export writes nothing."""
    with no_collecting():
        plan = plan_export(store, dest, item_ids, include_private=include_private, done=done, profile=profile)
        return carry_out(store, plan, progress)


def carry_out(
    store: Store,
    plan: VaultPlan,
    progress: Callable[[int, int], None] | None = None,
    *,
    joined_to: int | None = None,
) -> ExportReport:
    """Do what a plan says. Interrupted, it leaves whole files or, of a new vault, none; the next export goes on.

    ``joined_to`` is the undo step that the merge bases belong to: undoing it brings them back. Raises :class:`UnwritableFileError` where the folder cannot be written.
    """
    plan.folder.clear_leftovers()
    if plan.is_done and not plan.mark:
        carry_figures_out(store, plan)
        return plan.report
    with store.transaction():
        vault = bases.bind(store, plan.folder.real, plan.profile, plan.vault)
    if FreshFiles.suit(plan.folder, (each.made.path for each in plan.writes)):
        _write_fresh(store, vault, plan, progress, joined_to)
    else:
        for start in range(0, len(plan.writes), _BATCH):
            batch = plan.writes[start : start + _BATCH]
            _write_batch(store, vault, plan, batch, joined_to)
            if progress:
                progress(start + len(batch), len(plan.writes))
    written = {same_file(each.made.path): each.made.path for each in plan.writes}
    for path in plan.removals:
        try:
            plan.folder.remove(path, unless=written.get(same_file(path)))
        except NotUsableError as error:
            plan.report.problems.append(Problem(path, None, str(error)))
    states = [(made, plan.folder.state(made.path)) for made in plan.settled]
    with _remembering(store, joined_to):
        bases.forget_files(store, vault, plan.forgotten)
        bases.remember_files(store, vault, [_row(plan, made, state) for made, state in states if state])
        if plan.mark and plan.report.is_complete and not plan.report.left:
            bases.mark_up_to_date(store, vault, plan.mark)
    carry_figures_out(store, plan)
    if plan.profile == RESEARCH_SPACE.name:
        put_figures(store, vault, plan.folder, plan.report)
    return plan.report


@contextmanager
def _remembering(store: Store, joined_to: int | None) -> Iterator[None]:
    """A transaction for merge bases, which belong to an undo step while that is the latest one."""
    if joined_to is None or not journal.is_latest(store, joined_to):
        with store.transaction():
            yield
        return
    with store.step("merge bases") as step:
        yield
        journal.join_last(store, step, joined_to, repeated=False)


def _write_fresh(
    store: Store,
    vault: int,
    plan: VaultPlan,
    progress: Callable[[int, int], None] | None,
    joined_to: int | None,
) -> None:
    """Write the files of a new vault, which appear when all are written."""
    rows: list[WrittenFile] = []
    with FreshFiles(plan.folder) as fresh:
        for number, write in enumerate(plan.writes, 1):
            rows.append(_row(plan, write.made, fresh.write(write.made.path, write.text)))
            if progress and number % _BATCH == 0:
                progress(number, len(plan.writes))
        fresh.put_in_place()
    with _remembering(store, joined_to):
        bases.remember_files(store, vault, rows)


def _write_batch(
    store: Store, vault: int, plan: VaultPlan, batch: Sequence[PlannedWrite], joined_to: int | None
) -> None:
    rows: list[WrittenFile] = []
    try:
        for write in batch:
            try:
                state = plan.folder.write(write.made.path, write.text, over=write.over)
                rows.append(_row(plan, write.made, state))
            except NotUsableError as error:
                plan.report.problems.append(Problem(write.made.path, None, str(error)))
    finally:
        with _remembering(store, joined_to):
            bases.remember_files(store, vault, rows)


def _row(plan: VaultPlan, made: VaultText, state: FileState) -> WrittenFile:
    return WrittenFile(
        path=made.path, kind=made.kind, item_id=plan.item_ids.get(made.citekey), note=made.note, base=made.text,
        size=state.size, mtime_ns=state.mtime_ns,
    )  # fmt: skip
