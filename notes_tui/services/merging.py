"""``merge``: several items that are one work become one; nothing that anybody wrote is lost.

The kept item's own words win; what it lacks it gets from the others, in their order. Notes, annotations,
events, tags, files, entries and relations are united, the other citekeys stay aliases, and another
venue, year or identifier stays as a version. One undo step splits everything again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from notes_tui.errors import InvalidValueError, UnknownItemError
from notes_tui.model.item import Item
from notes_tui.model.joining import additions
from notes_tui.model.report import Moved
from notes_tui.services.wording import name_of
from notes_tui.store import derived, items, merging
from notes_tui.store.database import Store


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of several items."""

    item: Item
    merged: tuple[str, ...]
    """Citekeys of the items that are part of it now."""
    filled: tuple[str, ...]
    """Fields that the kept item lacked and got."""
    moved: Moved
    label: str

    def as_dict(self) -> dict[str, object]:
        """``{citekey, merged, filled, notes, annotations, events, tags, attachments, entries}``."""
        return {
            "citekey": self.item.citekey, "merged": list(self.merged), "filled": list(self.filled),
            **self.moved.as_dict(),
        }  # fmt: skip


def merge(store: Store, keep_id: int, other_ids: Sequence[int]) -> Merged:
    """Make one item of several. Raises :class:`InvalidValueError` where one is named twice or none to merge,
    and :class:`UnknownItemError` for one that is gone or lies in the trash; then nothing has changed.
    """
    with store.step("") as step:
        chosen = _chosen(store, [keep_id, *other_ids])
        keep = chosen[0]
        locked = items.locked_fields(store, keep_id)
        result, own_columns = keep, merging.merge_columns(store, keep_id, other_ids)
        moved = Moved()
        for other in chosen[1:]:
            changes = additions(result, other, locked, keep=True)
            locked |= items.locked_fields(store, other.item_id) & changes.keys()
            result = replace(result, **changes)  # type: ignore[arg-type]
            moved += merging.move_all(store, keep_id, other.item_id, name=other.citekey)
            merging.drop(store, other.item_id, keep_id)
        columns = items.columns_of(result)
        changed = {name: value for name, value in columns.items() if value != items.columns_of(keep)[name]}
        if changed | own_columns:
            items.update(store, keep_id, changed | own_columns)
        if locked != items.locked_fields(store, keep_id):
            merging.set_locked(store, keep_id, locked)
        derived.refresh_order(store, [keep_id])
        merged = tuple(other.citekey for other in chosen[1:])
        step.label = f"{', '.join(merged)} merged into {name_of(keep)}"
        filled = tuple(name for name in changed if not name.endswith("_key"))
        label = step.label
    return Merged(items.by_id(store, keep_id), merged, filled, moved, label)


def _chosen(store: Store, item_ids: Sequence[int]) -> list[Item]:
    chosen = items.by_ids(store, item_ids)
    twice = next((item.citekey for item in chosen if item_ids.count(item.item_id) > 1), "")
    if twice:
        raise InvalidValueError(
            f"{twice} is named twice", hint="name the item to keep, then the others, each once"
        )
    if len(item_ids) < 2:
        raise InvalidValueError("there is nothing to merge", hint="name the item to keep, then the others")
    if len(chosen) < len(item_ids):
        raise UnknownItemError("one of them is not in the library any more")
    for item in chosen:
        if item.trashed:
            raise UnknownItemError(
                item.citekey, hint="it is in the trash; `notes-tui trash restore` brings it back"
            )
    return chosen
