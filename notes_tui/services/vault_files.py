"""The files of a vault as they are now beside what was last written to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from notes_tui.formats import vault as layout
from notes_tui.model.reading_list import Problem
from notes_tui.model.vault import HIDDEN_FOLDER, WrittenFile
from notes_tui.services.folders import FileState, Folder, NotUsableError
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

_LOOKED_AT = (".md", ".jsonl", ".json", ".gitattributes")
"""Endings of files that a vault has."""


class VaultFiles:
    """One look at a vault: which files there are, which changed since the program wrote them, what they say."""

    only: Collection[str] | None = None
    """Citekeys of the items that are looked at, where not all are."""

    def __init__(self, store: Store, folder: Folder, vault: int, profile: layout.Profile) -> None:
        self.store = store
        self.folder = folder
        self.vault = vault
        self.profile = profile
        self.rows: dict[str, WrittenFile] = bases.written_files(store, vault)
        self.problems: list[Problem] = []
        self.present: dict[str, FileState] = self._listing()
        self._texts: dict[str, str | None] = {}

    def _listing(self) -> dict[str, FileState]:
        """The files there are; those whose names are bytes of no text are told and left alone."""
        found = self.folder.listing(_LOOKED_AT, (HIDDEN_FOLDER,))
        if all(map(_is_text, found)):
            return found
        for path in sorted(found):
            if not _is_text(path):
                name = path.encode("utf-8", "replace").decode("utf-8")
                self.problems.append(
                    Problem(name, None, "its name is not UTF-8; rename it to have it taken in")
                )
        return {path: state for path, state in found.items() if _is_text(path)}

    def add_rows(self, rows: Iterable[WrittenFile]) -> None:
        """Count these as last written, too."""
        added = {row.path: row for row in rows}
        if not added:
            return
        self.rows |= added
        again = {path for path in added if path in self.present}
        self.changed = (self.changed - again) | self._changed_among(again)

    def strangers(self) -> list[str]:
        """What an adopted folder has beside the files that are known and as they were left, in a few words each."""
        found = self.folder.listing(("",))
        return [
            f"{path} {state.size} {state.mtime_ns}"
            for path, state in sorted(found.items())
            if path not in self.rows
        ] + [
            f"gone {path}"
            for path, row in sorted(self.rows.items())
            if row.kind == "note" and path not in found
        ]

    @cached_property
    def item_rows(self) -> dict[int, WrittenFile]:
        """The file of each item, by row id."""
        return {
            row.item_id: row for row in self.rows.values() if row.kind == "item" and row.item_id is not None
        }

    @cached_property
    def changed(self) -> set[str]:
        """Files that are new or not as they were left."""
        return self._changed_among(self.present)

    def _changed_among(self, paths: Iterable[str]) -> set[str]:
        return {path for path in paths if not self._is_as_left(path, self.present[path])}

    def _is_as_left(self, path: str, state: FileState) -> bool:
        row = self.rows.get(path)
        return row is not None and (row.size, row.mtime_ns) == (state.size, state.mtime_ns)

    @property
    def changed_items(self) -> list[str]:
        """Files that may be about items and changed."""
        return [
            path
            for path in self.changed
            if self.profile.is_item_file(path) and self._kind(path) in ("item", "other")
        ]

    def _kind(self, path: str) -> str:
        row = self.rows.get(path)
        return row.kind if row else "item"

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever written here by this library."""
        return not self.rows

    def text(self, path: str) -> str | None:
        """What a file says; ``None`` (and a problem, once) where it cannot be read."""
        if path not in self._texts:
            try:
                self._texts[path] = self.folder.read(path)
            except NotUsableError as error:
                self.problems.append(Problem(path, None, str(error)))
                self._texts[path] = None
        return self._texts[path]

    @cached_property
    def record_bases(self) -> dict[str, str]:
        """What was last written to the files of records, those of events left out."""
        return {path: row.base for path, row in self.rows.items() if row.kind == "records"}

    @cached_property
    def records(self) -> dict[str, str]:
        """What the files of records say now; one that is gone counts as unchanged."""
        now = dict(self.record_bases)
        for path in sorted(self.changed):
            if path.startswith(f"{HIDDEN_FOLDER}/") and path.endswith(".jsonl") and not _is_of_events(path):
                now[path] = self.text(path) or ""
        return now

    @cached_property
    def event_files(self) -> dict[str, str]:
        """The files of events that changed, and what they say."""
        return {path: self.text(path) or "" for path in sorted(self.changed) if _is_of_events(path)}

    def items_with_changed_records(self) -> set[str]:
        """Citekeys of items of which a record is not as it was last written."""
        named: set[str] = set()
        for path in layout.KEYS:
            old, new = self.record_bases.get(path, ""), self.records.get(path, "")
            if old != new:
                lines = set(old.split("\n")) ^ set(new.split("\n"))
                named |= layout.citekeys_of_records(lines)
        return named

    @cached_property
    def written_events(self) -> set[str]:
        """The ids of events that stood in the vault when it was last written."""
        found: set[str] = set()
        for path, row in self.rows.items():
            if row.kind == "events":
                found |= {event.uid for event in layout.read_events(path, row.base)[0]}
        return found

    def explains(self, item_id: int, kind: str, value: str, page: int | None) -> bool:
        """Whether an event that came since the last writing says what a file says of its item."""
        return any(
            uid not in self.written_events and (page == reached if kind == "progress" else value == said)
            for uid, said, reached in bases.counting_events(self.store, item_id, kind)
        )


class SomeFiles(VaultFiles):
    """A look at a vault in which few items changed: what was written is at hand for these alone."""

    def __init__(self, store: Store, folder: Folder, vault: int, profile: layout.Profile) -> None:
        self.store = store
        self.folder = folder
        self.vault = vault
        self.profile = profile
        self.problems = []
        self.present = self._listing()
        self._texts = {}
        self.rows = {}
        left = bases.left_states(store, vault)
        now = {(path, state.size, state.mtime_ns) for path, state in self.present.items()}
        self.changed = {path for path, _, _ in now - left}
        self.item_ids: set[int] = set()
        self.is_whole = all(path in self.present for path, _, _ in left - now)
        self.owners = bases.items_of_files(store, vault, self.changed)

    def look_closer(self, item_ids: Iterable[int]) -> None:
        """Have what was written about these items at hand."""
        self.item_ids = set(item_ids)
        self.rows = bases.files_about(self.store, self.vault, self.item_ids)
        self.only = {layout.citekey_in(row.base) for row in self.rows.values() if row.kind == "item"}

    @property
    def changed_ids(self) -> set[int]:
        """The items whose files changed."""
        return {item_id for item_id in self.owners.values() if item_id is not None}

    @property
    def is_simple(self) -> bool:
        """Whether every file is there and nothing but files of known items changed."""
        return self.is_whole and self.owners.keys() == self.changed

    @property
    def number_of_items(self) -> int:
        """How many files of items there are."""
        return bases.number_of_item_files(self.store, self.vault)


def _is_of_events(path: str) -> bool:
    return path.startswith(f"{layout.EVENTS}/") and path.endswith(".jsonl")


def _is_text(path: str) -> bool:
    """Whether a path can be kept: names of other encodings come from the system as halves of characters."""
    return path.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in path)
