"""Items with everything that hangs on them, a batch at a time and by one question a table.

Made for the whole of a library: rows come as plain tuples, and JSON that stands in many rows is read once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from notes_tui.model.dump import DumpedAnnotation, DumpedEvent, DumpedItem
from notes_tui.model.item import Annotation, Attachment, Creator, Entry, Item, Link, Note, Progress
from notes_tui.store.database import Store
from notes_tui.store.derived import chosen_items

_BATCH = 2_000
_ITEMS = """SELECT uid, locked, queue_place, id, citekey, type, title, title_short, creators, venue, year, doi, arxiv,
    abstract, links, extra, read_status, rating, page, pages, added, private, trashed FROM items WHERE id IN {ids}"""
_TAGS = "SELECT item_id, tag FROM item_tags WHERE item_id IN {ids} ORDER BY item_id, tag"
_ALIASES = "SELECT item_id, alias FROM aliases WHERE item_id IN {ids} ORDER BY item_id, alias"
_NOTES = """SELECT item_id, title, body, private, created, modified FROM notes WHERE item_id IN {ids}
    ORDER BY item_id, title, id"""
_ENTRIES = """SELECT e.item_id, c.slug, e.section, e.position, e.title, e.text, e.fields
    FROM entries e JOIN collections c ON c.id = e.collection_id WHERE e.item_id IN {ids}
    ORDER BY e.item_id, c.position, e.position"""
_ANNOTATIONS = """SELECT item_id, uid, kind, page, page_label, quote, comment, role, color, source, created, extra
    FROM annotations WHERE item_id IN {ids} ORDER BY item_id, page IS NULL, page,
    json_extract(extra, '$.at') IS NULL, json_extract(extra, '$.at'), created, uid"""
_ATTACHMENTS = (
    "SELECT item_id, path, kind, title, sha256, extra FROM attachments WHERE item_id IN {ids} ORDER BY id"
)
_RELATIONS = """SELECT r.item_id, i.citekey, r.kind, i.trashed FROM relations r JOIN items i ON i.id = r.other_id
    WHERE r.item_id IN {ids}
    UNION SELECT r.other_id, i.citekey, r.kind, i.trashed FROM relations r JOIN items i ON i.id = r.item_id
    WHERE r.other_id IN {ids} ORDER BY 2"""
_EVENTS = """SELECT item_id, uid, kind, value, page, at, recorded, machine FROM events WHERE item_id IN {ids}
    AND retracted = 0 AND kind <> 'retraction' ORDER BY day, recorded, uid"""
_LISTED = """SELECT id, citekey, title, title_short, venue, year, read_status, rating, page, pages, private, trashed
    FROM items"""
_ALL = "(SELECT id FROM items)"
Found = dict[int, list[tuple[Any, ...]]]


def whole_items(store: Store, item_ids: Sequence[int], *, with_events: bool = True) -> Iterator[DumpedItem]:
    """The items with these row ids, in the order of the ids; ids that are gone are left out.

    No more than a batch is held at once. Events that count are left out where ``with_events`` is false.
    """
    for start in range(0, len(item_ids), _BATCH):
        yield from _batch(store, item_ids[start : start + _BATCH], with_events)


def listed_items(store: Store, item_ids: Sequence[int]) -> Iterator[DumpedItem]:
    """The items with these row ids in their order, with no more than pages that lead to items say of them."""
    tags, aliases, entries = (_found(store, sql, _ALL) for sql in (_TAGS, _ALIASES, _ENTRIES))
    rows = {row[0]: row for row in store.tuples(_LISTED)}
    for item_id in item_ids:
        _, citekey, title, title_short, venue, year, status, rating, page, pages, private, trashed = rows[
            item_id
        ]
        item = Item(
            item_id=item_id, citekey=citekey, title=title, title_short=title_short, venue=venue, year=year,
            read_status=status, rating=rating, progress=Progress(page, pages) if page is not None else None,
            private=bool(private), trashed=trashed, tags=tuple([each[1] for each in tags.get(item_id, ())]),
            aliases=tuple([each[1] for each in aliases.get(item_id, ())]),
            entries=tuple([_entry(each) for each in entries.get(item_id, ())]),
        )  # fmt: skip
        yield DumpedItem(uid="", item=item)


def _found(store: Store, sql: str, ids: str) -> Found:
    rows: Found = defaultdict(list)
    for row in store.tuples(sql.format(ids=ids)):
        rows[row[0]].append(row)
    return rows


def _batch(store: Store, ids: Sequence[int], with_events: bool) -> Iterator[DumpedItem]:
    with chosen_items(store, ids) as chosen:
        items = {row[3]: row for row in store.tuples(_ITEMS.format(ids=chosen))}
        tables = (_TAGS, _ALIASES, _NOTES, _ENTRIES, _ANNOTATIONS, _ATTACHMENTS, _RELATIONS)
        hanging = [_found(store, sql, chosen) for sql in tables]
        hanging.append(_found(store, _EVENTS, chosen) if with_events else {})
    for item_id in ids:
        if item_id in items:
            yield _item(items[item_id], *(each.get(item_id, ()) for each in hanging))


Rows = Sequence[tuple[Any, ...]]


def _item(
    row: tuple[Any, ...], tags: Rows, aliases: Rows, notes: Rows, entries: Rows, annotations: Rows,
    attachments: Rows, relations: Rows, events: Rows,
) -> DumpedItem:  # fmt: skip
    (
        uid, locked, queue_place, item_id, citekey, kind, title, title_short, creators, venue, year, doi, arxiv,
        abstract, links, extra, read_status, rating, page, pages, added, private, trashed,
    ) = row  # fmt: skip
    item = Item(
        item_id=item_id, citekey=citekey, type=kind, title=title, title_short=title_short,
        creators=tuple(map(_creator, json.loads(creators))), venue=venue, year=year, doi=doi, arxiv=arxiv,
        abstract=abstract, links=_links(links), extra=_mapping(extra),
        related=tuple([each[1] for each in relations if each[2] != "different" and not each[3]]),
        aliases=tuple([each[1] for each in aliases]), read_status=read_status, rating=rating,
        progress=Progress(page, pages) if page is not None else None, pages=pages,
        tags=tuple([each[1] for each in tags]), added=added, private=bool(private), trashed=trashed,
        note_count=len(notes), annotation_count=len(annotations),
        entries=tuple([_entry(each) for each in entries]), attachments=_attachments(attachments),
    )  # fmt: skip
    return DumpedItem(
        uid=uid,
        item=item,
        relations=tuple([(each[1], each[2]) for each in relations]),
        pages=pages,
        locked=_texts(locked),
        queue_place=queue_place,
        notes=tuple([Note(name, body, bool(own), made, at) for _, name, body, own, made, at in notes]),
        annotations=tuple([_annotation(each) for each in annotations]),
        events=tuple([_event(each) for each in events]),
    )


def _creator(name: dict[str, str]) -> Creator:
    family, given, literal = name.get("family", ""), name.get("given", ""), name.get("literal", "")
    plain = len(name) == ("family" in name) + ("given" in name) + ("literal" in name)
    return Creator(family, given, literal) if plain else Creator.from_dict(name)


def _links(text: str) -> tuple[Link, ...]:
    return tuple([Link(each["kind"], each["url"]) for each in json.loads(text)]) if text != "[]" else ()


def _mapping(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text) if text != "{}" else {}
    return found


@lru_cache(maxsize=2_048)
def _texts(text: str) -> tuple[str, ...]:
    """A list of texts: headings and locked fields, which stand in many rows alike."""
    return tuple(json.loads(text))


def _entry(row: tuple[Any, ...]) -> Entry:
    _, slug, section, position, title, text, fields = row
    return Entry(slug, _texts(section), position, title, text, _mapping(fields))


def _annotation(row: tuple[Any, ...]) -> DumpedAnnotation:
    _, uid, kind, page, label, quote, comment, role, color, source, created, text = row
    extra = _mapping(text)
    annotation = Annotation(
        id=uid, kind=kind, page=page, page_label=label, quote=quote, comment=comment, role=role, color=color,
        source=source, created=created, gone=str(extra.get("gone") or ""),
    )  # fmt: skip
    return DumpedAnnotation(annotation, extra)


def _attachments(rows: Rows) -> tuple[Attachment, ...]:
    """The files of an item without the folders they lie in."""
    if not rows:
        return ()
    found = (
        Attachment(PurePath(path).name, kind, title, sha256, str(_mapping(extra).get("link") or ""))
        for _, path, kind, title, sha256, extra in rows
    )
    return tuple(sorted(found, key=lambda each: (each.path, each.sha256, each.link)))


def _event(row: tuple[Any, ...]) -> DumpedEvent:
    _, uid, kind, value, page, at, recorded, machine = row
    return DumpedEvent(uid=uid, kind=kind, value=value, page=page, at=at, recorded=recorded, machine=machine)
