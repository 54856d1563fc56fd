"""Figures of a site: the pictures that its notes show, each once, in ``figures/``."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from notes_tui.errors import NotesError
from notes_tui.model.export_report import ExportReport
from notes_tui.model.figures import figure_link, pictures
from notes_tui.model.item import ItemDetail
from notes_tui.model.reading_list import Problem
from notes_tui.model.vault import FileKind, WrittenFile
from notes_tui.services import stored_files
from notes_tui.services.figures import linked
from notes_tui.services.folders import FileState, Folder, NotUsableError
from notes_tui.store import attachments
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store

KIND: FileKind = "figure"
"""The kind under which figures are remembered among the files of a site."""


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """Which pictures a site has."""

    addresses: Mapping[str, Mapping[str, str]]
    """For each citekey, where the site has what its notes show: destinations as they are written, with paths."""
    files: Mapping[str, AttachedFile]
    """By path."""


def figures_of(store: Store, details: Iterable[ItemDetail]) -> SiteFigures:
    """The pictures that the notes of items show and the library has."""
    by_item: dict[int, list[AttachedFile]] = {}
    for file in attachments.linked_figures(store):
        by_item.setdefault(file.item_id, []).append(file)
    addresses: dict[str, dict[str, str]] = {}
    files: dict[str, AttachedFile] = {}
    for detail in details if by_item else ():
        for note in detail.notes if detail.item.item_id in by_item else ():
            for picture in pictures(note.body):
                shown = linked(by_item[detail.item.item_id], picture)
                if shown is not None and stored_files.place_of(store, shown):
                    name = shown.link.rpartition("/")[2]
                    path = figure_link(name, shown.sha256, os.path.splitext(name)[1].lower())
                    addresses.setdefault(detail.item.citekey, {})[picture.destination] = path
                    files.setdefault(path, shown)
    return SiteFigures(addresses, files)


class FigureWriter:
    """Brings the figures in the folder of a site up to date."""

    def __init__(
        self, store: Store, folder: Folder, written: Mapping[str, WrittenFile], report: ExportReport
    ) -> None:
        self.store = store
        self.folder = folder
        self.written = {path: row for path, row in written.items() if row.kind == KIND}
        self.report = report

    def write(self, files: Mapping[str, AttachedFile]) -> Iterator[WrittenFile]:
        """Copy what is not there; what is to be remembered of it."""
        for path, file in files.items():
            try:
                if row := self._compared(path, file):
                    yield row
            except (NotUsableError, NotesError) as error:
                self.report.problems.append(Problem(path, None, f"{error}; it was left as it is"))

    def _compared(self, path: str, file: AttachedFile) -> WrittenFile | None:
        row, state = self.written.get(path), self.folder.state(path)
        if row and state and (row.size, row.mtime_ns, row.base) == (state.size, state.mtime_ns, file.sha256):
            return None
        place = stored_files.place_of(self.store, file) or ""
        if state is not None:
            there = self._hash_of(path)
            if there == file.sha256:
                return _row(path, there, state)
            if row is None or there != row.base:
                raise NotUsableError("somebody changed this picture")
        self.folder.copy_in(path, Path(place), over=state is not None)
        self.report.pages.append(path)
        now = self.folder.look(path)
        return _row(path, self._hash_of(path), now) if now else None

    def removed(self, wanted: Collection[str]) -> Iterator[str]:
        """Remove figures that are not shown any more and that nobody changed; what is to be forgotten."""
        for path, row in self.written.items():
            if path in wanted:
                continue
            try:
                if self.folder.state(path) is None:
                    yield path
                elif self._hash_of(path) == row.base:
                    self.folder.remove(path)
                    self.report.removed.append(path)
                    yield path
                else:
                    self.report.left.append(path)
            except (NotUsableError, NotesError):
                self.report.left.append(path)

    def _hash_of(self, path: str) -> str:
        return stored_files.hash_of(os.path.join(self.folder.root, path))


def _row(path: str, sha256: str, state: FileState) -> WrittenFile:
    return WrittenFile(
        path=path, kind=KIND, item_id=None, base=sha256, size=state.size, mtime_ns=state.mtime_ns
    )
