"""Reading lists with their items, as pages, the site and exported lists draw them: sections in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from notes_tui.model.item import Entry, Item, display_title


def named_title(item: Item) -> str:
    """The title in front of which the short name stands in brackets, where it is no part of it."""
    title = display_title(item)
    short = item.title_short
    return title if not short or short.casefold() in title.casefold() else f"({short}) {title}"


class ListHeader(Protocol):
    """What is known of a collection apart from its entries."""

    @property
    def slug(self) -> str:
        """Its name in addresses and commands."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def description(self) -> str:
        """What it is, in a sentence."""

    @property
    def source(self) -> str:
        """Where it comes from."""

    @property
    def hidden(self) -> bool:
        """Whether it is left out of overviews."""

    @property
    def sections(self) -> tuple[tuple[str, ...], ...]:
        """Paths of its headings in order."""


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An entry of a list with its item."""

    item: Item
    entry: Entry


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A heading path and what stands right under it."""

    path: tuple[str, ...]
    entries: tuple[ListedItem, ...]

    def new_headings(self, above: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        """The headings to write when the section before had the path ``above``: depth from 1, and words."""
        shared = 0
        while shared < min(len(above), len(self.path)) and above[shared] == self.path[shared]:
            shared += 1
        yield from enumerate(self.path[shared:], shared + 1)


@dataclass(frozen=True, slots=True)
class Outline:
    """A collection with its entries, section by section."""

    header: ListHeader
    sections: tuple[OutlineSection, ...]

    @property
    def entries(self) -> tuple[ListedItem, ...]:
        """All entries, section by section."""
        return tuple(entry for section in self.sections for entry in section.entries)


def outlines(headers: Iterable[ListHeader], items: Iterable[Item]) -> list[Outline]:
    """The collections in the order given, each with those of the items that stand in it."""
    listed: dict[str, list[ListedItem]] = {}
    for item in items:
        for entry in item.entries:
            listed.setdefault(entry.slug, []).append(ListedItem(item, entry))
    return [Outline(header, _sections(header, listed.get(header.slug, []))) for header in headers]


def _sections(header: ListHeader, listed: list[ListedItem]) -> tuple[OutlineSection, ...]:
    under: dict[tuple[str, ...], list[ListedItem]] = {(): []} | {path: [] for path in header.sections}
    for each in sorted(listed, key=lambda each: each.entry.position):
        under.setdefault(each.entry.section, []).append(each)
    found = [OutlineSection(path, tuple(entries)) for path, entries in under.items()]
    return tuple(section for section in found if section.path or section.entries)


def unlisted(items: Sequence[Item], listed: Iterable[Outline]) -> list[Item]:
    """The items that stand in none of these lists."""
    keys = {entry.item.citekey for each in listed for entry in each.entries}
    return [item for item in items if item.citekey not in keys]
