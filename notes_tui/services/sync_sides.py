"""Items as the library has them, and what a file leaves unsaid, in the shape that merges take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from notes_tui.formats import vault as layout
from notes_tui.formats.vault import ItemFile, Reader
from notes_tui.model.dump import DumpedItem
from notes_tui.model.vault import WrittenFile
from notes_tui.services.vault_files import VaultFiles
from notes_tui.store import dumping, items
from notes_tui.store import vault as bases
from notes_tui.store.database import Store


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that a synced folder made of the file of an item."""

    path: str
    said: ItemFile
    original: WrittenFile


def library_sides(
    store: Store, files: VaultFiles, paths: Mapping[int, str], *, with_private: bool
) -> dict[int, ItemFile]:
    """Items (row id to the path of the file) as the library has them, in the shape files have.

    Items that stay out of the vault are left out.
    """
    ids = list(paths)
    keys = {each.item_id: each.citekey for each in items.by_ids(store, ids, with_entries=False)}
    places = {keys[item_id]: path for item_id, path in paths.items() if item_id in keys}
    selection = layout.Selection(
        with_private=with_private, places=places, secret=() if with_private else bases.private_keys(store),
        own_files=_own_files(files, keys),
    )  # fmt: skip
    texts = list(layout.item_texts(dumping.whole_library(store, ids), selection))
    reader = Reader({each.path: each.text for each in texts if each.kind == "records"})
    by_key = {each.citekey: reader.item(each.path, each.text) for each in texts if each.kind == "item"}
    sides = {item_id: by_key.get(key) for item_id, key in keys.items()}
    return {item_id: side for item_id, side in sides.items() if side is not None}


def _own_files(files: VaultFiles, keys: Mapping[int, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in files.rows.values():
        if row.kind == "note" and row.item_id in keys:
            found.setdefault(keys[row.item_id or 0], {})[row.note] = row.path
    return found


def without_unread(said: ItemFile, before: DumpedItem) -> DumpedItem:
    """The item of a file, with what was last written in place of what cannot be read or is not said."""
    unsaid = {*said.unread, *said.silent}
    kept = {name: getattr(before.item, name) for name in unsaid if hasattr(before.item, name)}
    return replace(said.item, item=replace(said.item.item, **kept)) if kept else said.item
