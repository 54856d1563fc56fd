"""What records bring besides a reference and words: files, annotations, and their places in collections."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from notes_tui.model.imported import Imported
from notes_tui.model.item import Attachment, Entry
from notes_tui.model.marked import Mark
from notes_tui.model.reading_list import Problem
from notes_tui.model.report import ImportReport
from notes_tui.model.text import storable
from notes_tui.services import collecting, foreign_marks
from notes_tui.services.foreign_marks import Document
from notes_tui.services.wording import count_of
from notes_tui.settings import Role
from notes_tui.store import bulk, collections, derived, dumping, file_annotations, items
from notes_tui.store.bulk import PlacedEntry
from notes_tui.store.collections import Collection
from notes_tui.store.database import Store


def attach(
    store: Store, imported: Imported, item_ids: Sequence[int], folder: str, report: ImportReport,
    *, new: Set[int],
) -> set[int]:  # fmt: skip
    """Link the files that records name, without copying or reading them; returns the items that got one.

    Relative names are looked for below ``folder``; ``new`` items have no files yet. That files are missing is
    told once.
    """
    with_files = [
        (item_id, record.attachments)
        for record, item_id in zip(imported.items, item_ids, strict=True)
        if record.attachments
    ]
    if not with_files:
        return set()
    ids = list(dict.fromkeys(item_id for item_id, _ in with_files if item_id not in new))
    known = {(item.item_id, each.path) for item in items.by_ids(store, ids) for each in item.attachments}
    added: list[tuple[int, Attachment]] = []
    missing: list[str] = []
    for item_id, attachments in with_files:
        for attachment in attachments:
            placed = _placed(attachment, folder)
            if (item_id, placed.path) not in known:
                known.add((item_id, placed.path))
                added.append((item_id, placed))
            if not os.path.isfile(placed.path):
                missing.append(placed.path)
    dumping.add_attachments(store, added)
    if missing:
        named = f"{count_of(len(missing), 'attached file')} not found, first {missing[0]}"
        report.problems.append(Problem(imported.file, None, named))
    return {item_id for item_id, _ in added}


def _placed(attachment: Attachment, folder: str) -> Attachment:
    path = os.path.expanduser(storable(attachment.path))
    if not _OTHER_SYSTEM.match(path) or os.name == "nt":
        path = os.path.normpath(os.path.join(folder, path))
    return replace(attachment, path=path, title=storable(attachment.title))


_OTHER_SYSTEM = re.compile(r"[A-Za-z]:[\\/]|\\\\")
"""What a path of Windows begins with."""


def annotate(
    store: Store, imported: Imported, item_ids: Sequence[int], report: ImportReport, roles: Sequence[Role]
) -> set[int]:
    """Bring in the annotations of records, each once; returns the items on which one changed."""
    marks: dict[int, list[Mark]] = {}
    parts: set[int] = set()
    for record, item_id in zip(imported.items, item_ids, strict=True):
        if record.annotations or record.annotations_are_all:
            marks.setdefault(item_id, []).extend(record.annotations)
            parts |= set() if record.annotations_are_all else {item_id}
    changed: set[int] = set()
    had = file_annotations.items_with_source(store, imported.source)
    for item_id, several in marks.items():
        if several or item_id in had:
            document = Document(
                source=imported.source, key=imported.source, marks=several, is_complete=item_id not in parts
            )
            taken = foreign_marks.take(store, item_id, document, roles)
            report.add_annotations(taken.counts())
            changed |= {item_id} if taken.changed else set()
    return changed


def collect(store: Store, imported: Imported, item_ids: Sequence[int]) -> None:
    """Put items into the collections their records stand in: a group within a group is a section.

    Collections of the user's own with the same title take them in; others stay as they are.
    """
    if not imported.collections:
        return
    members: dict[tuple[str, ...], list[int]] = {path: [] for path in imported.collections if path}
    for record, item_id in zip(imported.items, item_ids, strict=True):
        for path in filter(None, record.collections):
            members.setdefault(path, []).append(item_id)
    for title in dict.fromkeys(path[0] for path in members):
        sections = {path[1:]: ids for path, ids in members.items() if path[0] == title}
        _fill(store, _own_collection(store, title), sections)
    derived.refresh_order(store)


def _own_collection(store: Store, title: str) -> Collection:
    title = " ".join(storable(title).split()) or "Untitled"
    for each in collections.all_collections(store):
        if each.kind == "own" and each.title.lower() == title.lower():
            return each
    slug, number = collecting.slug_from(title), 1
    while collections.exists(store, slug if number == 1 else f"{slug}-{number}"):
        number += 1
    return collecting.create(store, title, slug if number == 1 else f"{slug}-{number}")


def _fill(store: Store, collection: Collection, sections: dict[tuple[str, ...], list[int]]) -> None:
    here = bulk.entries(store, collection.collection_id)
    known = {(each.item_id, each.entry.section) for each in here}
    new: list[tuple[int, tuple[str, ...]]] = []
    for section, ids in sections.items():
        new += [(item_id, section) for item_id in dict.fromkeys(ids) if (item_id, section) not in known]
    paths = [*collection.sections, *(path for path in sections if path and path not in collection.sections)]
    if len(paths) > len(collection.sections):
        collections.set_sections(store, collection.collection_id, paths)
    if new:
        bulk.set_entries(store, collection.collection_id, [*here, *_entries(store, collection.slug, new)])


def _entries(store: Store, slug: str, placed: Sequence[tuple[int, tuple[str, ...]]]) -> Iterable[PlacedEntry]:
    ids = list(dict.fromkeys(item_id for item_id, _ in placed))
    found = {item.item_id: item for item in items.by_ids(store, ids, with_entries=False)}
    for item_id, section in placed:
        item = found[item_id]
        yield PlacedEntry(0, item_id, Entry(slug, section, 0, item.title, item.title or item.citekey))
