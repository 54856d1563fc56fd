"""What an answer of a service would change on an item, field by field.

Only an answer that certainly is about the item fills what is empty. What it says otherwise than the item is
offered, and an answer that is only alike is a guess of which nothing is taken unless a person chooses it. Fields
that were corrected by hand are never touched.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from notes_tui.model.answers import ServiceWork
from notes_tui.model.captured import has_stand_in
from notes_tui.model.csl import names_text
from notes_tui.model.identity import Verdict, compare
from notes_tui.model.item import Item, Reference
from notes_tui.model.joining import additions
from notes_tui.model.titles import title_key
from notes_tui.model.venue import is_preprint, short_venue
from notes_tui.model.versions import OTHER_TITLES

_OFFERED = ("title", "creators", "venue", "year", "doi", "arxiv")
_EXTRA = "extra."
_UNSPECIFIC = ("article", "document", "")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as text, and the value it gets. ``extra.volume`` is a field of ``extra``."""

    field: str
    old: str
    new: str
    value: object

    def as_dict(self) -> dict[str, str | None]:
        """``{field, old, new}``."""
        return {"field": self.field.removeprefix(_EXTRA), "old": self.old or None, "new": self.new}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What one answer would change on one item."""

    item_id: int
    citekey: str
    title: str
    """The title the service gives."""
    source: str
    reason: str
    """Why the answer is taken to be about the item."""
    guess: bool = False
    fills: tuple[FieldChange, ...] = ()
    """Fields that are empty. Of a guess, nothing is filled without being asked."""
    offers: tuple[FieldChange, ...] = ()
    """Fields that say something else."""

    def as_dict(self) -> dict[str, object]:
        """``{citekey, source, reason, guess, title, fills, offers}``."""
        return {
            "citekey": self.citekey, "source": self.source, "reason": self.reason, "guess": self.guess,
            "title": self.title, "fills": [each.as_dict() for each in self.fills],
            "offers": [each.as_dict() for each in self.offers],
        }  # fmt: skip


def propose(item: Item, work: ServiceWork, locked: AbstractSet[str] = frozenset()) -> Proposal | None:
    """What an answer would change, ``None`` where it is about another work or says nothing new."""
    base = replace(item, title="") if has_stand_in(item) and "title" not in locked else item
    found = compare(base, work.reference)
    if found.verdict is Verdict.DIFFERENT:
        return None
    fills = _fills(base, item, work.reference, locked)
    offers = _offers(base, item, work.reference, locked)
    if not (fills or offers):
        return None
    return Proposal(
        item_id=item.item_id, citekey=item.citekey, title=work.reference.title, source=work.source, reason=found.reason,
        guess=found.verdict is Verdict.DOUBTFUL, fills=tuple(fills), offers=tuple(offers),
    )  # fmt: skip


def _fills(base: Item, item: Item, other: Reference, locked: AbstractSet[str]) -> list[FieldChange]:
    told = replace(other, title=base.title or other.title, title_short=base.title_short or other.title_short)
    changes = additions(base, told, locked, keep=True)
    if base.venue and is_preprint(base.venue) and not is_preprint(told.venue):
        changes.pop("type", None)
    found: list[FieldChange] = []
    for name, value in changes.items():
        if name == "extra" and isinstance(value, dict):
            found += [
                FieldChange(f"{_EXTRA}{key}", item.extra.get(key, ""), text, text)
                for key, text in value.items()
                if item.extra.get(key) != text and key != OTHER_TITLES
            ]
        elif value != getattr(item, name):
            found.append(_changed(item, name, value))
    return found


def _offers(base: Item, item: Item, other: Reference, locked: AbstractSet[str]) -> list[FieldChange]:
    names = [
        name for name in _OFFERED
        if name not in locked and getattr(base, name) and getattr(other, name) and _differs(base, other, name)
    ]  # fmt: skip
    if (
        "venue" in names
        and item.type in _UNSPECIFIC
        and other.type not in _UNSPECIFIC
        and "type" not in locked
    ):
        names.append("type")
    return [_changed(item, name, getattr(other, name)) for name in names]


def _differs(item: Item, other: Reference, name: str) -> bool:
    """Whether two descriptions say different things, and not one thing in two ways."""
    behind = is_preprint(other.venue) and bool(item.venue) and not is_preprint(item.venue)
    if name == "title":
        return title_key(item.title) != title_key(other.title)
    if name == "creators":
        return _families(item) != _families(other)
    if name == "venue":
        return not behind and short_venue(item.venue).casefold() != short_venue(other.venue).casefold()
    if name == "year":
        return not behind and item.year != other.year
    return str(getattr(item, name)).lower() != str(getattr(other, name)).lower()


def _families(reference: Reference) -> list[str]:
    return [title_key(creator.short) for creator in reference.creators]


def _changed(item: Item, name: str, value: object) -> FieldChange:
    after = replace(item, **{name: value})  # type: ignore[arg-type]
    return FieldChange(name, field_words(item, name), field_words(after, name), value)


def field_words(item: Reference, name: str) -> str:
    """A field of an item as text."""
    if name.startswith(_EXTRA):
        return item.extra.get(name.removeprefix(_EXTRA), "")
    if name == "creators":
        return names_text(item.creators)
    if name == "links":
        return " ".join(link.url for link in item.links)
    value = getattr(item, name)
    return "" if value is None else str(value)


def applied(item: Item, changes: tuple[FieldChange, ...] | list[FieldChange]) -> Item:
    """An item with changes made, those whose field is no longer what it was left out."""
    for change in changes:
        if field_words(item, change.field) != change.old:
            continue
        if change.field.startswith(_EXTRA):
            extra = dict(item.extra) | {change.field.removeprefix(_EXTRA): change.new}
            item = replace(item, extra=dict(sorted(extra.items())))
        else:
            item = replace(item, **{change.field: change.value})  # type: ignore[arg-type]
    return item
