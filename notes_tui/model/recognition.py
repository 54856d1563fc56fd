"""Annotations read from a file again are the ones known before: by their own id, else by where and what they are.

Only what the file says is compared. A reader's own words, roles and tags are no part of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from notes_tui.model.pdf import Box, PdfAnnotation

Pages = Sequence[tuple[int, str]]
"""Numbers from 1 and texts of the pages of a file."""
_MOST_COMPARED = 300
"""Annotations of one page and kind whose places are compared each with each."""
_TEXT_MARKS = frozenset(("highlight", "underline", "strikeout", "squiggly"))
_LONG_ID = 12
"""Characters of an id that no program gives twice; shorter ones may count from 1 at each save."""
_PIECE = 4
"""Characters in a row by which texts are compared."""
_COMMON = 0.4
"""Share of the shorter text that two marks have in common where one came from the other."""
_ROUNDED = 1.0
"""Points by which a place may differ that nobody has moved."""
_OVERLAP = 0.5
"""Share of the common area by which two places are the same annotation, drawn anew."""


@dataclass(slots=True)
class Recognition:
    """What became of annotations; numbers are places in the sequences given."""

    same: list[tuple[int, int]] = field(default_factory=list)
    """Old and new number of annotations that say what they said."""
    edited: list[tuple[int, int]] = field(default_factory=list)
    """Old and new number of annotations that were changed in the file."""
    gone: list[int] = field(default_factory=list)
    """Old numbers. After an incomplete reading these are not known to be deleted."""
    new: list[int] = field(default_factory=list)
    """New numbers."""


def recognise(
    old: Sequence[PdfAnnotation], new: Sequence[PdfAnnotation], *, own: frozenset[str] | None = None
) -> Recognition:
    """Match what was known with what was read now, every annotation at most once.

    An id counts first together with words, or with page and place, since some programs number anew when they
    save; then page, place and words count; then the id alone where it stands once on either side. Marks of which
    no words are the same are never one.
    ``own`` are those ids where these annotations are not all (see :func:`own_ids`).
    """
    matching = _Matching(old, new)
    matching.by(_with_id(lambda each: (each.kind, each.page, _words(each), _place(each))))
    matching.by(_with_id(lambda each: (each.kind, each.page, _words(each))))
    matching.by(_with_id(lambda each: (each.page, _place(each))))
    matching.by(_with_id(lambda each: (each.kind, _words(each)) if _words(each) else None))
    matching.by(lambda each: (each.kind, each.page, _words(each), _place(each), each.comment))
    matching.by(lambda each: (each.kind, each.page, _words(each), _place(each)))
    own = own_ids(old, new) if own is None else own
    matching.by(lambda each: each.id if each.id in own else None, fits=_may_share_an_id)
    matching.by(lambda each: (each.kind, each.page, each.quote, each.comment) if _words(each) else None)
    matching.by(lambda each: (each.kind, each.page, each.quote) if each.quote else None)
    matching.by(
        lambda each: (each.kind, each.quote, each.comment, each.created) if _words(each) else None, once=True
    )
    matching.by_overlap()
    return matching.result()


def _with_id(key: Callable[[PdfAnnotation], Hashable]) -> Callable[[PdfAnnotation], Hashable]:
    def with_id(each: PdfAnnotation) -> Hashable:
        rest = key(each)
        return (each.id, rest) if each.id and rest is not None else None

    return with_id


def on_pages(old: Sequence[PdfAnnotation], before: Pages, now: Pages) -> list[PdfAnnotation]:
    """Annotations on the pages to which those with the very same text have moved, as far as there are such."""
    numbers = _numbers_by_text(now)
    moved = {number: numbers[text] for text, number in _numbers_by_text(before).items() if text in numbers}
    return [
        replace(each, page=moved[each.page]) if moved.get(each.page, each.page) != each.page else each
        for each in old
    ]


def _numbers_by_text(pages: Pages) -> dict[str, int]:
    """The numbers of pages by their texts, of those whose text no other page has."""
    counts = Counter(text for _, text in pages)
    return {text: number for number, text in pages if counts[text] == 1}


def own_ids(old: Sequence[PdfAnnotation], new: Sequence[PdfAnnotation]) -> frozenset[str]:
    """The ids that one annotation alone has on either side."""
    once = [
        {each for each, count in Counter(each.id for each in side if each.id).items() if count == 1}
        for side in (old, new)
    ]
    return frozenset(once[0] & once[1])


def _words(each: PdfAnnotation) -> str:
    """What tells an annotation from its neighbours: the marked words, else what was typed."""
    return each.quote or each.comment


def _place(each: PdfAnnotation) -> tuple[int, ...]:
    box = each.box
    return round(box.left), round(box.bottom), round(box.right), round(box.top)


def _may_share_an_id(one: PdfAnnotation, other: PdfAnnotation) -> bool:
    """Whether two are one that was edited, and no short id was given to another when it became free."""
    if len(one.id) >= _LONG_ID or not _may_be_one(one, other):
        return len(one.id) >= _LONG_ID
    if (one.quote and other.quote) or one.comment == other.comment:
        return True
    return one.page == other.page and _overlap(one.box, other.box) > 0


def _may_be_one(one: PdfAnnotation, other: PdfAnnotation) -> bool:
    """Whether nothing speaks against it: marked words may get longer, shorter or move a little.

    In the very same place they may be other ones, where the letters were not read well before.
    """
    if one.kind != other.kind and not (one.kind in _TEXT_MARKS and other.kind in _TEXT_MARKS):
        return False
    if (one.page == other.page and _is_in_place(one.box, other.box)) or not (one.quote and other.quote):
        return True
    if one.quote in other.quote or other.quote in one.quote:
        return True
    pieces = _pieces(one.quote), _pieces(other.quote)
    return len(pieces[0] & pieces[1]) >= _COMMON * min(map(len, pieces))


def _pieces(text: str) -> set[str]:
    return {text[at : at + _PIECE] for at in range(max(len(text) - _PIECE, 0) + 1)}


Fits = Callable[[PdfAnnotation, PdfAnnotation], bool]


class _Matching:
    """Pairs found so far."""

    def __init__(self, old: Sequence[PdfAnnotation], new: Sequence[PdfAnnotation]) -> None:
        self.old, self.new = old, new
        self.pairs: dict[int, int] = {}
        self.left = dict.fromkeys(range(len(old)))
        self.unmatched = dict.fromkeys(range(len(new)))

    def by(
        self, key: Callable[[PdfAnnotation], Hashable], *, once: bool = False, fits: Fits | None = None
    ) -> None:
        """Pair what has the same key, in order; with ``once`` only keys that no other annotation has."""
        if not (self.left and self.unmatched):
            return
        old = _grouped((number, key(self.old[number])) for number in self.left)
        new = _grouped((number, key(self.new[number])) for number in self.unmatched)
        for value, numbers in old.items():
            others = new.get(value, [])
            if once and not len(numbers) == len(others) == 1:
                continue
            for first, second in zip(numbers, others, strict=False):
                if fits is None or fits(self.old[first], self.new[second]):
                    self._pair(first, second)

    def by_overlap(self) -> None:
        """Pair what lies in the same place of a page, the largest overlap first."""
        old = _grouped((number, (self.old[number].kind, self.old[number].page)) for number in self.left)
        new = _grouped((number, (self.new[number].kind, self.new[number].page)) for number in self.unmatched)
        for value, numbers in old.items():
            others = new.get(value, [])
            if len(numbers) * len(others) > _MOST_COMPARED**2:
                continue
            pairs = [
                (_overlap(self.old[first].box, self.new[second].box), first, second)
                for first in numbers
                for second in others
            ]
            for overlap, first, second in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
                if overlap < _OVERLAP:
                    break
                free = first in self.left and second in self.unmatched
                if free and _may_be_one(self.old[first], self.new[second]):
                    self._pair(first, second)

    def _pair(self, first: int, second: int) -> None:
        self.pairs[first] = second
        del self.left[first], self.unmatched[second]

    def result(self) -> Recognition:
        """The pairs by whether they changed, and what has no partner."""
        found = Recognition(gone=list(self.left), new=list(self.unmatched))
        for first, second in sorted(self.pairs.items()):
            old, new = self.old[first], self.new[second]
            unchanged = _said(old) == _said(new) and _is_in_place(old.box, new.box)
            (found.same if unchanged else found.edited).append((first, second))
        return found


def _said(each: PdfAnnotation) -> tuple[Hashable, ...]:
    """What people change in a file; dates and what is computed from elsewhere do not count."""
    replies = tuple(replace(reply, created="") for reply in each.replies)
    return each.kind, each.page, each.quote, each.comment, each.color, each.author, replies


def _is_in_place(old: Box, new: Box) -> bool:
    """Whether two places are one, but for what programs round when they save."""
    return all(
        abs(one - other) <= _ROUNDED
        for one, other in (
            (old.left, new.left), (old.bottom, new.bottom), (old.right, new.right), (old.top, new.top)
        )
    )  # fmt: skip


def _grouped(keyed: Iterable[tuple[int, Hashable]]) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for number, key in keyed:
        if key is not None:
            groups.setdefault(key, []).append(number)
    return groups


def _overlap(one: Box, other: Box) -> float:
    """The common area as a share of the smaller one."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.top, other.top) - max(one.bottom, other.bottom)
    smaller = min(one.width * one.height, other.width * other.height)
    return width * height / smaller if width > 0 and height > 0 and smaller > 0 else 0.0
