"""The text of one page: its lines in reading order, and where each letter stands if somebody asks.

PDFium gives the text of a page at once and its letters' places one call a letter, which is ten times as
slow. So places are asked for only where an annotation needs them, and where samples of a page say that
the file has its text in another order than people read it.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

from notes_tui.formats.pdf import words
from notes_tui.formats.pdf.layout import around, continues, goes_up, in_reading_order, turn_upright
from notes_tui.formats.pdf.ligatures import Ligatures
from notes_tui.formats.pdf.pdfium import ENDING
from notes_tui.formats.pdf.rows import Letter, has_accents, rows_of
from notes_tui.model.pdf import Box

_MOST_LETTERS = 2_000_000
"""Letters of one page that are taken."""
_MOST_PIECES = 4_000
"""Pieces of lines that are put in order; more are left as they are."""
_LINE = re.compile(f"[^\r\n{words.LINE_HYPHEN}]*(?:{words.LINE_HYPHEN}|[\r\n]+|$)")
_WIDEST = 10_000.0
"""Points that a letter may be wide."""
_HIGHEST = 1.5
"""How high a font's letters may be, in sizes of the font; the boxes of mathematical fonts are higher and tell
nothing of where a letter stands."""
_SAMPLED_LINES = 6
_SHORTEST_PROSE = 15
"""Letters of a column's line; the cells of tables have fewer."""
_HYPHEN_CODE = 2
_NOTHING = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A run of letters of one line, by their indices in the page."""

    start: int
    end: int
    """Behind the last letter."""
    follows: bool = False
    """Whether it stands on the same line as the run before it, to the right."""


@contextmanager
def text_page(pdfium: ModuleType, page: Any, ligatures: Ligatures) -> Iterator[TextPage]:
    """The text of an open page of a file with these ligatures; the caller holds the lock."""
    handle = pdfium.FPDFText_LoadPage(page)
    try:
        yield TextPage(pdfium, page, handle, ligatures)
    finally:
        if handle and not ENDING.is_set():
            pdfium.FPDFText_ClosePage(handle)


class TextPage:
    """Letters, lines and words of a page."""

    def __init__(self, pdfium: ModuleType, page: Any, handle: Any, ligatures: Ligatures) -> None:
        self.pdfium = pdfium
        self.page = page
        self.handle = handle
        self.ligatures = ligatures
        self._rect = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._loose_box = pdfium.FPDFText_GetLooseCharBox
        self._line_boxes: dict[Line, Box] = {}

    @cached_property
    def letters(self) -> str:
        """The page's text with exactly one character an index; line ends as PDFium sees them.

        A ligature may be a sign that no text has: :meth:`text_between` spells it out.
        """
        return self.ligatures.placed(self._letters()) if self.handle else ""

    def _letters(self) -> str:
        count = min(max(self.pdfium.FPDFText_CountChars(self.handle), 0), _MOST_LETTERS)
        buffer = (ctypes.c_ushort * (count + 1))()
        written = self.pdfium.FPDFText_GetText(self.handle, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        if written - 1 == count:
            return _one_an_index(buffer[:count])
        return _one_an_index([self.pdfium.FPDFText_GetUnicode(self.handle, index) for index in range(count)])

    def box(self, index: int) -> Box:
        """The place of a letter: as high as its font's letters are, as wide as it takes on the line."""
        rect = self._rect
        if self._loose_box(self.handle, index, rect):
            left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
            if 0 < right - left < _WIDEST and (
                0 < top - bottom < self._highest or 0 < top - bottom < _HIGHEST * self.size(index)
            ):
                return Box(left, bottom, right, top)
        return self._tight_box(index)

    def size(self, index: int) -> float:
        """The size in points in which a letter is set; 0 where it is not upright."""
        matrix = self._matrix
        if (
            not self.pdfium.FPDFText_GetMatrix(self.handle, index, matrix)
            or abs(matrix.b) > abs(matrix.a) / 10
        ):
            return 0.0
        size = float(self.pdfium.FPDFText_GetFontSize(self.handle, index)) * math.hypot(matrix.c, matrix.d)
        return size if math.isfinite(size) else 0.0

    def _tight_box(self, index: int) -> Box:
        sides = [ctypes.c_double() for _ in range(4)]
        self.pdfium.FPDFText_GetCharBox(self.handle, index, *sides)
        left, right, bottom, top = (each.value if math.isfinite(each.value) else 0.0 for each in sides)
        return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))

    @cached_property
    def usual_height(self) -> float:
        """The height most letters have, from samples."""
        found = sorted(
            self._extent(index)
            for index in _samples(len(self.letters), 24)
            if not self.letters[index].isspace()
        )
        return found[len(found) // 2] or 10.0 if found else 10.0

    def _extent(self, index: int) -> float:
        """How high a letter's font is there, whichever way it is turned."""
        rect = self._rect
        if not self._loose_box(self.handle, index, rect):
            return 0.0
        extent = max(abs(rect.top - rect.bottom), abs(rect.right - rect.left))
        size = self.size(index)
        return min(extent, _HIGHEST * size if size else extent) if math.isfinite(extent) else 0.0

    @cached_property
    def _highest(self) -> float:
        """Up to this height a letter's box needs no further look."""
        return 1.25 * self.usual_height

    @cached_property
    def lines(self) -> list[Line]:
        """The lines in reading order."""
        lines = []
        for found in _LINE.finditer(self.letters):
            text = found[0].rstrip("\r\n")
            if text.strip():
                lines.append(Line(found.start(), found.start() + len(text)))
        return self._in_order(lines) if 1 < len(lines) <= _MOST_PIECES else lines

    @cached_property
    def rows(self) -> list[str]:
        """The text of each of the lines, cleaned."""
        return [self._row(line) for line in self.lines]

    @cached_property
    def seen(self) -> frozenset[str]:
        """The words that stand whole within the page's lines, in lower case."""
        return words.words_within(self.rows)

    def text(self) -> str:
        """The page's words in reading order."""
        joined: list[str] = []
        for line, row in zip(self.lines, self.rows, strict=True):
            if line.follows and joined:
                joined[-1] = f"{joined[-1]} {row}"
            else:
                joined.append(row)
        return words.joined(joined, lambda: self.seen)

    def text_between(self, start: int, end: int) -> str:
        """The letters from one index to before another, as they are written out."""
        return self.ligatures.spelled(self.letters[start:end])

    def _row(self, line: Line) -> str:
        """The text of a line; letters are measured only where accents have to be put on them."""
        text = self.text_between(line.start, line.end)
        if not text.isascii() and has_accents(text):
            return " ".join(rows_of([self.with_spaces(self.boxes(line))]))
        return words.clean(text)

    def boxes(self, line: Line) -> list[tuple[int, Box]]:
        """The letters of a line by index, with their places; spaces have none."""
        return [
            (index, self.box(index))
            for index in range(line.start, line.end)
            if not self.letters[index].isspace()
        ]

    def with_spaces(self, boxes: Sequence[tuple[int, Box]]) -> list[Letter]:
        """Letters of one line, each with the kind of space before it."""
        found, last = [], boxes[0][0] if boxes else 0
        for index, box in boxes:
            between = range(last + 1, index)
            spaces = [each for each in between if self.letters[each].isspace()]
            made = all(self.pdfium.FPDFText_IsGenerated(self.handle, each) for each in spaces)
            char = self.ligatures.spelled(self.letters[index])
            found.append(Letter(char, box, ("made" if made else "real") if spaces else ""))
            last = index
        return found

    def is_unmapped(self, index: int) -> bool:
        """Whether the file gives a letter no Unicode value."""
        return bool(self.pdfium.FPDFText_HasUnicodeMapError(self.handle, index))

    def line_box(self, line: Line) -> Box:
        """About where a line stands, from its first letter, one in the middle and its last."""
        if line not in self._line_boxes:
            first, last = self.box(line.start), self.box(line.end - 1)
            middle = self.box((line.start + line.end) // 2)
            self._line_boxes[line] = around((first, middle, last))
        return self._line_boxes[line]

    def _in_order(self, lines: list[Line]) -> list[Line]:
        """The lines as people read them: mostly as they are, else by where they stand."""
        quarters = self._angle()
        boxes = [turn_upright(self.line_box(line), quarters) for line in lines]
        pieces = list(zip(lines, boxes, strict=True))
        if self._runs_across(lines, boxes):
            pieces = [piece for line in lines for piece in self._pieces(line, quarters)]
        elif not goes_up(boxes):
            return lines
        rows = in_reading_order([box for _, box in pieces], self.usual_height)
        return [
            Line(pieces[each][0].start, pieces[each][0].end, follows=place > 0)
            for row in rows
            for place, each in enumerate(row)
        ]

    def _runs_across(self, lines: list[Line], boxes: list[Box]) -> bool:
        """Whether most lines run across columns, told by gaps one under another in samples of them."""
        widest = max(box.width for box in boxes)
        wide = [line for line, box in zip(lines, boxes, strict=True) if box.width > 0.6 * widest]
        if len(wide) < max(3, len(lines) / 2):
            return False
        gaps: Counter[int] = Counter()
        sampled = [wide[index] for index in _samples(len(wide), _SAMPLED_LINES)]
        for line in sampled:
            gaps.update(self._gaps(line))
        return any(gaps[place] + gaps[place + 1] >= max(0.6 * len(sampled), 3) for place in tuple(gaps))

    def _gaps(self, line: Line) -> set[int]:
        """Places of gaps between prose in a line: wider than a letter is high, with words on both sides."""
        quarter = (line.end - line.start) // 5
        begun, found = line.start, set()
        for index in range(line.start + quarter, line.end - quarter):
            if self.letters[index] == " " and index + 1 < line.end:
                left, right = self.box(index - 1).right, self.box(index + 1).left
                if right - left > self.usual_height:
                    if index - begun < _SHORTEST_PROSE:
                        return set()
                    begun = index
                    found.add(int((left + right) / 2 / (4 * self.usual_height)))
        return found if line.end - begun >= _SHORTEST_PROSE else set()

    def _angle(self) -> int:
        """How the text of the page is turned, in quarters against the clock."""
        found: Counter[int] = Counter()
        for index in _samples(len(self.letters), 12):
            angle = self.pdfium.FPDFText_GetCharAngle(self.handle, index)
            if not self.letters[index].isspace() and math.isfinite(angle):
                found[round(-angle / (math.pi / 2)) % 4] += 1
        return found.most_common(1)[0][0] if found else 0

    def _pieces(self, line: Line, quarters: int) -> Iterator[tuple[Line, Box]]:
        """The runs of a line that stand closely together, in coordinates in which they are upright."""
        start, box = line.start, None
        for index in range(line.start, line.end):
            if self.letters[index].isspace():
                continue
            letter = turn_upright(self.box(index), quarters)
            if box and not continues(box, letter, self.usual_height):
                yield Line(start, index), box
                start, box = index, None
            box = around((box, letter)) if box else letter
        if box:
            yield Line(start, line.end), box


def _samples(count: int, most: int) -> range:
    """Indices spread over so many things."""
    return range(0, count, max(count // most, 1))


def _one_an_index(codes: Sequence[int]) -> str:
    """The characters of codes; of those that PDFium gives as two halves, the second is a sign without width."""
    found: list[str] = []
    for code, following in zip(codes, [*codes[1:], 0], strict=True):
        if 0xD800 <= code < 0xDC00 <= following < 0xE000:
            found.append(chr(0x10000 + ((code - 0xD800) << 10) + following - 0xDC00))
        elif 0xDC00 <= code < 0xE000 and found and found[-1] > "\uffff":
            found.append(words.NOTHING)
        else:
            found.append(_character(code))
    return "".join(found)


def _character(code: int) -> str:
    """The character of a code that PDFium gives for one letter."""
    if code == _HYPHEN_CODE:
        return words.LINE_HYPHEN
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
