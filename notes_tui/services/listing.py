"""Finding and showing items, and the overview of the library that the first pane draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notes_tui.errors import InvalidValueError
from notes_tui.model import query as q
from notes_tui.model.item import Item, ItemDetail
from notes_tui.model.text import storable
from notes_tui.services.finding import find
from notes_tui.store import facets, inbox, items, notes, search, suggesting
from notes_tui.store.collections import Collection, Section
from notes_tui.store.database import Store
from notes_tui.store.search import EVERYTHING, Scope

__all__ = [
    "EVERYTHING",
    "Matrix",
    "Overview",
    "Scope",
    "detail",
    "find",
    "matrix",
    "overview",
    "rows",
    "suggest",
]


def rows(store: Store, item_ids: Sequence[int], *, with_entries: bool = True) -> list[Item]:
    """The items with these row ids, for a list; without entries, attachments and relations it is quicker."""
    return items.by_ids(store, item_ids, with_entries=with_entries)


def detail(store: Store, item_id: int) -> ItemDetail:
    """Everything about one item. Raises :class:`UnknownItemError` where it is gone."""
    return items.detail(store, item_id)


def suggest(store: Store, text: str, *, unfinished: bool = False, limit: int = 3) -> list[str]:
    """Queries like one that found nothing, with the words that nothing has spelt as others are.

    Only queries that find something are suggested. ``unfinished``: the last word was still being typed.
    """
    text = " ".join(storable(text).split())
    spans = q.word_spans(text)
    choices: list[tuple[tuple[int, int], list[str]]] = []
    for start, end in spans[:_MOST_WORDS]:
        if suggesting.is_known(store, text[start:end], prefix=unfinished and end == len(text)):
            continue
        near = suggesting.spelt_alike(store, text[start:end], limit)
        if not near:
            return []
        choices.append(((start, end), near))
    corrected = [_replaced(text, choices, number) for number in range(limit)] if choices else []
    return [each for each in dict.fromkeys(corrected) if find(store, each, unfinished=unfinished, limit=1)]


_MOST_WORDS = 12
"""Words of a query that are looked at for their spelling."""


def _replaced(text: str, choices: Sequence[tuple[tuple[int, int], list[str]]], number: int) -> str:
    """The text with each unknown word replaced by the likeliest; the last takes its ``number``-th choice."""
    last = len(choices) - 1
    for place, ((start, end), near) in reversed(list(enumerate(choices))):
        word = near[min(number, len(near) - 1)] if place == last else near[0]
        text = text[:start] + word + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class Overview:
    """What a library holds, counted."""

    total: int
    trashed: int
    queued: int
    collections: tuple[tuple[Collection, tuple[Section, ...]], ...]
    """Collections in order (hidden ones too, marked), each with its sections."""
    statuses: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]
    views: tuple[tuple[str, str], ...]
    nested_tags: tuple[tuple[str, int], ...] = ()
    """Tags that have others under them, with the number of items that have any of these."""
    unseen: tuple[tuple[str, int], ...] = ()
    """How much updates brought to lists and nobody has seen, by slug."""


def overview(store: Store) -> Overview:
    """Collections with sections, statuses, tags and views, each with counts."""
    counts = facets.status_counts(store)
    tags = facets.tag_counts(store)
    return Overview(
        total=sum(number for _, number in counts),
        trashed=search.total(store, trash=True),
        queued=dict(counts).get("queued", 0),
        collections=tuple(facets.collections_with_sections(store)),
        statuses=tuple(counts),
        tags=tuple(tags),
        nested_tags=tuple(facets.nested_tag_counts(store, (tag for tag, _ in tags))),
        views=tuple(notes.views(store)),
        unseen=tuple(inbox.counts(store).items()),
    )


@dataclass(frozen=True, slots=True)
class Matrix:
    """A comparison table: one row an item, the asked columns, each cell text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Item, tuple[str, ...]], ...]

    def as_list(self) -> list[dict[str, str | None]]:
        """One mapping an item: citekey, title, then column to text; empty is null."""
        return [
            {"citekey": item.citekey, "title": item.title or None}
            | {name: cell or None for name, cell in zip(self.columns, cells, strict=True)}
            for item, cells in self.rows
        ]


def matrix(store: Store, text: str, columns: Sequence[str]) -> Matrix:
    """Compare the items of a query by columns: item fields, list columns (``method``), note headings, roles.

    A cell takes the item's field of that name, else what a list said under it, else the text below a heading
    of that name in the main note, else the annotations with that role.
    """
    names = tuple(" ".join(name.split()) for name in columns if name.strip())
    if not names:
        raise InvalidValueError("no columns", hint="name them: --columns year,venue,method")
    found = items.details(store, find(store, text))
    return Matrix(names, tuple((each.item, tuple(_cell(each, name) for name in names)) for each in found))


def _cell(detail: ItemDetail, name: str) -> str:
    item, key = detail.item, name.lower().replace("-", "_").replace(" ", "_")
    if key in ("status", "read_status"):
        return item.read_status
    if key in ("creators", "authors", "author"):
        return "; ".join(creator.name for creator in item.creators)
    if key == "tags":
        return ", ".join(item.tags)
    if key in (
        "title",
        "title_short",
        "venue",
        "year",
        "rating",
        "type",
        "doi",
        "arxiv",
        "added",
        "citekey",
        "abstract",
    ):
        value = getattr(item, key)
        return "" if value is None else str(value)
    for entry in item.entries:
        for label, value in entry.fields.items():
            if label.lower().replace("-", "_").replace(" ", "_") == key:
                return value
    below = _below_heading(detail.main_note, name)
    marked = [each.quote or each.comment for each in detail.annotations if each.role == name.lower()]
    return below or "; ".join(marked)


def _below_heading(body: str, heading: str) -> str:
    lines = body.splitlines()
    for number, line in enumerate(lines):
        if line.startswith("#") and line.lstrip("#").strip().lower() == heading.lower():
            taken: list[str] = []
            for following in lines[number + 1 :]:
                if following.startswith("#"):
                    break
                taken.append(following.strip())
            return " ".join(" ".join(taken).split())
    return ""
