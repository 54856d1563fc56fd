"""What people change in the front matter of notes that are theirs: tags, read status and rating come in.

Only what was changed since the file was taken in counts, and only where the library does not say so already, so that
what another machine took in from the same file is not taken in twice. A key that was deleted says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from notes_tui.errors import InvalidValueError
from notes_tui.model.adoption import FrontMatter
from notes_tui.model.item import Item
from notes_tui.model.times import parse_when
from notes_tui.services import writing
from notes_tui.store import derived, events, items, notes
from notes_tui.store.database import Store


def take_front(
    store: Store, item_id: int, before: FrontMatter, now: FrontMatter, *, statuses: Collection[str],
    refuse: Callable[[str], None],
) -> list[str]:  # fmt: skip
    """Make of an item what its front matter says ``now`` and did not say ``before``; returns the names of what changed.

    Used inside a step. Tags that were taken out of the file go from the item. ``refuse`` is told why a value cannot
    be taken.
    """
    if now == before:
        return []
    derived.refresh_items(store, [item_id])
    item = items.by_id(store, item_id)
    parts = ["tags"] if _take_tags(store, item, before, now, refuse) else []
    status, was = (each.read_status or ("read" if each.read_on else "") for each in (now, before))
    if status and status != was and status in statuses and status != item.read_status:
        events.append(store, [item_id], "status", status, at=_day_of(store, now, status, refuse))
        parts.append("read_status")
    if now.rating and now.rating != before.rating and now.rating != item.rating:
        events.append(store, [item_id], "rating", str(now.rating))
        parts.append("rating")
    return parts


def _take_tags(
    store: Store, item: Item, before: FrontMatter, now: FrontMatter, refuse: Callable[[str], None]
) -> bool:
    old, new = (_cleaned(each.tags, told) for each, told in ((before, lambda why: None), (now, refuse)))
    changed = sum(
        writing.add_tag(store, new[tag], [item.item_id])[0] for tag in sorted(new.keys() - old.keys())
    )
    changed += sum(
        notes.remove_tag(store, old[tag], [item.item_id]) for tag in sorted(old.keys() - new.keys())
    )
    return changed > 0


def _cleaned(tags: Collection[str], refuse: Callable[[str], None]) -> dict[str, str]:
    """Tags as they are kept, by what they are without regard to case; those that cannot be are refused."""
    found: dict[str, str] = {}
    for tag in tags:
        try:
            clean = writing.clean_tag(tag.replace(",", " "))
        except InvalidValueError as error:
            refuse(str(error))
        else:
            found[clean.lower()] = clean
    return found


def _day_of(store: Store, front: FrontMatter, status: str, refuse: Callable[[str], None]) -> str:
    """When it was read, where the front matter says so; else empty, which is now."""
    if status != "read" or not front.read_on:
        return ""
    try:
        return parse_when(front.read_on, store.clock())
    except InvalidValueError as error:
        refuse(str(error))
        return ""
