"""How a vault is laid out: where the files of items are, which pages lead to them, how values are written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from notes_tui.formats.vault.forms import PLAIN_FORMS, Forms
from notes_tui.formats.vault.properties import PROPERTIES
from notes_tui.model.filenames import (
    safe_name,
    safe_stem,
    same_file,
    unique_paths,
    unique_stems,
    with_fingerprint,
)
from notes_tui.model.item import Item, display_title
from notes_tui.model.vault import HIDDEN_FOLDER

_PAGES = ("collections/", "tags/")
_NOT_TOPICS = ("collections", "tags", "readme.md")
_NOWHERE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Profile:
    """A layout that vaults can have: here, all files of items in one folder."""

    name: str
    folder: str
    """Where files of items are made."""
    index: str = "index.md"
    """The first page; empty where there are no pages."""
    forms: Forms = PLAIN_FORMS
    """How values stand in front matter."""
    with_wiki_links: bool = False
    """Whether pages lead to files by ``[[file|words]]``."""
    with_topics: bool = False
    """Whether the first page goes by the folders that files of items are in, not by lists."""

    @property
    def with_pages(self) -> bool:
        """Whether there are pages that lead to items."""
        return bool(self.index)

    def paths(self, items: Sequence[Item], places: Mapping[str, str] = _NOWHERE) -> dict[str, str]:
        """The file of every item of a library, by citekey; no two are the same where case does not count.

        ``places`` are files that stand where they stand, whatever their items are called now.
        """
        stems = self._stems(items, places)
        taken = {same_file(path) for path in places.values()}
        paths = {citekey: self._path(stem) for citekey, stem in stems.items()} | dict(places)
        for citekey in stems.keys() - places.keys() if taken else ():
            salt = citekey
            while same_file(paths[citekey]) in taken:
                folder, slash, stem = stems[citekey].rpartition("/")
                paths[citekey] = self._path(folder + slash + with_fingerprint(stem, salt))
                salt += "+"
        return paths

    def _stems(self, items: Sequence[Item], places: Mapping[str, str]) -> dict[str, str]:
        return unique_stems(item.citekey for item in items)

    def _path(self, stem: str) -> str:
        return f"{self.folder}/{stem}.md"

    def old_paths(self, aliases: Iterable[str]) -> set[str]:
        """Where the file of an item was made while it had another citekey."""
        return {self._path(safe_stem(alias)) for alias in aliases}

    def is_page(self, path: str) -> bool:
        """Whether a file leads to items and is made by the program."""
        return self.with_pages and (path == self.index or path.startswith(_PAGES))

    def is_item_file(self, path: str) -> bool:
        """Whether a file may be about an item: not a page, not among what is not for reading."""
        if not path.endswith(".md"):
            return False
        if path.startswith(f"{HIDDEN_FOLDER}/"):
            return path.startswith(f"{ADOPTED.folder}/")
        return not self.is_page(path)

    def is_for_papers(self, path: str) -> bool:
        """Whether a new file stands where the files of items are made."""
        return path.startswith(f"{self.folder}/")


class _Adopted(Profile):
    """A folder that its owner made."""

    def is_item_file(self, path: str) -> bool:
        """Only what is out of sight: the other files are notes."""
        return path.endswith(".md") and path.startswith(f"{self.folder}/")


class _ByTopic(Profile):
    """A folder an item, below folders that are topics: the sections of reading lists.

    ``folder`` is the topic of items that have none.
    """

    file = "README.md"

    def _stems(self, items: Sequence[Item], places: Mapping[str, str]) -> dict[str, str]:
        written = (path.partition("/")[0] for path in places.values() if path.count("/") == 2)
        named = sorted({self._topic(item) for item in items})
        spelled: dict[str, str] = {}
        for topic in (*sorted(written), *named):
            spelled.setdefault(same_file(topic), topic)
        wanted = {
            item.citekey: f"{spelled[same_file(self._topic(item))]}/{self._name(item)}" for item in items
        }
        return unique_paths(wanted)

    def _path(self, stem: str) -> str:
        return f"{stem}/{self.file}"

    def _topic(self, item: Item) -> str:
        """The section it stands in: of the list the layout is named after, else of the first that has sections."""
        sections = [entry for entry in item.entries if entry.section]
        sections.sort(key=lambda entry: entry.slug != self.name)
        name = safe_name(sections[0].section[-1]) if sections else ""
        return f"{name} papers" if same_file(name) in _NOT_TOPICS else name or self.folder

    def _name(self, item: Item) -> str:
        return safe_name(item.title_short) or safe_name(display_title(item)) or safe_stem(item.citekey)

    def old_paths(self, aliases: Iterable[str]) -> set[str]:
        """None: names have nothing to do with citekeys."""
        return set()

    def is_for_papers(self, path: str) -> bool:
        """Whether it is the ``README.md`` of a folder below a topic."""
        return path.count("/") > 1 and path.endswith(f"/{self.file}") and self.is_item_file(path)


PLAIN = Profile("plain", "papers")
OBSIDIAN = Profile("obsidian", "papers", forms=PROPERTIES, with_wiki_links=True)
RESEARCH_SPACE = _ByTopic("research-space", "Unsorted", index="README.md", with_topics=True)
ADOPTED = _Adopted("adopted", f"{HIDDEN_FOLDER}/papers", index="")
"""A folder that its owner made: notes stay in its files, the rest of the items is kept out of sight."""
PROFILES = {each.name: each for each in (PLAIN, OBSIDIAN, RESEARCH_SPACE, ADOPTED)}


def profile_in(settings: str) -> Profile:
    """The profile that the settings file of a vault names; the plain one where it names none that is known."""
    try:
        found = json.loads(settings)
    except (ValueError, RecursionError):
        return PLAIN
    name = found.get("profile") if isinstance(found, dict) else None
    return PROFILES.get(name, PLAIN) if isinstance(name, str) else PLAIN
