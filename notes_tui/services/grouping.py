"""Showing a list in groups, with a heading for each: by section, read status, year, venue or tag."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any, get_args

from notes_tui.services.browsing import Shown
from notes_tui.store import groups
from notes_tui.store.database import Store
from notes_tui.store.groups import Grouping

GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
_WITHOUT = {
    "section": "in no list",
    "year": "without a year",
    "venue": "without a venue",
    "tag": "without a tag",
}


def grouped(store: Store, shown: Shown, by: str, statuses: Sequence[str] = ()) -> Shown:
    """The list in groups, each in the order the list had; what has no value comes last.

    ``statuses`` are the read statuses in their order. A paper stands under each of its tags, and everywhere but in
    a collection under each of its sections. What is ordered for a reason of its own is left as it is: the queue,
    and what was searched for, best first. An unknown ``by`` does nothing.
    """
    if by not in GROUPINGS or shown.place.kind == "next" or shown.is_ranked:
        return shown
    if by == "section" and shown.place.kind == "collection" and not shown.everywhere:
        return shown
    values = groups.values(store, by, shown.ids)
    members: dict[Hashable, list[int]] = {}
    rest: list[int] = []
    for item_id in shown.ids:
        for value in values.get(item_id, ()):
            members.setdefault(value, []).append(item_id)
        if item_id not in values:
            rest.append(item_id)
    ids: list[int] = []
    headings: list[tuple[int, str]] = []
    for value in _ordered(members, by, values, statuses):
        headings.append((len(ids), f"{_name(value)} · {len(members[value]):,}"))
        ids += members[value]
    if rest:
        headings.append((len(ids), f"{_WITHOUT.get(by, '')} · {len(rest):,}"))
        ids += rest
    return replace(
        shown, ids=ids, headings=tuple(headings), grouped_by=by, repeated=len(ids) - len(shown.ids)
    )


def _ordered(
    members: dict[Hashable, list[int]], by: str, values: dict[int, list[Any]], statuses: Sequence[str]
) -> list[Hashable]:
    if by == "section":  # as the lists have them, which is the order in which they were read
        return list(dict.fromkeys(value for each in values.values() for value in each if value in members))
    orders: dict[str, Callable[[Any], Any]] = {
        "status": lambda name: (statuses.index(name) if name in statuses else len(statuses), name),
        "year": lambda year: -year,
        "venue": str.casefold,
        "tag": str.casefold,
    }
    return sorted(members, key=orders[by])


def _name(value: Hashable) -> str:
    return " › ".join(value) if isinstance(value, tuple) else str(value)
