"""Tables of contents: the order they give to a folder's papers, and what they say of them.

A folder ``Lucid`` with nothing but ``Lucid.pdf`` gets its title from the line of a list that says
``Lucid: A Non-intrusive, Scalable and Interpretable Scheduler … (ASPLOS23)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from notes_tui.formats.notes_folder.marks import local_path, targets_in
from notes_tui.formats.notes_folder.names import NOTE_SUFFIXES, stem, take_apart, topic_name, word_count
from notes_tui.formats.notes_folder.tree import natural
from notes_tui.model.adoption import FolderReading, FoundPaper, Guess
from notes_tui.model.identifiers import ids_of
from notes_tui.model.item import Reference
from notes_tui.model.reading_list import ListEntry
from notes_tui.model.titles import likeness, split_short_name, title_key

_LATE = 1_000_000_000


def with_lists(
    reading: FolderReading, texts: Mapping[str, str], entries: Mapping[str, Sequence[ListEntry]]
) -> FolderReading:
    """A reading whose papers say what its lists say of them, in the order of the lists.

    ``texts`` are those of the lists by path, ``entries`` what was understood of each.
    """
    by_name = _by_name(reading.papers)
    papers = list(reading.papers)
    places: dict[int, int] = {}
    place = 0
    for path in sorted(texts, key=lambda each: (each.count("/"), natural(each))):
        by_path = _by_path(reading.papers)
        for target in _targets(texts[path], path.rpartition("/")[0]):
            for number in by_path.get(target, ()):
                places.setdefault(number, place := place + 1)
        for entry in entries.get(path, ()):
            for number in _meant(entry, by_name, papers):
                place += 1
                places.setdefault(number, place)
                papers[number] = _told(papers[number], entry, path)
    return replace(reading, papers=tuple(_in_order(papers, places)))


def _targets(text: str, folder: str) -> Iterable[str]:
    for line in text.split("\n"):
        if "](" in line or "[[" in line or "href" in line:
            for target in targets_in(line):
                if path := local_path(target.to, folder):
                    yield path.rstrip("/")


def _by_path(papers: Sequence[FoundPaper]) -> dict[str, list[int]]:
    """Papers by every path that leads to one: its folder, its notes, its PDFs."""
    found: dict[str, list[int]] = {}
    for number, paper in enumerate(papers):
        notes = [note.file.path for note in paper.notes]
        for path in {paper.path, *notes, *(_without_ending(each) for each in notes), *paper.pdfs}:
            found.setdefault(path, []).append(number)
    return found


def _without_ending(path: str) -> str:
    return next((path[: -len(ending)] for ending in NOTE_SUFFIXES if path.lower().endswith(ending)), path)


def _by_name(papers: Sequence[FoundPaper]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, paper in enumerate(papers):
        reference = paper.reference
        last = paper.path.rpartition("/")[2]
        names = [
            reference.title,
            split_short_name(reference.title)[1],
            reference.title_short,
            last if not paper.path.endswith(".md") else "",
        ]
        names += [take_apart(stem(pdf)).title for pdf in paper.pdfs] + [
            take_apart(_without_ending(last)).title
        ]
        for key in dict.fromkeys(title_key(name.replace("_", " ")) for name in names):
            if key:
                found.setdefault(key, []).append(number)
    return found


def _meant(entry: ListEntry, by_name: Mapping[str, list[int]], papers: Sequence[FoundPaper]) -> list[int]:
    """The papers that a line of a list is about: of that title, else of that short name if nothing speaks against it."""
    reference = entry.reference
    short = reference.title_short or split_short_name(reference.title)[0]
    for name in (reference.title, split_short_name(reference.title)[1]):
        found = by_name.get(title_key(name), [])
        if found and word_count(name) >= 3:
            return found
    candidates = [number for name in (short, reference.title) for number in by_name.get(title_key(name), ())]
    fitting = [
        number
        for number in dict.fromkeys(candidates)
        if not _contradicts(papers[number].reference, reference)
    ]
    headings = {title_key(topic_name(heading)) for heading in entry.section}
    under = [
        number
        for number in fitting
        if headings & {title_key(topic_name(part)) for part in papers[number].topic}
    ]
    return under or fitting


def _contradicts(own: Reference, listed: Reference) -> bool:
    """Whether a paper has a title or an identifier of its own that is not the listed one's."""
    ids = dict(each.split(":", 1) for each in ids_of(own))
    others = dict(each.split(":", 1) for each in ids_of(listed))
    if any(ids[kind] != others[kind] for kind in ids.keys() & others.keys()):
        return True
    rest = split_short_name(own.title)[1]
    return word_count(rest) >= 4 and likeness(rest, split_short_name(listed.title)[1]) < 0.6


def _told(paper: FoundPaper, entry: ListEntry, path: str) -> FoundPaper:
    """A paper with what a list says of it that its own files do not."""
    own, listed = paper.reference, entry.reference
    where = f"{path} line {entry.line}" if entry.line else path
    changes: dict[str, object] = {}
    if word_count(listed.title) > word_count(own.title) and word_count(own.title) < 4:
        changes["title"] = listed.title
    for name in ("title_short", "creators", "year", "doi", "arxiv", "links"):
        if getattr(listed, name) and not getattr(own, name):
            changes[name] = getattr(listed, name)
    if listed.venue and own.venue in ("", "arXiv"):
        changes |= {"venue": listed.venue, "year": listed.year or own.year, "type": listed.type}
    changed = replace(own, **changes)  # type: ignore[arg-type]
    if changed == own:
        return paper
    said = (
        changed.title
        if "title" in changes
        else f"{changed.venue} {changed.year or ''}".strip() or changed.title_short
    )
    return paper.with_reference(
        changed, Guess("title" if "title" in changes else "venue", said, where, "likely")
    )


def _in_order(papers: Sequence[FoundPaper], places: Mapping[int, int]) -> Iterable[FoundPaper]:
    """The papers topic by topic, each in the order of the lists; what no list names follows by its name."""
    first: dict[tuple[str, ...], int] = {}
    for number, paper in enumerate(papers):
        for depth in range(len(paper.topic) + 1):
            topic = paper.topic[:depth]
            first[topic] = min(first.get(topic, _LATE), places.get(number, _LATE))
    numbers = sorted(
        range(len(papers)),
        key=lambda number: (
            [
                (first[papers[number].topic[:depth]], natural(papers[number].topic[depth - 1]))
                for depth in range(1, len(papers[number].topic) + 1)
            ],
            places.get(number, _LATE),
            natural(papers[number].path),
        ),
    )
    return [papers[number] for number in numbers]
