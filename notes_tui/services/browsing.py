"""What one chosen part of the library shows: ids in order, headings between them, how many there are.

A *place* is what a person chose in the first pane: a collection or a section of it, a status, a tag, a
saved view, the queue, the trash, or everything. Browsing joins a place with the words being typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from notes_tui.errors import UnknownThingError
from notes_tui.model import query as q
from notes_tui.model.text import storable
from notes_tui.services.listing import suggest
from notes_tui.store import collections, items, notes, queue, search
from notes_tui.store.database import Store
from notes_tui.store.search import EVERYTHING, Scope

PlaceKind = Literal["all", "next", "collection", "status", "tag", "view", "trash"]
PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the library that can be chosen."""

    kind: PlaceKind = "all"
    name: str = ""
    """Slug of a collection, name of a status, tag or view."""
    section: tuple[str, ...] = ()
    """Headings of a section of a collection, outermost first."""

    def as_state(self) -> dict[str, object]:
        """What is remembered of a place."""
        return {"kind": self.kind, "name": self.name, "section": list(self.section)}

    @classmethod
    def from_state(cls, state: object) -> Place | None:
        """The place that was remembered, or ``None`` where it is none."""
        if not isinstance(state, Mapping) or state.get("kind") not in PLACE_KINDS:
            return None
        name, section = state.get("name"), state.get("section")
        if not isinstance(name, str) or not isinstance(section, list):
            return None
        return cls(state["kind"], name, tuple(str(heading) for heading in section))


EVERYWHERE = Place()
NEXT = Place("next")
TRASH = Place("trash")


@dataclass(frozen=True, slots=True)
class Shown:
    """The items of a place that match, and what is to be said about them."""

    place: Place
    title: tuple[str, ...]
    """What the place is called: ``("Research Space", "Cluster Scheduling")``."""
    text: str
    everywhere: bool
    """Whether the words were looked for in the whole library instead of the place."""
    ids: Sequence[int]
    total: int
    """How many items the place has without the words."""
    headings: tuple[tuple[int, str], ...] = ()
    """``(place in ids, section)`` where a section of a collection begins."""
    grouped_by: str = ""
    repeated: int = 0
    """How many of the ids are there once more, because their papers stand in several groups."""
    complete: bool = True
    """Whether ``ids`` is all of them, not the first few."""
    elsewhere: int = 0
    """Where nothing was found: how many match in the whole library."""
    suggestions: tuple[str, ...] = ()
    """Where nothing was found anywhere: what to look for instead, with words that are spelt alike."""
    is_ranked: bool = False
    """Whether what fits the words best comes first."""
    waiting: int = 0
    """How many changed items have still to be taken into the index; words may be missed in these."""


def browse(
    store: Store, place: Place, text: str = "", *, everywhere: bool = False, sort: str = "", limit: int | None = None
) -> Shown:  # fmt: skip
    """The items of a place that match words still being typed.

    ``sort`` is a field as in ``sort:``; it yields to one in the text. Without either, what fits the words best
    comes first, but a collection keeps its own order. ``limit`` cuts the list, for a quick first look. Where
    many changes wait for the index they stay there (:attr:`Shown.waiting`, :func:`take_in`). Raises :class:`UnknownCollectionError` or :class:`UnknownThingError` where the place is gone.
    """
    query = q.parse(storable(text), unfinished=True)
    everywhere = everywhere and not query.is_empty
    scope, base, title = _bounds(store, place)
    if query.is_empty and place.kind in ("all", "status"):
        scope = Scope(overview=True)
    if everywhere:
        scope, base = EVERYTHING, q.Query()
    key = q.parse_sort(sort) if sort else None
    sort_keys = query.sort or ((key,) if key else ()) or base.sort
    is_queue = place.kind == "next" and not everywhere
    if not sort_keys and not query.is_empty and scope.collection_id is None and not is_queue:
        sort_keys = (q.SortKey("rank"),)
    waiting = 0 if query.is_empty and base.is_empty else _take_in_few(store)
    asked = q.Query(_both(base.where, query.where), sort_keys)
    if is_queue:
        return _queue(store, Shown(place, title, text, False, (), 0, waiting=waiting), asked, limit)
    found = search.find(store, asked, scope, limit=limit, take_in=False)
    total = len(found) if query.is_empty else search.count(store, base, scope, take_in=False)
    shown = Shown(
        place, title, text, everywhere, found, total,
        headings=_headings(store, scope, found) if not sort_keys else (),
        complete=limit is None or len(found) < limit, waiting=waiting,
        is_ranked=sort_keys == (q.SortKey("rank"),),
    )  # fmt: skip
    return shown if found or query.is_empty else _nothing(store, shown, query)


def _take_in_few(store: Store) -> int:
    """Take changes into the index where that is done at once; returns how many wait."""
    waiting = search.waiting(store)
    if waiting > search.AT_ONCE or store.read_only:
        return waiting
    search.refresh(store)
    return 0


def take_in(store: Store, seconds: float) -> int:
    """Take waiting changes into the index for about so long; returns how many still wait."""
    search.refresh(store, seconds=seconds)
    return search.waiting(store)


def _both(base: q.Node, node: q.Node) -> q.Node:
    parts = tuple(part for part in (base, node) if part != q.And())
    return parts[0] if len(parts) == 1 else q.And(parts)


def _bounds(store: Store, place: Place) -> tuple[Scope, q.Query, tuple[str, ...]]:
    match place.kind:
        case "collection":
            collection = collections.by_slug(store, place.name)
            return (
                Scope(collection.collection_id, place.section),
                q.Query(),
                (collection.title, *place.section),
            )
        case "status":
            return EVERYTHING, q.Query(q.FieldIs("status", place.name)), (place.name,)
        case "tag":
            return EVERYTHING, q.Query(q.FieldIs("tag", place.name)), (f"#{place.name}",)
        case "view":
            return EVERYTHING, q.parse(_view_query(store, place.name)), (place.name,)
        case "trash":
            return Scope(trash=True), q.Query(), ("Trash",)
        case "next":
            return EVERYTHING, q.Query(), ("Next",)
        case "all":
            return EVERYTHING, q.Query(), ("All papers",)


def _queue(store: Store, shown: Shown, asked: q.Query, limit: int | None) -> Shown:
    """What to read next, in the queue's order unless the query sorts, with a heading for each kind of reason."""
    first_look = limit if asked.is_empty and not asked.sort else None
    parts = queue.order(store, None if first_look is None else first_look + 1)
    total = sum(map(len, parts))
    found = None if asked.is_empty and not asked.sort else search.find(store, asked, take_in=False)
    if asked.sort and found is not None:
        wanted = set().union(*parts)
        fitting = [item_id for item_id in found if item_id in wanted]
        return replace(
            shown, ids=fitting[:limit], total=total, complete=limit is None or len(fitting) <= limit
        )
    matching = None if found is None else set(found)
    chosen: list[int] = []
    headings: list[tuple[int, str]] = []
    for heading, part in zip(_REASONS, parts, strict=True):
        fitting = part if matching is None else [item_id for item_id in part if item_id in matching]
        if fitting and (limit is None or len(chosen) < limit):
            headings.append((len(chosen), heading))
        chosen += fitting
    complete = limit is None or len(chosen) <= limit
    shown = replace(shown, ids=chosen[:limit], total=total, headings=tuple(headings), complete=complete)
    return shown if chosen or asked.is_empty else _nothing(store, shown, asked)


_REASONS = ("In your queue", "Started", "Next in your lists")


def _view_query(store: Store, name: str) -> str:
    for view, query in notes.views(store):
        if view.casefold() == name.casefold():
            return query
    raise UnknownThingError(f"view {name!r}")


def _headings(store: Store, scope: Scope, found: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Where a new section begins, for the items of a collection in its own order."""
    if scope.collection_id is None:
        return ()
    depth = len(scope.section)
    section_of = collections.sections_of(store, scope.collection_id, found, scope.section)
    headings: list[tuple[int, str]] = []
    current: tuple[str, ...] = ()
    for place, item_id in enumerate(found):
        section = section_of.get(item_id, ())[depth:]
        if section != current:
            current = section
            headings.append((place, " › ".join(section)))
    return tuple(headings)


def _nothing(store: Store, shown: Shown, query: q.Query) -> Shown:
    elsewhere = 0
    if not shown.everywhere and shown.place.kind != "all":
        elsewhere = search.count(store, q.Query(query.where), take_in=False)
    suggestions = [] if elsewhere or shown.waiting else suggest(store, shown.text, unfinished=True)
    return replace(shown, elsewhere=elsewhere, suggestions=tuple(suggestions))


def query_of(store: Store, place: Place, text: str = "", sort: str = "") -> str:
    """The query that finds what a place shows with some words, for a saved view."""
    parts: list[str] = []
    match place.kind:
        case "collection":
            parts += [
                f"collection:{_quoted(place.name)}",
                *(f"section:{_quoted(each)}" for each in place.section[-1:]),
            ]
        case "status" | "tag":
            parts.append(f"{place.kind}:{_quoted(place.name)}")
        case "view":
            parts.append(_grouped(_view_query(store, place.name)))
        case "all" | "next" | "trash":
            pass
    parts.append(_grouped(" ".join(text.split())))
    if sort and "sort:" not in text:
        parts.append(f"sort:{sort}")
    return " ".join(part for part in parts if part)


def _quoted(name: str) -> str:
    name = name.replace('"', " ")
    return f'"{name}"' if " " in name or "(" in name or ")" in name else name


def _grouped(text: str) -> str:
    return f"({text})" if " OR " in text else text


def is_small(store: Store) -> bool:
    """Whether the library is so small that everything about it is known at once."""
    return items.newest_id(store) <= 2_000


def first_place(store: Store) -> Place:
    """Where a library opens that was never left: its first collection, else everything."""
    slug = collections.first_slug(store)
    return Place("collection", slug) if slug else EVERYWHERE
