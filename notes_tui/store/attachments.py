"""Attached files: where they lie, what they were known by, and what is remembered of their last reading."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from notes_tui.store.database import Row, Store, dump_json


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file of an item."""

    row_id: int = 0
    uid: str = ""
    item_id: int
    path: str
    kind: str
    title: str = ""
    sha256: str = ""
    """Of its bytes when they were last looked at."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """``size`` and ``mtime_ns`` when its bytes were last looked at; ``came_from`` and ``came_as``, the place
    and hash of what was attached; ``key``, what its annotations call it on every machine; ``pdf_id`` and
    ``pages``; ``read``, the hash of the bytes that were last read; ``replaced_by``, the uid of a newer version;
    ``link``, what notes call a figure; ``removed``, what it said of annotations that their reader removed."""

    @property
    def is_replaced(self) -> bool:
        """Whether a newer version took its place."""
        return bool(self.extra.get("replaced_by"))

    @property
    def link(self) -> str:
        """What the notes of the item call a figure, relative to the folder of their file; empty where none shows it."""
        return self.text("link")

    def text(self, name: str) -> str:
        """One of the remembered texts; empty where there is none."""
        value = self.extra.get(name)
        return value if isinstance(value, str) else ""


def _file(row: Row) -> AttachedFile:
    return AttachedFile(
        row_id=row["id"], uid=row["uid"], item_id=row["item_id"], path=row["path"], kind=row["kind"],
        title=row["title"], sha256=row["sha256"], extra=json.loads(row["extra"]),
    )  # fmt: skip


def of_items(store: Store, item_ids: Sequence[int], kind: str = "") -> list[AttachedFile]:
    """The files of items in the order in which they came; of one kind where that is given."""
    rows = store.rows(
        """SELECT * FROM attachments WHERE item_id IN (SELECT value FROM json_each(?1)) AND ?2 IN ('', kind)
        ORDER BY id""",
        (dump_json(list(item_ids)), kind),
    )
    return [_file(row) for row in rows]


def everything(store: Store) -> list[AttachedFile]:
    """The files of all items, those in the trash too, by where they lie."""
    return [_file(row) for row in store.rows("SELECT * FROM attachments ORDER BY path, id")]


def all_of_kind(store: Store, kind: str) -> list[AttachedFile]:
    """The files of one kind of all items outside the trash."""
    rows = store.rows(
        """SELECT a.* FROM attachments a JOIN items i ON i.id = a.item_id WHERE a.kind = ? AND i.trashed = ''
        ORDER BY a.id""",
        (kind,),
    )
    return [_file(row) for row in rows]


def linked_figures(store: Store, item_ids: Sequence[int] | None = None) -> list[AttachedFile]:
    """The figures that notes show, of these items or of all outside the trash, in the order in which they came."""
    if item_ids is not None:
        return [each for each in of_items(store, item_ids, "figure") if each.link]
    return [each for each in all_of_kind(store, "figure") if each.link]


def figures_with(store: Store, sha256: str) -> list[AttachedFile]:
    """The figures of all items that have this content and that notes show."""
    rows = store.rows("SELECT * FROM attachments WHERE sha256 = ? AND kind = 'figure' ORDER BY id", (sha256,))
    return [each for each in map(_file, rows) if each.link]


def known_as(store: Store, paths: Iterable[str], sha256: str = "", pdf_id: str = "") -> list[AttachedFile]:
    """Files of items outside the trash that lie or came from one of these places, or have this content or id.

    The surest come first: by place, then by content, then by the PDF's own id.
    """
    rows = store.rows(
        """SELECT a.*, CASE WHEN path IN (SELECT value FROM json_each(?1)) THEN 0
            WHEN ?2 IN (a.sha256, json_extract(a.extra, '$.came_as')) THEN 1
            WHEN json_extract(a.extra, '$.came_from') IN (SELECT value FROM json_each(?1)) THEN 2 ELSE 3 END AS how
        FROM attachments a JOIN items i ON i.id = a.item_id WHERE i.trashed = '' AND (
            path IN (SELECT value FROM json_each(?1))
            OR json_extract(a.extra, '$.came_from') IN (SELECT value FROM json_each(?1))
            OR ?2 <> '' AND ?2 IN (a.sha256, json_extract(a.extra, '$.came_as'))
            OR ?3 <> '' AND json_extract(a.extra, '$.pdf_id') = ?3)
        ORDER BY how, a.id""",
        (dump_json(list(paths)), sha256, pdf_id),
    )
    return [_file(row) for row in rows]


_SHA256 = re.compile("[0-9a-f]{64}")


def contents_known(store: Store) -> set[str]:
    """The hashes by which the library, or an undo step that is kept, may know a file."""
    rows = store.tuples(
        """SELECT path || ' ' || sha256 || ' ' || extra FROM attachments
        UNION ALL SELECT coalesce(old, '') || coalesce(new, '') FROM journal_changes WHERE tbl = 'attachments'"""
    )
    return {found for (text,) in rows for found in _SHA256.findall(text)}


def put(store: Store, file: AttachedFile) -> AttachedFile:
    """Attach a file, or note what became of the one that has a row id. Returns it as it is now."""
    extra = dump_json(dict(sorted(file.extra.items())))
    values = (file.path, file.kind, file.title, file.sha256, extra)
    if file.row_id:
        store.run(
            "UPDATE attachments SET path = ?, kind = ?, title = ?, sha256 = ?, extra = ? WHERE id = ?",
            (*values, file.row_id),
        )
        row_id = file.row_id
    else:
        row_id = (
            store.run(
                """INSERT INTO attachments (uid, item_id, path, kind, title, sha256, extra, added)
                VALUES (lower(hex(randomblob(10))), ?, ?, ?, ?, ?, ?, ?)""",
                (file.item_id, *values, store.now()),
            ).lastrowid
            or 0
        )
    [row] = store.rows("SELECT * FROM attachments WHERE id = ?", (row_id,))
    return _file(row)
