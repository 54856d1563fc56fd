"""What one side of a merge did to the lines of its base, in changes as small as can be told.

Difflib finds the lines that stayed. Where it says that a block became another block, lines that are
alike are paired, so that a changed line and a paragraph added below it are two changes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_COSTLY = 30_000_000
"""Pairs of equal lines above which difflib leaves out lines that occur very often."""
_PAIRED = 2_500
"""Pairs of lines of two blocks up to which their likeness is looked at."""
_ALIKE = 0.5
_BLANKS = 0.15
"""What it is worth to pair two blank lines: less than any two lines with words."""


@dataclass(frozen=True, slots=True)
class Change:
    """Base lines ``start:end`` that a side replaced with ``lines``."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def inserts(self) -> bool:
        """Whether no base line is replaced."""
        return self.start == self.end

    @property
    def deletes(self) -> bool:
        """Whether nothing stands in place of the base lines."""
        return not self.lines


class Side:
    """One side of a merge: its lines, its changes, and which of its lines stands for a base line.

    ``base`` is given without line ends; those of the side are left on its lines.
    """

    def __init__(self, base: Sequence[str], lines: list[str]) -> None:
        self.lines = lines
        self.place: dict[int, int] = {}
        self.changes: list[Change] = []
        keys = without_returns(self.lines)
        after = 0
        for i1, i2, j1, j2 in _hunks(base, keys):
            if i1 == i2:
                i1, j1, j2 = self._slid_up(base, keys, i1, j1, j2, after)
                i2 = i1
            if j1 == j2 or i1 == i2 or base[i1:i2] != keys[j1:j2]:
                self._add(Change(i1, i2, tuple(self.lines[j1:j2])))
                after = i2
            else:
                self.place.update(zip(range(i1, i2), range(j1, j2), strict=True))

    def _add(self, change: Change) -> None:
        last = self.changes[-1] if self.changes else None
        if last and last.inserts and change.inserts and last.start == change.start:
            self.changes[-1] = Change(last.start, last.end, last.lines + change.lines)
        else:
            self.changes.append(change)

    def _slid_up(
        self, base: Sequence[str], keys: list[str], i: int, j1: int, j2: int, after: int
    ) -> tuple[int, int, int]:
        """The same insertion as high as it fits, where it begins with a blank line if that is possible."""
        best, shift = 0, 0
        while i - shift > after and base[i - shift - 1] == keys[j2 - shift - 1]:
            shift += 1
            if not keys[j1 - shift].strip() or keys[j1 - best].strip():
                best = shift
        for step in range(best):
            self.place[i - step - 1] = j2 - step - 1
        return i - best, j1 - best, j2 - best

    def line(self, index: int, base: Sequence[str]) -> str:
        """This side's own writing of a base line it did not change."""
        return self.lines[self.place[index]] if index in self.place else base[index]


def lines_of(text: str) -> list[str]:
    """The lines of a text; its final newline ends the last one and begins none."""
    return text.removesuffix("\n").split("\n") if text else []


def without_returns(lines: Sequence[str]) -> list[str]:
    """Lines as they are compared: a carriage return at the end does not count."""
    return [line.removesuffix("\r") for line in lines]


def is_blank(line: str) -> bool:
    """Whether a line has nothing but white space."""
    return not line.strip()


def _hunks(base: Sequence[str], side: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of both, in order: equal ones and changed ones, as small as they can be told apart.

    Lines that stand once on either side hold the two together, so that difflib only sees what lies between.
    """
    i = j = 0
    for x, y in [*_anchors(base, side), (len(base), len(side))]:
        yield from _between(base, side, i, x, j, y)
        if x < len(base):
            yield x, x + 1, y, y + 1
        i, j = x + 1, y + 1


def _anchors(base: Sequence[str], side: Sequence[str]) -> list[tuple[int, int]]:
    """Places of lines that stand once in both, as many of them as keep the order."""
    once_in_side = {line: y for line, y in _standing_once(side).items() if not is_blank(line)}
    found = [(x, once_in_side[line]) for line, x in _standing_once(base).items() if line in once_in_side]
    ends: list[int] = []
    best: list[int] = []
    before: list[int] = []
    for number, (_, y) in enumerate(found):
        length = bisect_left(ends, y)
        before.append(best[length - 1] if length else -1)
        ends[length : length + 1] = [y]
        best[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = best[-1] if best else -1
    while number >= 0:
        chain.append(found[number])
        number = before[number]
    return chain[::-1]


def _standing_once(lines: Sequence[str]) -> dict[str, int]:
    often = Counter(lines)
    return {line: place for place, line in enumerate(lines) if often[line] == 1}


def _between(
    base: Sequence[str], side: Sequence[str], i1: int, i2: int, j1: int, j2: int
) -> Iterator[tuple[int, int, int, int]]:
    """Difflib's stretches of a part, what is the same at both ends taken off first."""
    head, shortest = 0, min(i2 - i1, j2 - j1)
    while head < shortest and base[i1 + head] == side[j1 + head]:
        head += 1
    tail = 0
    while tail < shortest - head and base[i2 - 1 - tail] == side[j2 - 1 - tail]:
        tail += 1
    if head:
        yield i1, i1 + head, j1, j1 + head
    inner_base, inner_side = base[i1 + head : i2 - tail], side[j1 + head : j2 - tail]
    often = Counter(inner_base)
    cost = sum(often[line] for line in inner_side if not is_blank(line))
    matcher = SequenceMatcher(is_blank, inner_base, inner_side, autojunk=cost > _COSTLY)
    for tag, x1, x2, y1, y2 in matcher.get_opcodes():
        hunk = x1 + i1 + head, x2 + i1 + head, y1 + j1 + head, y2 + j1 + head
        if tag == "replace":
            yield from _refined(base, side, *hunk)
        else:
            yield hunk
    if tail:
        yield i2 - tail, i2, j2 - tail, j2


def _refined(
    base: Sequence[str], side: Sequence[str], i1: int, i2: int, j1: int, j2: int
) -> Iterator[tuple[int, int, int, int]]:
    """A replaced block as single lines that became others, and what was added and taken between them."""
    pairs = _alike(base[i1:i2], side[j1:j2]) if (i2 - i1) * (j2 - j1) <= _PAIRED else []
    i, j = i1, j1
    for x, y in [*pairs, (i2 - i1, j2 - j1)]:
        yield from _gap(base, side, i, i1 + x, j, j1 + y)
        if i1 + x < i2:
            yield i1 + x, i1 + x + 1, j1 + y, j1 + y + 1
        i, j = i1 + x + 1, j1 + y + 1


def _gap(
    base: Sequence[str], side: Sequence[str], i1: int, i2: int, j1: int, j2: int
) -> Iterator[tuple[int, int, int, int]]:
    """Lines that are not alike; paragraphs below a replaced paragraph count as added."""
    cut = j2
    if i1 < i2 and not any(map(is_blank, base[i1:i2])):
        cut = next((j for j in range(j1 + 1, j2) if is_blank(side[j])), j2)
    if i1 < i2 or j1 < cut:
        yield i1, i2, j1, cut
    if cut < j2:
        yield i2, i2, cut, j2


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of lines that became each other, in order, with the greatest likeness in all."""
    likeness = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for x in reversed(range(len(old))):
        for y in reversed(range(len(new))):
            worth = likeness[x][y]
            paired = best[x + 1][y + 1] + worth if worth else 0.0
            best[x][y] = max(paired, best[x + 1][y], best[x][y + 1])
    pairs: list[tuple[int, int]] = []
    x = y = 0
    while x < len(old) and y < len(new):
        if likeness[x][y] and best[x][y] == best[x + 1][y + 1] + likeness[x][y]:
            pairs.append((x, y))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            x += 1
        else:
            y += 1
    return pairs


def _likeness(one: str, other: str) -> float:
    from rapidfuzz.fuzz import ratio

    if is_blank(one) or is_blank(other):
        return _BLANKS if one == other else 0.0
    worth = ratio(one, other, score_cutoff=100 * _ALIKE) / 100
    return worth if worth >= _ALIKE else 0.0
