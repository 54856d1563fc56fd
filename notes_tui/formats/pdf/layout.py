"""Reading order of pieces of lines by where they stand, for pages whose file has them in another order.

A gutter is a height-long strip that few pieces cross. What crosses it (a title, a wide figure's caption)
divides the page into bands; within a band the left side is read before the right one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from notes_tui.model.pdf import Box

_DEEPEST = 8
"""Columns within columns."""
_TRIED = 64
"""Places looked at for a gutter."""
_CROSSING = 0.35
"""Share of the pieces that may cross a gutter."""
_LOW = 0.6
"""Share of the usual height below which a letter is a low sign."""
_SIDE = 0.2
"""Share of the pieces that must stand on either side."""


def in_reading_order(boxes: Sequence[Box], size: float) -> list[list[int]]:
    """The rows of a page, each a list of indices of ``boxes`` from left to right; ``size`` is a letter's height."""
    return _ordered(boxes, list(range(len(boxes))), size, _DEEPEST)


def _ordered(boxes: Sequence[Box], block: list[int], size: float, depth: int) -> list[list[int]]:
    gutter = _gutter(boxes, block, size) if depth and len(block) > 3 else None
    if gutter is None:
        return _rows(boxes, block)
    crossing = [each for each in block if boxes[each].left < gutter < boxes[each].right]
    rows: list[list[int]] = []
    rest = [each for each in block if not boxes[each].left < gutter < boxes[each].right]
    for wide in [*_rows(boxes, crossing), None]:
        line = boxes[wide[0]] if wide else None
        middle = (line.bottom + line.top) / 2 if line else float("-inf")
        above = [each for each in rest if boxes[each].top + boxes[each].bottom > 2 * middle]
        rest = [each for each in rest if boxes[each].top + boxes[each].bottom <= 2 * middle]
        rows += _ordered(boxes, [each for each in above if boxes[each].right <= gutter], size, depth - 1)
        rows += _ordered(boxes, [each for each in above if boxes[each].left >= gutter], size, depth - 1)
        rows += [wide] if wide else []
    return rows


def _gutter(boxes: Sequence[Box], block: list[int], size: float) -> float | None:
    """Where the columns of a block part, or ``None`` where it has but one."""
    places = sorted({round((boxes[each].left - size / 2) / (size / 2)) for each in block})
    step = max(len(places) // _TRIED, 1)
    least: tuple[int, float] | None = None
    for place in places[::step]:
        x = place * size / 2
        left = sum(boxes[each].right <= x for each in block)
        right = sum(boxes[each].left >= x for each in block)
        crossing = len(block) - left - right
        if min(left, right) < max(len(block) * _SIDE, 2) or crossing > len(block) * _CROSSING:
            continue
        if least is None or crossing < least[0]:
            least = (crossing, x)
    return least[1] if least else None


def _rows(boxes: Sequence[Box], block: list[int]) -> list[list[int]]:
    """Pieces grouped by the line they stand on, from the top down."""
    rows: list[list[int]] = []
    for each in sorted(block, key=lambda each: -(boxes[each].top + boxes[each].bottom)):
        box = boxes[each]
        first = boxes[rows[-1][0]] if rows else None
        if first and (box.top + box.bottom) / 2 > first.bottom + 0.3 * first.height:
            rows[-1].append(each)
        else:
            rows.append([each])
    return [sorted(row, key=lambda each: boxes[each].left) for row in rows]


def turn_upright(box: Box, quarters: int) -> Box:
    """The place of a letter after text that was turned by so many quarters against the clock is upright."""
    if quarters == 1:
        return Box(box.bottom, -box.right, box.top, -box.left)
    if quarters == 2:
        return Box(-box.right, -box.top, -box.left, -box.bottom)
    if quarters == 3:
        return Box(-box.top, box.left, -box.bottom, box.right)
    return box


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds them all; there is at least one."""
    rest = iter(boxes)
    first = next(rest)
    left, bottom, right, top = first.left, first.bottom, first.right, first.top
    for box in rest:
        left = box.left if box.left < left else left
        bottom = box.bottom if box.bottom < bottom else bottom
        right = box.right if box.right > right else right
        top = box.top if box.top > top else top
    return Box(left, bottom, right, top)


def evened(line: Sequence[Box]) -> list[Box]:
    """The places of a line's letters, with low signs as high as the line they stand in.

    Quotation marks, commas and subscripts are marked by what marks the letters beside them.
    """
    if abs(line[-1].left - line[0].left) < abs(line[-1].bottom - line[0].bottom):
        return list(line)
    middle = len(line) // 2
    bottom, top = sorted(box.bottom for box in line)[middle], sorted(box.top for box in line)[middle]
    low, slack = _LOW * (top - bottom), 0.1 * (top - bottom)
    return [
        Box(box.left, bottom, box.right, top)
        if box.height < low and box.bottom > bottom - slack and box.top < top + slack
        else box
        for box in line
    ]


def continues(run: Box, letter: Box, size: float) -> bool:
    """Whether a letter belongs to the run before it: on the same line, close behind."""
    apart = letter.left - run.right
    shift = abs((letter.bottom + letter.top) - (run.bottom + run.top)) / 2
    return -size / 2 < apart < size and shift < max(run.height, letter.height) / 2


def goes_up(lines: Sequence[Box]) -> bool:
    """Whether lines that stand above one another often come in the wrong order."""
    pairs = up = 0
    for above, below in pairwise(lines):
        common = min(above.right, below.right) - max(above.left, below.left)
        if common > min(above.width, below.width) / 2 and above.height:
            pairs += 1
            up += below.bottom + below.top > above.bottom + above.top + above.height
    return up > 0.3 * pairs and (up > 1 or pairs < 3)
