"""A vault read back: its files become a library again, with everything that was in it.

The Markdown files are the truth for what they say; ``.notes-tui/`` adds what they do not say. Where it
is missing, the files alone still make a library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from notes_tui.formats.vault import annotation_lines as marked
from notes_tui.formats.vault import note, records
from notes_tui.formats.vault.profiles import profile_in
from notes_tui.formats.vault.records import Record
from notes_tui.formats.vault.yaml_nodes import Value
from notes_tui.model.dump import Dump, DumpedAnnotation, DumpedCollection, DumpedItem
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
)
from notes_tui.model.reading_list import Problem
from notes_tui.model.text import one_line
from notes_tui.model.vault import VaultEvent
from notes_tui.model.whole_text import body_of


@dataclass(frozen=True, slots=True)
class VaultContent:
    """What the files of a vault say together."""

    dump: Dump
    """The library without its events."""
    events: tuple[VaultEvent, ...]
    files: Mapping[str, str]
    """The path of each item's file, by citekey."""


@dataclass(frozen=True, slots=True)
class ListRecords:
    """The file of a reading list: its header, its place among the lists, its entries with their citekeys."""

    header: DumpedCollection
    place: int
    entries: tuple[tuple[str, Entry], ...]


def read_list(text: str) -> ListRecords | None:
    """The list in a file of records; ``None`` where there is none."""
    found = records.read("", text)[0]
    if not found or not _text(found[0], "slug"):
        return None
    header, *lines = found
    slug = _text(header, "slug")
    entries = tuple((_text(each, "citekey"), _entry(slug, at, each)) for at, each in enumerate(lines, 1))
    return ListRecords(_collection(header), _number(header, "place") or 0, entries)


def read_views(text: str) -> list[tuple[str, str]]:
    """The saved views in a file of records: ``(name, query)`` in order."""
    return [
        (_text(each, "name"), _text(each, "query"))
        for each in records.read("", text)[0]
        if _text(each, "name")
    ]


def _entry(slug: str, position: int, record: Record) -> Entry:
    return Entry(
        slug, _texts(record, "section"), position, _text(record, "title"), _text(record, "text"),
        _text_mapping(record.get("fields")),
    )  # fmt: skip


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

    @property
    def text(self) -> str:
        """What the file says, in the program's own writing."""
        return own_writing(self.item, self.places, self.marks)


def own_writing(
    item: DumpedItem,
    places: Iterable[tuple[str, tuple[str, ...]]] | None = None,
    marks: Mapping[str, str] | None = None,
) -> str:
    """The file of an item as the program writes it; ``places`` stand for its list entries."""
    shown = item.item
    if places is not None:
        shown = replace(shown, entries=tuple(Entry(slug, path, 0, "", "") for slug, path in places))
    return note.write(
        ItemDetail(shown, item.notes, tuple(each.annotation for each in item.annotations), ()), marks
    )


def read(files: Mapping[str, str]) -> VaultContent:
    """The library that the files (path to text) hold; what cannot be read is among the dump's problems."""
    reader = Reader(files)
    items: dict[str, DumpedItem] = {}
    places: dict[str, str] = {}
    profile = profile_in(files.get(records.SETTINGS, ""))
    for path in sorted(filter(profile.is_item_file, files)):
        found = reader.item(path, files[path])
        if found is None:
            continue
        reader.problems += [Problem(path, None, message) for message in found.unread.values()]
        item = reader.with_own_files(found.item)
        citekey = item.item.citekey
        if citekey.lower() in items:
            reader.problems.append(
                Problem(path, None, f"{citekey} has another file already: {places[citekey]}")
            )
            continue
        items[citekey.lower()] = item
        places[citekey] = path
    collections, views, events = reader.collections(items), reader.views(), reader.events()
    dump = Dump(
        items=tuple(items[key] for key in sorted(items)),
        collections=collections,
        views=views,
        problems=tuple(reader.problems),
    )
    return VaultContent(dump, events, places)


class Reader:
    """Reads the files of one vault with the help of its records, gathering problems."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.problems: list[Problem] = []
        self.item_records = {_text(each, "citekey"): each for each in self._records(records.ITEMS)}
        self.note_records = self._by_item(records.NOTES)
        self.annotation_records = self._by_item(records.ANNOTATIONS)
        self.has_records = records.ITEMS in files

    def _records(self, path: str) -> list[Record]:
        found, problems = records.read(path, self.files.get(path, ""))
        self.problems += problems
        return found

    def _by_item(self, path: str) -> dict[str, list[Record]]:
        grouped: dict[str, list[Record]] = {}
        for record in self._records(path):
            grouped.setdefault(_text(record, "citekey"), []).append(record)
        return grouped

    def own_files(self, citekey: str) -> list[tuple[str, str]]:
        """The notes of an item that are files of their own: title and path."""
        found = self.note_records.get(citekey, [])
        return [(_text(each, "title"), _text(each, "file")) for each in found if _text(each, "file")]

    def with_own_files(self, item: DumpedItem) -> DumpedItem:
        """An item with its notes that are files of their own, as far as those are at hand."""
        records = {_text(each, "file"): each for each in self.note_records.get(item.item.citekey, [])}
        own = (
            Note(title, body, bool(records[path].get("private")), _text(records[path], "created"))
            for title, path in self.own_files(item.item.citekey)
            if (body := body_of(self.files.get(path, ""))[1])
        )
        return replace(item, notes=_distinct((*item.notes, *own)))

    def item(self, path: str, text: str, *, known_as: str = "") -> ItemFile | None:
        """The item of a file, or ``None`` (and a problem) where it has none.

        ``known_as`` is the citekey that records have it under, where the file may say another by now.
        """
        citekey = note.citekey_in(text)
        recorded = known_as or citekey
        notes = self.note_records.get(recorded, [])
        annotations = {_text(each, "id"): each for each in self.annotation_records.get(recorded, [])}
        marks = {_text(each, "mark"): each for each in notes if not _text(each, "file")}
        known = (annotations, marks) if self.has_records else (None, None)
        found = note.read(text, *known)
        if found.problem or not citekey:
            message = (
                f"front matter cannot be read, {found.problem}" if found.problem else "it names no citekey"
            )
            self.problems.append(Problem(path, None, message))
            return None
        record = self.item_records.get(recorded, {})
        fields = found.fields
        progress = _mapping(fields.get("progress"))
        page, pages = _number(progress, "page"), _number(progress, "pages") or _number(record, "pages")
        kinds = _text_mapping(record.get("relations"))
        related = _texts(fields, "related")
        worded = list(_worded(found, marks))
        item = DumpedItem(
            uid=_text(record, "uid") or _made_uid(citekey),
            item=_item(fields, record, Progress(page, pages) if page is not None else None),
            relations=(
                *((key, kinds.get(key, "related")) for key in related),
                *((key, kind) for key, kind in kinds.items() if key not in related),
            ),
            pages=pages,
            locked=_texts(record, "locked"),
            queue_place=_number(record, "queue_place"),
            notes=_distinct(_note(section, marks.get(section.mark, {})) for section in worded),
            annotations=tuple(_annotation(each, annotations.get(each.id, {})) for each in found.annotations),
        )
        renamed = dict(_renamed(section, marks.get(section.mark, {})) for section in worded)
        renamed.pop("", None)
        in_file = {made.title: each.mark for made, each in zip(item.notes, worded, strict=True) if each.mark}
        return ItemFile(item, renamed, _places(fields), _unread(fields), in_file)

    def collections(self, items: dict[str, DumpedItem]) -> tuple[DumpedCollection, ...]:
        """The collections in order; their entries are hung on the items."""
        placed: list[tuple[int, str, list[Record]]] = []
        for path in sorted(self.files):
            if path.startswith(f"{records.COLLECTIONS}/") and path.endswith(".jsonl"):
                found = self._records(path)
                if found and _text(found[0], "slug"):
                    placed.append((_number(found[0], "place") or 0, path, found))
                else:
                    self.problems.append(Problem(path, 1, "it does not begin with a collection"))
        placed.sort(key=lambda each: each[:2])
        for _, path, (header, *entries) in placed:
            for position, entry in enumerate(entries, 1):
                self._hang(items, path, _text(header, "slug"), position, entry)
        return tuple(_collection(found[0]) for _, _, found in placed)

    def _hang(
        self, items: dict[str, DumpedItem], path: str, slug: str, position: int, record: Record
    ) -> None:
        item = items.get(_text(record, "citekey").lower())
        if item is None:
            self.problems.append(
                Problem(path, position + 1, f"no file is about {_text(record, 'citekey')!r}")
            )
            return
        entry = _entry(slug, position, record)
        items[item.item.citekey.lower()] = replace(
            item, item=replace(item.item, entries=(*item.item.entries, entry))
        )

    def views(self) -> tuple[tuple[str, str], ...]:
        """Saved views in the user's order."""
        return tuple(read_views(self.files.get(records.VIEWS, "")))

    def events(self) -> tuple[VaultEvent, ...]:
        """The events of all machines, each once, in the order they were recorded."""
        found: dict[str, VaultEvent] = {}
        for path in sorted(self.files):
            if not (path.startswith(f"{records.EVENTS}/") and path.endswith(".jsonl")):
                continue
            events, problems = records.read_events(path, self.files[path])
            self.problems += problems
            found |= {event.uid: event for event in events}
        return tuple(sorted(found.values(), key=lambda each: (each.recorded, each.uid)))


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
    title = _text(record, "title")
    if not title or section.title in ("", note.heading_words(title)):
        return "", ""
    return title, " ".join(section.title.split())


def _places(fields: Mapping[str, Value]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    said = [each if isinstance(each, dict) else {"slug": each} for each in _list(fields, "collections")]
    return tuple((_text(each, "slug"), _texts(each, "section")) for each in said if _text(each, "slug"))


_NUMBERS = {"year": (1, 9999), "rating": (1, 5)}


def _unread(fields: Mapping[str, Value]) -> dict[str, str]:
    """Values that cannot be what their keys are for."""
    found: dict[str, str] = {}
    for name, (low, high) in _NUMBERS.items():
        number = _number(fields, name)
        if fields.get(name) not in (None, "", "0") and not (number and low <= number <= high):
            found[name] = f"{name} is no number from {low} to {high}: {one_line(str(fields[name]))}"
    progress = fields.get("progress")
    if progress not in (None, "") and not _number(_mapping(progress), "page"):
        found["progress"] = f"progress names no page: {one_line(str(progress))}"
    for name in ("title", "title_short", "venue", "doi", "arxiv", "abstract", "type", "read_status", "added"):
        if isinstance(fields.get(name), list | dict):
            found[name] = f"{name} is no text"
    if fields.get("type") and isinstance(fields["type"], str) and fields["type"] not in CSL_TYPES:
        found["type"] = f"type is no CSL type: {one_line(fields['type'])}"
    return found


def _note(section: note.Section, record: Record) -> Note:
    renamed = _renamed(section, record)[1]
    title = renamed or _text(record, "title") or section.title
    body = section.body.removesuffix("\n") if record.get("bare") else section.body
    return Note(title, body, bool(record.get("private")), _text(record, "created"))


def _annotation(said: Annotation, record: Record) -> DumpedAnnotation:
    """An annotation with what its record adds; the exact words where its lines were not changed."""
    full = replace(
        said, created=_text(record, "created"), source=_text(record, "source") or "manual", color=_text(record, "color")
    )  # fmt: skip
    exact = record.get("exact")
    if isinstance(exact, dict):
        meant = _exactly(full, exact)
        if marked.read(marked.write(meant).split("\n")[:-1]) == said:
            full = meant
    return DumpedAnnotation(full, _mapping(record.get("extra")))


def _exactly(annotation: Annotation, exact: Mapping[str, object]) -> Annotation:
    words = {name: _text(exact, name) for name in ("page_label", "quote", "comment", "role")}
    kinds = [kind for kind in ANNOTATION_KINDS if kind == exact.get("kind")]
    kind = kinds[0] if kinds else annotation.kind
    return replace(annotation, kind=kind, page=_number(exact, "page"), **words)


def _collection(header: Record) -> DumpedCollection:
    sections = header.get("sections")
    paths = sections if isinstance(sections, list) else []
    extra = header.get("extra")
    return DumpedCollection(
        slug=_text(header, "slug"), title=_text(header, "title"), description=_text(header, "description"),
        source=_text(header, "source"), kind=_text(header, "kind") or "own", hidden=bool(header.get("hidden")),
        sections=tuple(tuple(map(str, path)) for path in paths if isinstance(path, list)),
        extra=extra if isinstance(extra, dict) else {}, created=_text(header, "created"),
    )  # fmt: skip


def _item(fields: Mapping[str, Value], record: Record, progress: Progress | None) -> Item:
    people = [each if isinstance(each, dict) else {"literal": each} for each in _list(fields, "creators")]
    links = [_text_mapping(each) for each in _list(fields, "links")]
    files = record.get("attachments")
    return Item(
        citekey=_text(fields, "citekey"), aliases=_texts(fields, "aliases"), type=_text(fields, "type") or "article",
        title=_text(fields, "title"), title_short=_text(fields, "title_short"),
        creators=tuple(_creator(_text_mapping(each)) for each in people), venue=_text(fields, "venue"),
        year=_number(fields, "year"), doi=_text(fields, "doi"), arxiv=_text(fields, "arxiv"),
        abstract=_text(fields, "abstract"), links=tuple(_link(each) for each in links if each.get("url")),
        extra=_text_mapping(fields.get("extra")), related=_texts(fields, "related"),
        read_status=_text(fields, "read_status") or "unread", rating=_number(fields, "rating"), progress=progress,
        tags=_texts(fields, "tags"), added=_text(fields, "added"), private=fields.get("private") in ("true", "yes"),
        attachments=tuple(
            Attachment(*(_text(each, name) for name in ("name", "kind", "title", "sha256")))
            for each in (files if isinstance(files, list) else [])
            if isinstance(each, dict)
        ),
    )  # fmt: skip


def _creator(name: Mapping[str, str]) -> Creator:
    return Creator(name.get("family", ""), name.get("given", ""), name.get("literal", ""))


def _link(said: Mapping[str, str]) -> Link:
    kind: LinkKind = "other"
    return Link(next((each for each in LINK_KINDS if each == said.get("kind")), kind), said["url"])


def _text(values: Mapping[str, object] | Mapping[str, Value], key: str) -> str:
    found = values.get(key)
    return found if isinstance(found, str) else ""


def _number(values: Mapping[str, object] | Mapping[str, Value], key: str) -> int | None:
    found = values.get(key)
    if isinstance(found, str) and found.isdecimal() and len(found) < 10:
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _list(values: Mapping[str, object] | Mapping[str, Value], key: str) -> list[object]:
    found = values.get(key)
    return list(found) if isinstance(found, list) else [found] if isinstance(found, str) and found else []


def _texts(values: Mapping[str, object] | Mapping[str, Value], key: str) -> tuple[str, ...]:
    return tuple(each for each in _list(values, key) if isinstance(each, str))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text_mapping(value: object) -> dict[str, str]:
    pairs: Iterable[tuple[object, object]] = value.items() if isinstance(value, dict) else ()
    return {str(key): str(each) for key, each in pairs if each is not None}
