"""Collections: showing them, making own ones, putting items in and taking them out, hiding, removing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from notes_tui.errors import InvalidValueError
from notes_tui.model.item import Entry, Item
from notes_tui.model.text import storable
from notes_tui.services.wording import count_of, name_of
from notes_tui.store import collections as store_collections
from notes_tui.store import derived, items
from notes_tui.store.collections import Collection, Section
from notes_tui.store.database import Store


@dataclass(frozen=True, slots=True)
class CollectionView:
    """A collection with its sections and entries, each entry with its item."""

    collection: Collection
    sections: tuple[Section, ...]
    entries: tuple[tuple[Entry, Item], ...]

    def as_dict(self) -> dict[str, object]:
        """The shape of ``collection show --json``."""
        return self.collection.as_dict() | {
            "section_list": [
                {"section": list(each.path), "items": each.total, "read": each.read} for each in self.sections
            ],
            "entry_list": [
                {
                    "position": entry.position, "section": list(entry.section), "title": entry.title,
                    "text": entry.text, "fields": dict(entry.fields), "citekey": item.citekey,
                    "read_status": item.read_status,
                }
                for entry, item in self.entries
            ],
        }  # fmt: skip


def collections(store: Store) -> list[Collection]:
    """Every collection, in the user's order."""
    return store_collections.all_collections(store)


def show(store: Store, slug: str) -> CollectionView:
    """One collection whole. Raises :class:`UnknownCollectionError`."""
    collection = store_collections.by_slug(store, slug)
    entries = store_collections.entries(store, collection.collection_id)
    found = {item.item_id: item for item in items.by_ids(store, list({item_id for item_id, _ in entries}))}
    return CollectionView(
        collection,
        tuple(store_collections.sections(store, collection.collection_id)),
        tuple((entry, found[item_id]) for item_id, entry in entries),
    )


def slug_from(title: str) -> str:
    """A slug from a title: lower case, hyphens; letters of any script stay."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return re.sub(r"[^\w]+", "-", folded).strip("-_")[:80] or "list"


def create(store: Store, title: str, slug: str = "") -> Collection:
    """Make an own, empty collection. Raises :class:`InvalidValueError` where it exists or has no name."""
    title = " ".join(storable(title).split())
    if not title:
        raise InvalidValueError("the collection has no name", hint="give it a title")
    slug = slug_from(slug or title)
    if store_collections.exists(store, slug):
        raise InvalidValueError(f"collection {slug!r} exists already", hint="choose another title or --slug")
    with store.step(f"collection {title} made"):
        store_collections.insert(store, slug=slug, title=title, kind="own")
        return store_collections.by_slug(store, slug)


def put(
    store: Store,
    slug: str,
    item_ids: Sequence[int],
    *,
    section: Sequence[str] = (),
    position: int | None = None,
) -> tuple[int, str]:
    """Put items into a collection, at its end or at a position; those that stand there already stay.

    Returns how many came in, and the change in words. Raises :class:`UnknownCollectionError`.
    """
    with store.step("") as step:
        collection = store_collections.by_slug(store, slug)
        present = {item_id for item_id, _ in store_collections.entries(store, collection.collection_id)}
        new = [
            item for item in items.by_ids(store, list(dict.fromkeys(item_ids))) if item.item_id not in present
        ]
        rows = [
            (item.item_id, Entry(collection.slug, tuple(section), 0, item.title, item.title or item.citekey))
            for item in new
        ]
        store_collections.put_entries(store, collection.collection_id, rows, position)
        if section and tuple(section) not in collection.sections and new:
            store_collections.set_sections(
                store, collection.collection_id, [*collection.sections, tuple(section)]
            )
        derived.refresh_order(store)
        named = name_of(new[0]) if len(new) == 1 else count_of(len(new), "item")
        step.label = f"{named} put into {collection.title}"
        return len(new), step.label


def collect(store: Store, slug: str, item_ids: Sequence[int], *, title: str = "") -> tuple[int, str]:
    """:func:`put` items into a collection, made first where a ``title`` is given; one undo step."""
    with store.step("") as step:
        slug = create(store, title, slug).slug if title else slug
        number, step.label = put(store, slug, item_ids)
        return number, step.label


def take(store: Store, slug: str, item_ids: Sequence[int]) -> tuple[int, str]:
    """Take items out of a collection; the items stay in the library.

    Returns how many entries went, and the change in words. Raises :class:`UnknownCollectionError`.
    """
    with store.step("") as step:
        collection = store_collections.by_slug(store, slug)
        gone = store_collections.take_out(store, collection.collection_id, item_ids)
        derived.refresh_order(store)
        step.label = f"{count_of(gone, 'entry', 'entries')} taken out of {collection.title}"
        return gone, step.label


def hide(store: Store, slug: str, hidden: bool = True) -> str:
    """Take a collection out of the overview, or bring it back. Returns the change in words."""
    with store.step("") as step:
        collection = store_collections.by_slug(store, slug)
        store_collections.update(store, collection.collection_id, {"hidden": int(hidden)})
        derived.refresh_order(store)
        step.label = f"{collection.title} {'hidden' if hidden else 'shown again'}"
        return step.label


def untouched_items(store: Store, slug: str) -> list[Item]:
    """Items that stand in this collection alone and that nobody has touched."""
    collection = store_collections.by_slug(store, slug)
    return items.by_ids(store, store_collections.untouched_only_here(store, collection.collection_id))


def remove(store: Store, slug: str, *, trash_untouched: bool = False) -> tuple[int, str]:
    """Remove a collection; its items stay, or those untouched and in no other list go to the trash.

    Returns how many items went to the trash, and the change in words.
    """
    with store.step("") as step:
        collection = store_collections.by_slug(store, slug)
        untouched = (
            store_collections.untouched_only_here(store, collection.collection_id) if trash_untouched else []
        )
        store_collections.delete(store, collection.collection_id)
        if untouched:
            items.update_many(store, untouched, {"trashed": store.now()})
        derived.refresh_order(store)
        step.label = f"collection {collection.title} removed" + (
            f", {count_of(len(untouched), 'untouched item')} moved to the trash" if untouched else ""
        )
        return len(untouched), step.label


def rename(store: Store, slug: str, title: str) -> str:
    """Give a collection another title; its slug stays. Returns the change in words."""
    title = " ".join(storable(title).split())
    if not title:
        raise InvalidValueError("the collection has no name", hint="give it a title")
    with store.step("") as step:
        collection = store_collections.by_slug(store, slug)
        store_collections.update(store, collection.collection_id, {"title": title})
        step.label = f"collection {collection.title} renamed {title}"
        return step.label
