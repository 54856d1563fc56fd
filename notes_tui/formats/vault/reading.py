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
from notes_tui.formats.vault.records import Record
from notes_tui.formats.vault.yaml_nodes import Value
from notes_tui.model.dump import Dump, DumpedAnnotation, DumpedCollection, DumpedItem
from notes_tui.model.item import (
    ANNOTATION_KINDS,
    LINK_KINDS,
    Annotation,
    Attachment,
    Creator,
    Entry,
    Item,
    Link,
    LinkKind,
    Note,
    Progress,
)
from notes_tui.model.reading_list import Problem
from notes_tui.model.vault import HIDDEN_FOLDER, VaultEvent

_PAGES = ("collections/", "tags/", f"{HIDDEN_FOLDER}/")


@dataclass(frozen=True, slots=True)
class VaultContent:
    """What the files of a vault say together."""

    dump: Dump
    """The library without its events."""
    events: tuple[VaultEvent, ...]
    files: Mapping[str, str]
    """The path of each item's file, by citekey."""


def is_item_file(path: str) -> bool:
    """Whether a file of a vault may be about an item: not a page, not hidden."""
    return path.endswith(".md") and path != "index.md" and not path.startswith(_PAGES)


def read(files: Mapping[str, str]) -> VaultContent:
    """The library that the files (path to text) hold; what cannot be read is among the dump's problems."""
    reader = _Reader(files)
    items: dict[str, DumpedItem] = {}
    places: dict[str, str] = {}
    for path in sorted(filter(is_item_file, files)):
        item = reader.item(path)
        if item is None:
            continue
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


class _Reader:
    """Reads the files of one vault, gathering problems."""

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

    def item(self, path: str) -> DumpedItem | None:
        """The item of a file, or ``None`` (and a problem) where it has none."""
        text = self.files[path]
        citekey = note.citekey_in(text)
        notes = self.note_records.get(citekey, [])
        annotations = {_text(each, "id"): each for each in self.annotation_records.get(citekey, [])}
        marks = {_text(each, "mark"): each for each in notes}
        known = (annotations, marks) if self.has_records else (None, None)
        found = note.read(text, *known)
        if found.problem or not citekey:
            message = (
                f"front matter cannot be read, {found.problem}" if found.problem else "it names no citekey"
            )
            self.problems.append(Problem(path, None, message))
            return None
        record = self.item_records.get(citekey, {})
        fields = found.fields
        progress = _mapping(fields.get("progress"))
        page, pages = _number(progress, "page"), _number(progress, "pages") or _number(record, "pages")
        kinds = _text_mapping(record.get("relations"))
        related = _texts(fields, "related")
        return DumpedItem(
            uid=_text(record, "uid") or _made_uid(citekey),
            item=_item(fields, record, Progress(page, pages) if page is not None else None),
            relations=tuple((key, kinds.get(key, "related")) for key in related),
            pages=pages,
            locked=_texts(record, "locked"),
            queue_place=_number(record, "queue_place"),
            notes=tuple(_note(section, marks.get(section.mark, {})) for section in _worded(found, marks)),
            annotations=tuple(_annotation(each, annotations.get(each.id, {})) for each in found.annotations),
        )

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
        entry = Entry(
            slug, _texts(record, "section"), position, _text(record, "title"), _text(record, "text"),
            _text_mapping(record.get("fields")),
        )  # fmt: skip
        items[item.item.citekey.lower()] = replace(
            item, item=replace(item.item, entries=(*item.item.entries, entry))
        )

    def views(self) -> tuple[tuple[str, str], ...]:
        """Saved views in the user's order."""
        return tuple((_text(each, "name"), _text(each, "query")) for each in self._records(records.VIEWS))

    def events(self) -> tuple[VaultEvent, ...]:
        """The events of all machines, each once, in the order they were recorded."""
        found: dict[str, VaultEvent] = {}
        for path in sorted(self.files):
            if not (path.startswith(f"{records.EVENTS}/") and path.endswith(".jsonl")):
                continue
            machine = path.removeprefix(f"{records.EVENTS}/").removesuffix(".jsonl")
            for record in self._records(path):
                event = records.read_event(record, machine)
                if event is None:
                    self.problems.append(Problem(path, None, f"event {_text(record, 'uid')!r} is incomplete"))
                else:
                    found[event.uid] = event
        return tuple(sorted(found.values(), key=lambda each: (each.recorded, each.uid)))


def _made_uid(*words: str) -> str:
    """An id for what has none, the same for the same words."""
    return blake2b("\n".join(words).encode(), digest_size=10).hexdigest()


def _worded(found: note.NoteFile, marks: Mapping[str, Record]) -> list[note.Section]:
    """The notes of a file; an empty main note counts only if it was there before."""
    return [each for each in found.sections if each.mark or each.body.strip() or "" in marks]


def _note(section: note.Section, record: Record) -> Note:
    title = _text(record, "title") or section.title
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
