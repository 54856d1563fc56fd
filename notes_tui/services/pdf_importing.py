"""PDFs become items with their file and annotations: by the ids or the title on the first page."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from notes_tui.model.item import Reference
from notes_tui.model.reading_list import Problem
from notes_tui.model.report import ImportReport
from notes_tui.services import collecting, pdf_texts, stored_files
from notes_tui.services.attaching import Attached, LookedAt, Placing, are_alike, look_at_all, texts_for
from notes_tui.services.captured_pdf import reference_of
from notes_tui.services.joining import Joined, Joiner
from notes_tui.services.pdf_texts import Texts
from notes_tui.services.wording import count_of
from notes_tui.settings import ROLES, Role
from notes_tui.store import attachments, collections, derived, items, lookup
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store


@dataclass(slots=True)
class Found:
    """What is named on a command line."""

    pdfs: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def pdfs_among(names: Sequence[str]) -> Found:
    """The PDFs among files, and in folders that hold PDFs and no notes; everything else is another thing."""
    found = Found()
    for name in names:
        inside = _pdfs_in(name) if os.path.isdir(name) else []
        if inside:
            found.pdfs += inside
        elif name != "-" and stored_files.is_pdf(name):
            found.pdfs.append(name)
        else:
            found.others.append(name)
    return found


def _pdfs_in(folder: str) -> Sequence[str]:
    if os.path.isdir(os.path.join(folder, ".notes-tui")):
        return []
    has_notes = any(
        name.lower().endswith(".md")
        for place, folders, names in os.walk(folder)
        if not folders.sort()
        for name in names
    )
    return [] if has_notes else stored_files.pdfs_below(folder)


class _DryRunError(Exception):
    """Ends a step that is not to be kept."""


def import_pdfs(
    store: Store, paths: Sequence[str], *, collection: str = "", dry_run: bool = False,
    roles: Sequence[Role] = ROLES, progress: Callable[[int, int], None] | None = None,
) -> ImportReport:  # fmt: skip
    """Bring PDFs in as one undo step: each joins the item of its work, or becomes one, and is attached to it.

    A file that is attached already is known by its content; a work by its ids and title, or by the PDF's own id
    where the text agrees. What cannot be read is a problem; where nothing can, the first is raised.
    """
    report = ImportReport()
    looked, refused = look_at_all(paths, progress)
    report.problems += [Problem(path, None, str(error)) for path, error in refused.items()]
    report.refused = len(refused) + sum(each.content is None for each in looked)
    places = [_place_before(store, each) for each in looked]
    known = [(place, each) for place, each in zip(places, looked, strict=True) if place is not None]
    texts = texts_for(store, [place for place, _ in known], [each for _, each in known])
    try:
        with store.step("") as step:
            _bring_in(store, looked, places, report, roles, texts, collection, dry_run)
            parts = [f"{count_of(report.added, 'item')} added"] if report.added else []
            parts += [f"{count_of(report.updated, 'item')} updated"] if report.updated else []
            step.label = f"{', '.join(parts) or 'nothing new'} from {count_of(len(looked), 'PDF')}"
            report.label = step.label
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        return report
    texts.keep()
    pdf_texts.index(store, None, progress)
    return report


def _place_before(store: Store, looked: LookedAt) -> int | None:
    """The item that a PDF belongs to as things are: by its content, the work it names, or its own id."""
    by_content = attachments.known_as(store, [looked.file.path], looked.file.sha256)
    if by_content:
        return by_content[0].item_id
    if looked.content is None:
        return None
    work = lookup.same_work(store, _reference(looked))
    if work is not None or not looked.content.pdf_id:
        return work
    same_id = attachments.known_as(store, [], pdf_id=looked.content.pdf_id)
    return next((each.item_id for each in same_id if _is_version(store, each, looked)), None)


def _is_version(store: Store, known: AttachedFile, looked: LookedAt) -> bool:
    texts = Texts(store)
    before = texts.of(known.sha256, stored_files.place_of(store, known))
    now = texts.of(looked.file.sha256, looked.file.path)
    return bool(before and now and are_alike(before, now))


def _reference(looked: LookedAt) -> Reference:
    content, stem = looked.content, Path(looked.file.name).stem
    if content is None:
        return reference_of(stem, "", "", "")
    return reference_of(stem, content.title, content.doi, content.arxiv)


def _bring_in(
    store: Store, looked: Sequence[LookedAt], places: Sequence[int | None], report: ImportReport,
    roles: Sequence[Role], texts: Texts, collection: str, dry_run: bool,
) -> None:  # fmt: skip
    joiner = Joiner(store, report)
    new = [each for each, place in zip(looked, places, strict=True) if place is None]
    joined = iter(list(joiner.join([_reference(each) for each in new])))
    arrived: list[int] = []
    for each, place in zip(looked, places, strict=True):
        where = Joined(place, False, False) if place is not None else next(joined)
        placing = Placing(store, Attached(""), roles, texts)
        item = items.by_id(store, where.item_id)
        is_changed = placing.place(item, each, link=dry_run) or where.is_changed
        report.problems += placing.report.problems
        report.entries += 1
        report.count(where.is_new, is_changed)
        arrived.append(where.item_id)
    derived.refresh_order(store)
    if collection:
        slug = (
            collection if collections.exists(store, collection) else collecting.create(store, collection).slug
        )
        collecting.put(store, slug, list(dict.fromkeys(arrived)))
