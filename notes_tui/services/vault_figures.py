"""Figures of notes in a vault: beside the note's file, where its link says.

What was written, and what its owner put there, is remembered under a name of its own (``figures:FOLDER``), with the
hash of the content as the base. A picture has no lines to merge: a file that its owner changed is left to the next
sync, one that the library changed is written anew, and one that no note shows any more goes if the program made it.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from notes_tui.errors import NotesError
from notes_tui.model.export_report import ExportReport
from notes_tui.model.figures import FOLDER, SUFFIXES, is_named_by_content, joined, pictures
from notes_tui.model.item import Note
from notes_tui.model.reading_list import Problem
from notes_tui.model.vault import HIDDEN_FOLDER, WrittenFile
from notes_tui.services import stored_files
from notes_tui.services.figures import linked
from notes_tui.services.folders import FileState, Folder, NotUsableError
from notes_tui.services.vault_planning import VaultPlan
from notes_tui.store import attachments, notes
from notes_tui.store import vault as bases
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store

PREFIX = "figures:"
"""What stands before the folder of a vault where its figures are kept among the vaults."""
OWNED = "owner"
"""The mark of a figure that its owner put there."""


@dataclass(slots=True)
class NotePlaces:
    """The files that notes stand in, relative to a vault."""

    of_items: dict[int, str] = field(default_factory=dict)
    own: dict[tuple[int, str], str] = field(default_factory=dict)
    """Notes that are files of their own, by item and title."""

    @classmethod
    def known(cls, store: Store, vault: int | None, item_ids: Collection[int]) -> NotePlaces:
        """Where the notes of items were last written."""
        places = cls()
        for row in bases.note_files(store, vault, item_ids) if vault is not None else ():
            places.put(row.item_id or 0, row.kind, row.note, row.path)
        return places

    def put(self, item_id: int, kind: str, title: str, path: str) -> None:
        """Remember the file of an item, or of one of its notes."""
        if kind == "note":
            self.own[item_id, title] = path
        elif kind == "item":
            self.of_items[item_id] = path

    def forget(self, paths: Collection[str]) -> None:
        """These files are no longer there."""
        self.of_items = {key: path for key, path in self.of_items.items() if path not in paths}
        self.own = {key: path for key, path in self.own.items() if path not in paths}

    def folder_of(self, item_id: int, title: str) -> str | None:
        """The folder that the links of a note begin in; ``None`` where the note has no file."""
        path = self.own.get((item_id, title)) or self.of_items.get(item_id)
        return None if path is None else path.rpartition("/")[0]


def target_of(folder: str, link: str) -> str:
    """Where a link of a note leads in a vault; ``""`` outside of it, to what is out of sight, and to no picture."""
    path = joined(folder, link)
    seen = path.removeprefix(f"{HIDDEN_FOLDER}/papers/")
    is_hidden = any(part.startswith(".") for part in seen.split("/"))
    return path if path and not is_hidden and path.lower().endswith(SUFFIXES) else ""


def mark_of(link: str, sha256: str) -> str:
    """The mark of a figure that was found: its owner's, unless it has a name that only the program gives."""
    return "" if is_named_by_content(link, sha256) else OWNED


def address_of(folder: Folder) -> str:
    """The name under which the figures of a folder are remembered."""
    return f"{PREFIX}{folder.real}"


def known_figures(store: Store, folder: Folder) -> dict[str, WrittenFile]:
    """What is remembered of the figures in a folder, by path."""
    known = bases.vault_id(store, address_of(folder))
    return bases.written_files(store, known) if known is not None else {}


def remember(
    store: Store, folder: Folder, rows: Iterable[WrittenFile], forgotten: Iterable[str] = ()
) -> None:
    """Keep how figures were left, as part of the open step or transaction."""
    there = bases.bind(store, address_of(folder), "figures")
    bases.forget_files(store, there, forgotten)
    bases.remember_files(store, there, rows)


def is_as_left(row: WrittenFile, state: FileState | None) -> bool:
    """Whether nothing happened to a file since it was looked at."""
    return state is not None and (row.size, row.mtime_ns) == (state.size, state.mtime_ns)


def have_changed(store: Store, folder: Folder) -> bool:
    """Whether a figure in a vault came or changed since it was looked at last."""
    for path, row in known_figures(store, folder).items():
        try:
            state = folder.state(path)
        except NotUsableError:
            continue
        if state is not None and not is_as_left(row, state):
            return True
    return False


@dataclass(frozen=True, slots=True)
class FigureWrite:
    """A picture that is to be copied into a vault."""

    path: str
    file: AttachedFile
    source: str
    over: bool


@dataclass(slots=True)
class FigurePlan:
    """What becomes of the figures of a vault."""

    writes: list[FigureWrite] = field(default_factory=list)
    settled: list[WrittenFile] = field(default_factory=list)
    removals: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to do or to remember."""
        return not (self.writes or self.settled or self.removals or self.forgotten)


def plan_figures(
    store: Store, plan: VaultPlan, *, with_private: bool, restore: bool = False,
    only: Collection[int] | None = None, changed: Collection[int] | None = None,
) -> None:  # fmt: skip
    """Add to a plan what becomes of the figures of its notes; those written count among the other files.

    ``restore`` writes again what was deleted in the vault; ``only`` looks at some items and removes nothing;
    ``changed`` are those of which the notes are looked at where no figure of them is known, instead of all.
    """
    files = attachments.linked_figures(store, None if only is None else sorted(only))
    known = known_figures(store, plan.folder)
    about = changed if only is None else only
    ids = None if about is None else {*about, *(file.item_id for file in files)}
    shown = notes.with_pictures(store, ids, with_private=with_private)
    if shown or known:
        plan.figures = _Planner(store, plan, known, restore).plan(files, shown, retire=only is None)


class _Planner:
    """Compares the figures that notes show with what was left in a vault and what is there."""

    def __init__(
        self, store: Store, plan: VaultPlan, known: Mapping[str, WrittenFile], restore: bool
    ) -> None:
        self.store = store
        self.folder = plan.folder
        self.report = plan.report
        self.vault_plan = plan
        self.known = known
        self.restore = restore
        self.result = FigurePlan()

    def plan(self, files: list[AttachedFile], shown: list[tuple[int, Note]], *, retire: bool) -> FigurePlan:
        wanted: dict[str, AttachedFile] = {}
        for path, file in self._wanted(files, shown):
            other = wanted.setdefault(path, file)
            if other.sha256 != file.sha256:
                self._problem(path, "two notes call different pictures so; the first one is there")
        for path, file in wanted.items():
            try:
                self._compare(path, file)
            except (NotUsableError, NotesError) as error:
                self._problem(path, f"{error}; it was not written")
        for path, row in self.known.items() if retire else ():
            if path not in wanted and row.base:
                self._retire(row)
        return self.result

    def _wanted(
        self, files: list[AttachedFile], shown: list[tuple[int, Note]]
    ) -> Iterator[tuple[str, AttachedFile]]:
        """Each figure that a note in the vault shows, with its place there; places of others are kept in mind."""
        by_item: dict[int, list[AttachedFile]] = {}
        for file in files:
            by_item.setdefault(file.item_id, []).append(file)
        places = self._places({item_id for item_id, _ in shown})
        for item_id, note in shown:
            folder = places.folder_of(item_id, note.title)
            for picture in pictures(note.body) if folder is not None else ():
                known = linked(by_item.get(item_id, ()), picture)
                target = target_of(folder or "", known.link if known else picture.link)
                if known and target:
                    yield target, known
                elif target and target not in self.known:
                    self.result.settled.append(waiting_row(target, item_id))

    def _places(self, item_ids: Collection[int]) -> NotePlaces:
        """Where notes stand once the plan is carried out."""
        plan = self.vault_plan
        places = NotePlaces.known(self.store, plan.vault, item_ids)
        places.forget({*plan.forgotten, *plan.removals})
        for made in (*(write.made for write in plan.writes), *plan.settled):
            if made.citekey in plan.item_ids:
                places.put(plan.item_ids[made.citekey], made.kind, made.note, made.path)
        return places

    def _compare(self, path: str, file: AttachedFile) -> None:
        row, state = self.known.get(path), self.folder.state(path)
        if state is None:
            if row is None or not row.base or self.restore or row.base != file.sha256:
                self._write(path, file, over=False)
            return
        if not state.usable:
            raise NotUsableError("it is a link or no plain file")
        if row and row.base == file.sha256 and is_as_left(row, state):
            return
        there = stored_files.hash_of(os.path.join(self.folder.root, path))
        if there == file.sha256:
            owner = row.note if row else mark_of(file.link, file.sha256)
            self.result.settled.append(figure_row(path, file, state, owner))
        elif row and row.base == there:
            self._write(path, file, over=True)
        elif row is None:
            raise NotUsableError("another file of that name is there")

    def _write(self, path: str, file: AttachedFile, *, over: bool) -> None:
        place = stored_files.place_of(self.store, file)
        if place is None:
            raise NotUsableError("the picture itself is not in this library")
        if stored_files.hash_of(place) != file.sha256:
            raise NotUsableError("the picture was changed since it was attached; attach it again")
        self.result.writes.append(FigureWrite(path, file, place, over))
        self.report.pages.append(path)

    def _retire(self, row: WrittenFile) -> None:
        """A figure that no note shows any more: it goes if the program made it and nobody changed it."""
        self.result.forgotten.append(row.path)
        try:
            state = self.folder.state(row.path)
            if row.note == OWNED or state is None or not state.usable:
                return
            if stored_files.hash_of(os.path.join(self.folder.root, row.path)) == row.base:
                self.result.removals.append(row.path)
                self.report.removed.append(row.path)
        except (NotUsableError, NotesError):
            return

    def _problem(self, path: str, message: str) -> None:
        self.report.problems.append(Problem(path, None, message))


def figure_row(path: str, file: AttachedFile, state: FileState, note: str = "") -> WrittenFile:
    """What is remembered of a figure in a vault."""
    return WrittenFile(
        path=path, kind="figure", item_id=file.item_id, base=file.sha256, size=state.size, mtime_ns=state.mtime_ns,
        note=note,
    )  # fmt: skip


def waiting_row(path: str, item_id: int, state: FileState | None = None) -> WrittenFile:
    """What is remembered of a place that a note leads to and where no picture is known, so that one is seen there.

    With a ``state``, what is there has been looked at and is none.
    """
    size, mtime_ns = (state.size, state.mtime_ns) if state else (-1, -1)
    return WrittenFile(
        path=path, kind="figure", item_id=item_id, base="", size=size, mtime_ns=mtime_ns, note=OWNED
    )


def carry_figures_out(store: Store, plan: VaultPlan) -> None:
    """Do what the figures of a plan need."""
    figures = plan.figures
    if figures is None or figures.is_done:
        return
    rows = list(figures.settled)
    for write in figures.writes:
        try:
            plan.folder.copy_in(write.path, Path(write.source), over=write.over)
            state = plan.folder.look(write.path)
        except NotUsableError as error:
            plan.report.problems.append(Problem(write.path, None, str(error)))
            continue
        if state is not None:
            rows.append(figure_row(write.path, write.file, state))
    for path in figures.removals:
        try:
            plan.folder.remove(path)
        except NotUsableError as error:
            plan.report.problems.append(Problem(path, None, str(error)))
    with store.transaction():
        remember(store, plan.folder, rows, figures.forgotten)


def put_figures(store: Store, vault: int, folder: Folder, report: ExportReport) -> None:
    """Copy pictures that no note shows to ``figures/`` beside the file of their item, once.

    What is there is its owner's from then on: it is neither replaced nor deleted. They count among the other files
    in the report.
    """
    figures = [
        each for each in attachments.all_of_kind(store, "figure") if not (each.is_replaced or each.link)
    ]
    if not figures:
        return
    files = bases.files_of_items(store, vault)
    inside = folder.real.rstrip(os.sep) + os.sep
    for figure in figures:
        place, file = stored_files.place_of(store, figure), files.get(figure.item_id)
        if file is None or place is None or os.path.realpath(place).startswith(inside):
            continue
        path = f"{file.rpartition('/')[0]}/{FOLDER}/{Path(figure.path).name}".lstrip("/")
        try:
            if folder.copy_in(path, Path(place)):
                report.pages.append(path)
        except NotUsableError as error:
            report.problems.append(Problem(path, None, str(error)))
