"""The canonical dump of a library: JSON with everything users made and every item.

The same library gives the same bytes, on any machine: items by citekey, collections and views in the
user's order, no row ids, paths, journal or times of modification. Items have the shape that ``show``
prints, with notes, annotations and events in full; what follows from other parts (read status, rating)
is there for readers and is not read back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, get_args

from notes_tui.errors import UnreadableFileError
from notes_tui.model.dump import Dump, DumpedAnnotation, DumpedCollection, DumpedEvent, DumpedItem
from notes_tui.model.format import Format
from notes_tui.model.item import (
    ANNOTATION_KINDS,
    LINK_KINDS,
    Annotation,
    AnnotationKind,
    Attachment,
    Creator,
    Entry,
    EventKind,
    Item,
    Link,
    Note,
)
from notes_tui.model.reading_list import Problem
from notes_tui.model.shapes import annotation_shape, item_shape, note_shape
from notes_tui.model.text import storable

KIND = "notes-tui library"
VERSION = 1


def write(dump: Dump) -> str:
    """The dump as text. Items are sorted here; notes, annotations and events come in the order of the dump."""
    items = sorted(dump.items, key=lambda dumped: sort_key(dumped.item.citekey))
    return "".join(pieces(items, lambda: (dump.collections, dump.views)))


def sort_key(citekey: str) -> tuple[str, str]:
    """What items of a dump are sorted by."""
    return citekey.lower(), citekey


Rest = tuple[Iterable[DumpedCollection], Iterable[tuple[str, str]]]


def pieces(items: Iterable[DumpedItem], rest: Callable[[], Rest]) -> Iterator[str]:
    """The text of a dump, an item at a time: so a library of any size is written without being held.

    The items come sorted by :func:`sort_key`; ``rest`` gives collections and views once they are through.
    """
    yield f'{{\n  "kind": "{KIND}",\n  "version": {VERSION},\n  "items": '
    yield from _listed(_item_data(each) for each in items)
    collections, views = rest()
    yield ',\n  "collections": '
    yield from _listed(_collection_data(each) for each in collections)
    yield ',\n  "views": '
    yield from _listed({"name": name, "query": query} for name, query in views)
    yield "\n}\n"


def _listed(parts: Iterable[Mapping[str, object]]) -> Iterator[str]:
    number = 0
    for number, part in enumerate(parts, 1):
        yield f"{',' if number > 1 else '['}{_ITEM}{_json(part, _ITEM)}"
    yield "\n  ]" if number else "[]"


_ITEM = "\n    "
"""The line end and the indentation before a part of the dump."""
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _json(value: object, margin: str) -> str:
    """JSON with two spaces a level, in the very form that the standard library gives it and many times as fast."""
    if isinstance(value, str):
        return _ENCODER.encode(value)
    inner = margin + "  "
    if isinstance(value, dict) and value:
        found = [f"{_ENCODER.encode(key)}: {_json(each, inner)}" for key, each in value.items()]
        return f"{{{inner}{f',{inner}'.join(found)}{margin}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{inner}{f',{inner}'.join([_json(each, inner) for each in value])}{margin}]"
    return _ENCODER.encode(value)


def _item_data(dumped: DumpedItem) -> dict[str, object]:
    item = dumped.item
    data = {"uid": dumped.uid} | item_shape(item)
    del data["related"]
    return data | {
        "collections": [_entry_data(entry) for entry in sorted(item.entries, key=_entry_order)],
        "attachments": [_attachment_data(attachment) for attachment in item.attachments],
        "pages": dumped.pages,
        "trashed": item.trashed or None,
        "locked": sorted(dumped.locked),
        "queue_place": dumped.queue_place,
        "extra": dict(sorted(item.extra.items())),
        "relations": [{"citekey": key, "kind": kind} for key, kind in sorted(dumped.relations)],
        "notes": [
            note_shape(note) | {"private": note.private, "created": note.created or None}
            for note in dumped.notes
        ],
        "annotations": [_annotation_data(annotation) for annotation in dumped.annotations],
        "events": [_event_data(event) for event in dumped.events],
    }


def _entry_order(entry: Entry) -> tuple[str, int]:
    return entry.slug, entry.position


def _entry_data(entry: Entry) -> dict[str, object]:
    return {
        "slug": entry.slug, "section": list(entry.section), "position": entry.position, "title": entry.title,
        "text": entry.text, "fields": dict(sorted(entry.fields.items())),
    }  # fmt: skip


def _attachment_data(attachment: Attachment) -> dict[str, object]:
    return {
        "name": attachment.path, "kind": attachment.kind, "title": attachment.title or None,
        "sha256": attachment.sha256 or None, "link": attachment.link or None,
    }  # fmt: skip


def _annotation_data(dumped: DumpedAnnotation) -> dict[str, object]:
    return annotation_shape(dumped.annotation) | {"extra": dict(dumped.extra)}


def _event_data(event: DumpedEvent) -> dict[str, object]:
    return {
        "uid": event.uid, "kind": event.kind, "value": event.value, "page": event.page, "at": event.at,
        "recorded": event.recorded, "machine": event.machine,
    }  # fmt: skip


def _collection_data(collection: DumpedCollection) -> dict[str, object]:
    return {
        "slug": collection.slug, "title": collection.title, "description": collection.description or None,
        "source": collection.source or None, "kind": collection.kind, "hidden": collection.hidden,
        "sections": [list(path) for path in collection.sections], "extra": dict(collection.extra),
        "created": collection.created,
    }  # fmt: skip


# --- reading ------------------------------------------------------------------------------------------


def recognises(text: str) -> bool:
    """Whether a text begins as a dump does."""
    return text.lstrip("\ufeff \n\t{").startswith(f'"kind": "{KIND}"')


def read(text: str, *, file: str = "") -> Dump:
    """The library in a dump. Raises :class:`UnreadableFileError` for what is no dump or from a newer program.

    Values of a wrong type are left out and reported; the rest comes in.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(
            f"{file or 'the text'}: {error}", hint="the JSON is broken there"
        ) from error
    if not isinstance(whole, dict) or whole.get("kind") != KIND:
        raise UnreadableFileError(
            f"{file or 'the text'}: no dump of a library", hint="`export json` writes one"
        )
    if whole.get("version") != VERSION:
        raise UnreadableFileError(
            f"{file or 'the text'}: version {whole.get('version')!r}, this program knows {VERSION}",
            hint="update notes-tui; nothing was changed",
        )
    reader = _Reader(file)
    return Dump(
        items=tuple(
            _dumped_item(reader, part, f"items: {number}")
            for number, part in enumerate(reader.parts(whole, "items", ""), 1)
        ),
        collections=tuple(_collection(reader, part) for part in reader.parts(whole, "collections", "")),
        views=tuple(
            (reader.text(part, "name", "views"), reader.text(part, "query", "views"))
            for part in reader.parts(whole, "views", "")
        ),
        problems=tuple(reader.problems),
    )


@dataclass(slots=True)
class _Reader:
    """Takes typed values out of parsed JSON and notes what has the wrong type."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def _wrong(self, where: str, key: str, expected: str) -> None:
        place = f"{where}: {key}" if where else key
        self.problems.append(Problem(self.file, None, f"{place}: {expected} expected"))

    def text(self, data: Mapping[str, Any], key: str, where: str) -> str:
        value = data.get(key)
        if isinstance(value, str):
            return storable(value)
        if value is not None:
            self._wrong(where, key, "text")
        return ""

    def number(self, data: Mapping[str, Any], key: str, where: str) -> int | None:
        value = data.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
            return value
        if value is not None:
            self._wrong(where, key, "a whole number")
        return None

    def yes(self, data: Mapping[str, Any], key: str, where: str) -> bool:
        value = data.get(key)
        if not isinstance(value, bool) and value is not None:
            self._wrong(where, key, "true or false")
        return value is True

    def parts(self, data: Mapping[str, Any], key: str, where: str) -> list[dict[str, Any]]:
        return [part for part in self._list(data, key, where) if self._is_object(part, key, where)]

    def texts(self, data: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        value = self._list(data, key, where)
        return tuple(storable(part) for part in value if isinstance(part, str))

    def paths(self, data: Mapping[str, Any], key: str, where: str) -> tuple[tuple[str, ...], ...]:
        value = self._list(data, key, where)
        return tuple(self.texts({key: part}, key, where) for part in value)

    def texts_by_key(self, data: Mapping[str, Any], key: str, where: str) -> dict[str, str]:
        value = data.get(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(where, key, "an object")
        pairs = value.items() if isinstance(value, dict) else ()
        return {storable(name): storable(text) for name, text in sorted(pairs) if isinstance(text, str)}

    def _list(self, data: Mapping[str, Any], key: str, where: str) -> list[Any]:
        value = data.get(key)
        if value is not None and not isinstance(value, list):
            self._wrong(where, key, "a list")
        return value if isinstance(value, list) else []

    def _is_object(self, part: object, key: str, where: str) -> bool:
        if not isinstance(part, dict):
            self._wrong(where, key, "an object")
        return isinstance(part, dict)


def _dumped_item(reader: _Reader, data: Mapping[str, Any], where: str) -> DumpedItem:
    where = f"{where} {reader.text(data, 'citekey', where)}".strip()
    return DumpedItem(
        uid=reader.text(data, "uid", where),
        item=_item(reader, data, where),
        relations=tuple(
            (reader.text(part, "citekey", where), reader.text(part, "kind", where) or "related")
            for part in reader.parts(data, "relations", where)
        ),
        pages=reader.number(data, "pages", where),
        locked=reader.texts(data, "locked", where),
        queue_place=reader.number(data, "queue_place", where),
        notes=tuple(_note(reader, part, where) for part in reader.parts(data, "notes", where)),
        annotations=tuple(
            _annotation(reader, part, where) for part in reader.parts(data, "annotations", where)
        ),
        events=tuple(
            event for part in reader.parts(data, "events", where) if (event := _event(reader, part, where))
        ),
    )


_TEXTS = ("citekey", "title", "title_short", "venue", "doi", "arxiv", "abstract", "added", "trashed")


def _item(reader: _Reader, data: Mapping[str, Any], where: str) -> Item:
    """The item itself; read status, rating and page follow from its events and are not read."""
    texts: dict[str, Any] = {name: reader.text(data, name, where) for name in _TEXTS}
    return Item(
        **texts,
        aliases=reader.texts(data, "aliases", where),
        type=reader.text(data, "type", where) or "article",
        creators=tuple(
            Creator.from_dict({key: reader.text(part, key, where) for key in part})
            for part in reader.parts(data, "creators", where)
        ),
        year=reader.number(data, "year", where),
        links=tuple(_link(reader, part, where) for part in reader.parts(data, "links", where)),
        extra=reader.texts_by_key(data, "extra", where),
        tags=reader.texts(data, "tags", where),
        private=reader.yes(data, "private", where),
        entries=tuple(_entry(reader, part, where) for part in reader.parts(data, "collections", where)),
        attachments=tuple(
            _attachment(reader, part, where) for part in reader.parts(data, "attachments", where)
        ),
    )


def _link(reader: _Reader, data: Mapping[str, Any], where: str) -> Link:
    kind = reader.text(data, "kind", where)
    return Link(
        next((known for known in LINK_KINDS if known == kind), "other"), reader.text(data, "url", where)
    )


def _entry(reader: _Reader, data: Mapping[str, Any], where: str) -> Entry:
    return Entry(
        slug=reader.text(data, "slug", where),
        section=reader.texts(data, "section", where),
        position=reader.number(data, "position", where) or 0,
        title=reader.text(data, "title", where),
        text=reader.text(data, "text", where),
        fields=reader.texts_by_key(data, "fields", where),
    )


def _attachment(reader: _Reader, data: Mapping[str, Any], where: str) -> Attachment:
    """A file by its name: a folder is left out, so that no dump can name another file of this machine."""
    kind, title, sha256, link = (
        reader.text(data, name, where) for name in ("kind", "title", "sha256", "link")
    )
    return Attachment(PurePath(reader.text(data, "name", where)).name, kind, title, sha256, link)


def _note(reader: _Reader, data: Mapping[str, Any], where: str) -> Note:
    return Note(
        title=reader.text(data, "title", where),
        body=reader.text(data, "body", where),
        private=reader.yes(data, "private", where),
        created=reader.text(data, "created", where),
    )


def _annotation(reader: _Reader, data: Mapping[str, Any], where: str) -> DumpedAnnotation:
    texts = {
        key: reader.text(data, key, where)
        for key in ("id", "page_label", "quote", "comment", "role", "color", "source", "created")
    }
    kind: AnnotationKind = next((known for known in ANNOTATION_KINDS if known == data.get("kind")), "note")
    extra = data.get("extra")
    annotation = Annotation(kind=kind, page=reader.number(data, "page", where), **texts)
    return DumpedAnnotation(annotation, extra if isinstance(extra, dict) else {})


_EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)


def _event(reader: _Reader, data: Mapping[str, Any], where: str) -> DumpedEvent | None:
    kind = next((known for known in _EVENT_KINDS if known == data.get("kind")), None)
    uid, value, at, recorded, machine = (
        reader.text(data, key, where) for key in ("uid", "value", "at", "recorded", "machine")
    )
    if kind is None or not (uid and at and recorded):
        reader.problems.append(Problem(reader.file, None, f"{where}: an event without kind, id or time"))
        return None
    return DumpedEvent(
        uid=uid, kind=kind, value=value, page=reader.number(data, "page", where), at=at, recorded=recorded,
        machine=machine,
    )  # fmt: skip


def _collection(reader: _Reader, data: Mapping[str, Any]) -> DumpedCollection:
    where = f"collections: {reader.text(data, 'slug', 'collections')}"
    extra = data.get("extra")
    return DumpedCollection(
        slug=reader.text(data, "slug", where),
        title=reader.text(data, "title", where),
        description=reader.text(data, "description", where),
        source=reader.text(data, "source", where),
        kind=reader.text(data, "kind", where) or "own",
        hidden=reader.yes(data, "hidden", where),
        sections=reader.paths(data, "sections", where),
        extra=extra if isinstance(extra, dict) else {},
        created=reader.text(data, "created", where),
    )


FORMAT = Format(
    name="json",
    suffixes=(".json",),
    help="the canonical dump: everything of a library in one file, the same bytes for the same library",
    read=read,
    recognises=recognises,
)
