"""Changes to very many items, in parts that are one step: between two of them it is told how far it is.

What tells may also end it, by raising; then nothing of the step remains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from notes_tui.services import reading, writing
from notes_tui.services.reading import Marked
from notes_tui.services.wording import count_of
from notes_tui.store.database import Store

Result = TypeVar("Result")
Progress = Callable[[int, int], None]
PART = 2_500


def mark(
    store: Store, status: str, item_ids: Sequence[int], *, allowed: Sequence[str], progress: Progress
) -> Marked:
    """:func:`reading.mark` for any number of items."""

    def do(part: Sequence[int]) -> Marked:
        return reading.mark(store, status, part, allowed=allowed)

    return _marked(store, do, item_ids, f"marked {status}", progress)


def rate(store: Store, rating: int, item_ids: Sequence[int], *, progress: Progress) -> Marked:
    """:func:`reading.rate` for any number of items."""

    def do(part: Sequence[int]) -> Marked:
        return reading.rate(store, rating, part)

    return _marked(store, do, item_ids, f"rated {rating}" if rating else "no longer rated", progress)


def change_tags(
    store: Store, item_ids: Sequence[int], add: Sequence[str], remove: Sequence[str], *, progress: Progress
) -> str:
    """:func:`writing.change_tags` for any number of items."""

    def do(part: Sequence[int]) -> str:
        return writing.change_tags(store, part, add, remove)

    signs = " ".join((*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)))
    label = f"{count_of(len(item_ids), 'item')} tagged {signs}"
    labels = _in_parts(store, do, item_ids, lambda _: label, progress)
    return labels[0] if len(labels) == 1 else label


def _marked(
    store: Store, do: Callable[[Sequence[int]], Marked], item_ids: Sequence[int], what: str, progress: Progress
) -> Marked:  # fmt: skip
    def label(parts: Sequence[Marked]) -> str:
        changed = sum(len(part.changed) for part in parts)
        return f"{count_of(changed or len(item_ids), 'item')} {what}"

    parts = _in_parts(store, do, item_ids, label, progress)
    if len(parts) == 1:
        return parts[0]
    return Marked(
        tuple(key for part in parts for key in part.changed),
        tuple(each for part in parts for each in part.unchanged),
        label(parts),
        parts[0].step if parts else None,
    )


def _in_parts(
    store: Store,
    do: Callable[[Sequence[int]], Result],
    item_ids: Sequence[int],
    label: Callable[[Sequence[Result]], str],
    progress: Progress,
) -> list[Result]:
    if len(item_ids) <= PART:
        return [do(item_ids)]
    with store.step("") as step:
        done: list[Result] = []
        for start in range(0, len(item_ids), PART):
            progress(start, len(item_ids))
            done.append(do(item_ids[start : start + PART]))
        step.label = label(done)
    return done
