"""Annotations of a PDF come into the library once: known again, placed again in another version, never doubled.

What is deleted from a file is kept and marked gone. What another version of the file does not have is placed
in it by its words; what has no place there is kept with its old page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from notes_tui.model.item import Annotation
from notes_tui.model.pdf import PdfAnnotation, PdfContent
from notes_tui.model.placing import UNPLACED, Placement, anchor_of, place
from notes_tui.model.recognition import Pages, Recognition, on_pages, own_ids, recognise
from notes_tui.model.same_marks import KnownMarks
from notes_tui.services import file_words
from notes_tui.services.unmarking import kept_away
from notes_tui.settings import Role
from notes_tui.store import file_annotations, notes
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store
from notes_tui.store.file_annotations import KeptAnnotation

SOURCE = "pdf"
_ID_LENGTH = 16
_MOST_PLACED = 5_000
"""Annotations that are looked for by their words in another version; of more the rest keep their old page."""


@dataclass(slots=True)
class Taken:
    """What reading annotations did, in numbers, and those that another version has no place for."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    placed: int = 0
    """Found again by their words in another version of the file."""
    unplaced: list[Annotation] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many annotations are other than before."""
        return self.added + self.updated + self.gone + self.placed + len(self.unplaced)

    def join(self, other: Taken) -> None:
        """Add the numbers of another file."""
        for name in ("added", "updated", "unchanged", "gone", "placed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.unplaced += other.unplaced

    def counts(self) -> dict[str, int]:
        """How many annotations were added, updated, left as they were, and found to be gone."""
        return {"added": self.added, "updated": self.updated, "unchanged": self.unchanged, "gone": self.gone}

    def as_dict(self) -> dict[str, object]:
        """``{added, updated, unchanged, gone, placed, unplaced: [{id, page, quote, comment}]}``."""
        return {
            "added": self.added, "updated": self.updated, "unchanged": self.unchanged, "gone": self.gone,
            "placed": self.placed,
            "unplaced": [
                {"id": each.id, "page": each.page, "quote": each.quote or None, "comment": each.comment or None}
                for each in self.unplaced
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read."""

    file: AttachedFile
    """As it is attached now."""
    content: PdfContent
    new_pages: Callable[[], Pages | None]
    """Its text, asked for only where annotations are missing; ``None`` where it cannot be read."""
    old_pages: Callable[[], Pages | None]
    """The text of the file that was read before; ``None`` where it is not known."""
    is_other_version: bool
    """Whether the file is another one than was read before, where the texts cannot tell."""
    is_as_before: bool = False
    """Whether these very bytes were read before."""
    before: str = ""
    """The key of the attachment that it takes the place of, where that is another one."""
    others: frozenset[str] = frozenset()
    """Keys of the item's other attachments; annotations of a key that no attachment has are looked for here."""


def take(store: Store, reading: Reading, item_uid: str, roles: Sequence[Role]) -> Taken:
    """Bring the annotations of a file into the library, as part of the open step."""
    file, content = reading.file, reading.content
    all_kept = file_annotations.of_source(store, file.item_id, SOURCE)
    kept = [each for each in all_kept if file_words.file_of(each) not in reading.others]
    old = [file_words.recorded(each) for each in kept]
    before, pages = _texts(reading) if old else (None, None)
    moved = on_pages(old, before, pages) if before and pages else old
    found = _as_they_were(old, content.annotations, recognise(moved, content.annotations))
    placements: dict[int, Placement] = {}
    left = [number for number in found.gone if not _is_settled(kept[number], reading)]
    if left and content.complete and pages is not None:
        placements = dict.fromkeys(left, UNPLACED)
        first = left[:_MOST_PLACED]
        placements |= zip(first, place([anchor_of(old[number]) for number in first], pages), strict=True)
        found = _recognised_where_placed(old, content.annotations, found, placements)
    return _Taking(store, reading, item_uid, roles, kept).settle(found, placements)


def _is_settled(kept: KeptAnnotation, reading: Reading) -> bool:
    """Whether nothing has to be done for an annotation that is not in the file."""
    return bool(kept.extra.get(file_words.CARRIED)) and reading.is_as_before


def _texts(reading: Reading) -> tuple[Pages | None, Pages | None]:
    """The text of the file before and now.

    ``None`` for now where the very file has the same text as before: what is missing then was deleted. A file that
    takes the place of another may be a copy in which nobody has marked anything.
    """
    now = None if reading.is_as_before else reading.new_pages()
    if now is None:
        return None, None
    before = reading.old_pages()
    is_other = reading.is_other_version if before is None else list(before) != list(now)
    return before, now if is_other or reading.before else None


def _as_they_were(
    old: Sequence[PdfAnnotation], new: Sequence[PdfAnnotation], found: Recognition
) -> Recognition:
    """What was recognised on the page it moved to has changed its page."""
    moved = {(one, other) for one, other in found.same if old[one].page != new[other].page}
    here = [pair for pair in found.same if pair not in moved]
    return replace(found, same=here, edited=sorted([*found.edited, *moved]))


def _recognised_where_placed(
    old: Sequence[PdfAnnotation], new: Sequence[PdfAnnotation], found: Recognition, placed: dict[int, Placement]
) -> Recognition:  # fmt: skip
    """Recognise again what is left over on both sides, with the old ones on the pages they moved to."""
    numbers, others = [number for number in found.gone if number in placed], found.new
    if not (numbers and others):
        return found
    moved = [replace(old[number], page=placed[number].page or old[number].page) for number in numbers]
    again = recognise(moved, [new[number] for number in others], own=own_ids(old, new))
    pairs = [(numbers[one], others[other]) for one, other in (*again.same, *again.edited)]
    matched, taken = {one for one, _ in pairs}, {other for _, other in pairs}
    return Recognition(
        found.same, sorted([*found.edited, *pairs]), [each for each in found.gone if each not in matched],
        [each for each in found.new if each not in taken],
    )  # fmt: skip


class _Taking:
    """Writes down what became of the annotations of one file."""

    def __init__(
        self, store: Store, reading: Reading, item_uid: str, roles: Sequence[Role], kept: Sequence[KeptAnnotation]
    ) -> None:  # fmt: skip
        self.store, self.reading, self.item_uid, self.roles, self.kept = store, reading, item_uid, roles, kept
        self.file = reading.file.text("key")
        self.taken = Taken()
        self.changes: list[KeptAnnotation] = []

    def settle(self, found: Recognition, placements: dict[int, Placement]) -> Taken:
        """Update what is known, mark what is gone, place what the other version does not have, add what is new."""
        for number, other in found.same:
            self._update(number, other, "unchanged")
        for number, other in found.edited:
            self._update(number, other, "updated")
        came_along = bool(found.same or found.edited)
        for number in found.gone:
            placement = placements.get(number)
            if placement is not None and (not came_along or self.kept[number].extra.get(file_words.CARRIED)):
                self._carry(number, placement)
            elif self.reading.content.complete and not self.kept[number].extra.get(file_words.CARRIED):
                self._note(number, file_words.gone(self.kept[number], self.store.now()), "gone")
            else:
                self.taken.unchanged += 1
        file_annotations.change(self.store, self.changes)
        if found.new:
            said = [self.reading.content.annotations[number] for number in found.new]
            elsewhere, away = self._from_elsewhere(), kept_away(self.store, self.reading.file.item_id, said)
            new = [
                each
                for number, each in enumerate(said)
                if number not in away and not elsewhere.have(each.page, each.quote, each.comment)
            ]
            self.taken.unchanged += len(said) - len(new)
            self._add(new)
        return self.taken

    def _from_elsewhere(self) -> KnownMarks:
        """What other programs brought: a mark that one of them writes into the file as well does not come twice."""
        known = notes.annotations_of(self.store, self.reading.file.item_id)
        return KnownMarks(each for each in known if each.source not in (SOURCE, "manual"))

    def _update(self, number: int, other: int, what: str) -> None:
        said = self.reading.content.annotations[other]
        after = file_words.updated(self.kept[number], said, self.file, self.roles)
        before = self.kept[number]
        is_other = bool(before.extra.get(file_words.GONE)) or after.annotation != before.annotation
        self._note(number, after, "updated" if is_other else what)

    def _note(self, number: int, after: KeptAnnotation, what: str) -> None:
        """Count an annotation, and keep what it is now where that is other than before."""
        if after == self.kept[number]:
            what = "unchanged"
        else:
            self.changes.append(after)
        setattr(self.taken, what, getattr(self.taken, what) + 1)

    def _carry(self, number: int, placement: Placement) -> None:
        labels, page = self.reading.content.page_labels, placement.page
        label = labels[page - 1] if page is not None and page <= len(labels) else ""
        after = file_words.carried(self.kept[number], page, label, self.file)
        if page is not None:
            self._note(number, after, "placed")
            return
        self.changes.append(after)
        self.taken.unplaced.append(after.annotation)

    def _add(self, new: Sequence[PdfAnnotation]) -> None:
        """Add annotations under ids that follow from what they say, so that two machines give the same ones."""
        seeds = [_seed(self.item_uid, each) for each in new]
        ids: dict[str, None] = {}
        counts: dict[str, int] = {}
        for seed in seeds:
            counts[seed] = counts.get(seed, 0) + 1
            ids[_id(seed, counts[seed])] = None
        in_use = file_annotations.ids_in_use(self.store, ids)
        now = self.store.now()
        added: list[KeptAnnotation] = []
        for uid, said in zip(list(ids), new, strict=True):
            free = uid if uid not in in_use else _free_id(self.store, uid)
            added.append(file_words.new(said, free, self.file, now, self.roles))
        file_annotations.add(self.store, self.reading.file.item_id, added)
        self.taken.added = len(added)


def _seed(item_uid: str, said: PdfAnnotation) -> str:
    box = said.box
    place_of_it = (round(box.left), round(box.bottom), round(box.right), round(box.top))
    return repr((item_uid, said.id, said.kind, said.page, said.quote, place_of_it, said.comment))


def _id(seed: str, number: int) -> str:
    return hashlib.sha256(f"{seed} {number}".encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def _free_id(store: Store, uid: str) -> str:
    number = 2
    while file_annotations.ids_in_use(store, [free := _id(uid, number)]):
        number += 1
    return free
