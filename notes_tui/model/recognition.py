"""Annotations read from a file again are the ones known before: by their own id, else by where and what they are.

Only what the file says is compared. A reader's own words, roles and tags are no part of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from notes_tui.model.pdf import Box, PdfAnnotation

_MOST_COMPARED = 300
"""Annotations of one page and kind whose places are compared each with each."""
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


def recognise(old: Sequence[PdfAnnotation], new: Sequence[PdfAnnotation]) -> Recognition:
    """Match what was known with what was read now, every annotation at most once.

    An id counts where it stands once on either side, first together with page, place or words, since some
    programs number anew when they save; then page, place and words count, then fewer of them.
    """
    matching = _Matching(old, new)
    matching.by(_with_id(lambda each: (each.kind, each.page, _words(each), _place(each))))
    matching.by(_with_id(lambda each: (each.kind, each.page, _words(each))))
    matching.by(_with_id(lambda each: (each.page, _place(each))))
    matching.by(lambda each: (each.kind, each.page, _words(each), _place(each), each.comment))
    matching.by(lambda each: (each.kind, each.page, _words(each), _place(each)))
    own = _own_ids(old) & _own_ids(new)
    matching.by(lambda each: each.id if each.id in own else None)
    matching.by(lambda each: (each.kind, each.page, each.quote, each.comment) if _words(each) else None)
    matching.by(lambda each: (each.kind, each.page, each.quote) if each.quote else None)
    matching.by_overlap()
    matching.by(
        lambda each: (each.kind, each.quote, each.comment, each.created) if _words(each) else None, once=True
    )
    return matching.result()


def _with_id(key: Callable[[PdfAnnotation], Hashable]) -> Callable[[PdfAnnotation], Hashable]:
    return lambda each: (each.id, key(each)) if each.id else None


def _own_ids(annotations: Sequence[PdfAnnotation]) -> frozenset[str]:
    """The ids that one annotation alone has."""
    counts = Counter(each.id for each in annotations if each.id)
    return frozenset(each for each, count in counts.items() if count == 1)


def _words(each: PdfAnnotation) -> str:
    """What tells an annotation from its neighbours: the marked words, else what was typed."""
    return each.quote or each.comment


def _place(each: PdfAnnotation) -> tuple[int, ...]:
    box = each.box
    return round(box.left), round(box.bottom), round(box.right), round(box.top)


class _Matching:
    """Pairs found so far."""

    def __init__(self, old: Sequence[PdfAnnotation], new: Sequence[PdfAnnotation]) -> None:
        self.old, self.new = old, new
        self.pairs: dict[int, int] = {}
        self.left = dict.fromkeys(range(len(old)))
        self.unmatched = dict.fromkeys(range(len(new)))

    def by(self, key: Callable[[PdfAnnotation], Hashable], *, once: bool = False) -> None:
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
                if overlap >= _OVERLAP and first in self.left and second in self.unmatched:
                    self._pair(first, second)

    def _pair(self, first: int, second: int) -> None:
        self.pairs[first] = second
        del self.left[first], self.unmatched[second]

    def result(self) -> Recognition:
        """The pairs by whether they changed, and what has no partner."""
        found = Recognition(gone=list(self.left), new=list(self.unmatched))
        for first, second in sorted(self.pairs.items()):
            unchanged = _said(self.old[first]) == _said(self.new[second])
            (found.same if unchanged else found.edited).append((first, second))
        return found


def _said(each: PdfAnnotation) -> tuple[Hashable, ...]:
    """What people change in a file; dates and what is computed from elsewhere do not count."""
    replies = tuple(replace(reply, created="") for reply in each.replies)
    return each.kind, each.page, _place(each), each.quote, each.comment, each.color, each.author, replies


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
