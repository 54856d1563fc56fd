"""The vault: a library as a folder of Markdown files, written, read back and merged.

``layout`` makes every file from a library and ``reading`` a library from the files; ``note`` is the
file of one item, ``pages`` what leads to it, ``records`` what is not for reading. ``document`` merges
a file with what its owner made of it, ``front_matter`` the keys at its head.
"""

from __future__ import annotations

from notes_tui.formats.vault.document import merge_documents
from notes_tui.formats.vault.item_reading import ItemFile, own_writing
from notes_tui.formats.vault.layout import (
    Selection,
    item_texts,
    list_texts,
    settings_text,
    texts,
    texts_naming,
)
from notes_tui.formats.vault.note import citekey_in, says_the_same_on_pages
from notes_tui.formats.vault.profiles import (
    ADOPTED,
    OBSIDIAN,
    PLAIN,
    PROFILES,
    RESEARCH_SPACE,
    Profile,
    profile_in,
)
from notes_tui.formats.vault.reading import (
    ListRecords,
    Reader,
    VaultContent,
    read,
    read_list,
    read_views,
)
from notes_tui.formats.vault.records import (
    COLLECTIONS,
    EVENTS,
    KEYS,
    SETTINGS,
    VIEWS,
    citekeys_of_records,
    events_path,
    files_of_records,
    join_records,
    read_events,
    with_citekeys,
    with_events,
    with_records,
)
from notes_tui.formats.vault.records import ITEMS as ITEM_RECORDS
from notes_tui.formats.vault.records import merge as merge_records
from notes_tui.formats.vault.rewriting import rewrite_since

__all__ = [
    "ADOPTED",
    "COLLECTIONS",
    "EVENTS",
    "ITEM_RECORDS",
    "KEYS",
    "OBSIDIAN",
    "PLAIN",
    "PROFILES",
    "RESEARCH_SPACE",
    "SETTINGS",
    "VIEWS",
    "ItemFile",
    "ListRecords",
    "Profile",
    "Reader",
    "Selection",
    "VaultContent",
    "citekey_in",
    "citekeys_of_records",
    "events_path",
    "files_of_records",
    "item_texts",
    "join_records",
    "list_texts",
    "merge_documents",
    "merge_records",
    "own_writing",
    "profile_in",
    "read",
    "read_events",
    "read_list",
    "read_views",
    "rewrite_since",
    "says_the_same_on_pages",
    "settings_text",
    "texts",
    "texts_naming",
    "with_citekeys",
    "with_events",
    "with_records",
]
