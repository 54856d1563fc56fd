"""The words under text marks.

A letter is marked where a quadrilateral covers at least half of it (or, where the quadrilateral is the
smaller one, where the letter covers half of that), in both directions. A quadrilateral that is a little
too high therefore takes nothing from the lines above and below; one that is a thin strip takes the line
it lies in most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from notes_tui.formats.pdf import words
from notes_tui.formats.pdf.layout import around, evened
from notes_tui.formats.pdf.rows import Letter, rows_of
from notes_tui.formats.pdf.text_page import TextPage
from notes_tui.model.pdf import Box, Doubt, Quad

_SHARE = 0.5
_CONTEXT = 80
"""Characters before and after a mark that are kept."""
_A_LINE = 1000
"""By how much the place in reading order grows from line to line."""
_SEVERAL_LINES = 1.5
"""A quadrilateral this many letters high may mark several lines."""
_WATERMARK = 4.0
"""Letters so many times as high as what is marked are printed across the page; initials are lower."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands under a text mark."""

    quote: str = ""
    doubts: tuple[Doubt, ...] = ()
    before: str = ""
    after: str = ""
    order: int = 0
    """Grows with the place in reading order: a thousand a line, and one a letter of it."""


class Marker:
    """Finds the words under the marks of one page; lines are measured once."""

    def __init__(self, page: TextPage) -> None:
        self._page = page
        self._bounds: list[Box] = []
        self._measured: dict[int, list[tuple[int, Box]]] = {}
        self._even: dict[int, list[tuple[int, Box]]] = {}

    def words_under(self, quads: Sequence[Quad], rect: Box) -> Marked:
        """The words under these quadrilaterals; under the rectangle where there are none under them."""
        areas = [area for area in map(_area, quads) if area.box.width > 0 and area.box.height > 0]
        chosen = self._chosen(areas) or self._chosen([_Area(rect, None)])
        page, lines = self._page, sorted(chosen)
        rows = rows_of([self._letters(number, chosen[number]) for number in lines])
        unmapped = sum(page.is_unmapped(index) for number in lines for index in chosen[number])
        quote = words.joined(rows, lambda: page.seen)
        if not quote:
            return replace(self.around(rect), doubts=("no-words",))
        first, last = min(chosen[lines[0]]), max(chosen[lines[-1]]) + 1
        order = self._order(lines[0], first)
        context = self._context(lines[0], first, lines[-1], last)
        return Marked(quote, words.doubts_about(quote, unmapped), *context, order)

    def _order(self, number: int, letter: int) -> int:
        return number * _A_LINE + min(letter - self._page.lines[number].start, _A_LINE - 1)

    def _chosen(self, areas: Sequence[_Area]) -> dict[int, set[int]]:
        """The letters of each line that lie in any of the areas."""
        chosen: dict[int, set[int]] = {}
        for area in areas:
            for number, letters in self._under(area).items():
                chosen.setdefault(number, set()).update(letters)
        return chosen

    def around(self, box: Box) -> Marked:
        """What stands before and after a place that marks no words."""
        page = self._page
        near = self._near(box) or range(len(page.lines))
        if not page.lines:
            return Marked()
        middle = box.bottom + box.top
        bounds = self._bounds
        number = min(near, key=lambda each: abs(bounds[each].bottom + bounds[each].top - middle))
        end = page.lines[number].end
        return Marked("", (), *self._context(number, end, number, end), self._order(number, end))

    def _context(self, first: int, start: int, last: int, end: int) -> tuple[str, str]:
        """Some words before the letter ``start`` of the first line and from ``end`` on of the last."""
        page = self._page
        before = page.text_between(page.lines[first].start, start)
        after = page.text_between(end, page.lines[last].end)
        above, below = page.rows[max(first - 2, 0) : first], page.rows[last + 1 : last + 3]
        return (
            words.joined([*above, words.clean(before)], frozenset)[-_CONTEXT:],
            words.joined([words.clean(after), *below], frozenset)[:_CONTEXT],
        )

    def _under(self, area: _Area) -> dict[int, list[int]]:
        """The letters of each line that an area covers; of one line only where it is no higher than one."""
        found: dict[int, list[tuple[int, Box]]] = {}
        left, right = area.box.left, area.box.right
        for number in self._near(area.box):
            self._boxes(number)
            if covered := [
                each
                for each in self._even[number]
                if each[1].right >= left and each[1].left <= right and area.covers(each[1])
            ]:
                found[number] = covered
        chosen = _of_one_row(found, area.box) if len(found) > 1 else found
        return {number: [index for index, _ in found[number]] for number in chosen}

    def _near(self, area: Box) -> list[int]:
        """Numbers of lines that may touch an area; a measured line is known exactly."""
        if not self._bounds:
            margin = self._page.usual_height
            slack = margin / 20
            for line in self._page.lines:
                box = self._page.line_box(line)
                self._bounds.append(
                    Box(box.left - margin, box.bottom - slack, box.right + margin, box.top + slack)
                )
        left, bottom, right, top = area.left, area.bottom, area.right, area.top
        return [
            number
            for number, line in enumerate(self._bounds)
            if line.bottom <= top and line.top >= bottom and line.left <= right and line.right >= left
        ]

    def _boxes(self, number: int) -> list[tuple[int, Box]]:
        """The letters of a line with their places, without spaces."""
        if number not in self._measured:
            boxes = self._page.boxes(self._page.lines[number])
            self._measured[number] = boxes
            even = evened([box for _, box in boxes])
            self._even[number] = [(index, box) for (index, _), box in zip(boxes, even, strict=True)]
            self._bounds[number] = around(box for _, box in boxes)
        return self._measured[number]

    def _letters(self, number: int, chosen: set[int]) -> list[Letter]:
        """The chosen letters of a line."""
        return self._page.with_spaces([each for each in self._boxes(number) if each[0] in chosen])


@dataclass(frozen=True, slots=True)
class _Area:
    """A marked area: its box and, where it is askew, its corners in order round it."""

    box: Box
    corners: tuple[tuple[float, float], ...] | None

    def covers(self, letter: Box) -> bool:
        """Whether enough of a letter lies in the area."""
        area = self.box
        if self.corners:
            return _is_inside(
                (letter.left + letter.right) / 2, (letter.bottom + letter.top) / 2, self.corners
            )
        return _share(letter.left, letter.right, area.left, area.right) and _share(
            letter.bottom, letter.top, area.bottom, area.top
        )


def _area(quad: Quad) -> _Area:
    xs, ys = quad[::2], quad[1::2]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    near = 0.1 * min(box.width, box.height)
    askew = any(
        min(abs(x - box.left), abs(x - box.right)) > near or min(abs(y - box.bottom), abs(y - box.top)) > near
        for x, y in zip(xs, ys, strict=True)
    )
    return _Area(box, _round(tuple(zip(xs, ys, strict=True))) if askew else None)


def _round(corners: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Corners in order round their middle, whatever order the file has them in."""
    x = sum(corner[0] for corner in corners) / 4
    y = sum(corner[1] for corner in corners) / 4
    return tuple(sorted(corners, key=lambda corner: math.atan2(corner[1] - y, corner[0] - x)))


def _is_inside(x: float, y: float, corners: Sequence[tuple[float, float]]) -> bool:
    following = (*corners[1:], corners[0])
    return all(
        (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) >= 0
        for (x1, y1), (x2, y2) in zip(corners, following, strict=True)
    )


def _share(low: float, high: float, from_: float, to: float) -> bool:
    """Whether two stretches share half of the shorter one; a point counts where it lies within."""
    shorter = min(high - low, to - from_)
    common = min(high, to) - max(low, from_)
    return common >= _SHARE * shorter if shorter > 0 else common >= 0


def _of_one_row(found: dict[int, list[tuple[int, Box]]], area: Box) -> list[int]:
    """The lines that an area marks: where it is no higher than one line, those of the row it lies in most."""
    rows = {number: [box for _, box in row] for number, row in found.items()}
    along = abs(sum(row[-1].left - row[0].left for row in rows.values()))
    if sum(abs(row[-1].bottom - row[0].bottom) for row in rows.values()) > along:
        low, high = area.left, area.right
        stretches = {number: [(box.left, box.right) for box in row] for number, row in rows.items()}
    else:
        low, high = area.bottom, area.top
        stretches = {number: [(box.bottom, box.top) for box in row] for number, row in rows.items()}
    stretches = _without_watermarks(stretches, high - low)
    size = max(to - from_ for row in stretches.values() for from_, to in row)
    if high - low > _SEVERAL_LINES * size:
        return list(stretches)
    common = {
        number: sum(min(high, to) - max(low, from_) for from_, to in row) for number, row in stretches.items()
    }
    middle = {number: sum(map(sum, row)) / len(row) / 2 for number, row in stretches.items()}
    best = max(common, key=lambda number: common[number])
    return [number for number in stretches if abs(middle[number] - middle[best]) < 0.6 * size]


def _without_watermarks(
    rows: dict[int, list[tuple[float, float]]], height: float
) -> dict[int, list[tuple[float, float]]]:  # fmt: skip
    """The lines under an area so high without letters many times as high, where it marks others."""
    sizes = {number: max(to - from_ for from_, to in row) for number, row in rows.items()}
    if min(sizes.values()) > _SEVERAL_LINES * height:
        return rows
    return {number: row for number, row in rows.items() if sizes[number] < _WATERMARK * height}
