"""The JSON shapes that scripts rely on: items, annotations, notes. Absent is ``null`` or ``[]``, never a missing key."""

from __future__ import annotations

from notes_tui.model.item import Annotation, Item, ItemDetail, Note
from notes_tui.model.versions import versions_of


def item_shape(item: Item) -> dict[str, object]:
    """An item as ``list`` prints it: notes and annotations are numbers."""
    progress = {"page": item.progress.page, "pages": item.progress.pages} if item.progress else None
    return {
        "citekey": item.citekey,
        "aliases": list(item.aliases),
        "type": item.type,
        "title": item.title or None,
        "title_short": item.title_short or None,
        "creators": [creator.as_dict() for creator in item.creators],
        "venue": item.venue or None,
        "year": item.year,
        "doi": item.doi or None,
        "arxiv": item.arxiv or None,
        "abstract": item.abstract or None,
        "links": [link.as_dict() for link in item.links],
        "related": list(item.related),
        "collections": [
            {
                "slug": entry.slug, "section": list(entry.section), "position": entry.position,
                "title": entry.title, "text": entry.text, "fields": dict(entry.fields),
            }
            for entry in item.entries
        ],
        "read_status": item.read_status,
        "rating": item.rating,
        "progress": progress,
        "tags": list(item.tags),
        "private": item.private,
        "attachments": [{"path": each.path, "kind": each.kind, "title": each.title or None} for each in item.attachments],
        "added": item.added,
        "notes": item.note_count,
        "annotations": item.annotation_count,
    }  # fmt: skip


def detail_shape(detail: ItemDetail) -> dict[str, object]:
    """An item as ``show`` prints it: notes, annotations and history in full."""
    return item_shape(detail.item) | {
        "notes": [note_shape(note) for note in detail.notes],
        "annotations": [annotation_shape(annotation) for annotation in detail.annotations],
        "gone": [annotation.id for annotation in detail.annotations if annotation.gone],
        "versions": [version.as_dict() for version in versions_of(detail.item)],
        "extra": dict(detail.item.extra),
    }


def note_shape(note: Note) -> dict[str, object]:
    """``{title, body}``; the main note's title is null."""
    return {"title": note.title or None, "body": note.body}


def annotation_shape(annotation: Annotation) -> dict[str, object]:
    """``{id, kind, page, page_label, quote, comment, role, color, source, created}``."""
    return {
        "id": annotation.id,
        "kind": annotation.kind,
        "page": annotation.page,
        "page_label": annotation.page_label or None,
        "quote": annotation.quote or None,
        "comment": annotation.comment or None,
        "role": annotation.role or None,
        "color": annotation.color or None,
        "source": annotation.source or None,
        "created": annotation.created,
    }
