"""Reading lists and saved views of a vault, made so in the library: entries are merged as sets that keep their order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial

from notes_tui.formats import vault as layout
from notes_tui.formats.vault import ListRecords
from notes_tui.model.dump import DumpedCollection
from notes_tui.model.item import Entry
from notes_tui.model.merge import merge_sets
from notes_tui.store import bulk, collections, dumping, items, notes
from notes_tui.store.bulk import PlacedEntry
from notes_tui.store.database import Store, dump_json

Place = tuple[str, tuple[str, ...]]
_HEADER = ("title", "description", "source", "kind", "hidden")


def take_lists(
    store: Store,
    base: Mapping[str, str],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    refuse: Callable[[str, str], None],
) -> list[str]:
    """Bring in what changed in the files of lists (path to text) between ``base`` and ``theirs``.

    Returns the titles of the collections that changed. ``refuse`` is told of entries of unknown items.
    """
    changed: list[str] = []
    differing = [path for path in theirs if theirs[path] not in (base.get(path), ours.get(path))]
    lists = {path: layout.read_list(theirs[path]) for path in differing}
    for path, found in sorted(lists.items(), key=lambda pair: (pair[1].place if pair[1] else 0, pair[0])):
        before, mine = (layout.read_list(side.get(path, "")) for side in (base, ours))
        if found is None:
            refuse(path, "it does not begin with a collection")
            continue
        if mine is None and before is not None:
            continue
        if _take_list(store, before, mine, found, partial(refuse, path)):
            changed.append(found.header.title)
    return changed


def current_citekey(store: Store, citekey: str) -> str:
    """The citekey that the item of a citekey has now; the same one where no item has had it."""
    owner = items.key_owner(store, citekey)
    return citekey if owner is None else items.by_ids(store, [owner], with_entries=False)[0].citekey


def _take_list(
    store: Store,
    before: ListRecords | None,
    mine: ListRecords | None,
    found: ListRecords,
    refuse: Callable[[str], None],
) -> bool:
    slug = found.header.slug
    if collections.exists(store, slug):
        collection_id = collections.by_slug(store, slug).collection_id
    else:
        collection_id = dumping.add_collection(store, found.header)
    start = store.db.total_changes
    mine = mine or ListRecords(found.header, found.place, ())
    _take_header(store, collection_id, before or mine, mine, found)
    current = cache(partial(current_citekey, store))
    old, own, other = (
        [_line((current(citekey), entry)) for citekey, entry in each.entries]
        for each in (before or mine, mine, found)
    )
    wanted = merge_sets(old if before else [], own, other)
    if wanted != own or not mine.entries:
        _put_lines(store, collection_id, slug, own, wanted, refuse)
    return store.db.total_changes > start


def _take_header(
    store: Store, collection_id: int, before: ListRecords, mine: ListRecords, found: ListRecords
) -> None:
    columns: dict[str, object] = {
        name: getattr(found.header, name)
        for name in _HEADER
        if getattr(found.header, name) not in (getattr(before.header, name), getattr(mine.header, name))
    }
    if "" < found.header.created < mine.header.created:
        columns["created"] = found.header.created
    if found.place not in (before.place, mine.place):
        columns["position"] = found.place
    sections = _merged_sections(before.header, mine.header, found.header)
    if sections != list(mine.header.sections):
        columns["sections"] = dump_json([list(path) for path in sections])
    if columns:
        collections.update(store, collection_id, columns)


def _merged_sections(
    before: DumpedCollection, mine: DumpedCollection, found: DumpedCollection
) -> list[tuple[str, ...]]:
    sides = ([json.dumps(path) for path in each.sections] for each in (before, mine, found))
    return [tuple(json.loads(path)) for path in merge_sets(*sides)]


def _line(entry: tuple[str, Entry]) -> str:
    citekey, said = entry
    return json.dumps([citekey, said.section, said.title, said.text, dict(said.fields)])


def _put_lines(
    store: Store,
    collection_id: int,
    slug: str,
    own: Sequence[str],
    wanted: Sequence[str],
    refuse: Callable[[str], None],
) -> None:
    """Give a collection the wanted lines; entries that the vault does not show stay behind those before them."""
    here = bulk.entries(store, collection_id)
    keys = {each.item_id: each.citekey for each in items.by_ids(store, list({each.item_id for each in here}))}
    shown = set(own)
    by_line: dict[str, list[PlacedEntry]] = {}
    behind: dict[int, list[PlacedEntry]] = {}
    last = 0
    for each in here:
        line = _line((keys[each.item_id], each.entry))
        if line in shown:
            by_line.setdefault(line, []).append(each)
            last = each.row_id
        else:
            behind.setdefault(last, []).append(each)
    placed = behind.pop(0, [])
    for line in wanted:
        known = by_line.pop(line, None)
        for each in known or _made(store, slug, line, refuse):
            placed += [each, *behind.pop(each.row_id, [])]
    bulk.set_entries(store, collection_id, [*placed, *(each for rest in behind.values() for each in rest)])


def _made(store: Store, slug: str, line: str, refuse: Callable[[str], None]) -> list[PlacedEntry]:
    citekey, section, title, text, fields = json.loads(line)
    owner = items.key_owner(store, citekey)
    if owner is None:
        refuse(f"there is no item {citekey}")
        return []
    return [PlacedEntry(0, owner, Entry(slug, tuple(section), 0, title, text, fields))]


def take_places(store: Store, item_id: int, before: Iterable[Place], after: Iterable[Place]) -> bool:
    """Put an item into the collections that its file names anew and take it out of those it names no longer."""
    old, new = set(before), set(after)
    start = store.db.total_changes
    for slug, section in sorted(old - new):
        if collections.exists(store, slug):
            collection_id = collections.by_slug(store, slug).collection_id
            here = bulk.entries(store, collection_id)
            left = [each for each in here if (each.item_id, each.entry.section) != (item_id, section)]
            bulk.set_entries(store, collection_id, left)
    for slug, section in sorted(new - old):
        if not collections.exists(store, slug):
            from notes_tui.services import collecting

            slug = collecting.create(store, slug).slug
        _place(store, item_id, slug, section)
    return store.db.total_changes > start


def _place(store: Store, item_id: int, slug: str, section: tuple[str, ...]) -> None:
    """Put an item at the end of a section, which is made where there is none, unless it stands there."""
    collection = collections.by_slug(store, slug)
    here = bulk.entries(store, collection.collection_id)
    if any((each.item_id, each.entry.section) == (item_id, section) for each in here):
        return
    if section and section not in collection.sections:
        collections.set_sections(store, collection.collection_id, [*collection.sections, section])
    item = items.by_id(store, item_id)
    entry = PlacedEntry(0, item_id, Entry(slug, section, 0, item.title, item.title or item.citekey))
    last = max((at for at, each in enumerate(here) if each.entry.section == section), default=len(here) - 1)
    bulk.set_entries(store, collection.collection_id, [*here[: last + 1], entry, *here[last + 1 :]])


def take_views(store: Store, base: str, theirs: str) -> bool:
    """Bring in saved views that were added, changed or removed in a vault."""
    before, found = (dict(layout.read_views(text)) for text in (base, theirs))
    changed = {name: query for name, query in found.items() if before.get(name) != query}
    gone = [name for name in before if name not in found]
    for name, query in changed.items():
        notes.put_view(store, name, query)
    for name in gone:
        notes.remove_view(store, name)
    here = [name for name, _ in notes.views(store)]
    order = merge_sets(list(before), here, list(found))
    notes.order_views(store, order)
    return bool(changed or gone or order != here)
