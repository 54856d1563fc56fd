"""The vault: a library as a folder of Markdown files, written, read back and merged.

``layout`` makes every file from a library and ``reading`` a library from the files; ``note`` is the
file of one item, ``pages`` what leads to it, ``records`` what is not for reading. ``document`` merges
a file with what its owner made of it, ``front_matter`` the keys at its head.
"""

from __future__ import annotations

from notes_tui.formats.vault.document import merge_documents
from notes_tui.formats.vault.layout import PROFILE, Selection, item_paths, texts
from notes_tui.formats.vault.note import citekey_in
from notes_tui.formats.vault.reading import VaultContent, is_item_file, read
from notes_tui.formats.vault.records import ITEMS as ITEM_RECORDS
from notes_tui.formats.vault.records import SETTINGS
from notes_tui.formats.vault.records import merge as merge_records

__all__ = [
    "ITEM_RECORDS",
    "PROFILE",
    "SETTINGS",
    "Selection",
    "VaultContent",
    "citekey_in",
    "is_item_file",
    "item_paths",
    "merge_documents",
    "merge_records",
    "read",
    "texts",
]
