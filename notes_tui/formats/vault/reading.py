"""A vault read back: its files become a library again, with everything that was in it.

The Markdown files are the truth for what they say; ``.notes-tui/`` adds what they do not say. Where it
is missing, the files alone still make a library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from notes_tui.formats.vault import records
from notes_tui.formats.vault.item_reading import ItemReader
from notes_tui.formats.vault.profiles import profile_in
from notes_tui.formats.vault.records import Record
from notes_tui.formats.vault.values import number_of, text_mapping_of, text_of, texts_of
from notes_tui.model.dump import Dump, DumpedCollection, DumpedItem
from notes_tui.model.item import Entry
from notes_tui.model.reading_list import Problem
from notes_tui.model.vault import VaultEvent


@dataclass(frozen=True, slots=True)
class VaultContent:
    """What the files of a vault say together."""

    dump: Dump
    """The library without its events."""
    events: tuple[VaultEvent, ...]
    files: Mapping[str, str]
    """The path of each item's file, by citekey."""
    own_files: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The paths of notes that are files of their own, by citekey and title."""


@dataclass(frozen=True, slots=True)
class ListRecords:
    """The file of a reading list: its header, its place among the lists, its entries with their citekeys."""

    header: DumpedCollection
    place: int
    entries: tuple[tuple[str, Entry], ...]


def read_list(text: str) -> ListRecords | None:
    """The list in a file of records; ``None`` where there is none."""
    found = records.read("", text)[0]
    if not found or not text_of(found[0], "slug"):
        return None
    header, *lines = found
    slug = text_of(header, "slug")
    entries = tuple((text_of(each, "citekey"), _entry(slug, at, each)) for at, each in enumerate(lines, 1))
    return ListRecords(_collection(header), number_of(header, "place") or 0, entries)


def read_views(text: str) -> list[tuple[str, str]]:
    """The saved views in a file of records: ``(name, query)`` in order."""
    return [
        (text_of(each, "name"), text_of(each, "query"))
        for each in records.read("", text)[0]
        if text_of(each, "name")
    ]


def _entry(slug: str, position: int, record: Record) -> Entry:
    return Entry(
        slug, texts_of(record, "section"), position, text_of(record, "title"), text_of(record, "text"),
        text_mapping_of(record.get("fields")),
    )  # fmt: skip


def read(files: Mapping[str, str]) -> VaultContent:
    """The library that the files (path to text) hold; what cannot be read is among the dump's problems."""
    profile = profile_in(files.get(records.SETTINGS, ""))
    reader = Reader(files, forms=profile.forms)
    items: dict[str, DumpedItem] = {}
    places: dict[str, str] = {}
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
    own = {(key, title): path for key in places for title, path in reader.own_files(key)}
    return VaultContent(dump, events, places, own)


class Reader(ItemReader):
    """Reads the files of one vault whole."""

    def collections(self, items: dict[str, DumpedItem]) -> tuple[DumpedCollection, ...]:
        """The collections in order; their entries are hung on the items."""
        placed: list[tuple[int, str, list[Record]]] = []
        for path in sorted(self.files):
            if path.startswith(f"{records.COLLECTIONS}/") and path.endswith(".jsonl"):
                found = self._records(path)
                if found and text_of(found[0], "slug"):
                    placed.append((number_of(found[0], "place") or 0, path, found))
                else:
                    self.problems.append(Problem(path, 1, "it does not begin with a collection"))
        placed.sort(key=lambda each: each[:2])
        for _, path, (header, *entries) in placed:
            for position, entry in enumerate(entries, 1):
                self._hang(items, path, text_of(header, "slug"), position, entry)
        return tuple(_collection(found[0]) for _, _, found in placed)

    def _hang(
        self, items: dict[str, DumpedItem], path: str, slug: str, position: int, record: Record
    ) -> None:
        item = items.get(text_of(record, "citekey").lower())
        if item is None:
            self.problems.append(
                Problem(path, position + 1, f"no file is about {text_of(record, 'citekey')!r}")
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


def _collection(header: Record) -> DumpedCollection:
    sections = header.get("sections")
    paths = sections if isinstance(sections, list) else []
    extra = header.get("extra")
    return DumpedCollection(
        slug=text_of(header, "slug"), title=text_of(header, "title"), description=text_of(header, "description"),
        source=text_of(header, "source"), kind=text_of(header, "kind") or "own", hidden=bool(header.get("hidden")),
        sections=tuple(tuple(map(str, path)) for path in paths if isinstance(path, list)),
        extra=extra if isinstance(extra, dict) else {}, created=text_of(header, "created"),
    )  # fmt: skip
