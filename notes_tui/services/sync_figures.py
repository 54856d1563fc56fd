"""Pictures that stand beside the notes of a vault and are shown in them, brought into the library.

What a note links to is taken in, by its content and only if it is a picture; what lies outside of the vault, is a
link or hidden is never looked at. A picture that changed is a new content; one that is gone stays in the library.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from notes_tui.errors import NotesError
from notes_tui.formats.vault import ADOPTED, VaultContent
from notes_tui.model.figures import FOLDER, Picture, names_of_pictures, pictures
from notes_tui.model.item import Note
from notes_tui.model.reading_list import Problem
from notes_tui.model.sync_report import Taken
from notes_tui.model.vault import WrittenFile
from notes_tui.services import figures, stored_files
from notes_tui.services.folders import FileState, Folder, NotUsableError
from notes_tui.services.stored_files import FoundFile
from notes_tui.services.sync_taking import Taking
from notes_tui.services.vault_figures import (
    NotePlaces,
    figure_row,
    is_as_left,
    known_figures,
    mark_of,
    remember,
    target_of,
    waiting_row,
)
from notes_tui.services.vault_files import SomeFiles, VaultFiles
from notes_tui.store import adopted, attachments, items, notes
from notes_tui.store import vault as bases
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store

_NOTHING: Mapping[str, WrittenFile] = {}


def take_figures(store: Store, files: VaultFiles, taking: Taking, *, is_trial: bool = False) -> None:
    """Take in the pictures of a vault that notes of changed files show, and those that changed, in the open step.

    A trial copies nothing into the home.
    """
    known = known_figures(store, files.folder)
    ids = {*taking.found, *(taking.notes.rows[path].item_id or 0 for path in taking.notes.merged)}
    is_whole = not isinstance(files, SomeFiles)
    if is_whole:
        ids |= {each.item_id for each in attachments.linked_figures(store)}
        ids |= {row.item_id for row in known.values() if row.item_id is not None}
    if not ids:
        return
    shown = notes.with_pictures(store, ids, with_private=taking.with_private)
    places = NotePlaces.known(store, files.vault, {item_id for item_id, _ in shown})
    for item_id, found in taking.found.items():
        places.put(item_id, "item", "", found.path)
    reader = _Reader(store, files.folder, known, in_place=files.profile is ADOPTED, is_trial=is_trial)
    for item_id, note in shown:
        reader.take_note(item_id, note, places.folder_of(item_id, note.title))
    left = [path for path, row in known.items() if is_whole and not row.base and path not in reader.seen]
    if reader.rows or left:
        remember(store, files.folder, reader.rows.values(), left)
    taking.report.problems += reader.problems
    _tell(store, taking, reader.taken)


def _tell(store: Store, taking: Taking, taken: Mapping[int, str]) -> None:
    """Tell which items got pictures, beside what else came in from their files."""
    report = taking.report
    for item in items.by_ids(store, sorted(taken), with_entries=False):
        here = next((at for at, each in enumerate(report.taken) if each.citekey == item.citekey), None)
        if here is not None:
            each = report.taken[here]
            report.taken[here] = replace(each, parts=(*each.parts, "figures"))
        elif item.citekey not in report.added:
            report.taken.append(Taken(taken[item.item_id], item.citekey, ("figures",)))


def import_figures(
    store: Store, folder: Folder, content: VaultContent, *, is_trial: bool = False
) -> list[Problem]:
    """Take in the pictures of a vault that was imported, in the open step; returns what could not be read."""
    places = NotePlaces()
    owners = {key: items.key_owner(store, key) for key in content.files}
    for key, path in content.files.items():
        if (owner := owners[key]) is not None:
            places.put(owner, "item", "", path)
    for (key, title), path in content.own_files.items():
        if (owner := owners.get(key)) is not None:
            places.put(owner, "note", title, path)
    reader = _Reader(store, folder, _NOTHING, in_place=False, is_trial=is_trial)
    for item_id, note in notes.with_pictures(store, places.of_items, with_private=True):
        reader.take_note(item_id, note, places.folder_of(item_id, note.title))
    for file in attachments.of_items(store, sorted(places.of_items), "figure"):
        if not file.link:
            reader.find(file, places.folder_of(file.item_id, "") or "")
    return reader.problems


def name_figures(store: Store, folder: Folder) -> None:
    """Give the figures of an adopted folder, attached where they lie, the names by which its notes show them.

    Part of the open step. No file is looked at.
    """
    below = adopted.items_with_files_below(store, folder.real)
    files = attachments.of_items(store, below, "figure")
    shown = notes.with_pictures(store, {each.item_id for each in files}, with_private=True) if files else []
    places = NotePlaces.known(store, bases.vault_id(store, folder.real), {item_id for item_id, _ in shown})
    named = {(item_id, name) for item_id, note in shown for name in names_of_pictures([note.body])}
    for item_id, note in shown:
        where = places.folder_of(item_id, note.title)
        for picture in pictures(note.body) if where is not None else ():
            here = [each for each in files if each.item_id == item_id]
            path = target_of(where or "", picture.link) if picture.link else ""
            place = os.path.join(folder.real, path)
            file = next((each for each in here if path and each.path == place), None)
            if file is None or figures.linked(here, picture) is not None:
                continue
            if file.link and (item_id, file.link.rpartition("/")[2]) not in named:
                file = replace(file, extra={**file.extra, "link": ""})
            files.append(figures.with_link(store, file, picture.link))


class _Reader:
    """Takes pictures in, note by note."""

    def __init__(
        self,
        store: Store,
        folder: Folder,
        known: Mapping[str, WrittenFile],
        *,
        in_place: bool,
        is_trial: bool,
    ) -> None:
        self.store = store
        self.folder = folder
        self.known = known
        self.in_place = in_place
        self.is_trial = is_trial
        self.problems: list[Problem] = []
        self.rows: dict[str, WrittenFile] = {}
        self.taken: dict[int, str] = {}
        """A path for each item that got a picture."""
        self.seen: set[str] = set()
        """Where pictures of notes lead."""
        self._files: dict[str, FoundFile | None] = {}

    def take_note(self, item_id: int, note: Note, folder: str | None) -> None:
        """Take in what one note shows; ``folder`` is where its links begin, ``None`` where it has no file."""
        found = pictures(note.body) if folder is not None else ()
        here = attachments.of_items(self.store, [item_id], "figure") if found else []
        for picture in found:
            if self._take(item_id, picture, folder or "", here):
                here = attachments.of_items(self.store, [item_id], "figure")

    def _take(self, item_id: int, picture: Picture, folder: str, here: Collection[AttachedFile]) -> bool:
        """Take one picture in; says whether the library changed."""
        file = figures.linked([*here], picture)
        link, path, state = self._place(picture, folder, file)
        row = self.known.get(path)
        self.seen.add(path)
        if state is None:
            if path and file is None and row is None:
                self.rows[path] = waiting_row(path, item_id)
            return False
        has_file = file is not None and stored_files.place_of(self.store, file) is not None
        is_alone = sum(each.link == link for each in here) < 2
        is_known = has_file and is_alone and file is not None and row is not None and file.sha256 == row.base
        if row and is_as_left(row, state) and (not row.base or is_known):
            return False
        there = self._looked_at(path)
        if there is None:
            self.rows[path] = waiting_row(path, item_id, state)
            return False
        file, parted = self._only_one(file, there, here)
        after, changed = self._settled(item_id, file, there, row, link, [*here])
        changed |= parted
        owner = row.note if row and row.base else mark_of(link, there.sha256)
        if after.sha256 == there.sha256:
            self.rows[path] = figure_row(path, after, state, owner)
        if changed:
            self.taken.setdefault(item_id, path)
        return changed

    def _place(
        self, picture: Picture, folder: str, file: AttachedFile | None
    ) -> tuple[str, str, FileState | None]:
        """What a picture is called from its note's folder, where it leads to in the vault, and what is there."""
        link = file.link if file else picture.link
        path = target_of(folder, link) if link else ""
        state = self._state(path)
        if state is None and picture.is_wiki and file is None:
            above = "/".join(".." for part in folder.split("/") if part)
            from_top = target_of("", picture.link)
            if found := self._state(from_top):
                return f"{above}/{from_top}".lstrip("/"), from_top, found
        return link, path, state

    def _state(self, path: str) -> FileState | None:
        """What there is at a path; nothing where it is a link or leads out of the folder."""
        try:
            state = self.folder.state(path) if path else None
        except NotUsableError:
            return None
        return state if state and state.usable else None

    def _looked_at(self, path: str) -> FoundFile | None:
        """The picture at a path; ``None`` (and a problem, once) for what is none."""
        if path not in self._files:
            self._files[path] = None
            try:
                found = stored_files.found_file(str(self.folder.root / path))
                if found.kind == "figure":
                    self._files[path] = found
                else:
                    self.problems.append(Problem(path, None, "it is no picture"))
            except NotesError as error:
                reason = error.detail.removeprefix(f"{self.folder.root / path}: ")
                self.problems.append(Problem(path, None, reason))
        return self._files[path]

    def _settled(
        self, item_id: int, file: AttachedFile | None, there: FoundFile, row: WrittenFile | None, link: str,
        here: list[AttachedFile],
    ) -> tuple[AttachedFile, bool]:  # fmt: skip
        """The attachment that a picture in the vault is, as it is now, and whether it changed."""
        if file is None:
            same = [each for each in here if each.sha256 == there.sha256 or self._is_at(each, there.path)]
            if same:
                return figures.with_link(self.store, same[0], link), True
            new = AttachedFile(
                item_id=item_id, path="", kind="figure", title=there.name, extra={"link": link}
            )
            return attachments.put(self.store, self._stored(new, there)), True
        if file.sha256 == there.sha256:
            return self._here(file, there)
        if row and row.base == there.sha256:
            return file, False
        if row and row.base and row.base != file.sha256:
            kept = f"the library had {os.path.basename(file.path)} for it, which is kept among its files"
            self.problems.append(Problem(row.path, None, f"it was changed on both sides: {kept}"))
        return attachments.put(self.store, self._stored(file, there)), True

    def _only_one(
        self, file: AttachedFile | None, there: FoundFile, here: Collection[AttachedFile]
    ) -> tuple[AttachedFile | None, bool]:
        """Of several attachments of one name, as two machines make them, the one that is there; others lose the name."""
        same = [each for each in here if file and each.link == file.link]
        if len(same) < 2:
            return file, False
        file = next((each for each in same if each.sha256 == there.sha256), file)
        for each in same:
            if file and each.row_id != file.row_id:
                extra = {name: value for name, value in each.extra.items() if name != "link"}
                attachments.put(self.store, replace(each, extra=extra))
        return file, True

    def _is_at(self, file: AttachedFile, path: str) -> bool:
        return os.path.isabs(file.path) and os.path.realpath(file.path) == path

    def _stored(self, file: AttachedFile, there: FoundFile) -> AttachedFile:
        """An attachment with the content that is there: copied into the home, or where it lies in an adopted folder."""
        path = there.path
        if not (self.in_place or self.is_trial):
            path = stored_files.copy_in(self.store, there)
        extra = {**file.extra, "size": there.size, "mtime_ns": there.mtime_ns, "came_as": there.sha256}
        return replace(file, path=path, sha256=there.sha256, extra=extra)

    def _here(self, file: AttachedFile, there: FoundFile) -> tuple[AttachedFile, bool]:
        """An attachment whose file was missing and is here now; it keeps its name, which travels."""
        if self.is_trial or os.path.isfile(file.path):
            return file, False
        place = stored_files.place_of(self.store, file)
        if place is None:
            place = there.path if self.in_place else stored_files.copy_in(self.store, there)
        if os.path.basename(place) == os.path.basename(file.path):
            return attachments.put(self.store, replace(file, path=place)), True
        return file, False

    def find(self, file: AttachedFile, folder: str) -> None:
        """Bring back a picture that no note shows and that stands in ``figures/`` beside the file of its item."""
        path = target_of(folder, f"{FOLDER}/{Path(file.path).name}")
        if self._state(path) is not None and stored_files.place_of(self.store, file) is None:
            there = self._looked_at(path)
            if there is not None and there.sha256 == file.sha256:
                self._here(file, there)
