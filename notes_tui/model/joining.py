"""What a description adds to an item it belongs to, and which item that is.

Joining fills what is empty and never overwrites, with two exceptions: a published venue, with its year
and type, takes the place of a preprint server, and a list of creators that of its beginning. What the item is known not to say (an identifier that already stands
among its links, say) adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from urllib.parse import unquote

from notes_tui.model.identifiers import arxiv_id_within, doi_of_url, ids_by_kind, ids_of
from notes_tui.model.identity import in_another_issue, match, numbers_differ, split_short_name, title_key
from notes_tui.model.item import Item, Reference
from notes_tui.model.venue import is_preprint
from notes_tui.model.versions import FIELD as VERSIONS
from notes_tui.model.versions import OTHER_TITLES, joined_versions, versions_of

_PLAIN_FIELDS = ("title", "title_short", "venue", "doi", "arxiv", "abstract", "creators", "year")
_VERSION_FIELDS = ("venue", "year", "doi", "arxiv")
_UNSPECIFIC_TYPES = ("article", "document")


def additions(
    item: Reference, other: Reference, locked: AbstractSet[str] = frozenset(), *, keep: bool = False
) -> dict[str, object]:
    """The fields of an item that change when another description of the same work joins it.

    ``locked`` names the fields that were corrected by hand. With ``keep`` the item's own words win always;
    else a published venue takes the place of a preprint's. The other version is kept in ``extra["versions"]``.
    """
    changes: dict[str, object] = {
        name: getattr(other, name)
        for name in _PLAIN_FIELDS
        if getattr(other, name) and not getattr(item, name) and not _said_already(item, other, name)
    }
    published = bool(other.venue) and not is_preprint(other.venue)
    if published and is_preprint(item.venue) and not keep and not locked & {"venue", "year"}:
        changes |= {"venue": other.venue} | ({"year": other.year} if other.year else {})
    bare = not item.venue or "venue" in changes
    if bare and item.type in _UNSPECIFIC_TYPES and other.type not in _UNSPECIFIC_TYPES:
        changes["type"] = other.type
    incomplete = not keep or "et-al" in item.extra
    if incomplete and len(other.creators) > len(item.creators) and _families(item) <= _families(other):
        changes["creators"] = other.creators
    known = {address_key(link.url) for link in item.links}
    if new_links := tuple(link for link in other.links if address_key(link.url) not in known):
        changes["links"] = (*item.links, *new_links)
    extra = dict(item.extra) | _new_extra(item, other, changes)
    if "creators" in changes and "et-al" not in other.extra:
        extra.pop("et-al", None)  # the list of names is complete now
    allowed = {name: value for name, value in changes.items() if name not in locked}
    result = replace(item, **{name: value for name, value in allowed.items() if name in _VERSION_FIELDS})  # type: ignore[arg-type]
    if versions := joined_versions(result, item, other, every_year=keep):
        extra[VERSIONS] = versions
    if keep and (titles := _other_titles(item, other)):
        extra[OTHER_TITLES] = " | ".join(titles)
    allowed["extra"] = dict(sorted(extra.items()))
    return {name: value for name, value in allowed.items() if value != getattr(item, name)}


def _other_titles(item: Reference, *others: Reference) -> list[str]:
    """Titles that an item bears in other descriptions merged into it, in order, with short names that are not its own."""
    told = [item.extra.get(OTHER_TITLES, "").split(" | ")]
    told += [[_named_title(each, item), *each.extra.get(OTHER_TITLES, "").split(" | ")] for each in others]
    by_key = {title_key(title): title for titles in reversed(told) for title in reversed(titles)}
    return sorted(title for key, title in by_key.items() if key and key != title_key(item.title))


def _named_title(reference: Reference, item: Reference) -> str:
    """A title with its short name before it, where neither the title nor the item says that name."""
    name = title_key(reference.title_short)
    known = name in title_key(reference.title) or name == title_key(item.title_short)
    return reference.title if known else f"{reference.title_short}: {reference.title}"


def _said_already(item: Reference, other: Reference, name: str) -> bool:
    """Whether the item holds a value in another place, so that its field is empty for a reason."""
    addresses = [link.url for link in item.links]
    if name == "arxiv":
        return any(arxiv_id_within(place).lower() == other.arxiv.lower() for place in (item.doi, *addresses))
    if name == "doi":
        return any(doi_of_url(address).lower() == other.doi.lower() for address in addresses)
    if name == "title_short":
        return split_short_name(item.title)[0] == other.title_short
    if name == "year":
        return bool(item.extra.get("issued")) and item.extra["issued"] == other.extra.get("issued")
    return name == "venue" and bool(item.arxiv) and is_preprint(other.venue)


def _families(reference: Reference) -> set[str]:
    return {title_key(creator.short) for creator in reference.creators}


def _new_extra(item: Reference, other: Reference, changes: dict[str, object]) -> dict[str, str]:
    new = {
        name: value
        for name, value in other.extra.items()
        if value and name not in {VERSIONS, OTHER_TITLES, *item.extra}
    }
    if "et-al" in new and "creators" not in changes:
        del new["et-al"]
    year = changes.get("year", item.year)
    if "issued" in new and year is not None and str(year) not in new["issued"]:
        del new["issued"]
    return new


def address_key(url: str) -> str:
    """An address in the form in which addresses are compared: without scheme, ``www.`` and final slash."""
    plain = re.sub(r"^https?://(www\.)?", "", unquote(url.strip()), flags=re.IGNORECASE).rstrip("/")
    host, slash, path = plain.partition("/")
    return host.lower() + slash + path


def adds_nothing(item: Reference, other: Reference) -> bool:
    """Whether every word of a description stands on the item as it is."""
    fields_agree = all(getattr(other, name) in ("", None, (), getattr(item, name)) for name in _PLAIN_FIELDS)
    known = {address_key(link.url) for link in item.links}
    return (
        fields_agree
        and other.type == item.type
        and all(address_key(link.url) in known for link in other.links)
        and all(item.extra.get(name, value) == value for name, value in other.extra.items())
    )


def choose(reference: Reference, candidates: Iterable[Item]) -> tuple[Item | None, list[tuple[Item, str]]]:
    """The item a reference certainly is, and the doubtful ones with their reasons.

    An item under the same key is the same where its title is equal and nothing contradicts, also if the
    title is too short to tell by; one without any title is where it says every word of the reference.
    Items in the trash count only where nothing else does.
    """
    ordered = sorted(candidates, key=lambda item: (bool(item.trashed), not _answers(item, reference.citekey)))
    for item in ordered:
        if (not reference.citekey or _answers(item, reference.citekey)) and _is_verbatim(item, reference):
            return item, []
        if _answers(item, reference.citekey) and _has_equal_title(item, reference):
            return item, []
        if _was_merged(item, reference):
            return item, []
    live = [item for item in ordered if not item.trashed]
    found = match(reference, live)
    if found.same is None and len(live) < len(ordered):
        binned = match(reference, [item for item in ordered if item.trashed])
        if isinstance(binned.same, Item):
            return binned.same, []
    proposals = [(each.candidate, each.reason) for each in found.proposals]
    same = found.same if isinstance(found.same, Item) else None
    return same, [(item, reason) for item, reason in proposals if isinstance(item, Item)]


def _is_verbatim(item: Item, reference: Reference) -> bool:
    return reference.title == item.title and adds_nothing(item, reference)


def _has_equal_title(item: Item, reference: Reference) -> bool:
    """Whether the titles are equal and neither identifiers nor creators nor the kind of work say otherwise."""
    key = title_key(item.title) or item.title
    other_key = title_key(reference.title) or reference.title
    if not key or key != other_key or numbers_differ(item.title, reference.title):
        return False
    if in_another_issue(item, reference):
        return False
    ids, others = ids_by_kind(item), ids_by_kind(reference)
    names, other_names = _families(item), _families(reference)
    return (
        (item.type == "software") == (reference.type == "software")
        and all(ids[kind] & others[kind] for kind in ids.keys() & others.keys())
        and (not names or not other_names or bool(names & other_names))
    )


def _was_merged(item: Item, reference: Reference) -> bool:
    """Whether a reference is what was merged into an item before: by its key, its title and its identifiers."""
    if reference.citekey.lower() not in map(str.lower, item.aliases) or not title_key(reference.title):
        return False
    key = title_key(reference.title)
    if key != title_key(item.title) and not any(
        title_key(each).endswith(key) for each in _other_titles(item)
    ):
        return False
    versions = [Reference(doi=each.doi, arxiv=each.arxiv) for each in versions_of(item)]
    known = frozenset().union(ids_of(item), *map(ids_of, versions))
    kinds = {each.partition(":")[0] for each in known}
    return all(each in known or each.partition(":")[0] not in kinds for each in ids_of(reference))


def _answers(item: Item, citekey: str) -> bool:
    """Whether an item has a key, or got it with a letter or two behind it because it was taken."""
    if not citekey:
        return False
    key = citekey.lower()
    for own in map(str.lower, (item.citekey, *item.aliases)):
        rest = own[len(key) :] if own.startswith(key) else "…"
        if not rest or (len(rest) <= 2 and rest.isascii() and rest.isalpha()):
            return True
    return False
