"""Adding an item from whatever a person has: an id, an address, BibTeX, RIS, a PDF, or a title. Saved at once, offline.

A text is cut into parts: records of BibTeX and RIS as whole blocks, every other line by itself. What a part
says is read before anything is changed; a part that says nothing is a problem and does not keep the others out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from notes_tui.errors import InvalidValueError, NotesError
from notes_tui.model import captured, identifiers
from notes_tui.model.imported import Imported
from notes_tui.model.item import Item, Reference
from notes_tui.model.joining import address_key
from notes_tui.model.reading_list import Problem
from notes_tui.model.report import ImportReport
from notes_tui.services.captured_pdf import CapturedPdf, path_of, read_captured
from notes_tui.services.joining import cleaned, free_key
from notes_tui.services.wording import count_of, name_of
from notes_tui.settings import ROLES, STATUS_NAMES, Role
from notes_tui.store import derived, items, lookup
from notes_tui.store.database import Store

if TYPE_CHECKING:
    from notes_tui.services.attaching import Placing

_BIBTEX = re.compile(r"[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]")
_RIS = re.compile(r"\s*TY {1,2}- ?")
_RIS_END = re.compile(r"\s*ER {1,2}-")
PartKind = Literal["line", "bibtex", "ris"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a captured text that is read by itself."""

    kind: PartKind
    text: str
    line: int
    """The line it begins on, from 1."""


@dataclass(frozen=True, slots=True)
class Added:
    """What capturing made: the items, new ones and those that were there."""

    items: tuple[Item, ...]
    new: tuple[str, ...]
    known: tuple[str, ...]
    label: str
    problems: tuple[Problem, ...] = ()
    """Parts that were not taken, and records that were mended."""
    brought: str = ""
    """What PDFs brought along, in words."""

    def as_dict(self) -> dict[str, object]:
        """``{added, known, problems}``: citekeys, and what was not taken."""
        return {
            "added": list(self.new), "known": list(self.known),
            "problems": [problem.as_dict() for problem in self.problems],
        }  # fmt: skip


@dataclass(slots=True)
class _Reading:
    """What was read of a text, in its order."""

    works: list[Reference | CapturedPdf | Imported] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: list[NotesError] = field(default_factory=list)


def parts_of(text: str) -> Iterator[Part]:
    """Cut a text into records and lines. A record of BibTeX ends with its last brace, one of RIS with ``ER``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    number = 0
    while number < len(lines):
        begin, kind = number, _kind_of(lines[number])
        number = _end_of(lines, begin, kind)
        part = "\n".join(lines[begin:number])
        if part.strip():
            yield Part(kind, part, begin + 1)


def _kind_of(line: str) -> PartKind:
    return "bibtex" if _BIBTEX.match(line) else "ris" if _RIS.match(line) else "line"


def _end_of(lines: Sequence[str], begin: int, kind: PartKind) -> int:
    """The line behind a part; a record that never ends does so before the next one begins."""
    if kind == "line":
        return begin + 1
    depth = 0
    for number in range(begin, len(lines)):
        line = lines[number]
        if number > begin and _kind_of(line) == kind and (kind == "ris" or depth > 0):
            return number
        if kind == "ris" and _RIS_END.match(line):
            return number + 1
        if kind == "bibtex":
            plain = re.sub(r"\\.", "", line)
            depth += plain.count("{") - plain.count("}") + _parentheses(lines[begin], plain)
            if depth <= 0:
                return number + 1
    return len(lines)


def _parentheses(head: str, line: str) -> int:
    """How deep a line goes into the parentheses of an entry that has these for braces."""
    return line.count("(") - line.count(")") if head.rstrip().partition("{")[0].rstrip().find("(") > 0 else 0


def references_from(text: str) -> list[Reference]:
    """The works a pasted text speaks of, for a preview; what says nothing is left out and no file is opened."""
    found: list[Reference] = []
    for part in parts_of(text):
        try:
            if part.kind == "line":
                path = path_of(part.text)
                found += [Reference(title=path.name)] if path else _of_line(part.text)
            else:
                found += [each.reference for each in _records(part).items]
        except NotesError:
            continue
    return found


def _of_line(text: str) -> list[Reference]:
    """The works of a line; one with a Markdown link is read as a line of a reading list is."""
    if "](http" in text:
        from notes_tui.formats import reading_list

        entries = reading_list.read(f"- {text.strip().lstrip('-*+• ')}").entries
        if entries and all(entry.reference.title for entry in entries):
            return [entry.reference for entry in entries]
    return captured.references_of(text)


def _records(part: Part) -> Imported:
    if part.kind == "ris":
        from notes_tui.formats import ris

        return ris.read(part.text)
    from notes_tui.formats import bibtex

    return bibtex.read(part.text)


def _read(text: str) -> _Reading:
    reading = _Reading()
    for part in parts_of(text):
        try:
            if part.kind != "line":
                imported = _records(part)
                reading.works.append(imported)
                reading.problems += [
                    replace(each, line=part.line + (each.line or 1) - 1) for each in imported.problems
                ]
            elif path := path_of(part.text):
                reading.works.append(read_captured(path))
            else:
                reading.works += _of_line(part.text)
        except NotesError as error:
            reading.refused.append(error)
            reading.problems.append(Problem("", part.line, str(error)))
    return reading


def add(
    store: Store, lines: Sequence[str], *, statuses: Sequence[str] = STATUS_NAMES, roles: Sequence[Role] = ROLES
) -> Added:  # fmt: skip
    """Add one item a line, PDF or record; what is in the library already leads to that item.

    A PDF stays where it is, and its annotations come along. Raises :class:`InvalidValueError` where nothing says
    anything, and what keeps a single line or file out.
    """
    reading = _read("\n".join(lines))
    placing = _placing(store, reading, roles)
    with store.step("") as step:
        made: list[int] = []
        known: list[int] = []
        for work in reading.works:
            if isinstance(work, Imported):
                _take_records(store, work, statuses, made, known)
            elif isinstance(work, CapturedPdf):
                if placing is not None:
                    _take_pdf(store, work, placing, made, known)
            else:
                _take(store, work, made, known)
        if not made and not known:
            raise _nothing(reading)
        derived.refresh_order(store, made)
        new_items = items.by_ids(store, list(dict.fromkeys(made)))
        known_items = items.by_ids(store, [each for each in dict.fromkeys(known) if each not in made])
        step.label, label = _labels(new_items, known_items, has_pdfs=placing is not None)
    if placing is not None:
        _tell_of_files(store, placing, [*made, *known])
    brought = _file_words(placing) if placing is not None else ""
    return Added(
        tuple(new_items + known_items),
        tuple(item.citekey for item in new_items),
        tuple(item.citekey for item in known_items),
        f"{label}; {brought}" if brought else label,
        tuple(reading.problems),
        brought,
    )


def _labels(new: Sequence[Item], known: Sequence[Item], *, has_pdfs: bool) -> tuple[str, str]:
    """What the undo step is called, and what the person is told."""
    if new:
        label = f"{name_of(new[0]) if len(new) == 1 else count_of(len(new), 'item')} added"
        return label, label
    name = name_of(known[0])
    return f"PDF of {name} taken in" if has_pdfs else "", f"{name} is in the library already"


def _placing(store: Store, reading: _Reading, roles: Sequence[Role]) -> Placing | None:
    """What attaches the PDFs of a text, with the texts that tell versions apart; ``None`` where there are none."""
    pdfs = [work for work in reading.works if isinstance(work, CapturedPdf)]
    if not pdfs:
        return None
    from notes_tui.services.attaching import Attached, Placing, texts_for

    places = [_owner(store, each) for each in pdfs]
    known = [(place, each.looked) for place, each in zip(places, pdfs, strict=True) if place is not None]
    texts = texts_for(store, [place for place, _ in known], [looked for _, looked in known])
    return Placing(store, Attached(""), roles, texts)


def _owner(store: Store, pdf: CapturedPdf) -> int | None:
    """The item that has a PDF, by its place or content, or that is the work it names."""
    file = pdf.looked.file
    has_file = lookup.with_file(store, file.path, file.sha256)
    return known_work(store, pdf.reference) if has_file is None else has_file


def _file_words(placing: Placing) -> str:
    """What PDFs brought: ``2 PDFs attached, 5 annotations``."""
    new, marks = sum(is_new for _, is_new in placing.report.files), placing.report.taken.changed
    words = [f"{count_of(new, 'PDF')} attached"] if new else []
    words += [count_of(marks, "annotation")] if marks else []
    return ", ".join(words)


def _tell_of_files(store: Store, placing: Placing, item_ids: Sequence[int]) -> None:
    """Index the text of PDFs that came, and tell what could not be read in them."""
    from notes_tui.services import pdf_texts

    store.notices += [f"{problem.file}: {problem.message}" for problem in placing.report.problems]
    placing.texts.keep()
    pdf_texts.index(store, item_ids)


def _nothing(reading: _Reading) -> NotesError:
    if reading.refused:
        return reading.refused[0]
    if reading.problems:
        return InvalidValueError(reading.problems[0].message, hint="nothing was added")
    return InvalidValueError("there is nothing to add", hint="give a title, an address, an arXiv id or a DOI")


def _take(store: Store, reference: Reference, made: list[int], known: list[int]) -> int:
    existing = known_work(store, reference)
    if existing is not None:
        known.append(existing)
        return existing
    made.append(insert(store, cleaned(reference)))
    return made[-1]


def _take_records(
    store: Store, imported: Imported, statuses: Sequence[str], made: list[int], known: list[int]
) -> None:
    from notes_tui.services.record_importing import import_records

    before = items.newest_id(store)
    for item_id in import_records(store, imported, ImportReport(), folder="", statuses=statuses):
        (made if item_id > before else known).append(item_id)


def _take_pdf(store: Store, pdf: CapturedPdf, placing: Placing, made: list[int], known: list[int]) -> None:
    item_id = lookup.with_file(store, pdf.looked.file.path, pdf.looked.file.sha256)
    if item_id is None:
        item_id = _take(store, pdf.reference, made, known)
        if pdf.notice:
            store.notices.append(pdf.notice)
    else:
        known.append(item_id)
    placing.place(items.by_id(store, item_id), pdf.looked, link=True)


def known_work(store: Store, reference: Reference) -> int | None:
    """The item that a captured work certainly is.

    An address alone, which says neither title nor identifier, leads to the only item that has it.
    """
    title = captured.without_stand_in(reference)
    found = lookup.same_work(store, replace(reference, title=title))
    if found is not None or title or identifiers.ids_of(reference) or not reference.links:
        return found
    wanted = address_key(reference.links[0].url)
    is_software = reference.type == "software"
    same = [
        item
        for item in lookup.with_address(store, reference.links[0].url)
        if (item.type == "software") == is_software
        and any(address_key(link.url) == wanted and link.kind != "other" for link in item.links)
    ]
    return same[0].item_id if len(same) == 1 else None


def insert(store: Store, reference: Reference) -> int:
    """Insert an item under its own citekey where it has one, else under a fresh one; returns its row id."""
    citekey = free_key(reference, items.TakenKeys(store))
    return items.insert(store, replace(reference, citekey=citekey))
