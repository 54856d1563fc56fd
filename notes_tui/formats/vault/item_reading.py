"""One file of an item read, together with what ``.notes-tui/`` has on record of the item."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import PurePath

from notes_tui.formats.vault import annotation_lines as marked
from notes_tui.formats.vault import note, records
from notes_tui.formats.vault.forms import PLAIN_FORMS, Forms
from notes_tui.formats.vault.records import Record
from notes_tui.formats.vault.values import (
    elements_of,
    mapping_of,
    number_of,
    text_mapping_of,
    text_of,
    texts_of,
)
from notes_tui.formats.vault.yaml_nodes import Value
from notes_tui.model.dump import DumpedAnnotation, DumpedItem
from notes_tui.model.item import (
    ANNOTATION_KINDS,
    CSL_TYPES,
    LINK_KINDS,
    Annotation,
    Attachment,
    Creator,
    Entry,
    Item,
    ItemDetail,
    Link,
    LinkKind,
    Note,
    Progress,
    Reference,
)
from notes_tui.model.reading_list import Problem
from notes_tui.model.text import one_line
from notes_tui.model.whole_text import body_of


@dataclass(frozen=True, slots=True)
class ItemFile:
    """What one file says of its item, together with what is recorded of it."""

    item: DumpedItem
    renamed: Mapping[str, str]
    """Titles of notes whose headings were given other words, with these."""
    places: tuple[tuple[str, tuple[str, ...]], ...]
    """Collections and sections the front matter names."""
    unread: Mapping[str, str]
    """Keys of the front matter whose value says nothing the key can mean, with the reason."""
    marks: Mapping[str, str]
    """The marks of further notes as the file has them, by title."""
    silent: frozenset[str] = frozenset()
    """Keys that are missing though no item is without what they say."""
    forms: Forms = PLAIN_FORMS
    """How values stand in the file."""

    @property
    def text(self) -> str:
        """What the file says, in the program's own writing."""
        return own_writing(self.item, self.places, self.marks, self.forms)


def own_writing(
    item: DumpedItem,
    places: Iterable[tuple[str, tuple[str, ...]]] | None = None,
    marks: Mapping[str, str] | None = None,
    forms: Forms = PLAIN_FORMS,
) -> str:
    """The file of an item as the program writes it; ``places`` stand for its list entries."""
    shown = item.item
    if places is not None:
        shown = replace(shown, entries=tuple(Entry(slug, path, 0, "", "") for slug, path in places))
    annotations = tuple(each.annotation for each in item.annotations)
    return note.write(ItemDetail(shown, item.notes, annotations, ()), marks, forms)


_NEVER_EMPTY = ("title", "type", "read_status", "added")


class ItemReader:
    """Reads the files of one vault with the help of its records, gathering problems."""

    def __init__(
        self, files: Mapping[str, str], only: Collection[str] | None = None, forms: Forms = PLAIN_FORMS
    ) -> None:
        self.files = files
        self.only = only
        self.forms = forms
        self.problems: list[Problem] = []
        self.item_records = {text_of(each, "citekey"): each for each in self._records(records.ITEMS)}
        self.note_records = self._by_item(records.NOTES)
        self.annotation_records = self._by_item(records.ANNOTATIONS)
        self.has_records = records.ITEMS in files

    def remember(self, before: ItemReader) -> None:
        """Know the notes and annotations of ``before`` too: their records were lost, or are not merged yet."""
        for known, lost in (
            (self.note_records, before.note_records),
            (self.annotation_records, before.annotation_records),
        ):
            for citekey, found in lost.items():
                here = {(each.get("id"), each.get("mark")) for each in known.get(citekey, [])}
                missing = [each for each in found if (each.get("id"), each.get("mark")) not in here]
                known[citekey] = [*known.get(citekey, []), *missing]

    def _records(self, path: str) -> list[Record]:
        text = self.files.get(path, "")
        found, problems = records.read(
            path, text if self.only is None else records.lines_about(text, self.only)
        )
        self.problems += problems
        return found

    def _by_item(self, path: str) -> dict[str, list[Record]]:
        grouped: dict[str, list[Record]] = {}
        for record in self._records(path):
            grouped.setdefault(text_of(record, "citekey"), []).append(record)
        return grouped

    def uid_of(self, citekey: str) -> str:
        """The id that is recorded of an item, ``""`` where none is."""
        return text_of(self.item_records.get(citekey, {}), "uid")

    def own_files(self, citekey: str) -> list[tuple[str, str]]:
        """The notes of an item that are files of their own: title and path."""
        found = self.note_records.get(citekey, [])
        return [(text_of(each, "title"), text_of(each, "file")) for each in found if text_of(each, "file")]

    def with_own_files(self, item: DumpedItem) -> DumpedItem:
        """An item with its notes that are files of their own, as far as those are at hand."""
        records = {text_of(each, "file"): each for each in self.note_records.get(item.item.citekey, [])}
        own = (
            Note(title, body, bool(records[path].get("private")), text_of(records[path], "created"))
            for title, path in self.own_files(item.item.citekey)
            if (body := body_of(self.files.get(path, ""))[1])
        )
        return replace(item, notes=_distinct((*item.notes, *own)))

    def item(self, path: str, text: str, *, known_as: str = "") -> ItemFile | None:
        """The item of a file, or ``None`` (and a problem) where it has none.

        ``known_as`` is the citekey that records have it under, where the file may say another by now.
        """
        citekey = note.citekey_in(text)
        recorded = known_as if known_as in self.item_records else citekey
        found = self._parts(text, recorded)
        if found.problem or not citekey:
            message = (
                f"front matter cannot be read, {found.problem}" if found.problem else "it names no citekey"
            )
            self.problems.append(Problem(path, None, message))
            return None
        return self._said(found, recorded)

    def new_item(self, path: str, text: str, reference: Reference) -> ItemFile | None:
        """The item of a file that its owner made and that names no citekey; ``reference`` fills what it does not say."""
        found = self._parts(text, "")
        if found.problem:
            self.problems.append(Problem(path, None, f"front matter cannot be read, {found.problem}"))
            return None
        said = self._said(found, "")
        names = ("title", "title_short", "creators", "venue", "year", "doi", "arxiv", "links")
        empty = {name: getattr(reference, name) for name in names if not getattr(said.item.item, name)}
        kind = said.item.item.type if "type" in found.fields else reference.type
        return replace(
            said, item=replace(said.item, uid="", item=replace(said.item.item, type=kind, **empty))
        )

    def _parts(self, text: str, citekey: str) -> note.NoteFile:
        if citekey and citekey not in self.item_records:
            taken = {text_of(each, "id") for found in self.annotation_records.values() for each in found}
            return note.read(text, note.annotation_ids_in(text) - taken)
        annotations = [text_of(each, "id") for each in self.annotation_records.get(citekey, [])]
        marks = [text_of(each, "mark") for each in self._note_records(citekey)]
        found = note.read(text, annotations, marks) if self.has_records else note.read(text)
        return replace(found, fields=self.forms.plain(found.fields))

    def _note_records(self, citekey: str) -> list[Record]:
        return [each for each in self.note_records.get(citekey, []) if not text_of(each, "file")]

    def _said(self, found: note.NoteFile, recorded: str) -> ItemFile:
        annotations = {text_of(each, "id"): each for each in self.annotation_records.get(recorded, [])}
        marks = {text_of(each, "mark"): each for each in self._note_records(recorded)}
        record = self.item_records.get(recorded, {})
        fields = found.fields
        progress = mapping_of(fields.get("progress"))
        page, pages = number_of(progress, "page"), number_of(progress, "pages") or number_of(record, "pages")
        kinds = text_mapping_of(record.get("relations"))
        related = texts_of(fields, "related")
        worded = list(_worded(found, marks))
        item = DumpedItem(
            uid=text_of(record, "uid") or _made_uid(recorded),
            item=_item(fields, record, Progress(page, pages) if page is not None else None),
            relations=(
                *((key, kinds.get(key, "related")) for key in related),
                *((key, kind) for key, kind in kinds.items() if key not in related),
            ),
            pages=pages,
            locked=texts_of(record, "locked"),
            queue_place=number_of(record, "queue_place"),
            notes=_distinct(_note(section, marks.get(section.mark, {})) for section in worded),
            annotations=tuple(_annotation(each, annotations.get(each.id, {})) for each in found.annotations),
        )
        renamed = dict(_renamed(section, marks.get(section.mark, {})) for section in worded)
        renamed.pop("", None)
        in_file = {made.title: each.mark for made, each in zip(item.notes, worded, strict=True) if each.mark}
        silent = frozenset(key for key in _NEVER_EMPTY if key not in fields)
        return ItemFile(item, renamed, _places(fields), _unread(fields), in_file, silent, self.forms)


def _made_uid(*words: str) -> str:
    """An id for what has none, the same for the same words."""
    return blake2b("\n".join(words).encode(), digest_size=10).hexdigest()


def _worded(found: note.NoteFile, marks: Mapping[str, Record]) -> list[note.Section]:
    """The notes of a file; an empty main note counts only if it was there before."""
    return [each for each in found.sections if each.mark or each.body.strip() or "" in marks]


def _distinct(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes of which no two have one title: a later one gets a number."""
    found: dict[str, Note] = {}
    for each in notes:
        title, number = each.title, 1
        while title in found:
            number += 1
            title = f"{each.title} ({number})"
        found[title] = replace(each, title=title)
    return tuple(found.values())


def _renamed(section: note.Section, record: Record) -> tuple[str, str]:
    """The recorded title of a note and the one its heading has now, both empty where it is the same."""
    title = text_of(record, "title")
    if not title or section.title in ("", note.heading_words(title)):
        return "", ""
    return title, " ".join(section.title.split())


def _places(fields: Mapping[str, Value]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    said = [each if isinstance(each, dict) else {"slug": each} for each in elements_of(fields, "collections")]
    return tuple((text_of(each, "slug"), texts_of(each, "section")) for each in said if text_of(each, "slug"))


_NUMBERS = {"year": (1, 9999), "rating": (1, 5)}


def _unread(fields: Mapping[str, Value]) -> dict[str, str]:
    """Values that cannot be what their keys are for."""
    found: dict[str, str] = {}
    for name, (low, high) in _NUMBERS.items():
        number = number_of(fields, name)
        if fields.get(name) not in (None, "", "0") and not (number and low <= number <= high):
            found[name] = f"{name} is no number from {low} to {high}: {one_line(str(fields[name]))}"
    progress = fields.get("progress")
    if progress not in (None, "") and not number_of(mapping_of(progress), "page"):
        found["progress"] = f"progress names no page: {one_line(str(progress))}"
    for name in ("title", "title_short", "venue", "doi", "arxiv", "abstract", "type", "read_status", "added"):
        if isinstance(fields.get(name), list | dict):
            found[name] = f"{name} is no text"
    if fields.get("type") and isinstance(fields["type"], str) and fields["type"] not in CSL_TYPES:
        found["type"] = f"type is no CSL type: {one_line(fields['type'])}"
    return found


def _note(section: note.Section, record: Record) -> Note:
    renamed = _renamed(section, record)[1]
    title = renamed or text_of(record, "title") or section.title
    body = section.body.removesuffix("\n") if record.get("bare") else section.body
    return Note(title, body, bool(record.get("private")), text_of(record, "created"))


def _annotation(said: Annotation, record: Record) -> DumpedAnnotation:
    """An annotation with what its record adds; the exact words where its lines were not changed."""
    full = replace(
        said, created=text_of(record, "created"), source=text_of(record, "source") or "manual", color=text_of(record, "color")
    )  # fmt: skip
    exact = record.get("exact")
    if isinstance(exact, dict):
        meant = _exactly(full, exact)
        if marked.read(marked.write(meant).split("\n")[:-1]) == said:
            full = meant
    return DumpedAnnotation(full, mapping_of(record.get("extra")))


def _exactly(annotation: Annotation, exact: Mapping[str, object]) -> Annotation:
    words = {name: text_of(exact, name) for name in ("page_label", "quote", "comment", "role")}
    kinds = [kind for kind in ANNOTATION_KINDS if kind == exact.get("kind")]
    kind = kinds[0] if kinds else annotation.kind
    return replace(annotation, kind=kind, page=number_of(exact, "page"), **words)


def _item(fields: Mapping[str, Value], record: Record, progress: Progress | None) -> Item:
    people = [
        each if isinstance(each, dict) else {"literal": each} for each in elements_of(fields, "creators")
    ]
    links = [text_mapping_of(each) for each in elements_of(fields, "links")]
    files = record.get("attachments")
    return Item(
        citekey=text_of(fields, "citekey"), aliases=texts_of(fields, "aliases"), type=text_of(fields, "type") or "article",
        title=text_of(fields, "title"), title_short=text_of(fields, "title_short"),
        creators=tuple(_creator(text_mapping_of(each)) for each in people), venue=text_of(fields, "venue"),
        year=number_of(fields, "year"), doi=text_of(fields, "doi"), arxiv=text_of(fields, "arxiv"),
        abstract=text_of(fields, "abstract"), links=tuple(_link(each) for each in links if each.get("url")),
        extra=text_mapping_of(fields.get("extra")), related=texts_of(fields, "related"),
        read_status=text_of(fields, "read_status") or "unread", rating=number_of(fields, "rating"), progress=progress,
        tags=texts_of(fields, "tags"), added=text_of(fields, "added"), private=fields.get("private") in ("true", "yes"),
        attachments=tuple(_attachment(each) for each in (files if isinstance(files, list) else []) if isinstance(each, dict)),
    )  # fmt: skip


def _attachment(record: Mapping[str, object]) -> Attachment:
    """A file by its name: a folder is left out, so that no record can name another file of this machine."""
    kind, title, sha256, link = (text_of(record, name) for name in ("kind", "title", "sha256", "link"))
    return Attachment(PurePath(text_of(record, "name")).name, kind, title, sha256, link)


def _creator(name: Mapping[str, str]) -> Creator:
    return Creator(name.get("family", ""), name.get("given", ""), name.get("literal", ""))


def _link(said: Mapping[str, str]) -> Link:
    kind: LinkKind = "other"
    return Link(next((each for each in LINK_KINDS if each == said.get("kind")), kind), said["url"])
