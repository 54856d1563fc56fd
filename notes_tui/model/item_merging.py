"""Three-way merge of an item: what the library and a file of a vault made of what was last written.

Fields are merged one by one, lists as sets that keep their order, annotations by their id, notes line by
line. Where both sides changed the same thing in different ways, each side keeps its own and a conflict says so;
everything else of either side is in all three results. Read status, rating and page reached follow from
events, entries from their collections: neither is merged here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from notes_tui.model.dump import DumpedAnnotation, DumpedItem
from notes_tui.model.item import Annotation, Item, Note
from notes_tui.model.merge import Conflict, merge_sets, merge_text

T = TypeVar("T")

SCALARS = (
    "citekey", "title", "title_short", "type", "venue", "year", "doi", "arxiv", "abstract", "added", "private",
)  # fmt: skip
"""Fields of an item that hold one value."""
_LISTS = ("creators", "links", "tags", "aliases", "attachments")
_WORDS = ("quote", "comment")
_MARKS = ("kind", "page", "page_label", "role", "color", "source")


@dataclass(frozen=True, slots=True)
class PartConflict:
    """A part of an item that both sides changed, each in its own way."""

    part: str
    """A field's name, ``note``, ``note: Title``, or ``annotation ID`` with what of it."""
    line: int
    """Line of the part where it begins, from 1."""
    base: str
    mine: str
    """As the library has it."""
    theirs: str
    """As the file has it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for a conflict."""

    side: Literal["mine", "theirs", "both", "text"]
    text: str = ""
    """The words in its place where the side is ``text``."""

    def lines(self, conflict: Conflict) -> Sequence[str]:
        """The lines that stand in place of a conflict in a text."""
        if self.side == "text":
            return self.text.split("\n") if self.text else ()
        mine = conflict.ours if self.side != "theirs" else ()
        theirs = conflict.theirs if self.side != "mine" else ()
        return (*mine, *theirs)


Chooser = Callable[[PartConflict], "Choice | None"]


def _undecided(_: PartConflict) -> Choice | None:
    return None


@dataclass(frozen=True, slots=True)
class MergedItem:
    """The item as each side should be; they differ only where there are conflicts."""

    base: DumpedItem
    ours: DumpedItem
    theirs: DumpedItem
    conflicts: tuple[PartConflict, ...]


@dataclass(slots=True)
class _Sides:
    """Values gathered for the three results."""

    base: dict[str, object] = field(default_factory=dict)
    ours: dict[str, object] = field(default_factory=dict)
    theirs: dict[str, object] = field(default_factory=dict)
    conflicts: list[PartConflict] = field(default_factory=list)
    chooser: Chooser = _undecided

    def put(self, name: str, value: object) -> None:
        self.base[name] = self.ours[name] = self.theirs[name] = value

    def choose(self, name: str, part: str, base: object, ours: object, theirs: object) -> None:
        """The value of a field that one side changed; each its own where both did."""
        if ours == theirs or theirs == base:
            self.put(name, ours)
        elif ours == base:
            self.put(name, theirs)
        else:
            conflict = PartConflict(part, 1, *map(_words, (base, ours, theirs)))
            choice = self.chooser(conflict)
            if choice and choice.side in ("mine", "theirs"):
                self.put(name, ours if choice.side == "mine" else theirs)
                return
            if choice and choice.side == "text" and isinstance(ours or theirs, str):
                self.put(name, choice.text)
                return
            self.base[name], self.ours[name], self.theirs[name] = base, ours, theirs
            self.conflicts.append(conflict)

    def add_text(self, part: str, name: str, base: str, ours: str, theirs: str) -> None:
        """A text of several lines."""

        def chosen(conflict: Conflict) -> Sequence[str] | None:
            choice = self.chooser(_in_text(part, conflict))
            return choice.lines(conflict) if choice else None

        merged = merge_text(base, ours, theirs, chosen)
        self.base[name], self.ours[name], self.theirs[name] = merged.sides
        self.conflicts += [_in_text(part, each) for each in merged.conflicts]


def _words(value: object) -> str:
    return "" if value is None else "yes" if value is True else "no" if value is False else str(value)


def _in_text(part: str, conflict: Conflict) -> PartConflict:
    sides = ("\n".join(lines) for lines in (conflict.base, conflict.ours, conflict.theirs))
    return PartConflict(part, conflict.line, *sides)


def merge_items(
    base: DumpedItem, ours: DumpedItem, theirs: DumpedItem, renamed: Mapping[str, str] | None = None,
    choose: Chooser = _undecided,
) -> MergedItem:  # fmt: skip
    """What became of an item. ``renamed`` leads from titles of notes in ``base`` to the file's titles for them.

    ``choose`` is asked about each conflict; one that somebody decided is none any more.
    """
    sides = _Sides(chooser=choose)
    for name in SCALARS:
        values = [getattr(each.item, name) for each in (base, ours, theirs)]
        if name == "added" and values[0] not in values[1:] and all(values[1:]):
            sides.put(name, min(values[1:]))
        else:
            sides.choose(name, name, *values)
    for name in _LISTS:
        sides.put(name, _merged_list(*(getattr(each.item, name) for each in (base, ours, theirs))))
    extra = _Sides(chooser=choose)
    for key in _keys(*(each.item.extra for each in (base, ours, theirs))):
        extra.choose(key, f"extra {key}", *(each.item.extra.get(key) for each in (base, ours, theirs)))
    whole = _Sides()
    for name in ("pages", "queue_place"):
        first, second, third = (getattr(each, name) for each in (base, ours, theirs))
        whole.put(name, second if third == first else third)
    for name in ("locked", "relations"):
        whole.put(name, _merged_list(*(getattr(each, name) for each in (base, ours, theirs))))
    notes, annotations = _Sides(chooser=choose), _Sides(chooser=choose)
    _merge_notes(notes, base.notes, ours.notes, theirs.notes, renamed or {})
    _merge_annotations(annotations, base.annotations, ours.annotations, theirs.annotations)

    def result(side: Callable[[_Sides], dict[str, object]]) -> DumpedItem:
        filled = {key: value for key, value in side(extra).items() if value is not None}
        item: Item = replace(ours.item, **side(sides), extra=filled)  # type: ignore[arg-type]
        return replace(
            ours, item=item, notes=_gathered(side(notes)), annotations=_gathered(side(annotations)),
            **side(whole),  # type: ignore[arg-type]
        )  # fmt: skip

    conflicts = (*sides.conflicts, *extra.conflicts, *annotations.conflicts, *notes.conflicts)
    return MergedItem(
        result(lambda each: each.base),
        result(lambda each: each.ours),
        result(lambda each: each.theirs),
        conflicts,
    )


def _gathered(values: dict[str, object]) -> tuple[Any, ...]:
    return tuple(value for value in values.values() if value is not None)


def _keys(*mappings: Mapping[str, object]) -> list[str]:
    return list(dict.fromkeys(key for mapping in mappings for key in mapping))


def _merged_list(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> tuple[T, ...]:
    """Lists as sets that keep the order of the side that changed it."""
    by_name = {repr(element): element for side in (base, theirs, ours) for element in side}
    merged = merge_sets(*([repr(element) for element in side] for side in (base, ours, theirs)))
    return tuple(by_name[name] for name in merged)


def _merge_notes(
    sides: _Sides,
    base: Iterable[Note],
    ours: Iterable[Note],
    theirs: Iterable[Note],
    renamed: Mapping[str, str],
) -> None:
    """The notes by title; one that a side deleted is gone unless the other side changed it."""
    back = {new: old for old, new in renamed.items()}
    before, mine = ({note.title: note for note in side} for side in (base, ours))
    found = {back.get(note.title, note.title): note for note in theirs}
    for title in _keys(before, mine, found):
        old, own, other = before.get(title), mine.get(title), found.get(title)
        kept = _survivor(old, own, other, lambda note: (note.body, note.title))
        if kept is not None:
            sides.put(title, replace(kept, title=renamed.get(title, title)))
        elif own and other:
            _merge_note(sides, title, old or Note(title, ""), own, other)


def _survivor(old: T | None, own: T | None, other: T | None, words: Callable[[T], object]) -> T | None:
    """What only one side still has: new or changed there. ``None`` where both have it or nobody wants it."""
    if own is not None and other is not None:
        return None
    left = own if own is not None else other
    unwanted = left is None or (old is not None and words(left) == words(old))
    return None if unwanted else left


def _merge_note(sides: _Sides, title: str, old: Note, own: Note, other: Note) -> None:
    one = _Sides(chooser=sides.chooser)
    part = f"note: {title}" if title else "note"
    one.add_text(part, "body", old.body, own.body, other.body)
    one.put("title", other.title)
    one.put("private", own.private if other.private == old.private else other.private)
    one.put("created", min(filter(None, (own.created, other.created)), default=""))
    sides.conflicts += one.conflicts
    for target, values in ((sides.base, one.base), (sides.ours, one.ours), (sides.theirs, one.theirs)):
        target[title] = replace(own, **values)  # type: ignore[arg-type]


def _merge_annotations(
    sides: _Sides,
    base: Iterable[DumpedAnnotation],
    ours: Iterable[DumpedAnnotation],
    theirs: Iterable[DumpedAnnotation],
) -> None:
    """The annotations by id; one that a side deleted is gone unless the other side changed it."""
    before, mine, found = ({each.annotation.id: each for each in side} for side in (base, ours, theirs))
    for key in _keys(before, mine, found):
        old, own, other = before.get(key), mine.get(key), found.get(key)
        kept = _survivor(old, own, other, lambda each: each.annotation)
        if kept is not None:
            sides.put(key, kept)
        elif own and other:
            _merge_annotation(sides, key, old, own, other)


def _merge_annotation(
    sides: _Sides, key: str, old: DumpedAnnotation | None, own: DumpedAnnotation, other: DumpedAnnotation
) -> None:
    one, extra = _Sides(chooser=sides.chooser), _Sides()
    before = old.annotation if old else Annotation()
    trio = (before, own.annotation, other.annotation)
    for name in _MARKS:
        one.choose(name, f"annotation {key} {name}", *(getattr(each, name) for each in trio))
    one.put("created", min(filter(None, (each.created for each in trio[1:])), default=""))
    for name in _WORDS:
        one.add_text(f"annotation {key} {name}", name, *(getattr(each, name) for each in trio))
    for name in _keys(old.extra if old else {}, own.extra, other.extra):
        values = ((old.extra if old else {}).get(name), own.extra.get(name), other.extra.get(name))
        extra.put(name, values[1] if values[2] == values[0] else values[2])
    more = {name: value for name, value in extra.ours.items() if value is not None}
    sides.conflicts += one.conflicts
    for target, values_of in ((sides.base, one.base), (sides.ours, one.ours), (sides.theirs, one.theirs)):
        target[key] = DumpedAnnotation(replace(own.annotation, **values_of), more)  # type: ignore[arg-type]


def with_parts(item: DumpedItem, source: DumpedItem, conflicts: Iterable[PartConflict]) -> DumpedItem:
    """An item with the parts that conflicts are about as another has them."""
    for each in conflicts:
        kind, _, rest = each.part.partition(" ")
        if each.part in SCALARS:
            item = replace(item, item=replace(item.item, **{each.part: getattr(source.item, each.part)}))
        elif kind == "extra":
            extra = {**item.item.extra, rest: source.item.extra.get(rest, "")}
            item = replace(
                item, item=replace(item.item, extra={key: value for key, value in extra.items() if value})
            )
        elif kind == "annotation":
            item = _with_annotation(item, source, rest.partition(" ")[0])
        else:
            item = _with_note(item, source, each.part.removeprefix("note").removeprefix(": "))
    return item


def _with_annotation(item: DumpedItem, source: DumpedItem, key: str) -> DumpedItem:
    meant = {each.annotation.id: each for each in source.annotations}
    return replace(
        item,
        annotations=tuple(
            meant.get(key, each) if each.annotation.id == key else each for each in item.annotations
        ),
    )


def _with_note(item: DumpedItem, source: DumpedItem, title: str) -> DumpedItem:
    meant = {each.title: each for each in source.notes}
    notes = (
        replace(each, body=meant[title].body) if each.title == title and title in meant else each
        for each in item.notes
    )
    return replace(item, notes=tuple(notes))
