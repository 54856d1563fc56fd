"""Bringing references into the library: each joins the item that certainly is the same work, or becomes one.

A join fills what is empty and adds links and keys; it never overwrites. What is only likely the same
work stays apart and is proposed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from notes_tui.model.candidates import CandidateKey, candidate_keys, fit_key
from notes_tui.model.identity import make_citekey
from notes_tui.model.item import Creator, Item, Link, Reference
from notes_tui.model.joining import additions, choose
from notes_tui.model.report import DoubtfulPair, ImportReport
from notes_tui.model.text import storable
from notes_tui.store import bulk, items, lookup
from notes_tui.store.database import Store
from notes_tui.store.touched import is_untouched

BATCH = 500
_MOST_PROPOSED = 3
"""Candidates told of one new item; where a program gave many works one identifier, there are hundreds."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Where a reference went."""

    item_id: int
    is_new: bool
    """A new item was made."""
    is_changed: bool
    """The item that was there got something it lacked."""


class Joiner:
    """Joins the references of one import; used inside a step.

    ``own_keys`` says that citekeys come from a user's own bibliography: they then replace the key of an
    item nobody has touched. ``distinct`` says that every reference is a work of its own, so two of them
    never join one item. ``keys_decide`` says that keys alone tell works apart, as in the bundled files.
    """

    def __init__(
        self, store: Store, report: ImportReport, *,
        own_keys: bool = False, distinct: bool = False, keys_decide: bool = False,
    ) -> None:  # fmt: skip
        self.store = store
        self.report = report
        self.own_keys = own_keys
        self.distinct = distinct
        self.keys_decide = keys_decide
        self.added: set[int] = set()
        self._taken = _Keys(store)
        self._is_first = not items.newest_id(store)
        self._unwritten: dict[int, tuple[object, ...]] = {}
        self._new_aliases: list[tuple[int, str]] = []
        self._next_id = 0
        self._known: dict[int, Item] = {}
        self._before: dict[int, Item] = {}
        self._fresh: dict[CandidateKey, list[int]] = {}
        self._used: set[int] = set()
        self._lookup = lookup.Lookup(store)

    def item(self, item_id: int) -> Item:
        """What is known of an item that a reference joined or became; without its entries."""
        return self._known[item_id]

    def knew_keywords(self, item_id: int, reference: Reference) -> bool:
        """Whether an item came with these keywords before this import."""
        before = self._before.get(item_id, self._known[item_id])
        return item_id not in self.added and before.extra.get("keyword") == reference.extra.get("keyword")

    def join(self, references: Sequence[Reference]) -> Iterator[Joined]:
        """Where each reference went, in order. New items are in the store when the last is told."""
        if len(references) >= BATCH:
            self._taken.remember_all()
        for start in range(0, len(references), BATCH):
            batch = [cleaned(reference) for reference in references[start : start + BATCH]]
            keys = [candidate_keys(reference) for reference in batch]
            candidates = self._candidates(keys)
            joined = [
                self._join_one(reference, candidates.get(number, []), keys[number])
                for number, reference in enumerate(batch)
            ]
            if start + BATCH >= len(references):
                self._write_new()
            yield from joined

    def join_item(self, reference: Reference, item_id: int) -> Joined:
        """Join a reference to an item that is known to be its work."""
        if item_id not in self._known:
            self._known[item_id] = items.by_id(self.store, item_id)
        self._used.add(item_id)
        return Joined(item_id, False, self._join_existing(self._known[item_id], cleaned(reference)))

    def reserve(self, item_id: int) -> None:
        """Keep an item for a reference that comes later: where all are distinct, no other joins it."""
        self._used.add(item_id)

    def _candidates(self, keys: Sequence[list[CandidateKey]]) -> dict[int, list[int]]:
        if self._is_first:
            return {}
        found = self._lookup.candidates(keys)
        unknown = {item_id for several in found.values() for item_id in several} - self._known.keys()
        for item in items.by_ids(self.store, sorted(unknown), with_entries=False):
            self._known[item.item_id] = item
        return found

    def _join_one(self, reference: Reference, found: list[int], keys: list[CandidateKey]) -> Joined:
        ids = dict.fromkeys(found)
        for key in keys:
            ids.update(dict.fromkeys(self._fresh.get(key, ())))
        candidates = [
            self._known[item_id] for item_id in ids if not (self.distinct and item_id in self._used)
        ]
        existing, doubtful = self._choose(reference, candidates) if candidates else (None, [])
        if existing is not None:
            self._used.add(existing.item_id)
            return Joined(existing.item_id, False, self._join_existing(existing, reference))
        item_id = self._insert(reference, keys)
        self._used.add(item_id)
        citekey = self._known[item_id].citekey
        self.report.proposals += [
            DoubtfulPair(citekey, other.citekey, reason) for other, reason in doubtful[:_MOST_PROPOSED]
        ]
        return Joined(item_id, True, False)

    def _choose(
        self, reference: Reference, candidates: list[Item]
    ) -> tuple[Item | None, list[tuple[Item, str]]]:
        if not self.keys_decide:
            return choose(reference, candidates)
        key = reference.citekey.lower()
        return next((item for item in candidates if item.citekey.lower() == key), None), []

    def _insert(self, reference: Reference, keys: Iterable[CandidateKey]) -> int:
        """Make an item of a reference; its row is written with those of its batch."""
        key = free_key(reference, self._taken)
        item_id = self._next_id or bulk.next_item_id(self.store)
        self._next_id = item_id + 1
        self._taken.add(key)
        self.added.add(item_id)
        item = Item(
            item_id=item_id, citekey=key, type=reference.type, title=reference.title,
            title_short=reference.title_short, creators=reference.creators, venue=reference.venue,
            year=reference.year, doi=reference.doi, arxiv=reference.arxiv, abstract=reference.abstract,
            links=reference.links, extra=reference.extra,
        )  # fmt: skip
        self._known[item_id] = item
        self._unwritten[item_id] = bulk.row_of(item)
        for each in keys:
            self._fresh.setdefault(each, []).append(item_id)
        return item_id

    def _write_new(self) -> None:
        bulk.insert_rows(self.store, list(self._unwritten.values()))
        self._unwritten.clear()
        for item_id, alias in self._new_aliases:
            items.add_alias(self.store, item_id, alias)
        self._new_aliases.clear()

    def _join_existing(self, item: Item, reference: Reference) -> bool:
        """Give an item what it lacks; says whether that was anything."""
        if item.trashed:
            self.report.proposals.append(DoubtfulPair(item.citekey, "", "it is in the trash and stays there"))
            return False
        changes = additions(item, reference)
        if changes and item.item_id not in self._unwritten:
            changes = additions(item, reference, items.locked_fields(self.store, item.item_id))
        if changes:
            self._write(item, changes)
        key = fit_key(reference.citekey) if self.own_keys else ""
        return self._take_key(self._known[item.item_id], key) or bool(changes)

    def _write(self, item: Item, changes: dict[str, object]) -> None:
        changed = replace(item, **changes)  # type: ignore[arg-type]
        if item.item_id in self._unwritten:
            self._unwritten[item.item_id] = bulk.row_of(changed)
        else:
            columns = items.columns_of(changed)
            names = changes.keys() | ({"title_key", "rest_key"} if "title" in changes else set())
            items.update(self.store, item.item_id, {name: columns[name] for name in sorted(names)})
        self._before.setdefault(item.item_id, item)
        self._known[item.item_id] = changed
        for key in candidate_keys(replace(changed, citekey="")):
            known = self._fresh.setdefault(key, [])
            if item.item_id not in known:
                known.append(item.item_id)

    def _take_key(self, item: Item, key: str) -> bool:
        """Let an item answer to a user's own key; says whether that is new."""
        if not key or key in self._taken:
            return False
        new_alias = key
        if item.item_id not in self.added and is_untouched(self.store, item.item_id):
            items.update(self.store, item.item_id, {"citekey": key})
            new_alias, item = item.citekey, replace(item, citekey=key)
        if item.item_id in self._unwritten:
            self._new_aliases.append((item.item_id, new_alias))
        else:
            items.add_alias(self.store, item.item_id, new_alias)
        self._taken.add(new_alias)
        self._fresh.setdefault(("citekey", new_alias.lower()), []).append(item.item_id)
        self._known[item.item_id] = replace(item, aliases=(*item.aliases, new_alias))
        return True


class _Keys(Container[str]):
    """The keys in use: those of the library and those given in this import."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._of_library: Container[str] = items.TakenKeys(store)
        self._given: set[str] = set()

    def remember_all(self) -> None:
        """Ask the library once for all its keys and not for each that comes."""
        self._given |= items.all_keys(self._store)
        self._of_library = ()

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and (key.lower() in self._given or key in self._of_library)

    def add(self, key: str) -> None:
        self._given.add(key.lower())


def free_key(reference: Reference, taken: Container[str]) -> str:
    """The reference's own key where it is free, with a letter behind it where not; else a made one."""
    key = fit_key(reference.citekey)
    if not key:
        return make_citekey(reference, taken)
    return next(candidate for candidate in _lettered(key) if candidate not in taken)


def _lettered(key: str) -> Iterator[str]:
    yield key
    for first in ("", *_LETTERS):
        for last in _LETTERS:
            yield key + first + last
    number = 0
    while True:
        number += 1
        yield f"{key}-{number}"


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def cleaned(reference: Reference) -> Reference:
    """A reference whose every text can be stored."""
    texts = (
        reference.title,
        reference.title_short,
        reference.venue,
        reference.abstract,
        reference.doi,
        reference.arxiv,
    )
    names = [part for each in reference.creators for part in (each.family, each.given, each.literal)]
    extra = [part for pair in reference.extra.items() for part in pair]
    urls = [link.url for link in reference.links]
    whole = "\n".join((*texts, *names, *extra, *urls))
    if storable(whole) == whole:
        return reference
    return replace(
        reference,
        title=storable(reference.title),
        title_short=storable(reference.title_short),
        venue=storable(reference.venue),
        abstract=storable(reference.abstract),
        doi=storable(reference.doi),
        arxiv=storable(reference.arxiv),
        creators=tuple(
            Creator(storable(each.family), storable(each.given), storable(each.literal))
            for each in reference.creators
        ),
        links=tuple(Link(link.kind, storable(link.url)) for link in reference.links),
        extra={storable(name): storable(value) for name, value in reference.extra.items()},
    )
