"""Reading lists come in: their entries join items, the list becomes a collection with sections and order.

A list that comes again brings the collection up to it. Entries it had and has no more leave the
collection, their items stay; entries that were put there by hand stay where they are. For that the
collection remembers which entries its source listed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from notes_tui.formats import library_yaml
from notes_tui.model.item import Entry
from notes_tui.model.list_news import ListedEntry
from notes_tui.model.reading_list import ReadingList
from notes_tui.model.report import DoubtfulPair, ImportReport
from notes_tui.model.text import storable
from notes_tui.services.collecting import slug_from
from notes_tui.services.joining import Joiner
from notes_tui.store import bulk, collections, derived, items
from notes_tui.store.bulk import PlacedEntry
from notes_tui.store.database import Store


def import_list(
    store: Store, reading_list: ReadingList, *, slug: str = "", kind: str = "list", keys_decide: bool = False
) -> ImportReport:
    """Make a collection of a reading list, or bring the collection of that slug up to it.

    Items are matched and added, never removed; statuses, notes and tags are not touched. A list that says
    nothing new changes nothing.
    """
    slug = slug_from(slug or reading_list.slug or reading_list.title)
    report = ImportReport(problems=list(reading_list.problems), entries=len(reading_list.entries))
    with store.step("") as step:
        step.label = report.label = f"{storable(reading_list.title) or slug} imported"
        before = _entries_of(store, slug)
        wanted = [_cleaned(reading_list, slug, position) for position in range(len(reading_list.entries))]
        rows = _pair(before, wanted)
        joiner = Joiner(store, report, distinct=_is_edited_by_hand(reading_list), keys_decide=keys_decide)
        ids = _items_of(joiner, reading_list, [row.item_id if row else 0 for row in rows])
        placed = [
            PlacedEntry(row.row_id if row and row.item_id == item_id else 0, item_id, entry)
            for row, item_id, entry in zip(rows, ids, wanted, strict=True)
        ]
        _relate(store, reading_list, ids)
        changed = _place(store, reading_list, slug, kind, before, placed, report)
        if changed or report.added:
            derived.refresh_order(store, {*ids, *(each.item_id for each in before)})
    return report


def _entries_of(store: Store, slug: str) -> list[PlacedEntry]:
    if not collections.exists(store, slug):
        return []
    return bulk.entries(store, collections.by_slug(store, slug).collection_id)


def listed_entries(store: Store, slug: str) -> tuple[list[PlacedEntry], set[str]]:
    """The entries of a collection that its source listed when it was read last, and the marks of all it listed.

    An entry that was put there by hand is none of them; one that was taken out by hand has left its mark.
    """
    entries = _entries_of(store, slug)
    extra = bulk.collection_extra(store, collections.by_slug(store, slug).collection_id)
    listed = extra.get("listed")
    marks = (
        {str(mark) for mark in listed}
        if isinstance(listed, list)
        else {mark_of(each.entry) for each in entries}
    )
    return [each for each in entries if mark_of(each.entry) in marks], marks


def _cleaned(reading_list: ReadingList, slug: str, position: int) -> Entry:
    entry = reading_list.entries[position]
    return Entry(
        slug,
        tuple(storable(heading) for heading in entry.section),
        position + 1,
        storable(entry.title),
        storable(entry.text),
        {storable(name): storable(value) for name, value in entry.fields.items()},
    )


def _pair(before: Sequence[PlacedEntry], wanted: Sequence[Entry]) -> list[PlacedEntry | None]:
    """The entry that stands already for each wanted one: of the same words and section, moved, or told otherwise.

    An entry of the same title in the same section is that entry, whatever is said about it now.
    """
    unpaired = list(before)
    found: list[PlacedEntry | None] = [None] * len(wanted)
    for same in (_whole, _words, _title_in_section):
        by_key: dict[object, list[PlacedEntry]] = {}
        for row in unpaired:
            by_key.setdefault(same(row.entry), []).append(row)
        for number, entry in enumerate(wanted):
            rows = by_key.get(same(entry))
            if found[number] is None and rows:
                found[number] = rows.pop(0)
        taken = {row.row_id for row in found if row is not None}
        unpaired = [row for row in unpaired if row.row_id not in taken]
    return found


def _whole(entry: Entry) -> object:
    return entry.section, entry.title, entry.text


def _words(entry: Entry) -> object:
    return entry.title, entry.text


def _title_in_section(entry: Entry) -> object:
    return entry.section, entry.title or entry.text


def _is_edited_by_hand(reading_list: ReadingList) -> bool:
    """Whether the list names its works by keys, as library files do: two keys are then two works."""
    return bool(reading_list.entries) and all(entry.reference.citekey for entry in reading_list.entries)


def _items_of(joiner: Joiner, reading_list: ReadingList, known: Sequence[int]) -> list[int]:
    """The item of each entry. Entries that stood in the collection before keep theirs."""
    works: dict[str, int] = {}
    positions: list[int] = []
    ids = list(known)
    for number, entry in enumerate(reading_list.entries):
        key = entry.reference.citekey
        if ids[number]:
            joiner.report.count(False, joiner.join_item(entry.reference, ids[number]).is_changed)
            works.setdefault(key, ids[number])
        elif not key or key not in works:
            positions.append(number)
            works.setdefault(key, 0)
    new = joiner.join([reading_list.entries[number].reference for number in positions])
    for number, joined in zip(positions, new, strict=True):
        ids[number] = joined.item_id
        works[reading_list.entries[number].reference.citekey] = joined.item_id
        joiner.report.count(joined.is_new, joined.is_changed)
    for number, entry in enumerate(reading_list.entries):
        if not ids[number]:
            ids[number] = works[entry.reference.citekey]
            joiner.report.count(False, False)
    return ids


def _relate(store: Store, reading_list: ReadingList, ids: Sequence[int]) -> None:
    keys = {
        entry.reference.citekey: item_id for entry, item_id in zip(reading_list.entries, ids, strict=True)
    }
    for entry, item_id in zip(reading_list.entries, ids, strict=True):
        for key in entry.reference.related:
            other = keys.get(key) or items.key_owner(store, key)
            if other is not None:
                items.link(store, item_id, other)


def _place(
    store: Store, reading_list: ReadingList, slug: str, kind: str,
    before: Sequence[PlacedEntry], placed: Sequence[PlacedEntry], report: ImportReport,
) -> bool:  # fmt: skip
    """Make or update the collection; says whether anything changed."""
    sections = _section_paths(reading_list)
    extra: dict[str, object] = {"listed": [mark_of(each.entry) for each in placed]}
    if corrections := _corrections(reading_list):
        extra["corrections"] = corrections
    if not collections.exists(store, slug):
        collection_id = collections.insert(
            store, slug=slug, title=storable(reading_list.title) or slug, kind=kind, sections=sections,
            description=storable(reading_list.description), source=storable(reading_list.source), extra=extra,
        )  # fmt: skip
        bulk.set_entries(store, collection_id, placed)
        return True
    collection = collections.by_slug(store, slug)
    known_extra = bulk.collection_extra(store, collection.collection_id)
    listed = known_extra.get("listed", [])
    marks = {str(mark) for mark in listed} if isinstance(listed, list) else set()
    kept = _with_own_entries(before, placed, marks)
    _tell_what_is_gone(store, before, kept, slug, report)
    for section in (each.entry.section for each in kept if each.entry.section):
        if section not in sections:
            sections.append(section)
    if list(collection.sections) != sections:
        collections.set_sections(store, collection.collection_id, sections)
    if known_extra != extra:
        bulk.set_collection_extra(store, collection.collection_id, known_extra | extra)
    return bulk.set_entries(store, collection.collection_id, kept)


def _with_own_entries(
    before: Sequence[PlacedEntry], placed: Sequence[PlacedEntry], listed: set[str]
) -> list[PlacedEntry]:
    """The list's entries, and behind the neighbour each had those that were put there by hand."""
    result = list(placed)
    stays = {each.row_id for each in placed if each.row_id}
    anchor = 0
    for row in before:
        if row.row_id in stays:
            anchor = row.row_id
        elif mark_of(row.entry) not in listed:
            place = next((i + 1 for i, each in enumerate(result) if anchor and each.row_id == anchor), None)
            result.insert(len(result) if place is None and anchor else place or 0, row)
            anchor = row.row_id
    return result


def _tell_what_is_gone(
    store: Store, before: Sequence[PlacedEntry], kept: Sequence[PlacedEntry], slug: str, report: ImportReport
) -> None:
    stays = {each.row_id for each in kept}
    still_there = {each.item_id for each in kept}
    gone = [each.item_id for each in before if each.row_id not in stays and each.item_id not in still_there]
    report.proposals += [
        DoubtfulPair(item.citekey, "", f"it is in {slug} no longer; the item stays")
        for item in items.by_ids(store, gone, with_entries=False)
    ]


def mark_of(entry: Entry | ListedEntry) -> str:
    """A short name for the words of an entry."""
    return hashlib.sha256(f"{entry.title}\0{entry.text}".encode()).hexdigest()[:12]


def _section_paths(reading_list: ReadingList) -> list[tuple[str, ...]]:
    listed = [*reading_list.sections, *(entry.section for entry in reading_list.entries)]
    return list(dict.fromkeys(tuple(storable(heading) for heading in path) for path in listed if path))


def _corrections(reading_list: ReadingList) -> list[dict[str, object]]:
    return [
        {"entry": each.entry, "field": each.field, "was": each.was, "now": each.now, "reason": each.reason}
        for each in reading_list.corrections
    ]


def load_bundled(store: Store, texts: Iterable[tuple[str, str]]) -> ImportReport:
    """Load library files ``(name, text)`` into an empty home. It is how a home begins, so undo does not reach it."""
    report = ImportReport()
    with store.transaction():
        for name, text in texts:
            reading_list = library_yaml.read(text, file=name)
            report.join(import_list(store, reading_list, kind="bundled", keys_decide=True))
        store.run("DELETE FROM journal_steps")
    return report
