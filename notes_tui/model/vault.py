"""What a vault is made of, as the rooms that write, keep and compare its files pass it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FileKind = Literal["item", "page", "records", "events", "settings", "note", "copy", "figure", "other"]
"""An item's file, a page that leads to items, one of the files under ``.notes-tui/``, a file that its owner
made and that is a note as a whole, a copy that a synced folder made of another file, a picture that a note shows,
or a file that is about nothing the library knows."""

LAYOUTS = ("plain", "obsidian", "research-space")
"""Names of the layouts that a new vault can be given."""

HIDDEN_FOLDER = ".notes-tui"


@dataclass(frozen=True, slots=True)
class VaultText:
    """A file as the library would have it."""

    path: str
    """Relative to the vault, with slashes."""
    kind: FileKind
    text: str
    citekey: str = ""
    """The item it is about."""
    note: str = ""
    """The title of the note that a file of kind ``note`` is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultEvent:
    """An event of an item as it is kept everywhere: those taken back too, and what took them back."""

    uid: str
    citekey: str
    kind: str
    """Of an event that counts, or ``retraction``."""
    value: str
    page: int | None
    at: str
    recorded: str
    machine: str
    retracts: str = ""
    """The event that a retraction takes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """What the program wrote last to a file of a vault."""

    path: str
    kind: FileKind
    item_id: int | None
    base: str
    """The library's text; the file may hold the user's words beside it."""
    size: int
    mtime_ns: int
    note: str = ""
    """The title of the note that a file of kind ``note`` is; the main one has none."""
