"""Which item of the library each paper of an adopted folder is.

What was adopted before is known by its file, also when the file was moved: by its text, or by the bytes of
its PDF. Any other paper joins an item only where that is certain, or where its folder bears the short name
of one item and what stands in it agrees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notes_tui.formats.notes_folder import topic_name
from notes_tui.model.adoption import FoundNote, FoundPaper
from notes_tui.model.identity import Verdict, compare
from notes_tui.model.item import Item
from notes_tui.model.titles import FUNCTION_WORDS, normalise_title, split_short_name, title_key
from notes_tui.model.vault import WrittenFile
from notes_tui.services.adopting_files import LinkedFiles
from notes_tui.store import adopted, items
from notes_tui.store.database import Store

_ENOUGH_WORDS = 0.6
"""How many of the words of an item's title the text of a note must have to agree with it."""


@dataclass(frozen=True, slots=True)
class Match:
    """The item a paper is, and why."""

    item_id: int
    reason: str


class KnownNotes:
    """The notes of a folder as they were adopted before, each found again also where it was moved."""

    def __init__(self, rows: Mapping[str, WrittenFile], papers: Sequence[FoundPaper]) -> None:
        self.rows = rows
        texts = {note.file.path: note.file.text for paper in papers for note in paper.notes}
        in_place = {path for path, row in rows.items() if texts.get(path) == row.base}
        self._elsewhere: dict[str, list[WrittenFile]] = {}
        for path, row in rows.items():
            if path not in in_place and row.base.strip():
                self._elsewhere.setdefault(row.base, []).append(row)
        self._in_place = in_place
        self._gone = {path: row for path, row in rows.items() if path not in texts}

    def row(self, note: FoundNote) -> WrittenFile | None:
        """What was adopted of a note: at its place, or with its text from the place it was moved from."""
        path = note.file.path
        if path not in self._in_place:
            moved = self._elsewhere.get(note.file.text or "", [])
            if len(moved) == 1:
                return moved[0]
        return self.rows.get(path)

    def gone_from(self, item_id: int) -> list[WrittenFile]:
        """The notes of an item whose files are no longer there."""
        return [row for row in self._gone.values() if row.item_id == item_id]


def known_match(
    paper: FoundPaper, notes: KnownNotes, files: LinkedFiles, live: Mapping[int, bool]
) -> Match | None:
    """The item that a paper is by its files, if any was adopted before. ``live`` has every item there is."""
    for note in paper.notes:
        row = notes.row(note)
        if row and row.item_id is not None and row.item_id in live:
            moved = row.path != note.file.path
            return Match(row.item_id, f"its note was {row.path}" if moved else "its note was adopted before")
    for pdf in paper.pdfs:
        for owner in files.owners(pdf):
            if owner in live:
                return Match(owner, "its PDF was adopted before")
    return None


def matches_by_name(store: Store, papers: Mapping[int, FoundPaper]) -> dict[int, Match]:
    """The items that papers are by the short name their folder bears, where nothing but the name is known of them.

    The item must be the only one of that short name, and the text, or the place in a list, must agree.
    """
    named = {number: name for number, paper in papers.items() if (name := _bare_name(paper))}
    owners = adopted.by_short_name(store, named.values())
    unique = {name: ids[0] for name, ids in owners.items() if len(ids) == 1}
    found_items = {item.item_id: item for item in items.by_ids(store, sorted(set(unique.values())))}
    matches: dict[int, Match] = {}
    for number, name in named.items():
        item = found_items.get(unique.get(name.lower(), 0))
        reason = _agreement(papers[number], item) if item else ""
        if item and reason:
            matches[number] = Match(item.item_id, f"the short name {item.title_short} and {reason}")
    return matches


def _bare_name(paper: FoundPaper) -> str:
    """The name of a paper of which no title is known."""
    reference = paper.reference
    own = title_key(split_short_name(reference.title)[1])
    name = reference.title_short or reference.title
    is_bare = len(normalise_title(reference.title).split()) <= 2 or own == title_key(name)
    return name if is_bare and not reference.doi else ""


def _agreement(paper: FoundPaper, item: Item) -> str:
    """What besides the name says that a paper is an item; empty where nothing does or something speaks against it."""
    own = paper.reference
    if own.arxiv and item.arxiv and own.arxiv != item.arxiv:
        return ""
    if own.year and item.year and abs(own.year - item.year) > 2:
        return ""
    topics = {title_key(topic_name(part)) for part in paper.topic}
    if any(title_key(heading) in topics for entry in item.entries for heading in entry.section):
        return "the topic it stands under"
    if own.year and own.year == item.year and own.venue == item.venue:
        return "the venue and year"
    wanted = {
        word for word in normalise_title(item.title).split() if len(word) > 3 and word not in FUNCTION_WORDS
    }
    wanted -= set(normalise_title(item.title_short).split())
    text = " ".join((note.file.text or "")[:20_000] for note in paper.notes).lower()
    share = sum(word in text for word in wanted) / len(wanted) if len(wanted) >= 3 else 0
    return "the words of its title in the note" if share >= _ENOUGH_WORDS else ""


def why_same(paper: FoundPaper, item: Item) -> str:
    """Why a paper joined an item, in words."""
    comparison = compare(paper.reference, item)
    return comparison.reason if comparison.verdict is Verdict.SAME else "the same title"
