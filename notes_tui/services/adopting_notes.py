"""Notes of an adopted folder come in byte for byte, and what their front matter says of the reader.

The whole text of each file is kept as the base of the next merge. A note that was changed in the program
and in its file is left to `sync`, which merges the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from notes_tui.errors import InvalidValueError
from notes_tui.formats.notes_folder import fields_of, reader_part
from notes_tui.model.adoption import FoundNote, FoundPaper
from notes_tui.model.item import Item
from notes_tui.model.reading_list import Problem
from notes_tui.model.report import DoubtfulPair
from notes_tui.model.text import storable
from notes_tui.model.times import parse_when
from notes_tui.model.vault import WrittenFile
from notes_tui.model.whole_text import body_of
from notes_tui.services import writing
from notes_tui.services.adopting_matching import KnownNotes
from notes_tui.services.sync_front import take_front
from notes_tui.store import bulk, events, notes
from notes_tui.store.database import Store


@dataclass(slots=True)
class TakenNotes:
    """What taking notes in did."""

    changed: dict[int, list[str]] = field(default_factory=dict)
    """Paths of the notes that came in or changed, by item."""
    written: list[WrittenFile] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    remarks: list[DoubtfulPair] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class NoteTaker:
    """Takes the notes of papers into the library; used inside a step."""

    def __init__(
        self, store: Store, known: KnownNotes, statuses: Sequence[str], *, for_sync: bool = False
    ) -> None:
        self.store = store
        self.for_sync = for_sync
        self.known = known
        self.statuses = statuses
        self.taken = TakenNotes()
        self._bodies: dict[int, dict[str, str]] = {}
        self._used: set[str] = set()
        self._tags: list[tuple[int, str]] = []

    def take(self, paper: FoundPaper, item: Item, *, is_new: bool) -> bool:
        """Take in the notes of a paper and what its front matter says; says whether anything changed."""
        changed = [note.file.path for note in paper.notes if self._take_note(note, paper, item)]
        if changed:
            self.taken.changed.setdefault(item.item_id, []).extend(changed)
        return self._take_front(paper, item, is_new=is_new) or bool(changed)

    def finish(self) -> set[int]:
        """Put the tags on; returns the items that did not have theirs."""
        return bulk.add_tags(self.store, self._tags)

    # --- one note ------------------------------------------------------------------------------------

    def _take_note(self, note: FoundNote, paper: FoundPaper, item: Item) -> bool:
        row = self.known.row(note) or self._row_of_moved(note, item)
        if row and row.item_id == item.item_id:
            return self._take_known(note, row, item)
        body = storable(note.body)
        if not body.strip():
            return False
        title, stands = self._free_title(note, paper, item, body)
        if not stands:
            notes.put(self.store, item.item_id, title, body)
            self._of(item.item_id)[title] = body
        self._remember(note, item, title)
        return not stands

    def _row_of_moved(self, note: FoundNote, item: Item) -> WrittenFile | None:
        """The file of an item that is gone, for one of its notes that was moved and changed."""
        name = note.file.path.rpartition("/")[2]
        gone = [row for row in self.known.gone_from(item.item_id) if row.path not in self._used]
        same_name = [row for row in gone if row.path.rpartition("/")[2] == name]
        return same_name[0] if len(same_name) == 1 else None

    def _take_known(self, note: FoundNote, row: WrittenFile, item: Item) -> bool:
        """Take in what changed in a file that was adopted before, unless its note was changed here too."""
        text, body = note.file.text or "", storable(note.body)
        if row.path != note.file.path:
            self.taken.forgotten.append(row.path)
        self._used.add(row.path)
        here = self._of(item.item_id).get(row.note, "")
        before = storable(body_of(row.base)[1])
        if text == row.base or (here not in (before, body) and before != body):
            if text != row.base and not self.for_sync:
                remark = f"{note.file.path} was changed, and so was the note here; `sync` merges them"
                self.taken.remarks.append(DoubtfulPair(item.citekey, "", remark))
            self.taken.written.append(_moved_row(row, note))
            return False
        changed = here == before and before != body
        if changed:
            notes.put(self.store, item.item_id, row.note, body)
            self._of(item.item_id)[row.note] = body
        self._remember(note, item, row.note)
        return changed

    def _free_title(self, note: FoundNote, paper: FoundPaper, item: Item, body: str) -> tuple[str, bool]:
        """The title a note gets on an item, and whether the very note stands there under it already."""
        here = self._of(item.item_id)
        name = paper.path.rpartition("/")[2]
        stem = name.rpartition(".")[0] if name == note.file.path.rpartition("/")[2] else name
        first = note.title or ("" if here.get("", body) == body else writing.note_title(stem))
        title, number = writing.note_title(first), 2
        while title in here and here[title] != body:
            title, number = f"{writing.note_title(first) or stem} ({number})", number + 1
        return title, title in here

    def _remember(self, note: FoundNote, item: Item, title: str) -> None:
        if note.file.is_utf8:
            self.taken.written.append(
                WrittenFile(
                    path=note.file.path, kind="note", item_id=item.item_id, base=note.file.text or "",
                    size=note.file.size, mtime_ns=note.file.mtime_ns, note=title,
                )
            )  # fmt: skip

    def _of(self, item_id: int) -> dict[str, str]:
        if item_id not in self._bodies:
            self._bodies[item_id] = {each.title: each.body for each in notes.of_item(self.store, item_id)}
        return self._bodies[item_id]

    # --- front matter --------------------------------------------------------------------------------

    def _take_front(self, paper: FoundPaper, item: Item, *, is_new: bool) -> bool:
        """Take in what the front matter says; of a note that was taken in before, what changed in it since."""
        row = self.known.row(paper.notes[0]) if paper.notes else None
        if row and row.item_id == item.item_id:
            before = reader_part(fields_of(row.base))
            return bool(
                take_front(
                    self.store, item.item_id, before, paper.front, statuses=self.statuses,
                    refuse=lambda why: self._refuse(paper, why),
                )
            )  # fmt: skip
        self._take_tags(paper, item)
        return self._take_events(paper, item, is_new=is_new)

    def _take_tags(self, paper: FoundPaper, item: Item) -> None:
        for tag in paper.front.tags:
            try:
                self._tags.append((item.item_id, writing.clean_tag(tag.replace(",", " "))))
            except InvalidValueError as error:
                self._refuse(paper, str(error))

    def _take_events(self, paper: FoundPaper, item: Item, *, is_new: bool) -> bool:
        """Read status and rating become events of items that have none of the kind yet, dated where a date is said."""
        front = paper.front
        status = front.read_status or ("read" if front.read_on else "")
        at = self._time(paper) if front.read_on and status == "read" else ""
        done = False
        for kind, value in (
            ("status", status if status in self.statuses else ""),
            ("rating", str(front.rating or "")),
        ):
            if value and (is_new or not bulk.has_event(self.store, item.item_id, kind)):
                events.append(self.store, [item.item_id], kind, value, at=at)
                done = True
        return done

    def _time(self, paper: FoundPaper) -> str:
        try:
            return parse_when(paper.front.read_on, self.store.clock())
        except InvalidValueError as error:
            self._refuse(paper, str(error))
            return ""

    def _refuse(self, paper: FoundPaper, why: str) -> None:
        self.taken.problems.append(Problem(paper.notes[0].file.path, None, why))


def _moved_row(row: WrittenFile, note: FoundNote) -> WrittenFile:
    """What is remembered of a note that was moved or touched: its base stays where its text differs from it."""
    if note.file.text == row.base:
        return replace(row, path=note.file.path, size=note.file.size, mtime_ns=note.file.mtime_ns)
    return replace(row, path=note.file.path)
