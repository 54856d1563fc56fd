"""Read status, rating and progress as dated events; the queue of what to read next; statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from notes_tui.errors import InvalidValueError
from notes_tui.model.item import HistoryEvent, Item
from notes_tui.model.times import parse_when
from notes_tui.services.wording import count_of, name_of
from notes_tui.store import bulk, events, items, queue
from notes_tui.store.bulk import Standing
from notes_tui.store.database import Store


@dataclass(frozen=True, slots=True)
class Marked:
    """What a change of status, rating or progress did."""

    changed: tuple[str, ...]
    """Citekeys that got an event."""
    unchanged: tuple[tuple[str, str], ...]
    """Citekeys that were so already, each with since when."""
    label: str
    step: int | None = None

    def as_dict(self) -> dict[str, object]:
        """``{changed, unchanged: [{citekey, since}]}``."""
        return {
            "changed": list(self.changed),
            "unchanged": [{"citekey": key, "since": since or None} for key, since in self.unchanged],
        }


def mark(
    store: Store, status: str, item_ids: Sequence[int], *, allowed: Sequence[str],
    page: int | None = None, date: str = "",
) -> Marked:  # fmt: skip
    """Give items a read status. Without ``page`` or ``date``, items that have it already are left alone.

    Raises :class:`InvalidValueError` for a status that is not ``allowed``, a page below 1, or a bad date.
    """
    status = status.lower()
    if status not in allowed:
        raise InvalidValueError(f"status {status!r}", hint=f"one of {', '.join(allowed)}")
    _check_page(page)
    at = parse_when(date, store.clock()) if date else ""
    with store.step("") as step:
        chosen = bulk.standings(store, item_ids)
        forced = bool(at) or page is not None
        change = [item for item in chosen if forced or item.read_status != status]
        same = [item for item in chosen if not forced and item.read_status == status]
        label = f"{_named(store, change or chosen)} marked {status}"
        step.label = label
        if change:
            events.append(store, [item.item_id for item in change], "status", status, at=at, page=page)
        since = events.statuses_since(store, [item.item_id for item in same]) if same else {}
        unchanged = tuple((item.citekey, since.get(item.item_id, item.added)) for item in same)
        return Marked(tuple(item.citekey for item in change), unchanged, label, step.step_id)


def rate(store: Store, rating: int, item_ids: Sequence[int]) -> Marked:
    """Rate items from 1 to 5; 0 takes the rating away. Raises :class:`InvalidValueError` outside that."""
    if not 0 <= rating <= 5:
        raise InvalidValueError(f"rating {rating}", hint="1 to 5, or 0 to clear it")
    with store.step("") as step:
        chosen = bulk.standings(store, item_ids)
        change = [item for item in chosen if (item.rating or 0) != rating]
        label = f"{_named(store, change or chosen)} " + (f"rated {rating}" if rating else "no longer rated")
        step.label = label
        if change:
            events.append(store, [item.item_id for item in change], "rating", str(rating))
        same = tuple((item.citekey, "") for item in chosen if (item.rating or 0) == rating)
        return Marked(tuple(item.citekey for item in change), same, label, step.step_id)


def set_progress(store: Store, item_ids: Sequence[int], page: int, pages: int | None = None) -> Marked:
    """Note the page reached, and how many pages there are where that is given; the status stays.

    Raises :class:`InvalidValueError` for a page below 1 or beyond the last.
    """
    _check_page(page)
    if pages is not None and pages < page:
        raise InvalidValueError(
            f"page {page} of {pages}", hint="write the page reached, then the number of pages: 5/12"
        )
    with store.step("") as step:
        chosen = bulk.standings(store, item_ids)
        if pages is not None:
            items.update_many(store, [item.item_id for item in chosen], {"pages": pages})
        change = [item for item in chosen if item.page != page]
        label = f"{_named(store, chosen)} at page {page}" + (f" of {pages}" if pages else "")
        step.label = label
        if change:
            events.append(store, [item.item_id for item in change], "progress", page=page)
        same = tuple((item.citekey, "") for item in chosen if item.page == page)
        return Marked(tuple(item.citekey for item in change), same, label, step.step_id)


def log_opened(store: Store, item_id: int) -> None:
    """Log that an item's link or PDF was opened. Not an undo step; no status changes."""
    with store.transaction():
        events.append(store, [item_id], "opened")


def history(store: Store, item_id: int | None = None) -> list[HistoryEvent]:
    """The dated events of one item or of all, oldest first."""
    return events.history(store, item_id)


def _check_page(page: int | None) -> None:
    if page is not None and not 1 <= page < 1_000_000:
        raise InvalidValueError(f"page {page}", hint="pages count from 1")


def _named(store: Store, chosen: Sequence[Standing]) -> str:
    return (
        name_of(items.by_id(store, chosen[0].item_id)) if len(chosen) == 1 else count_of(len(chosen), "item")
    )


@dataclass(frozen=True, slots=True)
class NextItem:
    """An item to read, and why."""

    item: Item
    reason: str

    def as_dict(self) -> dict[str, object]:
        """``{citekey, title, reason}``."""
        return {"citekey": self.item.citekey, "title": self.item.title or None, "reason": self.reason}


def next_items(store: Store, limit: int | None = None) -> list[NextItem]:
    """What to read: the user's own queue, then what is started, then the lists in their order.

    Hidden collections are left out, and so is what nobody put in any list but the user's own inbox.
    """
    rows = queue.candidates(store, limit)
    found = {item.item_id: item for item in items.by_ids(store, [row[0] for row in rows])}
    return [NextItem(found[item_id], reason) for item_id, reason in rows if item_id in found]


def move_in_queue(store: Store, item_id: int, offset: int) -> bool:
    """Move a queued item up or down in the user's own order; says whether it moved."""
    with store.step(f"{name_of(items.by_id(store, item_id))} moved in the queue"):
        return queue.move(store, item_id, offset)


@dataclass(frozen=True, slots=True)
class Stats:
    """What was read: totals now, and changes of status by month."""

    items: int
    statuses: dict[str, int]
    months: dict[str, dict[str, int]]
    """``YYYY-MM`` (by each event's own offset) to status to number of events."""
    rated: int
    notes: int
    annotations: int
    collections: list[dict[str, object]]

    def as_dict(self) -> dict[str, object]:
        """The shape of ``stats --json``."""
        return {
            "items": self.items, "statuses": self.statuses, "months": self.months, "rated": self.rated,
            "notes": self.notes, "annotations": self.annotations, "collections": self.collections,
        }  # fmt: skip


def stats(store: Store, allowed: Sequence[str]) -> Stats:
    """Count statuses, and what was marked in each month; items only in hidden collections are left out."""
    counts = queue.status_counts(store)
    months: dict[str, Counter[str]] = {}
    for event in queue.visible_status_events(store):
        months.setdefault(event[0], Counter())[event[1]] += 1
    notes, annotations, rated = queue.written_counts(store)
    return Stats(
        items=sum(counts.values()),
        statuses={name: counts.get(name, 0) for name in dict.fromkeys([*allowed, *counts])},
        months={month: dict(sorted(months[month].items())) for month in sorted(months)},
        rated=rated,
        notes=notes,
        annotations=annotations,
        collections=queue.collection_progress(store),
    )
