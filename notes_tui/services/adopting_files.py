"""PDFs and figures of an adopted folder, attached where they lie and followed when they move."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from notes_tui.model.adoption import FoundFile, FoundPaper
from notes_tui.model.reading_list import Problem
from notes_tui.store import adopted
from notes_tui.store.adopted import LinkedFile
from notes_tui.store.database import Store

_CHUNK = 1 << 20


class LinkedFiles:
    """The files that items of a folder link to, before and after an adoption."""

    def __init__(
        self, store: Store, root: str, files: Mapping[str, FoundFile], item_ids: Iterable[int]
    ) -> None:
        self.store = store
        self.root = root
        self.files = files
        self.problems: list[Problem] = []
        known = adopted.linked_files(store, {*item_ids, *adopted.items_with_files_below(store, root)})
        self._by_path: dict[str, list[LinkedFile]] = {}
        self._gone: dict[int, list[LinkedFile]] = {}
        self._hashes: dict[str, str] = {}
        for file in known:
            self._by_path.setdefault(file.path, []).append(file)
            if file.size >= 0 and not os.path.exists(file.path):
                self._gone.setdefault(file.size, []).append(file)

    def place(self, path: str) -> str:
        """Where a file of the folder lies."""
        return os.path.join(self.root, path)

    def owners(self, path: str) -> list[int]:
        """The items that a file belongs to already: by its place, or since it was moved there."""
        here = self._by_path.get(self.place(path), [])
        return [file.item_id for file in here] or [file.item_id for file in self._moved(path)]

    def _moved(self, path: str) -> Iterator[LinkedFile]:
        """Files that are gone from where they were and have the very bytes of this one."""
        for file in self._gone.get(self.files[path].size, ()):
            if file.sha256 and file.sha256 == self.sha256(path):
                yield file

    def sha256(self, path: str) -> str:
        """The hash of a file's bytes; empty where it cannot be read, which is a problem."""
        if path not in self._hashes:
            self._hashes[path] = ""
            digest = hashlib.sha256()
            try:
                with open(self.place(path), "rb") as file:
                    while chunk := file.read(_CHUNK):
                        digest.update(chunk)
                self._hashes[path] = digest.hexdigest()
            except OSError as error:
                self.problems.append(Problem(path, None, error.strerror or str(error)))
        return self._hashes[path]

    def attach(self, paper: FoundPaper, item_id: int, *, is_trial: bool) -> int:
        """Attach the files of a paper to its item; says how many are new there, moved or changed.

        A trial reads no file for its hash.
        """
        changed = 0
        for kind, paths in (("pdf", paper.pdfs), ("figure", paper.figures)):
            changed += sum(
                self._attach_one(path, kind, item_id, is_trial) for path in paths if path in self.files
            )
        return changed

    def _attach_one(self, path: str, kind: str, item_id: int, is_trial: bool) -> bool:
        file, place = self.files[path], self.place(path)
        here = next((each for each in self._by_path.get(place, ()) if each.item_id == item_id), None)
        if here and (here.size, here.mtime_ns) == (file.size, file.mtime_ns):
            return False
        moved = None if here else next((each for each in self._moved(path) if each.item_id == item_id), None)
        sha256 = "" if is_trial else self.sha256(path)
        if here and here.sha256 and here.sha256 == sha256 and here.size == file.size:
            adopted.link_file(self.store, replace(here, mtime_ns=file.mtime_ns))
            return False
        before = here or moved
        after = LinkedFile(
            before.row_id if before else 0, item_id, place, kind, sha256, file.size, file.mtime_ns
        )
        adopted.link_file(self.store, after)
        self._by_path.setdefault(place, []).append(after)
        if moved:
            self._gone[moved.size].remove(moved)
        return True
