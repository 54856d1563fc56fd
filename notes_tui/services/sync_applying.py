"""What a vault says of an item, made so in the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import blake2b

from notes_tui.errors import NotesError
from notes_tui.model import identifiers
from notes_tui.model.dump import DumpedAnnotation, DumpedItem
from notes_tui.model.item import Item
from notes_tui.model.text import storable
from notes_tui.services import unmarking
from notes_tui.store import dumping, items, notes
from notes_tui.store.database import Store, dump_json

_REFERENCE = (
    "type",
    "title",
    "title_short",
    "creators",
    "venue",
    "year",
    "doi",
    "arxiv",
    "abstract",
    "links",
    "extra",
)


class Applier:
    """Takes the changes of one item over; what cannot be taken is refused with a reason and stays as it is."""

    def __init__(self, store: Store, item_id: int, refuse: Callable[[str, str], None]) -> None:
        self.store = store
        self.item_id = item_id
        self.refuse = refuse

    def apply(self, before: DumpedItem, after: DumpedItem, renamed: Mapping[str, str]) -> list[str]:
        """Make the item what ``after`` says where that differs from ``before``; returns the names of what changed."""
        parts = [
            *self._reference(before.item, after.item),
            *self._own(before, after),
            *self._keys(before, after),
            *self._tags(before.item, after.item),
            *self._notes(before, after, renamed),
            *self._annotations(before, after),
            *self._attachments(before.item, after.item),
        ]
        return list(dict.fromkeys(parts))

    def _reference(self, before: Item, after: Item) -> list[str]:
        changed = [name for name in _REFERENCE if getattr(before, name) != getattr(after, name)]
        checked = _checked(after)
        for name in [name for name in ("doi", "arxiv") if name in changed]:
            if getattr(checked, name) != getattr(after, name) and not getattr(checked, name):
                self.refuse(name, f"{name} is none: {getattr(after, name)}")
                changed.remove(name)
        if changed:
            columns = items.columns_of(checked)
            names = {*changed, *(("title_key", "rest_key") if "title" in changed else ())}
            items.update(self.store, self.item_id, {name: columns[name] for name in names})
        return changed

    def _own(self, before: DumpedItem, after: DumpedItem) -> list[str]:
        pairs = {
            "added": (before.item.added, after.item.added),
            "private": (int(before.item.private), int(after.item.private)),
            "pages": (before.pages, after.pages),
            "queue_place": (before.queue_place, after.queue_place),
            "locked": (dump_json(sorted(before.locked)), dump_json(sorted(after.locked))),
        }
        columns: dict[str, object] = {name: new for name, (old, new) in pairs.items() if new != old}
        if columns:
            items.update(self.store, self.item_id, columns)
        return [name for name in columns if name != "locked"]

    def _keys(self, before: DumpedItem, after: DumpedItem) -> list[str]:
        parts: list[str] = []
        if after.item.citekey not in ("", before.item.citekey):
            from notes_tui.services import editing

            try:
                editing.change_key(self.store, items.by_id(self.store, self.item_id), after.item.citekey)
                parts.append("citekey")
            except NotesError as error:
                self.refuse("citekey", f"{error.title}: {error.detail}")
        for alias in set(after.item.aliases) - set(before.item.aliases):
            if items.key_owner(self.store, alias) is None:
                items.add_alias(self.store, self.item_id, alias)
                parts.append("aliases")
        for alias in set(before.item.aliases) - set(after.item.aliases):
            items.remove_alias(self.store, alias)
            parts.append("aliases")
        return parts + self._relations(dict(before.relations), dict(after.relations))

    def _relations(self, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
        changed = {key: key in after for key in {*before, *after} if (key in before) != (key in after)}
        for key, is_new in changed.items():
            other = items.key_owner(self.store, key)
            if other is None:
                self.refuse("related", f"there is no item {key}")
            elif is_new:
                items.link(self.store, self.item_id, other, after[key])
            else:
                items.unlink(self.store, self.item_id, other)
        return ["related"] if changed else []

    def _tags(self, before: Item, after: Item) -> list[str]:
        old, new = ({tag.lower(): tag for tag in item.tags} for item in (before, after))
        for tag in new.keys() - old.keys():
            from notes_tui.services import writing

            try:
                writing.add_tag(self.store, new[tag], [self.item_id])
            except NotesError as error:
                self.refuse("tags", f"{error.title}: {error.detail}")
        for tag in old.keys() - new.keys():
            notes.remove_tag(self.store, tag, [self.item_id])
        return ["tags"] if old.keys() != new.keys() else []

    def _notes(self, before: DumpedItem, after: DumpedItem, renamed: Mapping[str, str]) -> list[str]:
        here = {note.title: note for note in before.notes}
        wanted = {note.title: note for note in after.notes}
        parts: list[str] = []
        for old, new in renamed.items():
            if old in here and old not in wanted and new in wanted and new not in here:
                notes.rename(self.store, self.item_id, old, new)
                here[new] = replace(here.pop(old), title=new)
                parts.append("notes")
        for title in here.keys() - wanted.keys():
            notes.remove(self.store, self.item_id, title)
            parts.append("notes" if title else "note")
        for title, note in wanted.items():
            known = here.get(title)
            if known is None or (known.body, known.private, known.created) != (
                note.body,
                note.private,
                note.created,
            ):
                notes.put_known(self.store, self.item_id, replace(note, body=storable(note.body)))
                parts.append("notes" if title else "note")
        return parts

    def _annotations(self, before: DumpedItem, after: DumpedItem) -> list[str]:
        here, wanted = (_by_id(each) for each in (before, after))
        for key in here.keys() - wanted.keys():
            unmarking.remove(self.store, self.item_id, key)
        changed = here.keys() != wanted.keys()
        for key, each in wanted.items():
            if here.get(key) == each:
                continue
            changed = True
            free = key if key in here else self._free_id(key, after.uid)
            annotation = replace(each.annotation, id=free)
            dumping.put_annotation(self.store, self.item_id, replace(each, annotation=annotation))
        return ["annotations"] if changed else []

    def _free_id(self, key: str, uid: str) -> str:
        """An id for an annotation whose lines were copied from another item; the same on every machine."""
        while dumping.has_annotation(self.store, key):
            key = blake2b(f"{key} {uid}".encode(), digest_size=5).hexdigest()
        return key

    def _attachments(self, before: Item, after: Item) -> list[str]:
        gone, new = (
            set(before.attachments) - set(after.attachments),
            set(after.attachments) - set(before.attachments),
        )
        for attachment in gone:
            dumping.remove_attachment(self.store, self.item_id, attachment)
        for attachment in after.attachments:
            if attachment in new:
                dumping.add_attachment(self.store, self.item_id, attachment)
        return ["attachments"] if gone or new else []


def _by_id(item: DumpedItem) -> dict[str, DumpedAnnotation]:
    return {each.annotation.id: each for each in item.annotations}


def _checked(item: Item) -> Item:
    """The item with identifiers in the form they are kept in, and no character that cannot be kept."""
    return replace(
        item, title=storable(item.title), title_short=storable(item.title_short), venue=storable(item.venue),
        abstract=storable(item.abstract), doi=identifiers.doi(item.doi), arxiv=identifiers.arxiv_id(item.arxiv),
    )  # fmt: skip
