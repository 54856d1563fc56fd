"""From what a person calls an item to the item."""

from __future__ import annotations

import os
from collections.abc import Iterable

from notes_tui.model.identifiers import arxiv_id, doi
from notes_tui.model.text import storable
from notes_tui.store import items
from notes_tui.store.database import Store


def find_item(store: Store, key: str) -> int:
    """The row id of the item that a citekey, alias, DOI, arXiv id, unique short name or attached file means.

    Raises :class:`UnknownItemError` or :class:`AmbiguousItemError`.
    """
    key = storable(key).strip()
    if os.sep in key and os.path.exists(key):
        key = os.path.realpath(key)
    return items.resolve(store, key, doi=doi(key), arxiv=arxiv_id(key))


def find_items(store: Store, keys: Iterable[str]) -> list[int]:
    """The row ids of several items, each once; one unknown key fails the whole call."""
    return list(dict.fromkeys(find_item(store, key) for key in keys))
