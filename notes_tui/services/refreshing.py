"""Attached PDFs are read again where their files changed, and their annotations follow."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from notes_tui.errors import NotesError
from notes_tui.model.item import Item
from notes_tui.model.pdf import PdfContent
from notes_tui.model.reading_list import Problem
from notes_tui.services import pdf_texts, stored_files
from notes_tui.services.attaching import Attached, LookedAt, Placing, look_at
from notes_tui.services.highlighting import Taken
from notes_tui.services.pdf_texts import Texts
from notes_tui.services.stored_files import FoundFile
from notes_tui.services.wording import count_of, name_of
from notes_tui.settings import ROLES, Role
from notes_tui.store import attachments, items
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store


@dataclass(slots=True)
class Refreshed:
    """What reading PDFs again did."""

    read: int = 0
    """Files that were read."""
    unchanged: int = 0
    """Files that are as they were when they were last read, and were not read again."""
    items: list[tuple[str, Taken]] = field(default_factory=list)
    """Citekeys of items with what became of their annotations, where anything did."""
    problems: list[Problem] = field(default_factory=list)
    label: str = ""

    @property
    def taken(self) -> Taken:
        """The numbers of all items together."""
        whole = Taken()
        for _, taken in self.items:
            whole.join(taken)
        return whole

    def as_dict(self) -> dict[str, object]:
        """``{read, unchanged, annotations, items: [{citekey, annotations}], problems}``."""
        return {
            "read": self.read, "unchanged": self.unchanged, "annotations": self.taken.as_dict(),
            "items": [{"citekey": citekey, "annotations": taken.as_dict()} for citekey, taken in self.items],
            "problems": [problem.as_dict() for problem in self.problems],
        }  # fmt: skip


def refresh(
    store: Store, item_ids: Sequence[int] | None = None, *,
    only_changed: bool = False, roles: Sequence[Role] = ROLES, progress: Callable[[int, int], None] | None = None,
) -> Refreshed:  # fmt: skip
    """Read the PDFs of items (of all) again as one undo step; with ``only_changed`` those alone that changed.

    Files are read before anything changes. What cannot be read is a problem, and its annotations stay.
    """
    report = Refreshed()
    texts = Texts(store)
    found = (
        attachments.all_of_kind(store, "pdf")
        if item_ids is None
        else attachments.of_items(store, item_ids, "pdf")
    )
    files = [file for file in found if not file.is_replaced]
    readings: list[tuple[AttachedFile, LookedAt]] = []
    for number, file in enumerate(files):
        if progress:
            progress(number, len(files))
        looked = _looked_at(store, file, report, only_changed=only_changed)
        if looked is not None:
            readings.append((file, looked))
            _prepare_texts(store, texts, file, looked.file)
    with store.step("") as step:
        for file, looked in readings:
            _bring_in(store, file, looked, report, roles, texts)
        changed = [citekey for citekey, taken in report.items if taken.changed]
        name = changed[0] if len(changed) == 1 else count_of(len(changed) or len(readings), "item")
        if len(changed) == 1 and readings:
            name = name_of(next(item for item in _items(store, readings) if item.citekey == changed[0]))
        step.label = report.label = f"annotations of {name} read again"
    texts.keep()
    pdf_texts.index(store, None if item_ids is None else list(item_ids), progress)
    return report


def is_due(store: Store, item_id: int) -> bool:
    """Whether a PDF of an item is other than when it was last read, by its size and time alone."""
    return any(
        not file.is_replaced and _has_changed(store, file)
        for file in attachments.of_items(store, [item_id], "pdf")
    )


def _items(store: Store, readings: Sequence[tuple[AttachedFile, LookedAt]]) -> list[Item]:
    return items.by_ids(store, list(dict.fromkeys(file.item_id for file, _ in readings)), with_entries=False)


def _has_changed(store: Store, file: AttachedFile) -> bool:
    place = stored_files.place_of(store, file)
    if place is None:
        return False
    status = os.stat(place)
    as_read = file.extra.get("size"), file.extra.get("mtime_ns")
    return not file.text("read") or (status.st_size, status.st_mtime_ns) != as_read


def _looked_at(
    store: Store, file: AttachedFile, report: Refreshed, *, only_changed: bool
) -> LookedAt | None:  # fmt: skip
    """What a file says now; ``None`` where that is not to be known or it was not to be read."""
    place = stored_files.place_of(store, file)
    name = file.title or os.path.basename(file.path)
    if place is None:
        report.problems.append(Problem(name, None, "the file is not where it was; its annotations stay"))
        return None
    if only_changed and not _has_changed(store, file):
        report.unchanged += 1
        return None
    try:
        looked = look_at(place)
    except NotesError as error:
        report.problems.append(Problem(name, None, str(error)))
        return None
    report.problems += [Problem(name, None, each) for each in looked.problems]
    return looked if looked.content is not None else None


def _prepare_texts(store: Store, texts: Texts, file: AttachedFile, found: FoundFile) -> None:
    """Read the text that tells whether a changed file is another version, before the step begins."""
    if file.text("read") not in ("", found.sha256):
        texts.of(found.sha256, found.path)


def _bring_in(
    store: Store, file: AttachedFile, looked: LookedAt, report: Refreshed, roles: Sequence[Role], texts: Texts
) -> None:  # fmt: skip
    content = looked.content
    assert isinstance(content, PdfContent)
    item = items.by_id(store, file.item_id)
    [now] = [
        each for each in attachments.of_items(store, [file.item_id], "pdf") if each.row_id == file.row_id
    ]
    placing = Placing(store, Attached(item.citekey), roles, texts)
    extra = {**now.extra, "size": looked.file.size, "mtime_ns": looked.file.mtime_ns}
    placing.read(
        item, replace(now, path=stored_files.place_of(store, now) or now.path, extra=extra), content, None
    )
    report.read += 1
    known = next((taken for citekey, taken in report.items if citekey == item.citekey), None)
    if known is None:
        report.items.append((item.citekey, placing.report.taken))
    else:
        known.join(placing.report.taken)
