"""An annotation that its reader removed does not come again with the file in which it still stands.

What the file said of it is kept with the attached file, and compared with what is read there later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from notes_tui.model.item import Annotation
from notes_tui.model.pdf import PdfAnnotation
from notes_tui.model.recognition import recognise
from notes_tui.services import file_words
from notes_tui.store import attachments, file_annotations, notes
from notes_tui.store.database import Store
from notes_tui.store.file_annotations import KeptAnnotation

REMOVED = "removed"
"""Under this name an attached file keeps what it said of annotations that were removed."""


_OWN = ("manual", "pdf")
"""Where annotations come from that no other program keeps; marks of those are known by their ids."""


def remove(store: Store, item_id: int, annotation_id: str) -> bool:
    """Delete an annotation of an item as part of the open step, and keep it away; says whether it was there."""
    kept = file_annotations.with_id(store, item_id, annotation_id)
    if kept is None:
        return False
    notes.remove_annotation(store, item_id, annotation_id)
    if kept.annotation.source not in _OWN:
        file_annotations.remember_removed(store, annotation_id)
        return True
    key = file_words.file_of(kept)
    for file in attachments.of_items(store, [item_id], "pdf") if key else ():
        if file.text("key") == key:
            removed = [*_records(file.extra.get(REMOVED)), kept.extra[file_words.RECORD]]
            attachments.put(store, replace(file, extra={**file.extra, REMOVED: removed}))
    return True


def kept_away(store: Store, item_id: int, said: Sequence[PdfAnnotation]) -> set[int]:
    """The numbers of those annotations of a file that were removed from the item."""
    removed = [
        file_words.recorded(KeptAnnotation(Annotation(), {file_words.RECORD: record}))
        for file in attachments.of_items(store, [item_id], "pdf")
        for record in _records(file.extra.get(REMOVED))
    ]
    if not removed:
        return set()
    found = recognise(removed, said)
    return {number for _, number in (*found.same, *found.edited)}


def _records(value: object) -> list[object]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
