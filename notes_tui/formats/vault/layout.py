"""Every file of a vault, made from a library: the same library gives the same files, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from notes_tui.formats.vault import note, pages, records
from notes_tui.formats.vault.profiles import PLAIN, Profile
from notes_tui.model.dump import Dump, DumpedCollection, DumpedItem
from notes_tui.model.figures import names_of_pictures
from notes_tui.model.filenames import unique_stems, unique_tag_paths
from notes_tui.model.item import Item, ItemDetail, Note
from notes_tui.model.outline import Outline, outlines
from notes_tui.model.vault import FileKind, VaultEvent, VaultText

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which part of a library a vault holds."""

    citekeys: Collection[str] | None = None
    """These items only; all of them where it is ``None``."""
    with_private: bool = True
    done: Collection[str] = ("read", "studied", "skimmed")
    """Read statuses that tick the box."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Files of items that their owner gave other names, by citekey."""
    profile: Profile = PLAIN
    own_files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Notes that are files of their own, made by their owner: by citekey and title, the path."""
    secret: Collection[str] = ()
    """Citekeys of private items that are not part of the library given, but may be named in it."""


def texts(dump: Dump, events: Sequence[VaultEvent], selection: Selection) -> Iterator[VaultText]:
    """The files of the vault: items first, then pages, then what is not for reading."""
    layout = _Layout(dump, selection)
    yield from layout.item_files()
    for path, text in layout.pages() if selection.profile.with_pages else ():
        yield VaultText(path, "page", text)
    for kind, path, text in (*layout.records(), *layout.events(events)):
        if text:
            yield VaultText(path, kind, text)
    yield VaultText(records.SETTINGS, "settings", settings_text(selection.profile))
    yield VaultText(records.ATTRIBUTES, "settings", "*.jsonl merge=union\n")


def settings_text(profile: Profile) -> str:
    """What a vault says of itself."""
    return json.dumps({"format": FORMAT, "profile": profile.name}) + "\n"


def item_texts(dump: Dump, selection: Selection) -> Iterator[VaultText]:
    """The files of the items of a selection, and the records that complete them: no page, no list, no event."""
    layout = _Layout(dump, selection)
    yield from layout.item_files()
    for kind, path, text in layout.records():
        if path in records.KEYS:
            yield VaultText(path, kind, text)


def list_texts(dump: Dump, selection: Selection) -> Iterator[VaultText]:
    """The files of reading lists and saved views alone."""
    for kind, path, text in _Layout(dump, selection).records():
        if path not in records.KEYS:
            yield VaultText(path, kind, text)


def texts_naming(dump: Dump, selection: Selection, citekeys: Collection[str]) -> Iterator[VaultText]:
    """The pages that name one of some items, and the records of the reading lists they stand in."""
    layout = _Layout(dump, selection)
    for path, text in layout.pages(citekeys) if selection.profile.with_pages else ():
        yield VaultText(path, "page", text)
    for path, text in layout.list_records(citekeys):
        yield VaultText(path, "records", text)


class _Layout:
    """What a selection of a library holds, and where its files are."""

    def __init__(self, dump: Dump, selection: Selection) -> None:
        self.dump = dump
        self.selection = selection
        self.live = [each for each in dump.items if not each.item.trashed]
        self.papers = selection.profile.paths([each.item for each in self.live], selection.places)
        self.slugs = unique_stems(each.slug for each in dump.collections)
        self.shown = [each for each in self.live if self._is_shown(each.item)]
        self.marks = {each.item.citekey: note.note_marks(self._notes(each)) for each in self.shown}

    def _is_shown(self, item: Item) -> bool:
        chosen = self.selection.citekeys is None or item.citekey in self.selection.citekeys
        return chosen and (self.selection.with_private or not item.private)

    def _notes(self, dumped: DumpedItem) -> tuple[Note, ...]:
        return tuple(each for each in dumped.notes if self.selection.with_private or not each.private)

    @cached_property
    def _secret(self) -> set[str]:
        """Keys that no file may name."""
        private = {each.item.citekey for each in self.live if each.item.private}
        return set() if self.selection.with_private else private | {*self.selection.secret}

    def _nameable(self, dumped: DumpedItem) -> DumpedItem:
        """The item without its relations to what may not be named, and without figures of private notes alone."""
        named = replace(
            dumped, relations=tuple(each for each in dumped.relations if each[0] not in self._secret)
        )
        if self.selection.with_private or not any(each.link for each in dumped.item.attachments):
            return named
        hidden = names_of_pictures(each.body for each in dumped.notes if each.private)
        hidden -= names_of_pictures(each.body for each in dumped.notes if not each.private)
        attachments = tuple(
            each for each in dumped.item.attachments if each.link.rpartition("/")[2] not in hidden
        )
        return replace(named, item=replace(named.item, attachments=attachments))

    @cached_property
    def details(self) -> list[ItemDetail]:
        """What the files of the items show: nothing private, and no key of a private item."""
        secret = self._secret
        found = []
        for each in self.shown:
            item = each.item
            if secret & {*item.related}:
                item = replace(item, related=tuple(key for key in item.related if key not in secret))
            annotations = tuple(dumped.annotation for dumped in each.annotations)
            apart = self.selection.own_files.get(item.citekey, {})
            notes = tuple(note for note in self._notes(each) if note.title not in apart)
            found.append(ItemDetail(item, notes, annotations, ()))
        return found

    @cached_property
    def lists(self) -> list[tuple[Outline, DumpedCollection]]:
        """The collections with entries that are shown, and (in a whole vault) those that have none at all."""
        filled = {entry.slug for each in self.live for entry in each.item.entries}
        empty = (
            set()
            if self.selection.citekeys is not None
            else {each.slug for each in self.dump.collections} - filled
        )
        found = outlines(self.dump.collections, (detail.item for detail in self.details))
        pairs = zip(found, self.dump.collections, strict=True)
        return [(outline, header) for outline, header in pairs if outline.entries or header.slug in empty]

    @cached_property
    def in_list_order(self) -> list[Item]:
        """The items as the lists have them, what stands in none at the end."""
        places = {header.slug: (header.hidden, place) for place, (_, header) in enumerate(self.lists)}
        last = (True, len(places))

        def order(item: Item) -> tuple[tuple[bool, int], int]:
            spots = ((places.get(entry.slug, last), entry.position) for entry in item.entries)
            return min(spots, default=(last, 0))

        return sorted((detail.item for detail in self.details), key=order)

    def item_files(self) -> Iterator[VaultText]:
        """The file of each item."""
        forms = self.selection.profile.forms
        for detail in self.details:
            key = detail.item.citekey
            yield VaultText(self.papers[key], "item", note.write(detail, self.marks[key], forms), key)

    def pages(self, only: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """The index, and the pages of collections and tags; ``only`` those that name one of these items."""
        tags = pages.tags_with_items(self.in_list_order)
        places = pages.Places(
            self.papers,
            {slug: f"collections/{stem}.md" for slug, stem in self.slugs.items()},
            {tag.lower(): f"tags/{path}.md" for tag, path in unique_tag_paths(tags).items()},
            self.selection.done,
            self.selection.profile.with_wiki_links,
        )
        listed = [outline for outline, _ in self.lists]
        make_index = pages.topics_page if self.selection.profile.with_topics else pages.index_page
        yield self.selection.profile.index, make_index(listed, self.in_list_order, tags, places)
        for outline in self._naming(only):
            yield places.collections[outline.header.slug], pages.collection_page(outline, places)
        for tag, tagged in tags.items():
            if only is not None and all(item.citekey not in only for item in tagged):
                continue
            yield places.tags[tag.lower()], pages.tag_page(tag, tagged, places)

    def _naming(self, only: Collection[str] | None) -> Iterator[Outline]:
        for outline, _ in self.lists:
            if only is None or any(each.item.citekey in only for each in outline.entries):
                yield outline

    def records(self) -> Iterator[tuple[FileKind, str, str]]:
        """What the files of items and the pages do not say."""
        items = [
            records.item_record(self._nameable(each), self.papers[each.item.citekey]) for each in self.shown
        ]
        apart = self.selection.own_files
        notes = [
            records.note_record(
                key, each, self.marks[key].get(each.title, ""), apart.get(key, {}).get(each.title, "")
            )
            for key, found in ((each.item.citekey, self._notes(each)) for each in self.shown)
            for each in found
        ]
        annotations = [
            records.annotation_record(each.item.citekey, annotation)
            for each in self.shown
            for annotation in each.annotations
        ]
        for path, found in (
            (records.ITEMS, items),
            (records.NOTES, notes),
            (records.ANNOTATIONS, annotations),
        ):
            yield "records", path, records.sorted_text(path, found)
        for path, text in self.list_records():
            yield "records", path, text
        views = ({"name": name, "query": query} for name, query in self.dump.views)
        yield "records", records.VIEWS, records.to_text(views)

    def list_records(self, only: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """The records of each reading list; ``only`` of those in which one of these items stands."""
        wanted = {outline.header.slug for outline in self._naming(only)}
        for place, (outline, header) in enumerate(self.lists, 1):
            if header.slug in wanted:
                path = f"{records.COLLECTIONS}/{self.slugs[header.slug]}.jsonl"
                yield path, records.to_text(records.collection_records(outline, header, place))

    def events(self, events: Sequence[VaultEvent]) -> Iterator[tuple[FileKind, str, str]]:
        """One file of events a machine."""
        machines: dict[str, list[VaultEvent]] = {}
        for event in events:
            if event.citekey in self.marks:
                machines.setdefault(records.events_path(event.machine), []).append(event)
        for path in sorted(machines):
            yield "events", path, records.events_text(machines[path])
