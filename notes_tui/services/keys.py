"""From what a person calls an item to the item."""

from __future__ import annotations

import os
from collections.abc import Iterable

from notes_tui.errors import AmbiguousItemError, NotesError
from notes_tui.model.text import storable
from notes_tui.store import items
from notes_tui.store.database import Store


def find_item(store: Store, key: str) -> int:
    """The row id of the item that a citekey, alias, DOI, arXiv id, unique short name or attached file means.

    Raises :class:`UnknownItemError` or :class:`AmbiguousItemError`.
    """
    key = storable(key).strip()
    if os.path.isfile(key) and (found := _item_of_file(store, key)) is not None:
        return found
    if (exact := items.exactly(store, key)) is not None:
        return exact
    from notes_tui.model.identifiers import arxiv_id, doi

    return items.resolve(store, key, doi=doi(key), arxiv=arxiv_id(key))


def _item_of_file(store: Store, name: str) -> int | None:
    """The item that a file is attached to, by its place or its content; the key of an item goes before a place.

    Raises :class:`AmbiguousItemError` where several items have it.
    """
    if os.sep not in name and items.key_owner(store, name) is not None:
        return None
    from notes_tui.services.stored_files import found_file
    from notes_tui.store import attachments

    places = list(dict.fromkeys((os.path.realpath(name), os.path.abspath(name))))
    found = attachments.known_as(store, places)
    if not found:
        try:
            found = attachments.known_as(store, (), found_file(name).sha256)
        except NotesError:
            return None
    owners = list(dict.fromkeys(file.item_id for file in found))
    here = list(dict.fromkeys(file.item_id for file in found if file.path in places))
    owners = here or owners
    if len(owners) > 1:
        keys = ", ".join(item.citekey for item in items.by_ids(store, owners, with_entries=False))
        raise AmbiguousItemError(f"{name!r}", hint=f"give one of the citekeys {keys}")
    return owners[0] if owners else None


def find_items(store: Store, keys: Iterable[str]) -> list[int]:
    """The row ids of several items, each once; one unknown key fails the whole call."""
    return list(dict.fromkeys(find_item(store, key) for key in keys))
