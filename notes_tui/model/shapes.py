"""The JSON shapes that scripts rely on: items, annotations, notes. Absent is ``null`` or ``[]``, never a missing key."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from notes_tui.model.item import Annotation, Item, ItemDetail, Note

_WHOLE_NAMES = (("family", "given"), ("literal",))


def item_shape(item: Item) -> dict[str, Any]:
    """An item as ``list`` prints it: notes and annotations are numbers."""
    return shape_of(
        item.__getattribute__,
        creators=[creator.as_dict() for creator in item.creators],
        links=[link_shape(link.kind, link.url) for link in item.links],
        related=list(item.related),
        entries=[
            entry_shape(each.slug, each.section, each.position, each.title, each.text, each.fields)
            for each in item.entries
        ],
        attachments=[attachment_shape(each.path, each.kind, each.title) for each in item.attachments],
        tags=list(item.tags),
        aliases=list(item.aliases),
        progress=(item.progress.page, item.progress.pages) if item.progress else None,
    )


def shape_of(
    value: Callable[[str], Any],
    *,
    creators: list[dict[str, str]],
    links: list[dict[str, str]],
    related: list[str],
    entries: list[dict[str, Any]],
    attachments: list[dict[str, Any]],
    tags: list[str],
    aliases: list[str],
    progress: tuple[int, int | None] | None,
) -> dict[str, Any]:
    """The shape of an item of which ``value`` gives a text or number by its name, and the rest is shaped already."""
    return {
        "citekey": value("citekey"),
        "aliases": aliases,
        "type": value("type"),
        "title": value("title") or None,
        "title_short": value("title_short") or None,
        "creators": creators,
        "venue": value("venue") or None,
        "year": value("year"),
        "doi": value("doi") or None,
        "arxiv": value("arxiv") or None,
        "abstract": value("abstract") or None,
        "links": links,
        "related": related,
        "collections": entries,
        "read_status": value("read_status"),
        "rating": value("rating"),
        "progress": {"page": progress[0], "pages": progress[1]} if progress else None,
        "tags": tags,
        "private": bool(value("private")),
        "attachments": attachments,
        "added": value("added"),
        "notes": value("note_count"),
        "annotations": value("annotation_count"),
    }


def creator_shape(name: Mapping[str, str]) -> dict[str, str]:
    """``{family, given}`` for a person, ``{literal}`` for a body, from a CSL name."""
    if tuple(name) in _WHOLE_NAMES and None not in name.values() and name.get("literal") != "":
        return dict(name)
    from notes_tui.model.item import Creator

    return Creator.from_dict(name).as_dict()


def link_shape(kind: str, url: str) -> dict[str, str]:
    """``{kind, url}``."""
    return {"kind": kind, "url": url}


def entry_shape(
    slug: str, section: Sequence[str], position: int, title: str, text: str, fields: Mapping[str, str]
) -> dict[str, Any]:
    """``{slug, section, position, title, text, fields}``: a line of a collection."""
    return {
        "slug": slug, "section": list(section), "position": position, "title": title, "text": text,
        "fields": dict(fields),
    }  # fmt: skip


def attachment_shape(path: str, kind: str, title: str) -> dict[str, str | None]:
    """``{path, kind, title}``; no title is null."""
    return {"path": path, "kind": kind, "title": title or None}


def detail_shape(detail: ItemDetail) -> dict[str, object]:
    """An item as ``show`` prints it: notes, annotations and history in full."""
    from notes_tui.model.versions import versions_of

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
