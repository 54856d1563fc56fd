"""The outline of a PDF, and the heading under which a place of it stands."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from notes_tui.formats.pdf.pdfium import Document, text_of
from notes_tui.model.pdf import Box, Heading
from notes_tui.model.text import one_line

_MOST = 20_000
"""Headings that are taken."""
_DEEPEST = 32
_FIT_WIDTH = (3, 7)
"""Views ``FitH`` and ``FitBH``, which name a height."""
_RIGHT_HALF = 0.45
"""Share of the page's width behind which a second column begins."""


def outline_of(document: Document) -> tuple[Heading, ...]:
    """The headings in order; an outline that goes in circles is left where it comes back. Hold the lock."""
    pdfium = document.pdfium
    found: list[Heading] = []
    seen: set[int] = set()
    pending = [(pdfium.FPDFBookmark_GetFirstChild(document.handle, None), 1)]
    while pending and len(found) < _MOST:
        bookmark, level = pending.pop()
        address = ctypes.cast(bookmark, ctypes.c_void_p).value
        if address is None or address in seen:
            continue
        seen.add(address)
        found.append(_heading(document, bookmark, level))
        pending.append((pdfium.FPDFBookmark_GetNextSibling(document.handle, bookmark), level))
        if level < _DEEPEST:
            pending.append((pdfium.FPDFBookmark_GetFirstChild(document.handle, bookmark), level + 1))
    return tuple(heading for heading in found if heading.title)


def _heading(document: Document, bookmark: Any, level: int) -> Heading:
    pdfium = document.pdfium
    title = one_line(text_of(lambda to, size: pdfium.FPDFBookmark_GetTitle(bookmark, to, size)))
    target = pdfium.FPDFBookmark_GetDest(document.handle, bookmark)
    if not target and (action := pdfium.FPDFBookmark_GetAction(bookmark)):
        target = pdfium.FPDFAction_GetDest(document.handle, action)
    index = pdfium.FPDFDest_GetDestPageIndex(document.handle, target) if target else -1
    if index < 0:
        return Heading(title, level, None, None)
    x, y = _place(pdfium, target)
    return Heading(title, level, index + 1, y, x)


def _place(pdfium: Any, target: Any) -> tuple[float | None, float | None]:
    """The point of a destination, as far as it names one."""
    has = [ctypes.c_int() for _ in range(3)]
    at = [ctypes.c_float() for _ in range(3)]
    if pdfium.FPDFDest_GetLocationInPage(target, *has, *at):
        return (at[0].value if has[0].value else None), (at[1].value if has[1].value else None)
    count, numbers = ctypes.c_ulong(), (ctypes.c_float * 4)()
    if pdfium.FPDFDest_GetView(target, count, numbers) in _FIT_WIDTH and count.value:
        return None, numbers[0]
    return None, None


class Headings:
    """Looks up the heading under which a place stands."""

    def __init__(self, outline: Sequence[Heading], page_width: float) -> None:
        self._middle = _RIGHT_HALF * page_width
        self._columns = any(each.x is not None and each.x > self._middle for each in outline)
        placed = [
            (self._key(each.page, each.x, float("inf") if each.y is None else each.y), number)
            for number, each in enumerate(outline)
            if each.page is not None
        ]
        placed.sort()
        self._keys = [key for key, _ in placed]
        self._titles = [outline[number].title for _, number in placed]

    def above(self, page: int, box: Box) -> str:
        """The last heading before a place; ``""`` where there is none."""
        number = bisect_right(self._keys, self._key(page, box.left, box.top - 0.25 * min(box.height, 20)))
        return self._titles[number - 1] if number else ""

    def _key(self, page: int, x: float | None, y: float) -> tuple[int, bool, float]:
        """Reading order: page, column where the outline tells of columns, from the top down."""
        return page, self._columns and x is not None and x > self._middle, -y
