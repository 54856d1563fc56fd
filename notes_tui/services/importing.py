"""``import``: a file of any format comes in, in one transaction and one undo step.

What a file is, its name and its beginning say. Bibliographies bring items with tags, status, rating and
notes; reading lists become collections; a dump brings a whole library. Running again adds nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from notes_tui.errors import InvalidValueError, UnreadableFileError
from notes_tui.formats import format_named, format_of
from notes_tui.model.dump import Dump
from notes_tui.model.format import Reading
from notes_tui.model.imported import Imported
from notes_tui.model.marked import Marked
from notes_tui.model.reading_list import ReadingList
from notes_tui.model.report import ImportReport
from notes_tui.model.text import one_line
from notes_tui.services import collecting, marked_importing
from notes_tui.services.dump_importing import import_dump
from notes_tui.services.list_importing import import_list
from notes_tui.services.processes import no_collecting
from notes_tui.services.record_importing import Progress, import_records
from notes_tui.services.sources import is_database, read_source
from notes_tui.services.wording import count_of
from notes_tui.settings import BUNDLED, ROLES, STATUSES, Role, bundled_texts
from notes_tui.store import collections
from notes_tui.store.database import Store


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
    roles: tuple[Role, ...] = ROLES
    """What colours of marks stand for."""
    onto: int | None = None
    """The item that the marks of a single document belong to, where a person said which."""
    progress: Progress | None = None


class _DryRunError(Exception):
    """Ends a step that is not to be kept."""


def import_file(store: Store, path: str | Path, options: ImportOptions | None = None) -> ImportReport:
    """Bring a file in. Raises :class:`UnreadableFileError` for what is no text or of no known format."""
    options = options or ImportOptions()
    reading = read_file(path, format=options.format)
    _prepare(store, [reading])
    return bring_in(store, reading, file=str(path), options=options)


def read_file(path: str | Path, *, format: str = "") -> Reading:
    """What a file holds: a text of any format, or a database of Zotero or sioyek.

    Raises what :func:`read_text` raises.
    """
    if is_database(path) and format in ("", "zotero", "sioyek"):
        return _read_database(Path(path), format)
    return read_text(read_source(path), file=str(path), format=format)


def _read_database(path: Path, format: str) -> Reading:
    from notes_tui.formats import sioyek, zotero
    from notes_tui.store import sioyek as sioyek_store
    from notes_tui.store import zotero as zotero_store

    if format == "sioyek" or (not format and sioyek_store.is_sioyek(path)):
        return sioyek.marked(sioyek_store.read_database(path))
    return zotero.imported(zotero_store.read_database(path), file=str(path))


Source = tuple[str, Callable[[], str] | None]
"""A name, and what gives its text where the name is not that of a file."""


def import_files(
    store: Store, sources: Iterable[Source], options: ImportOptions | None = None
) -> ImportReport:
    """Bring several files in as one undo step.

    All are read before anything changes. Raises what :func:`read_file` raises for the first that cannot be.
    """
    options = options or ImportOptions()
    with no_collecting():
        return _import_files(store, sources, options)


def _import_files(store: Store, sources: Iterable[Source], options: ImportOptions) -> ImportReport:
    readings = [
        (
            name,
            read_text(text(), file=name, format=options.format)
            if text
            else read_file(name, format=options.format),
        )
        for name, text in sources
    ]
    report = ImportReport()
    _prepare(store, [reading for _, reading in readings])
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


def _prepare(store: Store, readings: Iterable[Reading]) -> None:
    for reading in readings:
        if isinstance(reading, Marked):
            marked_importing.prepare(store, reading)


def import_text(
    store: Store, text: str, *, file: str = "", options: ImportOptions | None = None
) -> ImportReport:
    """Bring the text of a file in; ``file`` is its name, for its ending and for problems."""
    options = options or ImportOptions()
    reading = read_text(text, file=file, format=options.format)
    _prepare(store, [reading])
    return bring_in(store, reading, file=file, options=options)


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
                report = import_dump(store, reading, options.progress)
            elif isinstance(reading, Marked):
                report = _import_marked(store, reading, file, options)
            else:
                report = _import_records(store, reading, file, options)
            report.refused += _refused(reading)
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
    if isinstance(reading, Marked):
        return sum(len(work.marks) for work in reading.works)
    return len(reading.entries if isinstance(reading, ReadingList) else reading.items)


def _refused(reading: Reading) -> int:
    """How many records were not taken. A line of a list that was not understood is no record."""
    if isinstance(reading, ReadingList):
        return 0
    return len(reading.problems) if isinstance(reading, Dump) else reading.refused


def _label(report: ImportReport) -> str:
    parts = [f"{count_of(report.added, 'item')} added"] if report.added else []
    new_marks = (report.annotations or {}).get("added", 0)
    parts += [f"{count_of(new_marks, 'annotation')} added"] if new_marks else []
    parts += [f"{count_of(report.updated, 'item')} updated"] if report.updated and not new_marks else []
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


def _import_records(store: Store, imported: Imported, file: str, options: ImportOptions) -> ImportReport:
    report = ImportReport(problems=list(imported.problems), entries=len(imported.items))
    arrived = import_records(
        store, imported, report, folder=os.path.dirname(os.path.abspath(file)) if file else "",
        statuses=options.statuses, progress=options.progress, roles=options.roles,
    )  # fmt: skip
    if options.collection:
        _put_into(store, options.collection, arrived)
    return report


def _import_marked(store: Store, marked: Marked, file: str, options: ImportOptions) -> ImportReport:
    report = ImportReport()
    arrived = marked_importing.import_marked(
        store, marked, report, options.roles, file=file, onto=options.onto
    )
    if options.collection:
        _put_into(store, options.collection, arrived)
    return report


def _put_into(store: Store, collection: str, item_ids: Sequence[int]) -> None:
    slug = _slug(store, collection)
    if not collections.exists(store, slug):
        slug = collecting.create(store, collection).slug
    collecting.put(store, slug, list(dict.fromkeys(item_ids)))
