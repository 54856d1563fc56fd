"""Letters with their places become rows of text: spaces by the gaps, accents on their letters.

PDFium breaks a line at a subscript, adds a space beside one, and leaves out narrow spaces; it gives an
accent that is drawn over a letter as a sign of its own, somewhere behind it. With the places of the
letters at hand all of this can be told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from notes_tui.formats.pdf import words
from notes_tui.model.pdf import Box

_ACCENTS = dict(
    zip(
        "`´¨^ˆ~˜¯˘˙˚¸ˇ˛˝",
        "\u0300\u0301\u0308\u0302\u0302\u0303\u0303\u0304\u0306\u0307\u030a\u0327\u030c\u0328\u030b",
        strict=True,
    )
)
_DOTLESS = {"ı": "i", "ȷ": "j"}
_NO_SPACE = 0.1
"""A gap below this share of a letter's height beside a subscript is none, whatever PDFium made of it."""
_SHIFT = 0.1
"""Share of a letter's height by which the next one is set higher or lower where it is a subscript."""
_LOW = 0.6
"""A letter counts at least so much of the row's usual height: a quotation mark is as wide a gap apart as others."""
_SPACE = 0.17
"""A gap above this share is one, where the letters of the row are not all set apart."""
_FAR = 3.0
"""Runs on the same line further apart than this share of a letter's height are rows of their own."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a line."""

    char: str
    box: Box
    space: Literal["", "made", "real"]
    """What stood before it on its line: nothing, a space that PDFium made, one that the file has."""


def has_accents(text: str) -> bool:
    """Whether an accent stands in a text as a sign of its own."""
    return any(char in _ACCENTS for char in text)


def rows_of(lines: Sequence[Sequence[Letter]]) -> list[str]:
    """The rows of text that lines make, cleaned; lines that PDFium broke for no reason are one row."""
    rows: list[list[Letter]] = []
    for line in _with_accents(lines):
        if rows and line and _is_same_row(rows[-1][-1].box, line[0].box):
            rows[-1] += line
        elif line:
            rows.append(line)
    return [words.clean(_text(row)) for row in rows]


def _is_same_row(last: Box, first: Box) -> bool:
    """Whether a run goes on where another ended."""
    common = min(last.top, first.top) - max(last.bottom, first.bottom)
    height = max(last.height, first.height)
    if common < min(last.height, first.height) / 2:
        return False
    return -0.3 * height < first.left - last.right < _FAR * height


def _text(row: Sequence[Letter]) -> str:
    """The letters with spaces where the gaps are, or where they were if the row does not run level."""
    level = abs(row[-1].box.left - row[0].box.left) > abs(row[-1].box.bottom - row[0].box.bottom)
    heights = sorted(letter.box.height for letter in row)
    high = heights[len(heights) // 2] or 1.0
    gaps = [
        (after.box.left - before.box.right) / max(min(before.box.height, after.box.height), _LOW * high)
        for before, after in pairwise(row)
    ]
    tight = sorted(gap for gap, letter in zip(gaps, row[1:], strict=True) if not letter.space)
    usual = tight[len(tight) // 2] if tight else 0.0
    out = [row[0].char]
    for gap, (before, letter) in zip(gaps, pairwise(row), strict=True):
        spaced = letter.space != ""
        if level and letter.space == "made":
            spaced = not -_FAR < gap < (_NO_SPACE if _is_shifted(before.box, letter.box) else 0.0)
        elif level and not spaced:
            spaced = _SPACE + max(2.5 * usual, 0.0) < gap
        out.append(f" {letter.char}" if spaced else letter.char)
    return "".join(out)


def _is_shifted(before: Box, after: Box) -> bool:
    """Whether a letter is set higher, lower or smaller than the one before, as beside a subscript."""
    most = _SHIFT * max(before.height, after.height)
    return abs(before.bottom - after.bottom) > most or abs(before.top - after.top) > most


def _with_accents(lines: Sequence[Sequence[Letter]]) -> list[list[Letter]]:
    """The lines with accents put on the letters they are drawn over."""
    found = [list(line) for line in lines]
    if not any(letter.char in _ACCENTS for line in found for letter in line):
        return found
    for line in found:
        for place in range(len(line) - 1, -1, -1):
            accent = line[place]
            if accent.char in _ACCENTS and (base := _base(found, accent)):
                row, column = base
                letter = row[column]
                char = _DOTLESS.get(letter.char, letter.char)
                row[column] = replace(letter, char=unicodedata.normalize("NFC", char + _ACCENTS[accent.char]))
                _remove(line, place)
    return found


def _base(lines: Sequence[list[Letter]], accent: Letter) -> tuple[list[Letter], int] | None:
    """Where the letter stands that an accent is drawn over."""
    middle = (accent.box.left + accent.box.right) / 2
    for line in lines:
        for column, letter in enumerate(line):
            box = letter.box
            if box.left < middle < box.right and letter.char.isalpha() and letter is not accent:
                common = min(box.top, accent.box.top) - max(box.bottom, accent.box.bottom)
                if common > box.height / 2:
                    return line, column
    return None


def _remove(line: list[Letter], place: int) -> None:
    """Take an accent out; a space that the file has before it stays before the next letter."""
    accent = line.pop(place)
    if accent.space == "real" and place < len(line) and not line[place].space:
        line[place] = replace(line[place], space="real")
