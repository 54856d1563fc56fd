"""Annotations that came from a file, with what the file says of them beside what the reader made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from notes_tui.model.item import Annotation
from notes_tui.store.database import Store, dump_json
from notes_tui.store.notes import annotation_of


@dataclass(frozen=True, slots=True)
class KeptAnnotation:
    """An annotation with everything that is kept of it."""

    annotation: Annotation
    extra: Mapping[str, object]


def of_source(store: Store, item_id: int, source: str) -> list[KeptAnnotation]:
    """The annotations of an item that came from files of a kind, in the order in which they came."""
    rows = store.rows(
        "SELECT * FROM annotations WHERE item_id = ? AND source = ? ORDER BY id", (item_id, source)
    )
    return [KeptAnnotation(annotation_of(row), json.loads(row["extra"])) for row in rows]


def items_with_source(store: Store, source: str) -> set[int]:
    """The items that have annotations of a source."""
    return {
        row[0] for row in store.rows("SELECT DISTINCT item_id FROM annotations WHERE source = ?", (source,))
    }


def with_id(store: Store, item_id: int, annotation_id: str) -> KeptAnnotation | None:
    """One annotation of an item, with everything that is kept of it."""
    row = store.row("SELECT * FROM annotations WHERE item_id = ? AND uid = ?", (item_id, annotation_id))
    return KeptAnnotation(annotation_of(row), json.loads(row["extra"])) if row is not None else None


def ids_in_use(store: Store, ids: Iterable[str]) -> set[str]:
    """Those of these ids that annotations of any item have."""
    rows = store.rows(
        "SELECT uid FROM annotations WHERE uid IN (SELECT value FROM json_each(?))", (dump_json(list(ids)),)
    )
    return {row[0] for row in rows}


def remember_removed(store: Store, uid: str) -> None:
    """Remember that the reader removed an annotation under this id; its program may still have it."""
    store.run("INSERT OR IGNORE INTO meta VALUES (?, '')", (f"removed.{uid}",))


def removed_among(store: Store, ids: Iterable[str]) -> set[str]:
    """Those of these ids that the reader removed once."""
    rows = store.rows(
        "SELECT value FROM json_each(?) WHERE 'removed.' || value IN (SELECT key FROM meta)",
        (dump_json(list(ids)),),
    )
    return {row[0] for row in rows}


_COLUMNS = ("kind", "page", "page_label", "quote", "comment", "role", "color", "source", "created")


def _values(kept: KeptAnnotation) -> tuple[object, ...]:
    extra = dump_json(dict(sorted(kept.extra.items())))
    return (*(getattr(kept.annotation, name) for name in _COLUMNS), extra)


def add(store: Store, item_id: int, several: Iterable[KeptAnnotation]) -> None:
    """Add annotations under ids that are free."""
    marks = ", ".join("?" * (len(_COLUMNS) + 3))
    store.run_many(
        f"INSERT INTO annotations ({', '.join(_COLUMNS)}, extra, uid, item_id) VALUES ({marks})",
        ((*_values(kept), kept.annotation.id, item_id) for kept in several),
    )


def change(store: Store, several: Iterable[KeptAnnotation]) -> None:
    """Set everything of annotations that are there."""
    names = ", ".join(f"{name} = ?" for name in (*_COLUMNS, "extra"))
    store.run_many(
        f"UPDATE annotations SET {names} WHERE uid = ?",
        ((*_values(kept), kept.annotation.id) for kept in several),
    )


@dataclass(frozen=True, slots=True)
class PlacedAnnotation:
    """An annotation with the item it is on, for lists over all items."""

    item_id: int
    citekey: str
    name: str
    """The short name of the item, else its title."""
    annotation: Annotation
    is_unplaced: bool
    """Whether its page is one of an earlier version."""


def of_library(store: Store) -> list[PlacedAnnotation]:
    """The annotations of all items outside the trash: by item in list order, and in reading order."""
    rows = store.rows(
        """SELECT a.*, i.citekey, i.title, i.title_short, json_extract(a.extra, '$.unplaced') IS NOT NULL AS unplaced
        FROM annotations a JOIN items i ON i.id = a.item_id WHERE i.trashed = ''
        ORDER BY i.list_order, i.id, a.page IS NULL, a.page, json_extract(a.extra, '$.at') IS NULL,
        json_extract(a.extra, '$.at'), a.created, a.uid"""
    )
    return [
        PlacedAnnotation(
            row["item_id"], row["citekey"], row["title_short"] or row["title"] or row["citekey"], annotation_of(row),
            bool(row["unplaced"]),
        )
        for row in rows
    ]  # fmt: skip
