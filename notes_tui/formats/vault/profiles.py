"""How a vault is laid out: where the files of items are, and whether there are pages that lead to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notes_tui.model.filenames import safe_stem, unique_stems
from notes_tui.model.item import Item
from notes_tui.model.vault import HIDDEN_FOLDER

_PAGES = ("collections/", "tags/")


@dataclass(frozen=True, slots=True)
class Profile:
    """A layout that vaults can have."""

    name: str
    folder: str
    """Where files of items are made."""
    with_pages: bool = True

    def paths(self, items: Sequence[Item]) -> dict[str, str]:
        """The file of every item of a library, by citekey; no two are the same where case does not count."""
        stems = unique_stems(item.citekey for item in items)
        return {citekey: f"{self.folder}/{stem}.md" for citekey, stem in stems.items()}

    def old_paths(self, aliases: Iterable[str]) -> set[str]:
        """Where the file of an item was made while it had another citekey."""
        return {f"{self.folder}/{safe_stem(alias)}.md" for alias in aliases}

    def is_item_file(self, path: str) -> bool:
        """Whether a file may be about an item: not a page, not among what is not for reading."""
        if not path.endswith(".md"):
            return False
        if path.startswith(f"{HIDDEN_FOLDER}/"):
            return path.startswith(f"{ADOPTED.folder}/")
        return self.with_pages and not is_page(path)


PLAIN = Profile("plain", "papers")
ADOPTED = Profile("adopted", f"{HIDDEN_FOLDER}/papers", with_pages=False)
"""A folder that its owner made: notes stay in its files, the rest of the items is kept out of sight."""
PROFILES = {each.name: each for each in (PLAIN, ADOPTED)}


def is_page(path: str) -> bool:
    """Whether a file leads to items and is made by the program, in layouts that have such pages."""
    return path == "index.md" or path.startswith(_PAGES)


def profile_in(settings: str) -> Profile:
    """The profile that the settings file of a vault names; the plain one where it names none that is known."""
    try:
        found = json.loads(settings)
    except (ValueError, RecursionError):
        return PLAIN
    name = found.get("profile") if isinstance(found, dict) else None
    return PROFILES.get(name, PLAIN) if isinstance(name, str) else PLAIN
