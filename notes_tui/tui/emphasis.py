"""Emphasis on the words that are searched for, put on text that is laid out already."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from notes_tui.model.found_words import FoundWords


def emphasised(segments: Iterable[Segment], sought: FoundWords, ink: Style) -> list[Segment]:
    """Segments of one line with found words underlined in the colour of ``ink``; a word may span several."""
    line = list(segments)
    spans = sought.spans("".join(segment.text for segment in line))
    if not spans:
        return line
    marked = Style(color=ink.color, bold=True, underline=True)
    made: list[Segment] = []
    at = 0
    for text, style, control in line:
        cuts = sorted({0, len(text)} | {min(max(edge - at, 0), len(text)) for span in spans for edge in span})
        for start, end in pairwise(cuts):
            is_found = any(low - at <= start < high - at for low, high in spans)
            own = (style or Style.null()) + marked if is_found else style
            made.append(Segment(text[start:end], own, control))
        at += len(text)
    return made
