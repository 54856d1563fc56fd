"""Zotero: the JSON that Better BibTeX or Zotero's own interface for programs gives, and its database.

``json_reading`` reads the JSON and the store a copy of the database, both into one shape; ``reading``
turns that into records with the help of ``tables`` (types and fields) and ``html_notes`` (notes to
Markdown). CSL-JSON from Zotero is the format ``csl-json``.
"""

from __future__ import annotations

from notes_tui.formats.zotero.json_reading import read, recognises
from notes_tui.formats.zotero.reading import imported
from notes_tui.model.format import Format

__all__ = ["FORMAT", "imported", "read", "recognises"]

FORMAT = Format(
    name="zotero",
    suffixes=(".json",),
    help="Zotero: its JSON with everything in it, or a copy of zotero.sqlite",
    read=read,
    recognises=recognises,
)
