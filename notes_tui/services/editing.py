"""Correcting items: fields, keys, the trash."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from notes_tui.errors import (
    CitekeyTakenError,
    EditConflictError,
    InvalidValueError,
    NotesError,
    UnknownItemError,
)
from notes_tui.model import identifiers
from notes_tui.model.csl import names_from_text, names_text
from notes_tui.model.item import CSL_TYPES, LINK_KINDS, Item, Link, LinkKind, Reference
from notes_tui.model.text import fold, storable
from notes_tui.services.wording import count_of, name_of
from notes_tui.store import items, search
from notes_tui.store.database import Store, dump_json

FIELDS = (
    "title", "title_short", "type", "creators", "venue", "year", "doi", "arxiv", "abstract", "links", "private",
    "pages", "citekey",
)  # fmt: skip
_NAMES = {
    "title-short": "title_short", "short": "title_short", "author": "creators", "authors": "creators",
    "creator": "creators", "url": "links", "link": "links", "key": "citekey", "container-title": "venue",
    "container_title": "venue",
}  # fmt: skip
_CITEKEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+/\-]{0,99}")
_ADDRESS = re.compile(r"https?://\S+|mailto:\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit changed: field to old and new value, as text."""

    item: Item
    changes: Mapping[str, tuple[str, str]]
    label: str

    def as_dict(self) -> dict[str, object]:
        """``{citekey, changes: {field: {from, to}}}``."""
        return {
            "citekey": self.item.citekey,
            "changes": {name: {"from": old, "to": new} for name, (old, new) in self.changes.items()},
        }


def field_text(item: Item, name: str) -> str:
    """A field as the text that :func:`edit` would read back."""
    if name == "creators":
        return names_text(item.creators)
    if name == "links":
        return " ".join(f"{link.kind}:{link.url}" for link in item.links)
    if name == "pages":
        return str(item.pages or "")
    if name == "private":
        return "yes" if item.private else "no"
    value = getattr(item, name)
    return "" if value is None else str(value)


def parse_assignments(texts: Sequence[str]) -> dict[str, str]:
    """``FIELD=VALUE`` texts as a mapping. Raises :class:`InvalidValueError` naming the one that is none."""
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise InvalidValueError(f"{text!r}", hint="write FIELD=VALUE, for example year=2024")
        found[_field_name(name)] = value
    return found


def _field_name(name: str) -> str:
    name = name.strip().lower()
    name = _NAMES.get(name, name)
    if name not in FIELDS:
        raise InvalidValueError(f"there is no field {name!r}", hint=f"fields are {', '.join(FIELDS)}")
    return name


def edit(
    store: Store, item_id: int, values: Mapping[str, str], *, base: Mapping[str, str] | None = None
) -> Edited:
    """Set fields of an item from text; an empty value clears the field.

    Fields set here are locked against being overwritten by imports. ``base`` holds the texts the editing began
    from: where one of the fields is no longer that, nothing is changed and :class:`EditConflictError` carries
    both values. Raises :class:`InvalidValueError` naming the field, :class:`CitekeyTakenError` for a citekey
    in use.
    """
    values = {_field_name(name): storable(value).strip() for name, value in values.items()}
    with store.step("") as step:
        before = items.by_id(store, item_id)
        for name in values.keys() & (base or {}).keys():
            if base and field_text(before, name) not in (base[name], values[name]):
                raise EditConflictError(
                    f"{name} of {name_of(before)}", mine=values[name], theirs=field_text(before, name)
                )
        columns: dict[str, object] = {}
        for name, value in values.items():
            if name != "citekey":
                columns |= _columns(before, name, value)
        if columns:
            items.update(store, item_id, columns)
        if "citekey" in values:
            change_key(store, before, values["citekey"])
        after = items.by_id(store, item_id)
        pairs = {name: (field_text(before, name), field_text(after, name)) for name in values}
        changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        locked = items.locked_fields(store, item_id)
        if set(values) - locked:
            items.update(store, item_id, {"locked": dump_json(sorted(locked | set(values)))})
        step.label = f"{name_of(before)}: {', '.join(changes) or 'nothing'} changed"
        return Edited(after, changes, step.label)


class _OnlyTryingError(Exception):
    """Takes a trial back."""


def refusals(store: Store, item_id: int, values: Mapping[str, str]) -> dict[str, str]:
    """What :func:`edit` would refuse, by field, in words. Nothing is changed."""
    refused: dict[str, str] = {}
    for name, value in values.items():
        with suppress(_OnlyTryingError), store.transaction():
            try:
                edit(store, item_id, {name: value})
            except NotesError as error:
                refused[name] = error.hint or error.detail
            raise _OnlyTryingError
    return refused


def _columns(item: Item, name: str, value: str) -> dict[str, object]:
    if name == "pages":
        return {"pages": _number(name, value, 1, 1_000_000)}
    if name == "private":
        return {"private": int(_yes_or_no(value))}
    reference = _PARSERS[name](item, value)
    columns = items.columns_of(reference)
    return {column: columns[column] for column in (name, "title_key", "rest_key")}


def _number(name: str, value: str, low: int, high: int) -> int | None:
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{1,7}", value) or not low <= int(value) <= high:
        raise InvalidValueError(f"{name} {value!r}", hint=f"a number from {low} to {high}, or nothing")
    return int(value)


def _yes_or_no(value: str) -> bool:
    if fold(value) in ("yes", "true", "1", "on"):
        return True
    if fold(value) in ("no", "false", "0", "off", ""):
        return False
    raise InvalidValueError(f"private {value!r}", hint="yes or no")


def _with_type(item: Item, value: str) -> Reference:
    if value not in CSL_TYPES:
        raise InvalidValueError(f"type {value!r}", hint=f"a CSL type such as {', '.join(CSL_TYPES[:6])}")
    return replace(item, type=value)


def _with_creators(item: Item, value: str) -> Reference:
    if ";" not in value and "{" not in value:
        one_name = value.count(",") == 1 and _is_family(value.split(",")[0])  # Family, Given
        value = value.replace(" and ", ";") if " and " in value or one_name else value.replace(",", ";")
    return replace(item, creators=names_from_text(value))


def _is_family(text: str) -> bool:
    """Whether words are one family name: a single one, or one behind a particle (``van der Berg``)."""
    found = text.split()
    return len(found) == 1 or (len(found) > 1 and found[0].islower())


def _with_doi(item: Item, value: str) -> Reference:
    doi = identifiers.doi(value)
    if value and not doi:
        raise InvalidValueError(
            f"doi {value!r}", hint="a DOI begins with 10., for example 10.1145/3341301.3359646"
        )
    return replace(item, doi=doi)


def _with_arxiv(item: Item, value: str) -> Reference:
    arxiv = identifiers.arxiv_id(value)
    if value and not arxiv:
        raise InvalidValueError(f"arxiv {value!r}", hint="an arXiv id, for example 2301.00010")
    return replace(item, arxiv=arxiv)


def _with_links(item: Item, value: str) -> Reference:
    links: list[Link] = []
    for text in value.split():
        kind, _, url = text.partition(":")
        if kind not in LINK_KINDS:
            kind, url = "paper", text
        if not _ADDRESS.fullmatch(url):
            raise InvalidValueError(
                f"link {text!r}", hint="addresses begin with https://, http:// or mailto:"
            )
        known: dict[str, LinkKind] = {name: name for name in LINK_KINDS}
        links.append(Link(known[kind], url))
    return replace(item, links=tuple(links))


_PARSERS: dict[str, Callable[[Item, str], Reference]] = {
    "title": lambda item, value: replace(item, title=" ".join(value.split())),
    "title_short": lambda item, value: replace(item, title_short=" ".join(value.split())),
    "venue": lambda item, value: replace(item, venue=" ".join(value.split())),
    "abstract": lambda item, value: replace(item, abstract=value),
    "year": lambda item, value: replace(item, year=_number("year", value, 1, 9999)),
    "type": _with_type,
    "creators": _with_creators,
    "doi": _with_doi,
    "arxiv": _with_arxiv,
    "links": _with_links,
}


def rekey(store: Store, item_id: int, new: str) -> Edited:
    """Give an item a new citekey; the old one stays an alias. Raises :class:`CitekeyTakenError`."""
    return edit(store, item_id, {"citekey": new})


def change_key(store: Store, item: Item, new: str) -> None:
    """Give an item another citekey inside the open step; the old one stays an alias.

    Raises :class:`InvalidValueError` for what is no key, :class:`CitekeyTakenError` for another item's.
    """
    if not _CITEKEY.fullmatch(new):
        raise InvalidValueError(
            f"citekey {new!r}", hint="ASCII letters, digits and _ . : + / - only, and a letter or digit first"
        )
    owner = items.key_owner(store, new)
    if owner is not None and owner != item.item_id:
        other = items.by_ids(store, [owner])[0]
        raise CitekeyTakenError(f"{new!r} belongs to {other.citekey}", hint="choose another key")
    if new == item.citekey:
        return
    items.remove_alias(store, new)
    items.update(store, item.item_id, {"citekey": new})
    if new.lower() != item.citekey.lower():
        items.add_alias(store, item.item_id, item.citekey)


def remove(store: Store, item_ids: Sequence[int]) -> str:
    """Move items to the trash; nothing of them is lost. Returns what was done, in words."""
    with store.step("") as step:
        chosen = items.by_ids(store, item_ids, with_entries=False)
        items.update_many(store, item_ids, {"trashed": store.now()})
        step.label = f"{_named(chosen)} moved to the trash"
        return step.label


def restore(store: Store, item_ids: Sequence[int]) -> str:
    """Take items out of the trash. Returns what was done, in words."""
    with store.step("") as step:
        chosen = items.by_ids(store, item_ids, with_entries=False)
        items.update_many(store, item_ids, {"trashed": ""})
        step.label = f"{_named(chosen)} taken out of the trash"
        return step.label


def trash(store: Store) -> list[Item]:
    """What lies in the trash, latest first."""
    return items.by_ids(store, search.trashed(store))


def find_in_trash(store: Store, keys: Sequence[str]) -> list[Item]:
    """Items of the trash by citekey or alias, each once. Raises :class:`UnknownItemError` for a key of none."""
    by_key: dict[str, Item] = {}
    for item in trash(store):
        by_key |= {key.lower(): item for key in (*item.aliases, item.citekey)}
    for key in keys:
        if key.strip().lower() not in by_key:
            raise UnknownItemError(f"{key!r} is not in the trash", hint="`notes-tui trash` lists what is")
    return list({item.item_id: item for item in (by_key[key.strip().lower()] for key in keys)}.values())


def empty_trash(store: Store) -> str:
    """Delete what lies in the trash, with its notes and events. Returns what was done, in words."""
    with store.step("") as step:
        gone = search.trashed(store)
        items.delete_for_good(store, gone)
        step.label = f"trash emptied, {count_of(len(gone), 'item')} deleted"
        return step.label


def _named(chosen: Sequence[Item]) -> str:
    return name_of(chosen[0]) if len(chosen) == 1 else count_of(len(chosen), "item")
