"""The names of what a library holds, known at once in any library; the counts follow from ``listing.overview``."""

from __future__ import annotations

from notes_tui.services.listing import Overview
from notes_tui.store import collections, notes
from notes_tui.store.collections import Section
from notes_tui.store.database import Store
from notes_tui.store.touched import has_vault

__all__ = ["has_vault", "outline"]


def outline(store: Store) -> Overview:
    """An overview without counts and without tags, which would have to be looked for among the items."""
    return Overview(
        total=0,
        trashed=0,
        queued=0,
        collections=tuple(
            (each, tuple(Section(path, 0, 0) for path in each.sections if path))
            for each in collections.uncounted(store)
        ),
        statuses=(),
        tags=(),
        views=tuple(notes.views(store)),
    )
