"""Where in an item the words of a query stand: its abstract, notes and annotations, each with its context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notes_tui.model.found_words import FoundWords, Stretch
from notes_tui.model.item import Annotation, Item, ItemDetail, Note
from notes_tui.store import notes
from notes_tui.store.database import Store

MOST = 4
"""Places of one item that are shown."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place where words stand."""

    where: str
    """``abstract``, ``note`` or ``note · Proof``, ``p. 12`` of an annotation, ``remark``."""
    stretch: Stretch


class Sought:
    """What a query looks for, by the part of an item it may stand in."""

    def __init__(self, query: str, *, unfinished: bool = False) -> None:
        self.anywhere, self.title, self.note, self.quote = (
            FoundWords(query, field=field, unfinished=unfinished) for field in ("", "title", "note", "quote")
        )

    def __bool__(self) -> bool:
        return any((self.title, self.note, self.quote))

    def is_in_title(self, item: Item) -> bool:
        """Whether the title shows why an item was found."""
        return bool(self.title.spans(item.title) or self.title.spans(item.title_short))


def places_of(detail: ItemDetail, sought: Sought) -> list[FoundPlace]:
    """The first places in an item, at most :data:`MOST`."""
    found: list[FoundPlace] = []
    if sought:
        for place in _places(detail.item, detail.notes, detail.annotations, sought):
            found.append(place)
            if len(found) == MOST:
                break
    return found


def first_places(store: Store, items: Sequence[Item], query: str) -> Iterator[tuple[Item, FoundPlace | None]]:
    """Each item with the first place outside its title, or ``None`` where the title has words or nothing has."""
    sought = Sought(query)
    for start in range(0, len(items), _AT_ONCE):
        chunk = items[start : start + _AT_ONCE]
        hidden = [item.item_id for item in chunk if sought and not sought.is_in_title(item)]
        own_notes = notes.of_items(store, hidden) if hidden else {}
        marked = notes.annotations_of_items(store, hidden) if hidden else {}
        wanted = set(hidden)
        for item in chunk:
            places = _places(item, own_notes.get(item.item_id, ()), marked.get(item.item_id, ()), sought)
            yield item, next(places, None) if item.item_id in wanted else None


def _places(
    item: Item, own_notes: Sequence[Note], annotations: Sequence[Annotation], sought: Sought
) -> Iterator[FoundPlace]:
    for note in own_notes:
        if stretch := sought.note.stretch(note.body):
            yield FoundPlace(f"note · {note.title}" if note.title else "note", stretch)
    for annotation in annotations:
        page = annotation.page_label or (str(annotation.page) if annotation.page else "")
        stretch = sought.quote.stretch(annotation.quote) or sought.anywhere.stretch(annotation.comment)
        if stretch:
            yield FoundPlace(f"p. {page}" if page else "remark", stretch)
    if stretch := sought.anywhere.stretch(item.abstract):
        yield FoundPlace("abstract", stretch)
