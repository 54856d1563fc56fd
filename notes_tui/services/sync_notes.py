"""Files that are notes as a whole, as their owners made them: their edits come in, those made here go back.

A file keeps its front matter, its line ends and every line that was not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property

from notes_tui.model.item_merging import Choice, PartConflict
from notes_tui.model.merge import Conflict, Merged, merge_text
from notes_tui.model.reading_list import Problem
from notes_tui.model.sync_report import SyncReport, Taken, Waiting, conflict_uid
from notes_tui.model.text import storable
from notes_tui.model.vault import VaultText, WrittenFile
from notes_tui.model.whole_text import body_of, with_body
from notes_tui.services.sync_front import take_front
from notes_tui.services.vault_files import VaultFiles
from notes_tui.services.vault_planning import PlannedWrite, VaultPlan
from notes_tui.store import items, notes
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

Chooser = Callable[[str, PartConflict], "Choice | None"]
_FRONT = ("---", "\ufeff---")


class NoteFiles:
    """The note files of one vault during a sync."""

    def __init__(
        self, store: Store, files: VaultFiles, report: SyncReport, choose: Chooser, statuses: Collection[str]
    ) -> None:
        self.store = store
        self.statuses = statuses
        self.files = files
        self.report = report
        self.choose = choose
        self.merged: dict[str, Merged] = {}
        self.rows = {
            path: row for path, row in files.rows.items() if row.kind == "note" and row.item_id is not None
        }
        live = items.by_ids(
            store, sorted({row.item_id or 0 for row in self.rows.values()}), with_entries=False
        )
        self.keys = {item.item_id: item.citekey for item in live if not item.trashed}

    def take(self, only: Collection[str] | None = None) -> None:
        """Bring in what changed in the files, inside the open step; those of items in the trash are left alone."""
        waiting = {each.path for _, _, each in bases.conflicts(self.store, self.files.vault)}
        for path, row in sorted(self.rows.items()):
            looked_at = path in self.files.changed or path in waiting
            if (
                row.item_id in self.keys
                and path in self.files.present
                and looked_at
                and (only is None or path in only)
            ):
                self._take_one(path, row)

    def _take_one(self, path: str, row: WrittenFile) -> None:
        text = self.files.text(path)
        if text is None or row.item_id is None:
            return
        self._take_front(path, row, text)
        before, found = (storable(body_of(each)[1]) for each in (row.base, text))
        here = notes.body(self.store, row.item_id, row.note)
        if here is None and found == before:
            return
        part = f"note: {row.note}" if row.note else "note"

        def choose(conflict: Conflict) -> tuple[str, ...] | None:
            choice = self.choose(path, _in_part(part, conflict))
            return tuple(choice.lines(conflict)) if choice else None

        merged = merge_text(before, before if here is None else here, found, choose)
        self.merged[path] = merged
        ours = merged.sides[1]
        if ours != (here or ""):
            if ours:
                notes.put(self.store, row.item_id, row.note, ours)
            else:
                notes.remove(self.store, row.item_id, row.note)
            self.report.taken.append(Taken(path, self.keys[row.item_id], ("notes" if row.note else "note",)))
        conflicts = [_in_part(part, each) for each in merged.conflicts]
        found_now = [
            Waiting(conflict_uid(path, each), path, self.keys[row.item_id], each) for each in conflicts
        ]
        bases.forget_conflicts_of(self.store, self.files.vault, [path])
        bases.remember_conflicts(self.store, self.files.vault, row.item_id, found_now)

    def _take_front(self, path: str, row: WrittenFile, text: str) -> None:
        """Take in what changed in the front matter of a note on a paper."""
        if row.item_id is None or not (text.startswith(_FRONT) or row.base.startswith(_FRONT)):
            return
        from notes_tui.formats.notes_folder import fields_of, reader_part

        if row.item_id == self._folder_item:
            return
        before, now = (reader_part(fields_of(each)) for each in (row.base, text))
        parts = take_front(
            self.store, row.item_id, before, now, statuses=self.statuses,
            refuse=lambda why: self.report.problems.append(Problem(path, None, why)),
        )  # fmt: skip
        if parts:
            self.report.taken.append(Taken(path, self.keys[row.item_id], tuple(parts)))

    def tell_missing(self, *, trash: bool) -> None:
        """Tell of the files that are gone; where ``trash``, papers of which no note is left go to the trash."""
        gone = {path: row for path, row in self.rows.items() if path not in self.files.present}
        left = {row.item_id for path, row in self.rows.items() if path not in gone}
        for path, row in sorted(gone.items()):
            item_id = row.item_id
            if item_id not in self.keys:
                continue
            if trash and item_id not in left and item_id != self._folder_item:
                items.update(self.store, item_id, {"trashed": self.store.now()})
                self.report.trashed.append(self.keys.pop(item_id))
            else:
                self.report.missing.append(path)

    @cached_property
    def _folder_item(self) -> int | None:
        """The item that stands for the folder and has the notes that are on no paper."""
        from notes_tui.services.adopting_prose import folder_item

        return folder_item(self.store, self.files.vault)

    def plan(self, plan: VaultPlan, only: Collection[str] | None = None) -> None:
        """Add to a plan what goes back to the files, and the merge bases of those that were taken in."""
        for path, row in sorted(self.rows.items()):
            if only is not None and path not in only:
                continue
            if row.item_id not in self.keys or path not in self.files.present or row.item_id is None:
                continue
            here = notes.body(self.store, row.item_id, row.note)
            if path in self.merged:
                self._plan_merged(plan, path, row)
            elif here is not None and here != storable(body_of(row.base)[1]):
                self._write(plan, row, with_body(self._text(path, row), here), None)

    def _text(self, path: str, row: WrittenFile) -> str:
        return self.files.text(path) or row.base

    def _plan_merged(self, plan: VaultPlan, path: str, row: WrittenFile) -> None:
        merged, text = self.merged[path], self._text(path, row)
        base, _, theirs = merged.sides
        wanted = text if storable(body_of(text)[1]) == theirs else with_body(text, theirs)
        self._write(plan, row, wanted, with_body(wanted, base) if merged.conflicts else None)

    def _write(self, plan: VaultPlan, row: WrittenFile, text: str, base: str | None) -> None:
        made = VaultText(
            row.path, "note", text if base is None else base, self.keys[row.item_id or 0], row.note
        )
        if text == self.files.text(row.path):
            plan.settled.append(made)
        else:
            plan.writes.append(PlannedWrite(text, made, over=True))
            plan.report.changed.append(row.path)


def _in_part(part: str, conflict: Conflict) -> PartConflict:
    sides = ("\n".join(lines) for lines in (conflict.base, conflict.ours, conflict.theirs))
    return PartConflict(part, conflict.line, *sides)


def moved_notes(before: Mapping[str, WrittenFile], now: Mapping[str, WrittenFile]) -> list[tuple[str, str]]:
    """The notes whose files stand elsewhere than before, each with both paths."""
    places = {(row.item_id, row.note): path for path, row in now.items() if path not in before}
    gone = [(path, row) for path, row in sorted(before.items()) if path not in now and row.kind == "note"]
    return [(path, places[row.item_id, row.note]) for path, row in gone if (row.item_id, row.note) in places]


def bind_note_files(store: Store, files: VaultFiles, item_id: int, own: Collection[tuple[str, str]]) -> None:
    """Bind files that another machine adopted to notes of an item; ``own`` holds titles and paths.

    A note that is here with other words is merged with its file as if neither had been there before.
    """
    rows: list[WrittenFile] = []
    for title, path in own:
        text = files.text(path) if path in files.present and path not in files.rows else None
        if text is None:
            continue
        body, here = storable(body_of(text)[1]), notes.body(store, item_id, title)
        if here is None and body:
            notes.put(store, item_id, title, body)
        is_same = here in (None, body)
        state = files.present[path]
        rows.append(
            WrittenFile(
                path=path, kind="note", item_id=item_id, note=title, base=text if is_same else with_body(text, ""),
                size=state.size if is_same else -1, mtime_ns=state.mtime_ns,
            )
        )  # fmt: skip
    bases.remember_files(store, files.vault, rows)
    files.add_rows(rows)
