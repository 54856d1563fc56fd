"""A whole library as one value: what the canonical dump holds, without what belongs to one machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notes_tui.model.item import Annotation, EventKind, Item, Note
from notes_tui.model.reading_list import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpedEvent:
    """One event that counts, under the id it has everywhere."""

    uid: str
    kind: EventKind
    value: str
    page: int | None
    at: str
    recorded: str
    """When it was recorded, in UTC to the microsecond: events of one day are in this order."""
    machine: str
    """The id of the home that recorded it."""


@dataclass(frozen=True, slots=True)
class DumpedAnnotation:
    """An annotation with what its source said beside."""

    annotation: Annotation
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpedItem:
    """An item with everything that hangs on it."""

    uid: str
    item: Item
    """With its entries; the paths of attachments are their names alone, related items stand in ``relations``."""
    relations: tuple[tuple[str, str], ...] = ()
    """``(citekey, kind)`` of linked items, those in the trash too."""
    pages: int | None = None
    locked: tuple[str, ...] = ()
    """Fields corrected by hand."""
    queue_place: int | None = None
    notes: tuple[Note, ...] = ()
    annotations: tuple[DumpedAnnotation, ...] = ()
    events: tuple[DumpedEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpedCollection:
    """The header of a collection; its entries hang on the items."""

    slug: str
    title: str
    description: str = ""
    source: str = ""
    kind: str = "own"
    hidden: bool = False
    sections: tuple[tuple[str, ...], ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    created: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """Everything users made and every item."""

    items: tuple[DumpedItem, ...] = ()
    collections: tuple[DumpedCollection, ...] = ()
    """In the user's order."""
    views: tuple[tuple[str, str], ...] = ()
    """Saved views, ``(name, query)``, in the user's order."""
    problems: tuple[Problem, ...] = ()
