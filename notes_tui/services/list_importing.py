"""Reading lists come in: their entries join items, the list becomes a collection with sections and order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notes_tui.formats import library_yaml
from notes_tui.model.item import Entry
from notes_tui.model.reading_list import ReadingList
from notes_tui.model.report import ImportReport
from notes_tui.model.text import storable
from notes_tui.services.collecting import slug_from
from notes_tui.services.joining import bring_in
from notes_tui.store import collections, derived, items
from notes_tui.store.database import Store


def import_list(
    store: Store, reading_list: ReadingList, *, slug: str = "", kind: str = "list"
) -> ImportReport:
    """Make a collection of a reading list, or bring the collection of that slug up to it.

    Items are matched and added, never removed; statuses, notes and tags are not touched. A list that says
    nothing new changes nothing.
    """
    slug = slug or reading_list.slug or slug_from(reading_list.title)
    report = ImportReport(problems=list(reading_list.problems), entries=len(reading_list.entries))
    with store.step("") as step:
        rows: list[tuple[int, Entry]] = []
        keys: dict[str, int] = {}
        for position, entry in enumerate(reading_list.entries, 1):
            joined = bring_in(store, entry.reference, report)
            keys.setdefault(entry.reference.citekey, joined.item_id)
            fields = {storable(name): storable(value) for name, value in entry.fields.items()}
            section = tuple(storable(heading) for heading in entry.section)
            kept = Entry(slug, section, position, storable(entry.title), storable(entry.text), fields)
            rows.append((joined.item_id, kept))
        _relate(store, reading_list, keys)
        changed = _put_collection(store, reading_list, slug, kind, rows)
        if changed or report.added:
            derived.refresh_order(store, {item_id for item_id, _ in rows} | changed)
        step.label = f"{reading_list.title or slug} imported"
        report.label = step.label
    return report


def _relate(store: Store, reading_list: ReadingList, keys: dict[str, int]) -> None:
    for entry in reading_list.entries:
        for key in entry.reference.related:
            other = keys.get(key) or items.key_owner(store, key)
            if other is not None:
                items.link(store, keys[entry.reference.citekey], other)


def _put_collection(
    store: Store, reading_list: ReadingList, slug: str, kind: str, rows: Sequence[tuple[int, Entry]]
) -> set[int]:
    """Make or update the collection; returns the items that stood in it before where that changed."""
    sections = _section_paths(reading_list)
    if not collections.exists(store, slug):
        collection_id = collections.insert(
            store, slug=slug, title=storable(reading_list.title) or slug, kind=kind, sections=sections,
            description=storable(reading_list.description), source=storable(reading_list.source),
            extra=_corrections(reading_list),
        )  # fmt: skip
        collections.append_entries(store, collection_id, rows)
        return {item_id for item_id, _ in rows}
    collection = collections.by_slug(store, slug)
    before = collections.entries(store, collection.collection_id)
    if list(collection.sections) != sections:
        collections.set_sections(store, collection.collection_id, sections)
    if before == list(rows):
        return set()
    collections.replace_entries(store, collection.collection_id, rows)
    return {item_id for item_id, _ in before}


def _section_paths(reading_list: ReadingList) -> list[tuple[str, ...]]:
    listed = [*reading_list.sections, *(entry.section for entry in reading_list.entries)]
    return list(dict.fromkeys(tuple(storable(heading) for heading in path) for path in listed if path))


def _corrections(reading_list: ReadingList) -> dict[str, object]:
    found = [
        {"entry": each.entry, "field": each.field, "was": each.was, "now": each.now, "reason": each.reason}
        for each in reading_list.corrections
    ]
    return {"corrections": found} if found else {}


def load_bundled(store: Store, texts: Iterable[tuple[str, str]]) -> ImportReport:
    """Load library files ``(name, text)`` into an empty home. It is how a home begins, so undo does not reach it."""
    report = ImportReport()
    with store.transaction():
        for name, text in texts:
            report.join(import_list(store, library_yaml.read(text, file=name), kind="bundled"))
        store.run("DELETE FROM journal_steps")
    return report
