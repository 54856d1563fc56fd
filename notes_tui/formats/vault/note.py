"""An item as a Markdown file: front matter, title, annotations, the main note, further notes.

Front matter is laid out so that git merges different edits: one scalar a line, one list element a
line, and what changes often (status, rating, progress, tags, collections) never on neighbouring lines.

Below the title stand the annotations, then the note, byte for byte, to the end of the file or to the
heading of a further note. Headings of further notes end in a mark (``^n1a2b3c4d``), annotations in
their id; both are known from ``.notes-tui/``, so nothing a person writes is taken for one. Where
``.notes-tui/`` is lost, their shape tells them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from notes_tui.formats.vault import annotation_lines as marked
from notes_tui.formats.vault import yaml_text
from notes_tui.formats.vault.document import take_apart
from notes_tui.formats.vault.forms import PLAIN_FORMS, Forms
from notes_tui.formats.vault.yaml_nodes import BadYamlError, Value, parse
from notes_tui.model.item import Annotation, Item, ItemDetail, Note, display_title
from notes_tui.model.markdown import heading

ANNOTATIONS = "## Annotations"
NOTE = "## Note"
_MARKED_HEADING = re.compile(r"## (?:.* )?\^(n[0-9a-f]{8})[ \t]*")
_ID_SHAPE = re.compile(r"[0-9a-f]{10}")


def write(detail: ItemDetail, marks: Mapping[str, str] | None = None, forms: Forms = PLAIN_FORMS) -> str:
    """The file of an item. ``marks`` are those of its further notes, by title, where they are known already."""
    marks = note_marks(detail.notes) if marks is None else marks
    parts = ["---\n", front_matter(detail.item, forms), "---\n\n", heading(1, display_title(detail.item))]
    if detail.annotations:
        parts.append(f"\n{ANNOTATIONS}\n")
        parts += [f"\n{marked.write(annotation)}" for annotation in detail.annotations]
    main = detail.main_note
    if main:
        named = bool(detail.annotations) or main.startswith((ANNOTATIONS, NOTE))
        parts += [f"\n{NOTE}\n" if named else "", "\n", _ended(main)]
    for note in detail.notes:
        if note.title:
            parts += [f"\n{heading(2, note.title)[:-1]} ^{marks[note.title]}\n\n", _ended(note.body)]
    return "".join(parts)


def _ended(body: str) -> str:
    return body if body.endswith("\n") else f"{body}\n"


def note_marks(notes: Iterable[Note]) -> dict[str, str]:
    """A mark for each further note, by its title; one that no note of the item has in its text."""
    notes = list(notes)
    marks: dict[str, str] = {}
    for note in notes:
        salt = note.title
        while note.title and (
            (mark := f"n{blake2b(salt.encode(), digest_size=4).hexdigest()}") in marks.values()
            or any(f"^{mark}" in other.body for other in notes)
        ):
            salt += "+"
        if note.title:
            marks[note.title] = mark
    return marks


def heading_words(title: str) -> str:
    """What the heading of a further note says of its title."""
    return heading(2, title).removeprefix("## ").strip()


def front_matter(item: Item, forms: Forms = PLAIN_FORMS) -> str:
    """What stands between the fences. What an item does not have is left out."""
    places = dict.fromkeys((entry.slug, entry.section) for entry in item.entries)
    collections = [forms.place(slug, section) for slug, section in places]
    scalar, block = yaml_text.scalar, yaml_text.block
    lines = [
        f"citekey: {scalar(item.citekey)}\nread_status: {scalar(item.read_status)}\ntitle: {scalar(item.title)}\n",
        f"title_short: {scalar(item.title_short)}\n" if item.title_short else "",
        f"rating: {item.rating}\n" if item.rating else "",
        f"type: {scalar(item.type)}\n",
        f"progress: {forms.progress(item.progress)}\n" if item.progress else "",
        block("creators", [forms.creator(each) for each in item.creators]),
        f"venue: {scalar(item.venue)}\n" if item.venue else "",
        f"year: {item.year}\n" if item.year is not None else "",
        f"doi: {scalar(item.doi)}\n" if item.doi else "",
        f"arxiv: {scalar(item.arxiv)}\n" if item.arxiv else "",
        block("links", [forms.link(each) for each in item.links]) if item.links else "",
        block("tags", [forms.tag(each) for each in item.tags]),
        f"added: {scalar(item.added)}\n" if item.added else "",
        block("collections", collections),
        block("related", [forms.related(each) for each in item.related]) if item.related else "",
        forms.names(item),
        "private: true\n" if item.private else "",
        forms.extra(item.extra) if item.extra else "",
        f"abstract: {scalar(item.abstract)}\n" if item.abstract else "",
    ]
    return "".join(lines)


_STANDING = re.compile(r"^(?:read_status|rating|progress): .*\n", re.MULTILINE)


def says_the_same_on_pages(text: str, other: str) -> bool:
    """Whether what two files say of an item differs at most in what its line on a page shows: how it is read.

    Its name, its title and the lists and tags it stands under are the same then.
    """
    fronts = (take_apart(each).front for each in (text, other))
    one, another = (_STANDING.sub("", front) for front in fronts)
    return one == another


@dataclass(frozen=True, slots=True)
class Section:
    """The text of a note as it stands in a file."""

    mark: str
    """Empty for the main note."""
    title: str
    """What its heading says; the exact title is known to ``.notes-tui/``."""
    body: str


@dataclass(frozen=True, slots=True)
class NoteFile:
    """What a file says, before it is compared with what is known of the item."""

    fields: Mapping[str, Value]
    annotations: tuple[Annotation, ...]
    sections: tuple[Section, ...]
    problem: str = ""
    """Why the front matter could not be read."""


def read(text: str, ids: Collection[str] | None = None, marks: Collection[str] | None = None) -> NoteFile:
    """The parts of an item's file. ``ids`` of annotations and ``marks`` of notes are those that are known.

    Without them (``None``), whatever has their shape counts.
    """
    text = text.removeprefix("\ufeff")
    if text.count("\r\n") == text.count("\n"):
        text = text.replace("\r\n", "\n")
    parts = take_apart(text)
    fields: Mapping[str, Value] = {}
    problem = ""
    try:
        plain = parse(parts.front).plain()
        fields = plain if isinstance(plain, dict) else {}
    except BadYamlError as error:
        problem = f"line {error.line + 1}: {error}"
    taken = _Annotations(ids)
    sections = []
    for head, lines in _sections(_below_title(parts.body).split("\n"), marks):
        body = taken.main_note(lines) if not head else taken.text_without(lines)
        mark = _MARKED_HEADING.fullmatch(head)
        title = head.removeprefix("## ").rpartition("^")[0].strip()
        if head or body:
            sections.append(Section(mark[1] if mark else "", title, body))
    return NoteFile(fields, tuple(taken.found), tuple(sections), problem)


def annotation_ids_in(text: str) -> set[str]:
    """The ids of whatever has the shape of an annotation."""
    found = {marked.id_in(line.removesuffix("\r")) for line in text.split("\n") if line.startswith("- ")}
    return {each for each in found if _ID_SHAPE.fullmatch(each)}


def citekey_in(text: str) -> str:
    """The item a file is about, ``""`` where it does not say."""
    try:
        fields = parse(take_apart(text.removeprefix("\ufeff").replace("\r\n", "\n")).front).plain()
    except BadYamlError:
        return ""
    found = fields.get("citekey") if isinstance(fields, dict) else None
    return found if isinstance(found, str) else ""


def _below_title(body: str) -> str:
    """The text behind the title's line and one blank line."""
    body = body.removeprefix("\n")
    if body.startswith("# "):
        body = body.partition("\n")[2]
    return body.removeprefix("\n")


def _sections(lines: list[str], marks: Collection[str] | None) -> list[tuple[str, list[str]]]:
    """Lines cut at the headings of further notes: each heading with the lines of its note."""
    cut: list[tuple[str, list[str]]] = [("", [])]
    seen: set[str] = set()
    for line in lines:
        found = _MARKED_HEADING.fullmatch(line) if line.startswith("## ") else None
        if found and found[1] not in seen and (marks is None or found[1] in marks):
            seen.add(found[1])
            cut.append((line, []))
        else:
            cut[-1][1].append(line)
    return [(head, body[1:] if head and body[:1] == [""] else body) for head, body in cut]


class _Annotations:
    """Takes annotations out of the lines of notes: those with a known id, each id once."""

    def __init__(self, known: Collection[str] | None) -> None:
        self.known = known
        self.found: list[Annotation] = []

    def main_note(self, lines: list[str]) -> str:
        """The main note's text, from lines that may begin with the list of annotations.

        What somebody wrote between the title and that list belongs to the note, and stands first in it.
        """
        if above := self._above_list(lines):
            own = self.text_without(lines[:above]).strip("\n")
            return "\n\n".join(filter(None, [own, self.main_note(lines[above:])]))
        if lines[:1] == [NOTE]:
            return self._note_moved_up(lines)
        at = lines.index(NOTE) if NOTE in lines else len(lines)
        if lines[:1] == [ANNOTATIONS] and not any(map(str.strip, lines[1:at])):
            return self.text_without(_behind_heading(lines[at:]))
        if lines[:1] != [ANNOTATIONS] or not any(map(self._begins, lines)):
            return self.text_without(lines)
        *between, last = self._pieces(lines[1:at])
        if any(last):
            below = [self.text_without(lines[at:])] if at < len(lines) else []
            note = "\n".join([*_behind_heading(["", *last]), *below])
        else:
            note = self.text_without(_behind_heading(lines[at:]))
        return "".join([*(f"{_trimmed(piece)}\n\n" for piece in between if any(piece)), note])

    def _note_moved_up(self, lines: list[str]) -> str:
        """The main note's text where its heading stands first; the list of annotations may follow below."""
        heads = (at for at, line in enumerate(lines) if line == ANNOTATIONS)
        at = next((at for at in heads if self._begins(next(filter(str.strip, lines[at + 1 :]), ""))), 0)
        if not at or self.known is None:
            return self.text_without(_behind_heading(lines))
        above = self.text_without(_behind_heading(lines[:at])).rstrip("\n")
        below = self.text_without(lines[at + 1 :]).strip("\n")
        return "\n\n".join(filter(None, [above, below])) + "\n"

    def _above_list(self, lines: list[str]) -> int:
        """How many lines stand above the heading of the list of annotations; 0 where no such list follows."""
        at = lines.index(ANNOTATIONS) if ANNOTATIONS in lines else 0
        if NOTE in lines[:at]:
            return 0
        end = lines.index(NOTE, at) if NOTE in lines[at:] else len(lines)
        return at if any(map(self._begins, lines[at:end])) else 0

    def text_without(self, lines: list[str]) -> str:
        """The text of lines, without annotations that were moved among them."""
        if self.known is None:
            return "\n".join(lines)
        first, *others = self._pieces(lines)
        return "\n".join([*first, *(line for piece in others for line in _behind_heading(["", *piece]))])

    def _begins(self, line: str) -> bool:
        found = marked.id_in(line) if line.startswith("- ") else ""
        fits = bool(_ID_SHAPE.fullmatch(found)) if self.known is None else found in self.known
        return fits and all(each.id != found for each in self.found)

    def _pieces(self, lines: list[str]) -> list[list[str]]:
        """The lines before, between and behind the annotations, which are kept in ``found``."""
        pieces: list[list[str]] = [[]]
        index = 0
        while index < len(lines):
            if self._begins(lines[index]):
                end = _block_end(lines, index)
                self.found.append(marked.read(lines[index:end]))
                pieces.append([])
                index = end
            else:
                pieces[-1].append(lines[index])
                index += 1
        return pieces


def _block_end(lines: list[str], start: int) -> int:
    """Behind the last line of the list item that begins at ``start``; blank lines at its end stay outside."""
    end = start + 1
    for index in range(start + 1, len(lines)):
        if lines[index][:1].isspace():
            end = index + 1
        elif lines[index]:
            break
    return end


def _behind_heading(lines: list[str]) -> list[str]:
    """What follows a first line and one blank line."""
    return lines[2:] if lines[1:2] == [""] else lines[1:]


def _trimmed(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")
