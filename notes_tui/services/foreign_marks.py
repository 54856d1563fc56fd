"""Marks that other programs keep come into the library once: known again by their ids, else by page and words.

What such a program says stands beside the annotation as for those of PDFs. What the reader changed is the
reader's own and stays; the rest follows. What is deleted there is kept and marked gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from notes_tui.model.item import Annotation
from notes_tui.model.marked import Mark
from notes_tui.model.pdf import PdfAnnotation
from notes_tui.model.placing import Anchor, letters_of, place
from notes_tui.model.recognition import Recognition, recognise
from notes_tui.model.same_marks import KnownMarks
from notes_tui.model.text import storable
from notes_tui.services import file_words
from notes_tui.services.highlighting import Taken
from notes_tui.services.pdf_texts import Texts
from notes_tui.settings import Role
from notes_tui.store import attachments, file_annotations, notes
from notes_tui.store.database import Store
from notes_tui.store.file_annotations import KeptAnnotation

_ID_LENGTH = 16
_FEWEST = 8
"""Letters that words must have to be looked for in a text."""
_FOLLOWING = ("kind", "page", "page_label", "quote", "comment", "color", "role")
_SAID = ("id", "kind", "quote", "before", "after", "color", "author", "created", "modified", "heading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The marks of one document in another program."""

    source: str
    """The program."""
    key: str
    """What tells the document from others of the item."""
    marks: Sequence[Mark]
    is_complete: bool
    """Whether marks that are missing are gone."""


def take(store: Store, item_id: int, document: Document, roles: Sequence[Role]) -> Taken:
    """Bring marks into the library as annotations of an item, as part of the open step.

    A mark that the item has from elsewhere, in a PDF for example, with all that is said on it, is not added.
    """
    kept = file_annotations.of_source(store, item_id, document.source)
    records = [_record(mark, document.key, roles) for mark in _placed(store, item_id, document.marks)]
    found = _recognised([_as_read(each) for each in kept], [_as_recorded(each) for each in records], document)
    taken = Taken()
    changes: list[KeptAnnotation] = []
    for is_edited, pairs in ((False, found.same), (True, found.edited)):
        for one, other in pairs:
            after = _updated(kept[one], records[other])
            is_changed = after != kept[one]
            changes += [after] if is_changed else []
            taken.updated += is_changed and (is_edited or bool(kept[one].annotation.gone))
            taken.unchanged += not (is_changed and (is_edited or bool(kept[one].annotation.gone)))
    for number in found.gone:
        each = kept[number]
        is_here = document.is_complete and file_words.file_of(each) == document.key
        after = file_words.gone(each, store.now()) if is_here else each
        changes += [after] if after != each else []
        taken.gone += after != each
        taken.unchanged += after == each
    file_annotations.change(store, changes)
    others = KnownMarks(
        each for each in notes.annotations_of(store, item_id) if each.source != document.source
    )
    new = [records[number] for number in found.new if not _are_among(others, records[number])]
    ids = [_uid(document.source, str(record.get("id", "")), 0) for record in new]
    removed = file_annotations.removed_among(store, ids)
    new = [record for uid, record in zip(ids, new, strict=True) if uid not in removed]
    _add(store, item_id, document.source, new)
    taken.added = len(new)
    taken.unchanged += len(found.new) - len(new)
    return taken


def _recognised(
    old: Sequence[PdfAnnotation], new: Sequence[PdfAnnotation], document: Document
) -> Recognition:
    """What became of annotations; where others may be elsewhere, an edited one is known by its id alone."""
    found = recognise(old, new)
    if not document.is_complete:
        apart = [pair for pair in found.edited if old[pair[0]].id != new[pair[1]].id]
        found.edited = [pair for pair in found.edited if pair not in apart]
        found.gone += [one for one, _ in apart]
        found.new += [other for _, other in apart]
    return found


def _placed(store: Store, item_id: int, marks: Sequence[Mark]) -> Sequence[Mark]:
    """The marks with the pages that their words stand on, where their program says none and the text is known."""
    lost = [number for number, mark in enumerate(marks) if mark.page is None and _can_be_found(mark.quote)]
    if not lost:
        return marks
    texts = Texts(store)
    placed = list(marks)
    for file in attachments.of_items(store, [item_id], "pdf"):
        pages = None if file.is_replaced else texts.of(file.sha256, None)
        if not pages:
            continue
        anchors = [
            Anchor(1, marks[number].quote, marks[number].before, marks[number].after) for number in lost
        ]
        for number, found in zip(lost, place(anchors, pages), strict=True):
            if found.page is not None:
                placed[number] = replace(placed[number], page=found.page)
    return placed


def _can_be_found(quote: str) -> bool:
    return len(letters_of(quote)) >= _FEWEST


Record = Mapping[str, object]


def _record(mark: Mark, document: str, roles: Sequence[Role]) -> dict[str, object]:
    """What is kept of what a program says of a mark."""
    role, comment = _role_and_comment(mark, roles)
    values: dict[str, object] = {
        name: storable(text) for name in _SAID if (text := getattr(mark, name))
    } | {
        "file": document, "page": mark.page, "page_label": storable(mark.page_label), "comment": storable(comment),
        "role": role,
        "replies": [
            {name: storable(getattr(each, name)) for name in ("id", "author", "text", "created")}
            for each in mark.replies
        ],
    }  # fmt: skip
    return {name: value for name, value in values.items() if value not in ("", [], None)}


def _role_and_comment(mark: Mark, roles: Sequence[Role]) -> tuple[str, str]:
    """A tag that is called as a role is one; others follow the comment. Else the colour tells."""
    names = {role.name.lower(): role.name for role in roles}
    tags = [" ".join(tag.split()) for tag in mark.tags]
    chosen = mark.role or next((names[tag.lower()] for tag in tags if tag.lower() in names), "")
    rest = [f"#{tag.replace(' ', '-')}" for tag in tags if tag and names.get(tag.lower()) != chosen]
    comment = "\n\n".join(filter(None, (mark.comment, " ".join(rest))))
    return chosen or file_words.role_of(mark.color, mark.kind, roles), comment


def _as_recorded(record: Record) -> PdfAnnotation:
    """A record in the form in which annotations are recognised; page 0 stands for none."""
    blank = KeptAnnotation(Annotation(), {file_words.RECORD: {"page": 0, **record}})
    return file_words.recorded(blank)


def _as_read(kept: KeptAnnotation) -> PdfAnnotation:
    said = kept.extra.get(file_words.RECORD)
    return _as_recorded(said if isinstance(said, dict) else _record_of(kept.annotation))


def _record_of(annotation: Annotation) -> Record:
    """What a program must have said of an annotation that came before records were kept."""
    values = {name: getattr(annotation, name) for name in (*_FOLLOWING, "created")}
    key = annotation.id.partition("-")[2] or annotation.id
    return {"id": key} | {name: value for name, value in values.items() if value not in ("", None)}


def _updated(kept: KeptAnnotation, record: Record) -> KeptAnnotation:
    """An annotation after its program was read again: what the reader did not change follows."""
    said = kept.extra.get(file_words.RECORD)
    known: Record = said if isinstance(said, dict) else _record_of(kept.annotation)
    changes = {
        name: record.get(name, None if name == "page" else "")
        for name in _FOLLOWING
        if getattr(kept.annotation, name) == known.get(name, None if name == "page" else "")
    }
    extra = {name: value for name, value in kept.extra.items() if name != file_words.GONE}
    annotation = replace(kept.annotation, **changes, gone="")  # type: ignore[arg-type]
    return KeptAnnotation(annotation, extra | {file_words.RECORD: record})


def _are_among(others: KnownMarks, record: Record) -> bool:
    page = record.get("page")
    quote, comment = str(record.get("quote", "")), str(record.get("comment", ""))
    return others.have(page if isinstance(page, int) else None, quote, comment)


def _add(store: Store, item_id: int, source: str, records: Sequence[Record]) -> None:
    """Add annotations under ids that follow from those of their program, so that two machines give the same ones."""
    wanted = [_uid(source, str(record.get("id", "")), 0) for record in records]
    in_use = file_annotations.ids_in_use(store, wanted)
    now = store.now()
    added: list[KeptAnnotation] = []
    for uid, record in zip(wanted, records, strict=True):
        number = 0
        while uid in in_use or (number and file_annotations.ids_in_use(store, [uid])):
            number += 1
            uid = _uid(source, f"{record.get('id', '')} {item_id}", number)
        in_use.add(uid)
        values = {name: record[name] for name in _FOLLOWING if name in record}
        annotation = Annotation(
            id=uid, source=source, created=str(record.get("created") or record.get("modified") or now),
            **values,  # type: ignore[arg-type]
        )  # fmt: skip
        added.append(KeptAnnotation(annotation, {file_words.RECORD: record}))
    file_annotations.add(store, item_id, added)


def _uid(source: str, key: str, number: int) -> str:
    if source == "zotero" and not number:
        return f"zotero-{key}"
    seed = f"{source} {key} {number}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(seed).hexdigest()[:_ID_LENGTH]
