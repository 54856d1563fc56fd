"""Colours to the last digit.

PDFium cuts a colour's numbers off instead of rounding them, so that ``0.8313`` (212 of 255) comes out as
211. The numbers themselves stand in the file, plainly or in its compressed object streams; they are
gathered once, and a colour that was cut off is replaced by the only one it can come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from notes_tui.formats.pdf.objects import written

_COLOR = re.compile(rb"/C\s*\[\s*([0-9.]+)(?:\s+([0-9.]+)\s+([0-9.]+))?\s*\]")
_MOST_COLORS = 10_000
_UNCERTAIN = ""
_ROUGHLY = 3e-5

Rgb = tuple[int, int, int]


class ExactColors:
    """The colours that stand in a file, found when the first one is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._found: dict[Rgb, str] | None = None

    def of(self, cut: Rgb) -> str:
        """``#rrggbb`` for the colour that PDFium gives."""
        if self._found is None:
            self._found = _gathered(self._data)
        return self._found.get(cut) or _hexadecimal(cut)


def _hexadecimal(rgb: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def _gathered(data: bytes) -> dict[Rgb, str]:
    """Colours by what PDFium makes of them; what several colours may come from is uncertain."""
    found: dict[Rgb, str] = {}
    colors = {numbers.groups() for part in written(data) for numbers in _COLOR.finditer(part)}
    for groups in sorted(colors, key=str)[:_MOST_COLORS]:
        try:
            first, *rest = [float(number) for number in groups if number]
        except ValueError:
            continue
        values = (first, *(rest or (first, first)))
        if max(values) <= 1:
            color = _hexadecimal(_three(round(value * 255) for value in values))
            for parts in product(*map(_cut, values)):
                cut = _three(iter(parts))
                found[cut] = color if found.get(cut, color) == color else _UNCERTAIN
    return found


def _cut(value: float) -> set[int]:
    """What PDFium may make of a number, whose last digits it has but roughly."""
    return {min(max(int(value * 255 + slack), 0), 255) for slack in (-_ROUGHLY, _ROUGHLY)}


def _three(values: Iterator[int]) -> Rgb:
    red, green, blue = values
    return red, green, blue
