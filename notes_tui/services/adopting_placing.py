"""The topics of an adopted folder as a collection: sections are folders, entries stand in the folder's order.

Entries that a person moved or added stay as they are. A paper that has gone from the folder stays in the
collection, as its item stays in the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notes_tui.model.adoption import FoundPaper
from notes_tui.model.item import Entry, display_title
from notes_tui.model.text import storable
from notes_tui.services.collecting import slug_from
from notes_tui.store import adopted, bulk, collections
from notes_tui.store.bulk import PlacedEntry
from notes_tui.store.database import Store


def place(store: Store, name: str, placed: Sequence[tuple[FoundPaper, int]]) -> tuple[str, bool]:
    """Bring the collection of a folder up to its papers, each with its item; returns its slug and whether it changed."""
    ids = {item_id for _, item_id in placed}
    known = [(row, slug, bulk.entries(store, row)) for row, slug in adopted.collection_of_folder(store, name)]
    fitting = [each for each in known if not each[2] or ids & {entry.item_id for entry in each[2]}]
    if not fitting:
        if not placed:
            return "", False
        return _make(store, name, placed), True
    row, slug, before = fitting[0]
    entries = _merged(before, [_entry(paper, item_id, slug) for paper, item_id in placed])
    sections = [list(path) for path in collections.by_slug(store, slug).sections]
    wanted = [list(path) for path in _sections(each.entry.section for each in entries)]
    missing = [path for path in wanted if path not in sections]
    if missing:
        collections.set_sections(store, row, [*sections, *missing])
    return slug, bulk.set_entries(store, row, entries) or bool(missing)


def _make(store: Store, name: str, placed: Sequence[tuple[FoundPaper, int]]) -> str:
    slug, number = slug_from(name), 2
    while collections.exists(store, slug):
        slug, number = f"{slug_from(name)}-{number}", number + 1
    entries = [_entry(paper, item_id, slug) for paper, item_id in placed]
    row = collections.insert(
        store, slug=slug, title=storable(name), kind="own", extra={"folder": name},
        sections=_sections(each.entry.section for each in entries),
    )  # fmt: skip
    bulk.set_entries(store, row, entries)
    return slug


def _sections(paths: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """Every path and all above it, in the order in which they come."""
    found: dict[tuple[str, ...], None] = {}
    for path in paths:
        for depth in range(1, len(path) + 1):
            found.setdefault(tuple(path[:depth]))
    return list(found)


def _entry(paper: FoundPaper, item_id: int, slug: str) -> PlacedEntry:
    title = storable(display_title(paper.reference))
    section = tuple(map(storable, paper.topic))
    return PlacedEntry(0, item_id, Entry(slug, section, 0, title, title, {"path": storable(paper.path)}))


def _merged(before: Sequence[PlacedEntry], wanted: Sequence[PlacedEntry]) -> list[PlacedEntry]:
    """The entries that stand, followed by new ones behind the neighbour they have in the folder."""
    by_path = {_path(row): row for row in before if _path(row)}
    result = list(before)
    behind: PlacedEntry | None = None
    for entry in wanted:
        row = by_path.get(_path(entry)) or _moved(entry, before, wanted)
        if row is None:
            place = next(
                (number + 1 for number, each in enumerate(result) if each is behind),
                len(result) if behind else 0,
            )
            result.insert(place if behind else _start(result, entry), entry)
            behind = entry
            continue
        current = (
            row if _path(row) == _path(entry) and row.item_id == entry.item_id else _followed(row, entry)
        )
        result[next(number for number, each in enumerate(result) if each.row_id == row.row_id)] = current
        behind = current
    return result


def _start(result: Sequence[PlacedEntry], entry: PlacedEntry) -> int:
    """Where an entry without a neighbour before it goes: in front of its section, else at the end."""
    return next(
        (number for number, each in enumerate(result) if each.entry.section == entry.entry.section),
        len(result),
    )


def _moved(
    entry: PlacedEntry, before: Sequence[PlacedEntry], wanted: Sequence[PlacedEntry]
) -> PlacedEntry | None:
    """The entry of the same item whose path is no longer in the folder."""
    paths = {_path(each) for each in wanted}
    return next(
        (row for row in before if row.item_id == entry.item_id and _path(row) and _path(row) not in paths),
        None,
    )


def _followed(row: PlacedEntry, entry: PlacedEntry) -> PlacedEntry:
    """An entry whose folder was moved: it goes to the topic the folder is in now."""
    return PlacedEntry(row.row_id, entry.item_id, entry.entry)


def _path(placed: PlacedEntry) -> str:
    return placed.entry.fields.get("path", "")
