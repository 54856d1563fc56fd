"""Finding items by a query text: what lists, searches and exports begin with."""

from __future__ import annotations

from notes_tui.errors import InvalidValueError
from notes_tui.model import query as q
from notes_tui.model.text import storable
from notes_tui.store import item_rows, pdf_pages, search
from notes_tui.store.database import Store
from notes_tui.store.search import EVERYTHING, Scope

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from notes_tui.model.brief import Brief

MOST_PAGES = 3
"""Pages of one item's PDFs that a list shows."""


def find(
    store: Store, text: str = "", scope: Scope = EVERYTHING, *, unfinished: bool = False, sort: str = "",
    limit: int | None = None,
) -> list[int]:  # fmt: skip
    """Row ids of the items a query text means, in list order unless ``sort`` or the query says otherwise.

    ``unfinished``: the last word is still being typed. Raises :class:`InvalidValueError` for a sort field
    that does not exist.
    """
    query = q.parse(storable(text), unfinished=unfinished)
    if sort:
        keys = [(name, q.parse_sort(name)) for name in sort.split(",")]
        unknown = [name for name, key in keys if key is None]
        if unknown:
            raise InvalidValueError(
                f"sort {unknown[0]!r}", hint=f"one of {', '.join(q.SORT_FIELDS)}, or -year for downwards"
            )
        query = q.Query(query.where, tuple(key for _, key in keys if key is not None) + query.sort)
    return search.find(store, query, scope, limit=limit)


def is_behind(store: Store) -> bool:
    """Whether so many changes wait for the search index that taking them in is felt."""
    return search.waiting(store) > search.AT_ONCE * 4


def catch_up(store: Store, progress: Callable[[int, int], None] | None = None) -> None:
    """Take changes into the search index, telling how many of how many are done."""
    search.refresh(store, progress=progress)


def shapes(store: Store, item_ids: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The items with these row ids as ``list --json`` prints them, each with its id, in the order of the ids."""
    return item_rows.shapes(store, item_ids)


def briefs(store: Store, item_ids: Sequence[int]) -> Iterator[Brief]:
    """The items with these row ids as rows of a list show them, in the order of the ids."""
    return item_rows.briefs(store, item_ids)


def keys_beginning(store: Store, beginning: str, most: int) -> list[tuple[str, str]]:
    """Items with a citekey or alias that begins so: citekey and title, in list order."""
    return item_rows.keys_beginning(store, storable(beginning), most)


def pages_found(store: Store, item_ids: Sequence[int], text: str) -> dict[int, list[dict[str, object]]]:
    """By row id, the pages of items' PDFs on which words of a query text stand: ``[{page, snippet}]``."""
    if not any(q.texts_of(q.parse(storable(text)).where)) or pdf_pages.is_empty(store):
        return {}
    from notes_tui.services import pdf_texts

    hits = pdf_texts.hits(store, item_ids, text, most=MOST_PAGES)
    return {item_id: [hit.as_dict() for hit in several] for item_id, several in hits.items()}
