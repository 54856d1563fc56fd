"""Bringing one reference in: it joins the item that certainly is the same work, or becomes a new item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from notes_tui.model.identity import make_citekey, normalise_title
from notes_tui.model.item import Item, Link, Reference
from notes_tui.model.report import DoubtfulPair, ImportReport
from notes_tui.model.text import storable
from notes_tui.model.venue import is_preprint
from notes_tui.store import items, lookup
from notes_tui.store.database import Store

_TEXT_FIELDS = ("title", "title_short", "venue", "doi", "arxiv", "abstract")


@dataclass(frozen=True, slots=True)
class Joined:
    """Where a reference went."""

    item_id: int
    is_new: bool
    """A new item was made."""
    is_changed: bool
    """The item that was there got something it lacked."""


def bring_in(store: Store, reference: Reference, report: ImportReport) -> Joined:
    """Join a reference to the library and count what happened in ``report``."""
    reference = cleaned(reference)
    found = lookup.matching(store, reference)
    existing = found.same if isinstance(found.same, Item) else _same_key(store, reference)
    if existing is not None:
        changed = fill_in(store, existing, reference)
        report.matched += 1
        report.updated += int(changed)
        report.unchanged += int(not changed)
        return Joined(existing.item_id, False, changed)
    free = (
        reference.citekey if reference.citekey and items.key_owner(store, reference.citekey) is None else ""
    )
    citekey = free or make_citekey(reference, items.TakenKeys(store))
    item_id = items.insert(store, replace(reference, citekey=citekey))
    report.added += 1
    report.proposals += [
        DoubtfulPair(citekey, proposal.candidate.citekey, proposal.reason) for proposal in found.proposals
    ]
    return Joined(item_id, True, False)


def _same_key(store: Store, reference: Reference) -> Item | None:
    """The item with the reference's own key, where also its type and title are the same."""
    owner = items.key_owner(store, reference.citekey) if reference.citekey else None
    if owner is None:
        return None
    item = items.by_id(store, owner)
    same_title = normalise_title(item.title) == normalise_title(reference.title)
    return item if same_title and item.type == reference.type and not item.trashed else None


def cleaned(reference: Reference) -> Reference:
    """A reference whose every text can be stored."""
    return replace(
        reference,
        citekey=storable(reference.citekey),
        type=storable(reference.type),
        title=storable(reference.title),
        title_short=storable(reference.title_short),
        venue=storable(reference.venue),
        doi=storable(reference.doi),
        arxiv=storable(reference.arxiv),
        abstract=storable(reference.abstract),
        creators=tuple(
            replace(
                each, family=storable(each.family), given=storable(each.given), literal=storable(each.literal)
            )
            for each in reference.creators
        ),
        links=tuple(Link(link.kind, storable(link.url)) for link in reference.links),
        extra={storable(name): storable(value) for name, value in reference.extra.items()},
    )


def fill_in(store: Store, item: Item, reference: Reference) -> bool:
    """Give an item what it lacks; nothing it has is overwritten, but a published venue beats a preprint's.

    Fields corrected by hand are never touched. Says whether anything changed.
    """
    locked = items.locked_fields(store, item.item_id)
    merged: Reference = item
    for name in _TEXT_FIELDS:
        if not getattr(item, name) and getattr(reference, name) and name not in locked:
            merged = with_text(merged, name, getattr(reference, name))
    if len(reference.creators) > len(item.creators) and "creators" not in locked:
        merged = replace(merged, creators=reference.creators)
    if _is_published_version(item, reference) and not {"venue", "year"} & locked:
        merged = replace(merged, venue=reference.venue, year=reference.year or item.year, type=reference.type)
    if item.year is None and reference.year is not None and "year" not in locked:
        merged = replace(merged, year=reference.year)
    if "links" not in locked:
        merged = replace(merged, links=united_links(item.links, reference.links))
    merged = replace(merged, extra=_united(item.extra, reference.extra))
    columns = items.columns_of(merged)
    before = items.columns_of(item)
    changes = {name: value for name, value in columns.items() if value != before[name]}
    if changes:
        items.update(store, item.item_id, changes)
    return bool(changes)


def with_text(reference: Reference, name: str, value: str) -> Reference:
    """The reference with one text field set."""
    fields: dict[str, Any] = {name: value}
    return replace(reference, **fields)


def _is_published_version(item: Item, reference: Reference) -> bool:
    if not reference.venue or is_preprint(reference.venue):
        return False
    return not item.venue or is_preprint(item.venue)


def united_links(first: tuple[Link, ...], second: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links of both, those of the first in front, each address once."""
    known = {link.url for link in first}
    return first + tuple(link for link in second if link.url not in known)


def _united(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    return {**second, **first}
