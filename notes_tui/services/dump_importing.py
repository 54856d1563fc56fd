"""A dump comes in: into an empty home as the same library, into another one as a union.

Items are known by the id they have everywhere, else by being certainly the same work. Nothing here is
overwritten: what is empty is filled; tags, notes, annotations, events, entries and views that are
missing are added; a note that differs is left alone and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from notes_tui.model.dump import Dump, DumpedCollection, DumpedItem
from notes_tui.model.item import Entry, Item
from notes_tui.model.report import DoubtfulPair, ImportReport
from notes_tui.services.joining import Joined, Joiner
from notes_tui.store import bulk, collections, derived, dumping, events, items, notes
from notes_tui.store.bulk import PlacedEntry
from notes_tui.store.database import Store
from notes_tui.store.touched import is_untouched

Progress = Callable[[int, int], None]
"""Called with how many items are done, of how many."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Where the items of a dump went, in their order."""

    item_ids: list[int]
    is_new: list[bool]


def import_items(store: Store, dump: Dump, report: ImportReport) -> Arrived:
    """Bring in the items of a dump with what hangs on them, inside the open step; lists and views are left out."""
    before = bulk.next_item_id(store)
    ids = _items(store, dump.items, report)
    _relate(store, dump.items, ids)
    return Arrived(ids, [item_id >= before for item_id in ids])


def import_dump(store: Store, dump: Dump, progress: Progress | None = None) -> ImportReport:
    """Bring a dump in, as part of the open step or as one of its own; ``progress`` hears how many items of how many."""
    report = ImportReport(problems=list(dump.problems), entries=len(dump.items))
    with store.step("") as step:
        step.label = report.label = "dump imported"
        ids = _items(store, dump.items, report, progress)
        _relate(store, dump.items, ids)
        entries: dict[str, list[tuple[Entry, int]]] = {}
        for dumped, item_id in zip(dump.items, ids, strict=True):
            for entry in dumped.item.entries:
                entries.setdefault(entry.slug.lower(), []).append((entry, item_id))
        for collection in dump.collections:
            if collection.slug:
                wanted = entries.get(collection.slug.lower(), [])
                _collection(store, collection, sorted(wanted, key=lambda pair: pair[0].position))
        known_views = {name.lower() for name, _ in notes.views(store)}
        for name, query in dump.views:
            if name and name.lower() not in known_views:
                notes.put_view(store, name, query)
        derived.refresh_order(store, ids)
    return report


def _items(
    store: Store, dumped_items: Sequence[DumpedItem], report: ImportReport, progress: Progress | None = None
) -> list[int]:
    joiner = Joiner(store, report, distinct=True)
    by_uid = [dumping.item_of_uid(store, dumped.uid) if dumped.uid else None for dumped in dumped_items]
    for known in by_uid:
        if known is not None:
            joiner.reserve(known)
    pairs = list(zip(dumped_items, by_uid, strict=True))
    arrivals = joiner.join([dumped.item for dumped, known in pairs if known is None])
    arrived = [
        next(arrivals) if known is None else joiner.join_item(dumped.item, known) for dumped, known in pairs
    ]
    changed = {
        joined.item_id
        for dumped, joined in _telling(list(zip(dumped_items, arrived, strict=True)), progress)
        if _fill(store, dumped, joined, joiner.item(joined.item_id), report) or joined.is_changed
    }
    tags = (
        (joined.item_id, tag)
        for dumped, joined in zip(dumped_items, arrived, strict=True)
        for tag in dumped.item.tags
    )
    changed |= bulk.add_tags(store, tags)
    for joined in arrived:
        report.count(joined.is_new, joined.item_id in changed)
    return [joined.item_id for joined in arrived]


def _telling(
    pairs: Sequence[tuple[DumpedItem, Joined]], progress: Progress | None
) -> Iterator[tuple[DumpedItem, Joined]]:
    """The pairs one after the other, with a word on how far that is every so often."""
    for number, pair in enumerate(pairs, 1):
        yield pair
        if progress and number % 100 == 0:
            progress(number, len(pairs))


def _relate(store: Store, dumped_items: Sequence[DumpedItem], ids: Sequence[int]) -> None:
    keys = {dumped.item.citekey: item_id for dumped, item_id in zip(dumped_items, ids, strict=True)}
    for dumped, item_id in zip(dumped_items, ids, strict=True):
        for citekey, kind in dumped.relations:
            other = keys.get(citekey) or items.key_owner(store, citekey)
            if other is not None:
                items.link(store, item_id, other, kind)


def _fill(store: Store, dumped: DumpedItem, joined: Joined, here: Item, report: ImportReport) -> bool:
    """Add what hangs on a dumped item and is missing here; says whether anything changed."""
    item_id = joined.item_id
    before = store.db.total_changes
    if joined.is_new:
        _make_whole(store, item_id, dumped)
    else:
        _settle(store, here, dumped)
    for alias in (*dumped.item.aliases, dumped.item.citekey):
        if alias and items.key_owner(store, alias) is None:
            items.add_alias(store, item_id, alias)
    _add_notes(store, here, dumped, report)
    for annotation in dumped.annotations:
        if not annotation.annotation.id or not dumping.has_annotation(store, annotation.annotation.id):
            dumping.put_annotation(store, item_id, annotation)
    if dumped.item.attachments:
        _add_attachments(store, item_id, dumped)
    rows = [
        (each.uid, item_id, each.kind, each.value, each.page, each.at, each.recorded, each.machine)
        for each in dumped.events
    ]
    events.insert_known(store, rows)
    return store.db.total_changes > before


def _make_whole(store: Store, item_id: int, dumped: DumpedItem) -> None:
    columns: dict[str, object] = {"private": int(dumped.item.private)}
    if dumped.uid:
        columns["uid"] = dumped.uid
    if dumped.item.added:
        columns["added"] = dumped.item.added
    items.update(store, item_id, columns)
    dumping.set_own_columns(store, item_id, dumped)


def _settle(store: Store, item: Item, dumped: DumpedItem) -> None:
    """Bring an item that was here in line: the earlier arrival counts, privacy stays, an untouched one takes the id."""
    row = dumping.item_row(store, item.item_id)
    columns: dict[str, object] = {}
    if dumped.item.added and _is_earlier(dumped.item.added, row["added"]):
        columns["added"] = dumped.item.added
    if dumped.item.private and not item.private:
        columns["private"] = 1
    if dumped.pages and not row["pages"]:
        columns["pages"] = dumped.pages
    if dumped.queue_place is not None and row["queue_place"] is None:
        columns["queue_place"] = dumped.queue_place
    if dumped.uid and dumped.uid != row["uid"] and is_untouched(store, item.item_id):
        columns |= {"uid": dumped.uid, "trashed": dumped.item.trashed or item.trashed}
    if columns:
        items.update(store, item.item_id, columns)


def _is_earlier(first: str, second: str) -> bool:
    try:
        return datetime.fromisoformat(first) < datetime.fromisoformat(second)
    except (ValueError, TypeError):
        return False


def _add_notes(store: Store, item: Item, dumped: DumpedItem, report: ImportReport) -> None:
    here = {note.title: note for note in notes.of_item(store, item.item_id)} if dumped.notes else {}
    for note in dumped.notes:
        known = here.get(note.title)
        if known is None:
            notes.put_known(store, item.item_id, note)
        elif known.body != note.body:
            named = f"note “{note.title}”" if note.title else "note"
            report.proposals.append(
                DoubtfulPair(
                    item.citekey, "", f"its {named} differs from the imported one and was left as it is"
                )
            )


def _add_attachments(store: Store, item_id: int, dumped: DumpedItem) -> None:
    here = items.by_id(store, item_id).attachments
    known = {(each.sha256 or each.path.rsplit("/", 1)[-1], each.kind, each.link) for each in here}
    for attachment in dumped.item.attachments:
        if (attachment.sha256 or attachment.path, attachment.kind, attachment.link) not in known:
            dumping.add_attachment(store, item_id, attachment)


def _collection(store: Store, dumped: DumpedCollection, wanted: Sequence[tuple[Entry, int]]) -> None:
    """Make a collection with its entries, or add to an existing one the entries it does not have."""
    if not collections.exists(store, dumped.slug):
        collection_id = dumping.add_collection(store, dumped)
        bulk.set_entries(store, collection_id, [PlacedEntry(0, item_id, entry) for entry, item_id in wanted])
        return
    collection = collections.by_slug(store, dumped.slug)
    here = bulk.entries(store, collection.collection_id)
    known = {_words(each.item_id, each.entry) for each in here}
    new = [PlacedEntry(0, item_id, entry) for entry, item_id in wanted if _words(item_id, entry) not in known]
    sections = [*collection.sections, *(path for path in dumped.sections if path not in collection.sections)]
    if len(sections) > len(collection.sections):
        collections.set_sections(store, collection.collection_id, sections)
    if new:
        bulk.set_entries(store, collection.collection_id, [*here, *new])


def _words(item_id: int, entry: Entry) -> tuple[object, ...]:
    return item_id, entry.section, entry.title, entry.text
