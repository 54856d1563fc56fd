"""What happened to a reading list between two states of it: entries that are new, gone, moved, retitled, re-sectioned."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Literal, get_args

from notes_tui.model.identity import ALIKE, ALIKE_WITH_LINK, likeness, numbers_differ
from notes_tui.model.titles import title_key

NewsKind = Literal["new", "gone", "moved", "retitled", "resectioned"]
NEWS_KINDS: tuple[NewsKind, ...] = get_args(NewsKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """An entry of one state of a list, with the item it belongs to."""

    item_id: int
    title: str
    text: str
    section: tuple[str, ...]
    position: int
    addresses: frozenset[str] = frozenset()
    """Where the links of its item lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that happened to an entry. What it was before is empty for a new one."""

    kind: NewsKind
    item_id: int
    title: str
    section: tuple[str, ...]
    position: int | None
    """Place in the list as it is now, from 1; ``None`` for an entry that is gone."""
    was_title: str = ""
    was_section: tuple[str, ...] = ()
    was_position: int | None = None
    news_id: int = 0
    at: str = ""
    crossed: bool = False
    """A re-sectioned entry went to another section; else its section bears another name."""

    def as_dict(self, citekey: str | None) -> dict[str, object]:
        """``{citekey, title, section, position, was_title, was_section, was_position}``."""
        return {
            "citekey": citekey, "title": self.title, "section": list(self.section), "position": self.position,
            "was_title": self.was_title or None, "was_section": list(self.was_section),
            "was_position": self.was_position,
        }  # fmt: skip


def news_between(
    before: Sequence[ListedEntry],
    after: Sequence[ListedEntry],
    known: Callable[[ListedEntry], bool] | None = None,
) -> list[News]:
    """What happened from one state of a list to the next, in the order of the list, what is gone at the end.

    ``known`` says of an entry now that the list had it before, though a reader took it out: it is no news. Of
    entries that changed places as few as possible count as moved.
    """
    pairs, gone, fresh = _paired(before, after)
    pairs.sort(key=lambda pair: pair[1].position)
    moved = _moved(pairs)
    sections_now = {entry.section for entry in after}
    changes = (
        _change(*pair, is_moved=number in moved, sections_now=sections_now)
        for number, pair in enumerate(pairs)
    )
    news = [each for each in changes if each is not None]
    news += [_new(entry) for entry in fresh if known is None or not known(entry)]
    news.sort(key=lambda each: each.position or 0)
    return news + [_gone(entry) for entry in gone]


Pair = tuple[ListedEntry, ListedEntry]


def _paired(
    before: Sequence[ListedEntry], after: Sequence[ListedEntry]
) -> tuple[list[Pair], list[ListedEntry], list[ListedEntry]]:
    """Entries of both states that are one, and what is left of either.

    First those of the same words and section, then of the same words, then of the same item, at last those whose
    title was corrected.
    """
    pairs: list[Pair] = []
    left, fresh = list(before), list(after)
    for key in (_whole, _words, _item_in_section, _item):
        by_key: dict[Hashable, list[ListedEntry]] = {}
        for entry in left:
            by_key.setdefault(key(entry), []).append(entry)
        unpaired: list[ListedEntry] = []
        for entry in fresh:
            found = by_key.get(key(entry))
            if found:
                pairs.append((found.pop(0), entry))
            else:
                unpaired.append(entry)
        left, fresh = [entry for entries in by_key.values() for entry in entries], unpaired
    left.sort(key=lambda entry: entry.position)
    for entry in list(fresh):
        old = next((each for each in left if _like(each, entry)), None)
        if old is not None:
            pairs.append((old, entry))
            left.remove(old)
            fresh.remove(entry)
    return pairs, left, fresh


def _whole(entry: ListedEntry) -> Hashable:
    return entry.item_id, entry.section, entry.title, entry.text


def _words(entry: ListedEntry) -> Hashable:
    return entry.item_id, entry.title, entry.text


def _item_in_section(entry: ListedEntry) -> Hashable:
    return entry.item_id, entry.section


def _item(entry: ListedEntry) -> Hashable:
    return entry.item_id


def _like(old: ListedEntry, new: ListedEntry) -> bool:
    """Whether a title was corrected: nearly the same words, or rather the same and an address in common."""
    if numbers_differ(old.title, new.title):
        return False
    alike = likeness(old.title, new.title)
    return alike >= ALIKE or (alike >= ALIKE_WITH_LINK and bool(old.addresses & new.addresses))


def _moved(pairs: Sequence[Pair]) -> set[int]:
    """The fewest pairs, by number, that must have been moved to come from one order to the other.

    The others are a longest increasing run of the old places, found by patience sorting.
    """
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, (old, _) in enumerate(pairs):
        place = bisect_left(tails, old.position)
        previous.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(old.position)
            ends.append(number)
        else:
            tails[place], ends[place] = old.position, number
    kept: set[int] = set()
    number = ends[-1] if ends else -1
    while number >= 0:
        kept.add(number)
        number = previous[number]
    return set(range(len(pairs))) - kept


def _change(
    old: ListedEntry, new: ListedEntry, *, is_moved: bool, sections_now: AbstractSet[tuple[str, ...]]
) -> News | None:
    kind: NewsKind
    if title_key(old.title) != title_key(new.title):
        kind = "retitled"
    elif old.section != new.section:
        kind = "resectioned"
    elif is_moved:
        kind = "moved"
    else:
        return None
    crossed = old.section != new.section and (is_moved or old.section in sections_now)
    return replace(
        _new(new), kind=kind, was_title=old.title, was_section=old.section, was_position=old.position,
        crossed=crossed,
    )  # fmt: skip


def _new(entry: ListedEntry) -> News:
    return News(
        kind="new", item_id=entry.item_id, title=entry.title, section=entry.section, position=entry.position
    )


def _gone(entry: ListedEntry) -> News:
    return News(
        kind="gone", item_id=entry.item_id, title=entry.title, section=entry.section, position=None,
        was_title=entry.title, was_section=entry.section, was_position=entry.position,
    )  # fmt: skip
