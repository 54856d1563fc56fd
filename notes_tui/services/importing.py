"""``import``: a file of any format comes in, in one transaction and one undo step.

What a file is, its name and its beginning say. Bibliographies bring items with tags, status, rating and
notes; reading lists become collections; a dump brings a whole library. Running again adds nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from notes_tui.errors import InvalidValueError, UnreadableFileError
from notes_tui.formats import format_named, format_of
from notes_tui.model.candidates import fit_key
from notes_tui.model.dump import Dump
from notes_tui.model.format import Reading
from notes_tui.model.identity import split_short_name
from notes_tui.model.imported import Imported, ImportedItem
from notes_tui.model.item import Reference
from notes_tui.model.reading_list import Problem, ReadingList
from notes_tui.model.report import DoubtfulPair, ImportReport
from notes_tui.model.text import one_line, storable
from notes_tui.services import collecting, writing
from notes_tui.services.dump_importing import import_dump
from notes_tui.services.joining import Joined, Joiner
from notes_tui.services.list_importing import import_list
from notes_tui.services.sources import read_source
from notes_tui.services.wording import count_of
from notes_tui.settings import BUNDLED, STATUSES, bundled_texts
from notes_tui.store import bulk, collections, derived, events, items, notes
from notes_tui.store.database import Store

Progress = Callable[[int, int], None]
"""Called with how many records are done, of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How a file is to be brought in."""

    format: str = ""
    """Name of a format; found out where it is empty."""
    collection: str = ""
    """Slug of the collection that the file becomes or its items are put into."""
    dry_run: bool = False
    statuses: tuple[str, ...] = tuple(status.name for status in STATUSES)
    """Read statuses that may be set."""
    progress: Progress | None = None


class _DryRunError(Exception):
    """Ends a step that is not to be kept."""


def import_file(store: Store, path: str | Path, options: ImportOptions | None = None) -> ImportReport:
    """Bring a file in. Raises :class:`UnreadableFileError` for what is no text or of no known format."""
    return import_text(store, read_source(path), file=str(path), options=options)


def import_files(
    store: Store, sources: Iterable[tuple[str, Callable[[], str]]], options: ImportOptions | None = None
) -> ImportReport:
    """Bring several files in as one undo step; each source is its name and what gives its text.

    All are read before anything changes. Raises what :func:`read_text` raises for the first that cannot be.
    """
    options = options or ImportOptions()
    readings = [(name, read_text(text(), file=name, format=options.format)) for name, text in sources]
    report = ImportReport()
    if sum(_size(reading) for _, reading in readings) >= _LARGE and not options.dry_run:
        store.take_snapshot("import")
    try:
        with store.step("") as step:
            for name, reading in readings:
                report.join(bring_in(store, reading, file=name, options=replace(options, dry_run=False)))
            source = f" from {count_of(len(readings), 'file')}" if len(readings) > 1 else ""
            step.label = report.label = step.label if len(readings) == 1 else _label(report) + source
            if options.dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    return report


def import_text(
    store: Store, text: str, *, file: str = "", options: ImportOptions | None = None
) -> ImportReport:
    """Bring the text of a file in; ``file`` is its name, for its ending and for problems."""
    options = options or ImportOptions()
    return bring_in(store, read_text(text, file=file, format=options.format), file=file, options=options)


def read_text(text: str, *, file: str = "", format: str = "") -> Reading:
    """What a text holds. Raises :class:`UnreadableFileError` or, for an unknown format, :class:`InvalidValueError`."""
    chosen = format_named(format) if format else format_of(text, file)
    name = file or "the text"
    if chosen is None:
        raise UnreadableFileError(f"{name}: its format is not known", hint="name it with --format")
    if chosen.read is None:
        raise InvalidValueError(f"format {chosen.name!r} is for export only", hint="choose another --format")
    reading = chosen.read(text, file=file)
    if isinstance(reading, ReadingList) and not (reading.entries or reading.problems):
        raise UnreadableFileError(
            f"{name}: nothing in it was understood as {chosen.name}", hint="name its format with --format"
        )
    return reading


def bring_in(store: Store, reading: Reading, *, file: str = "", options: ImportOptions) -> ImportReport:
    """Bring in what was read, as one undo step; a dry run reports the same and keeps nothing."""
    report = ImportReport()
    if _size(reading) >= _LARGE and not options.dry_run:
        store.take_snapshot("import")
    try:
        with store.step("") as step:
            if isinstance(reading, ReadingList):
                report = import_list(store, _titled(reading, file), slug=_slug(store, options.collection))
            elif isinstance(reading, Dump):
                report = import_dump(store, reading)
            else:
                report = _import_records(store, reading, options)
            report.refused = _refused(reading)
            source = f" from {one_line(os.path.basename(file))}" if file else ""
            step.label = report.label = _label(report) + source
            if options.dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    return report


_LARGE = 500
"""Records of an import that is preceded by a backup."""


def _size(reading: Reading) -> int:
    return len(reading.entries if isinstance(reading, ReadingList) else reading.items)


def _refused(reading: Reading) -> int:
    """How many records were not taken. A line of a list that was not understood is no record."""
    if isinstance(reading, ReadingList):
        return 0
    return reading.refused if isinstance(reading, Imported) else len(reading.problems)


def _label(report: ImportReport) -> str:
    parts = [f"{count_of(report.added, 'item')} added"] if report.added else []
    parts += [f"{count_of(report.updated, 'item')} updated"] if report.updated else []
    return ", ".join(parts) or "nothing new"


def _titled(reading: ReadingList, file: str) -> ReadingList:
    return (
        reading
        if reading.title or reading.slug
        else replace(reading, title=Path(file).stem or "Imported list")
    )


def _slug(store: Store, collection: str) -> str:
    """The slug that is meant: of a collection that exists, by slug or title, else of a new one."""
    if not collection or collections.exists(store, collection):
        return collection
    titles = {each.title.lower(): each.slug for each in collections.all_collections(store)}
    return titles.get(collection.lower(), collection)


def add_collection(store: Store, path: str | Path, options: ImportOptions | None = None) -> ImportReport:
    """Make a collection of a reading list. Raises :class:`UnreadableFileError` where the file is none."""
    options = options or ImportOptions()
    text = read_source(path)
    return bring_in(store, _as_list(text, str(path), options.format), file=str(path), options=options)


def update_collection(
    store: Store, slug: str, path: str | Path | None = None, options: ImportOptions | None = None
) -> ImportReport:
    """Bring a collection up to a newer state of its list; a bundled one comes with the program.

    Raises :class:`UnknownCollectionError`, and :class:`InvalidValueError` where no file is named.
    """
    collection = collections.by_slug(store, slug)
    options = replace(options or ImportOptions(), collection=collection.slug)
    if path is not None:
        return add_collection(store, path, options)
    if collection.slug not in BUNDLED:
        raise InvalidValueError(
            f"{collection.slug}: where its list lies now is not known",
            hint="`notes-tui collection update SLUG FILE` names the newer file",
        )
    name, text = next(each for each in bundled_texts() if each[0].startswith(f"{collection.slug}."))
    return bring_in(store, _as_list(text, name, ""), file=name, options=options)


def _as_list(text: str, file: str, format: str) -> ReadingList:
    reading = read_text(text, file=file, format=format)
    if not isinstance(reading, ReadingList):
        raise UnreadableFileError(f"{file}: it is no reading list", hint="`notes-tui import FILE` takes it")
    return reading


# --- records of bibliographies ------------------------------------------------------------------------


def _import_records(store: Store, imported: Imported, options: ImportOptions) -> ImportReport:
    report = ImportReport(problems=list(imported.problems), entries=len(imported.items))
    joiner = Joiner(store, report, own_keys=True)
    arrived: list[Joined] = []
    for joined in joiner.join([_with_short_name(each.reference) for each in imported.items]):
        arrived.append(joined)
        if options.progress and len(arrived) % 100 == 0:
            options.progress(len(arrived), len(imported.items))
    changed = {joined.item_id for joined in arrived if joined.is_changed}
    changed |= _add_tags(store, imported, arrived, joiner, report)
    changed |= _add_statuses(store, imported, arrived, joiner, report, options.statuses)
    for record, joined in zip(imported.items, arrived, strict=True):
        if _add_keys_and_notes(store, record, joined, joiner, report):
            changed.add(joined.item_id)
    _relate(store, imported.items, arrived)
    for joined in arrived:
        report.count(joined.is_new, joined.item_id in changed)
    if options.collection:
        _put_into(store, options.collection, [joined.item_id for joined in arrived])
    derived.refresh_order(store, joiner.added)
    return report


def _with_short_name(reference: Reference) -> Reference:
    """The reference with the name its title begins with, as captured titles and lists give it."""
    name = "" if reference.title_short else split_short_name(reference.title)[0]
    return replace(reference, title_short=name) if name else reference


def _add_tags(
    store: Store, imported: Imported, arrived: Sequence[Joined], joiner: Joiner, report: ImportReport
) -> set[int]:
    """Tags, and keywords an item did not come with before: taking such a tag off is not undone by the next import."""
    pairs: list[tuple[int, str]] = []
    clean = lru_cache(maxsize=None)(writing.clean_tag)
    for record, joined in zip(imported.items, arrived, strict=True):
        knows = not joined.is_new and joiner.knew_keywords(joined.item_id, record.reference)
        for tag in (*record.tags, *(() if knows else record.keywords)):
            try:
                pairs.append((joined.item_id, clean(tag.replace(",", " "))))
            except InvalidValueError as error:
                report.problems.append(Problem(imported.file, record.line, str(error)))
    return bulk.add_tags(store, pairs)


def _add_statuses(
    store: Store, imported: Imported, arrived: Sequence[Joined], joiner: Joiner,
    report: ImportReport, allowed: Sequence[str],
) -> set[int]:  # fmt: skip
    """Read statuses and ratings become events of items that have none of the kind yet."""
    wanted: dict[tuple[str, str], list[int]] = {}
    given: set[tuple[int, str]] = set()
    for record, joined in zip(imported.items, arrived, strict=True):
        status = record.read_status.lower()
        if status and status not in allowed:
            report.problems.append(
                Problem(imported.file, record.line, f"read status “{status}” is not known")
            )
            status = ""
        rating = str(record.rating) if record.rating else ""
        for kind, value in (("status", status), ("rating", rating)):
            item_id = joined.item_id
            if not value or value == "unread" or (item_id, kind) in given:
                continue
            given.add((item_id, kind))
            if item_id in joiner.added or not bulk.has_event(store, item_id, kind):
                wanted.setdefault((kind, value), []).append(item_id)
    for (kind, value), ids in wanted.items():
        events.append(store, ids, kind, value)
    return {item_id for ids in wanted.values() for item_id in ids}


def _add_keys_and_notes(
    store: Store, record: ImportedItem, joined: Joined, joiner: Joiner, report: ImportReport
) -> bool:
    changed = False
    for key in map(fit_key, record.aliases):
        if key and items.key_owner(store, key) is None:
            items.add_alias(store, joined.item_id, key)
            changed = True
    if not record.notes:
        return changed
    here = {note.title: note.body for note in notes.of_item(store, joined.item_id)}
    for note in record.notes:
        title, body = storable(note.title), storable(note.body)
        known = here.get(title)
        if known is None:
            notes.put(store, joined.item_id, title, body)
            changed = True
        elif " ".join(body.split()) not in " ".join(known.split()):
            citekey = joiner.item(joined.item_id).citekey
            report.proposals.append(
                DoubtfulPair(citekey, "", "its note differs from the imported one and was left as it is")
            )
    return changed


def _relate(store: Store, records: Sequence[ImportedItem], arrived: Sequence[Joined]) -> None:
    if not any(record.reference.related for record in records):
        return
    keys: dict[str, int] = {}
    for record, joined in zip(records, arrived, strict=True):
        keys.setdefault(record.reference.citekey, joined.item_id)
    for record, joined in zip(records, arrived, strict=True):
        for key in record.reference.related:
            other = keys.get(key) or items.key_owner(store, key)
            if other is not None:
                items.link(store, joined.item_id, other)


def _put_into(store: Store, collection: str, item_ids: Sequence[int]) -> None:
    slug = _slug(store, collection)
    if not collections.exists(store, slug):
        slug = collecting.create(store, collection).slug
    collecting.put(store, slug, list(dict.fromkeys(item_ids)))
