"""What belongs to adopted folders: files that items link to, the collection of a folder, items by short name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from notes_tui.store.database import Store, dump_json

PROFILE = "adopted"


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file outside the home that is attached to an item."""

    row_id: int
    item_id: int
    path: str
    kind: str
    sha256: str
    size: int
    mtime_ns: int


def profile_of(store: Store, vault: int) -> str:
    """How the files of a vault are laid out; ``adopted`` where its owner made them."""
    return str(store.value("SELECT profile FROM vaults WHERE id = ?", (vault,)) or "")


def linked_files(store: Store, item_ids: Iterable[int]) -> list[LinkedFile]:
    """The files that items link to, in the order in which they came."""
    rows = store.rows(
        """SELECT a.* FROM attachments a WHERE a.item_id IN (SELECT value FROM json_each(?)) ORDER BY a.id""",
        (dump_json(sorted(set(item_ids))),),
    )
    found: list[LinkedFile] = []
    for row in rows:
        extra = json.loads(row["extra"])
        size, mtime_ns = extra.get("size"), extra.get("mtime_ns")
        found.append(
            LinkedFile(
                row["id"], row["item_id"], row["path"], row["kind"], row["sha256"],
                size if isinstance(size, int) else -1, mtime_ns if isinstance(mtime_ns, int) else -1,
            )
        )  # fmt: skip
    return found


def items_with_files_below(store: Store, folder: str) -> list[int]:
    """Row ids of items that link to a file in a folder or below it."""
    below = folder.rstrip("/") + "/"
    rows = store.rows(
        "SELECT DISTINCT item_id FROM attachments WHERE substr(path, 1, ?) = ? ORDER BY item_id",
        (len(below), below),
    )
    return [row[0] for row in rows]


def link_file(store: Store, file: LinkedFile) -> None:
    """Attach a file where it lies; one that has a row id takes the place of that row."""
    extra = dump_json({"mtime_ns": file.mtime_ns, "size": file.size})
    if file.row_id:
        store.run(
            "UPDATE attachments SET path = ?, sha256 = ?, extra = json_patch(extra, ?) WHERE id = ?",
            (file.path, file.sha256, extra, file.row_id),
        )
        return
    store.run(
        """INSERT INTO attachments (uid, item_id, path, kind, sha256, added, extra)
        VALUES (lower(hex(randomblob(10))), ?, ?, ?, ?, ?, ?)""",
        (file.item_id, file.path, file.kind, file.sha256, store.now(), extra),
    )


def by_short_name(store: Store, names: Iterable[str]) -> Mapping[str, list[int]]:
    """Row ids of live items by short name in small letters, for these names."""
    found: dict[str, list[int]] = {}
    for row in store.rows(
        """SELECT lower(title_short), id FROM items WHERE title_short <> '' AND trashed = ''
        AND lower(title_short) IN (SELECT lower(value) FROM json_each(?))""",
        (dump_json(sorted(set(names))),),
    ):
        found.setdefault(row[0], []).append(row[1])
    return found


def trashed_among(store: Store, item_ids: Iterable[int]) -> dict[int, bool]:
    """Whether each of these items is in the trash; those that are gone are left out."""
    rows = store.rows(
        "SELECT id, trashed <> '' FROM items WHERE id IN (SELECT value FROM json_each(?))",
        (dump_json(sorted(set(item_ids))),),
    )
    return {row[0]: bool(row[1]) for row in rows}


def collection_of_folder(store: Store, name: str) -> list[tuple[int, str]]:
    """Row ids and slugs of the collections that were made from folders of that name."""
    rows = store.rows(
        "SELECT id, slug FROM collections WHERE json_extract(extra, '$.folder') = ? ORDER BY position",
        (name,),
    )
    return [(row[0], row[1]) for row in rows]
