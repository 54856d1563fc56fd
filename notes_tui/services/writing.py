"""Notes, annotations and tags on items, and saved views."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from notes_tui.errors import EditConflictError, InvalidValueError, UnknownThingError
from notes_tui.model.item import Annotation, AnnotationKind
from notes_tui.model.text import storable
from notes_tui.services.processes import is_running
from notes_tui.services.wording import count_of, name_of
from notes_tui.store import facets, items, journal, notes
from notes_tui.store.database import Store

MANUAL = "manual"
"""The source of annotations that were written here; others came from files."""
NO_ROLE = "none"
"""What people write for no role."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A note as it stands after a save, and the undo step the save belongs to."""

    body: str
    changed: bool
    label: str
    step: int | None


def note_title(text: str) -> str:
    """The title of a note as it is kept: one line, without white space at its ends."""
    return " ".join(storable(text).split())


def read_note(store: Store, item_id: int, title: str = "") -> str:
    """The text of a note; the main one has no title. Raises :class:`UnknownThingError` for a titled one not there."""
    title = note_title(title)
    body = notes.body(store, item_id, title)
    if body is None and title:
        known = ", ".join(repr(note.title) for note in notes.of_item(store, item_id) if note.title)
        raise UnknownThingError(
            f"note {title!r}", hint=f"there are {known}" if known else "it has no titled notes"
        )
    return body or ""


def save_note(
    store: Store,
    item_id: int,
    body: str,
    *,
    title: str = "",
    sitting: int | None = None,
    base: str | None = None,
) -> Saved:
    """Replace the text of a note, making or (with an empty text) removing it.

    ``sitting`` is the step of an earlier save of the same sitting at an editor: while that is still the
    latest step, this save joins it, so that one ``undo`` takes the whole sitting back. ``base`` is the text
    the editing began from: where the note is no longer that, nothing is saved and :class:`EditConflictError`
    carries both versions. A file of the item in a synced vault is written at once where nobody changed it.
    """
    saved = _save_note(store, item_id, storable(body), note_title(title), sitting, base)
    _write_through(store, item_id, saved)
    return saved


def _save_note(
    store: Store, item_id: int, body: str, title: str, sitting: int | None, base: str | None
) -> Saved:
    with store.step("") as step:
        name = name_of(items.by_id(store, item_id))
        step.label = f"note on {name} changed"
        before = notes.body(store, item_id, title)
        if (before or "") == body:
            return Saved(body, False, step.label, sitting)
        if base is not None and (before or "") != base:
            raise EditConflictError(f"the note on {name}", mine=body, theirs=before or "")
        if body:
            notes.put(store, item_id, title, body)
        else:
            notes.remove(store, item_id, title)
        joined = sitting is not None and journal.join_last(store, step, sitting)
        return Saved(body, True, step.label, sitting if joined else step.step_id)


def _write_through(store: Store, item_id: int, saved: Saved) -> None:
    """Bring the file of a note that was saved to what it says, where it stands in a vault."""
    if saved.changed and store.open_step is None and notes.is_in_vault(store, item_id):
        from notes_tui.services.write_through import write_item

        write_item(store, item_id)


def append_note(store: Store, item_id: int, text: str, *, title: str = "") -> Saved:
    """Add a paragraph to a note, making the note where there is none."""
    text = storable(text)
    if not text.strip():
        raise InvalidValueError("there is no text to add", hint="give --append TEXT")
    with store.step("") as step:
        before = notes.body(store, item_id, note_title(title)) or ""
        gap = "" if not before or before.endswith("\n\n") else "\n" if before.endswith("\n") else "\n\n"
        newline = "\n" if before.endswith("\n") and not text.endswith("\n") else ""
        saved = save_note(store, item_id, before + gap + text + newline, title=title)
        step.label = saved.label
    _write_through(store, item_id, saved)
    return saved


def set_note_private(store: Store, item_id: int, private: bool, *, title: str = "") -> str:
    """Keep a note private, or no longer. Returns the change in words.

    Raises :class:`UnknownThingError` where there is no such note.
    """
    with store.step("") as step:
        name = name_of(items.by_id(store, item_id))
        if not notes.set_private(store, item_id, note_title(title), private):
            raise UnknownThingError(f"note {title!r} on {name}" if title else f"a note on {name}")
        step.label = f"note on {name} {'kept private' if private else 'no longer private'}"
        return step.label


def begin_editing(store: Store, item_id: int, title: str = "") -> None:
    """Remember that this process has an editor open on a note."""
    with store.transaction():
        notes.begin_editing(store, item_id, title, os.getpid())


def end_editing(store: Store, item_id: int, title: str = "") -> None:
    """The editor of this process on a note was closed in order."""
    with store.transaction():
        notes.end_editing(store, item_id, title, os.getpid())


def interrupted_notes(store: Store) -> list[str]:
    """Names of items whose note was being typed in a process that is gone; each is told once."""
    gone = [row for row in notes.editing(store) if not is_running(row[2])]
    if not gone:
        return []
    with store.transaction():
        for item_id, title, process, _ in gone:
            notes.end_editing(store, item_id, title, process)
    return [name_of(item) for item in items.by_ids(store, list(dict.fromkeys(row[0] for row in gone)))]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotation after a change, and the change in words."""

    annotation: Annotation
    label: str


def annotate(store: Store, item_id: int, annotation: Annotation) -> Annotated:
    """Add an annotation: a ``highlight`` where there is a quote, else a ``note``.

    Raises :class:`InvalidValueError` where it says nothing or its page is below 1.
    """
    annotation = _clean(annotation)
    annotation = replace(annotation, kind=_kind_of(annotation), id="")
    with store.step("") as step:
        name = name_of(items.by_id(store, item_id))
        uid = notes.put_annotation(store, item_id, annotation)
        place = f" on page {annotation.page}" if annotation.page else ""
        step.label = f"{'quote' if annotation.quote else 'remark'} added to {name}{place}"
        return Annotated(_existing(store, item_id, uid), step.label)


def change_annotation(store: Store, item_id: int, annotation_id: str, **changes: object) -> Annotated:
    """Set some of ``page, quote, comment, role`` of an annotation; what is not named stays.

    A page of ``None`` and empty texts clear what was there. The label of a page goes with it. Raises
    :class:`UnknownThingError` for an id that is not of this item, :class:`InvalidValueError` where nothing is left.
    """
    with store.step("") as step:
        before = _existing(store, item_id, annotation_id)
        after = _clean(replace(before, **changes))  # type: ignore[arg-type]
        if after.page != before.page:
            after = replace(after, page_label="")
        if after.source == MANUAL and bool(after.quote) != bool(before.quote):
            after = replace(after, kind=_kind_of(after))
        notes.put_annotation(store, item_id, after)
        step.label = f"annotation on {name_of(items.by_id(store, item_id))} changed"
        return Annotated(after, step.label)


def remove_annotation(store: Store, item_id: int, annotation_id: str) -> Annotated:
    """Delete an annotation; one that stands in a file does not come again with it.

    Raises :class:`UnknownThingError` for an id that is not of this item.
    """
    from notes_tui.services import unmarking

    with store.step("") as step:
        before = _existing(store, item_id, annotation_id)
        unmarking.remove(store, item_id, annotation_id)
        step.label = f"annotation on {name_of(items.by_id(store, item_id))} removed"
        return Annotated(before, step.label)


def _existing(store: Store, item_id: int, annotation_id: str) -> Annotation:
    found = notes.annotation(store, item_id, annotation_id)
    if found is None:
        known = ", ".join(each.id for each in notes.annotations_of(store, item_id)[:8])
        raise UnknownThingError(
            f"annotation {annotation_id!r}", hint=f"there are {known}" if known else "the item has none"
        )
    return found


def _kind_of(annotation: Annotation) -> AnnotationKind:
    return "highlight" if annotation.quote else "note"


def _clean(annotation: Annotation) -> Annotation:
    role = " ".join(storable(annotation.role).lower().split())
    cleaned = replace(
        annotation,
        quote=storable(annotation.quote).strip(),
        comment=storable(annotation.comment).strip(),
        role="" if role == NO_ROLE else role,
    )
    if annotation.source == MANUAL and not (cleaned.quote or cleaned.comment):
        raise InvalidValueError("the annotation says nothing", hint="give a quote or a comment")
    if cleaned.page is not None and not 1 <= cleaned.page < 1_000_000:
        raise InvalidValueError(f"page {cleaned.page}", hint="pages count from 1")
    return cleaned


def clean_tag(tag: str) -> str:
    """A tag as it is kept: no white space at the ends, none round the slashes, no ``#`` in front.

    Raises :class:`InvalidValueError` where nothing is left or it is longer than 100 characters.
    """
    parts = [" ".join(part.split()) for part in storable(tag).strip().lstrip("#").split("/")]
    cleaned = "/".join(part for part in parts if part)
    if not cleaned or len(cleaned) > 100 or not cleaned.isprintable() or "," in cleaned:
        raise InvalidValueError(
            f"tag {tag!r}", hint="up to 100 characters in one line, without a comma; a/b nests"
        )
    return cleaned


def add_tag(store: Store, tag: str, item_ids: Sequence[int]) -> tuple[int, str]:
    """Put a tag on items. Returns how many did not have it, and the change in words."""
    with store.step("") as step:
        tag = notes.spelling_of_tag(store, clean_tag(tag))
        number = notes.add_tag(store, tag, item_ids)
        step.label = f"{_named(store, item_ids)} tagged {tag}"
        return number, step.label


def remove_tag(store: Store, tag: str, item_ids: Sequence[int]) -> tuple[int, str]:
    """Take a tag off items. Returns how many had it, and the change in words."""
    with store.step("") as step:
        tag = clean_tag(tag)
        number = notes.remove_tag(store, tag, item_ids)
        step.label = f"tag {tag} taken off {_named(store, item_ids)}"
        return number, step.label


def tags_among(store: Store, item_ids: Sequence[int]) -> tuple[set[str], set[str]]:
    """The tags that all of these items have, and those that only some have."""
    counts = notes.tag_counts_among(store, item_ids)
    on_all = {tag for tag, number in counts.items() if number == len(set(item_ids))}
    return on_all, set(counts) - on_all


def change_tags(store: Store, item_ids: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> str:
    """Put tags on items and take others off, in one step. Returns the change in words."""
    with store.step("") as step:
        labels = [add_tag(store, tag, item_ids)[1] for tag in add]
        labels += [remove_tag(store, tag, item_ids)[1] for tag in remove]
        if len(labels) > 1:
            signs = [*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)]
            labels = [f"{_named(store, item_ids)} tagged {' '.join(signs)}"]
        step.label = labels[0] if labels else "no tag changed"
        return step.label


def rename_tag(store: Store, old: str, new: str) -> tuple[int, str]:
    """Rename a tag and those nested under it. Raises :class:`UnknownThingError` for a tag nobody uses."""
    with store.step("") as step:
        old, new = clean_tag(old), clean_tag(new)
        number = notes.rename_tag(store, old, new)
        if not number:
            raise UnknownThingError(f"tag {old!r}", hint="`notes-tui tag list` shows the tags")
        step.label = f"tag {old} renamed {new} on {count_of(number, 'item')}"
        return number, step.label


def tags(store: Store) -> list[tuple[str, int]]:
    """Every tag with its number of items."""
    return facets.tag_counts(store)


def views(store: Store) -> list[tuple[str, str]]:
    """Saved views, each with its query, in the user's order."""
    return notes.views(store)


def save_view(store: Store, name: str, query: str) -> str:
    """Keep a query under a name. Returns the change in words."""
    name = " ".join(storable(name).split())
    if not name:
        raise InvalidValueError("the view has no name", hint="give it one")
    with store.step(f"view {name} saved") as step:
        notes.put_view(store, name, storable(query))
        return step.label


def remove_view(store: Store, name: str) -> str:
    """Forget a saved view. Raises :class:`UnknownThingError`."""
    with store.step(f"view {name} removed") as step:
        if not notes.remove_view(store, name):
            raise UnknownThingError(f"view {name!r}")
        return step.label


def _named(store: Store, item_ids: Sequence[int]) -> str:
    if len(item_ids) == 1:
        return name_of(items.by_id(store, item_ids[0]))
    return count_of(len(item_ids), "item")
