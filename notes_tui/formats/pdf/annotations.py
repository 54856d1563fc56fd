"""The annotations of a page as the file has them, without the words under them.

Popups, links and form fields are none. Replies (``/IRT``) are joined to what they answer; the marks that
an editor sets on an annotation ("accepted", "rejected") are no replies. Drawn lines and polygons count as
areas, and so does a caret with words to be put in there; beside struck words, these are their comment.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from notes_tui.formats.pdf.colors import ExactColors
from notes_tui.formats.pdf.dates import iso_date
from notes_tui.formats.pdf.limits import Limits
from notes_tui.formats.pdf.pdfium import text_of
from notes_tui.formats.pdf.rich_text import words_of
from notes_tui.model.item import AnnotationKind
from notes_tui.model.pdf import Box, Quad, Reply
from notes_tui.model.text import storable

_TEXT, _CARET = 1, 14
_KINDS: dict[int, AnnotationKind] = {
    _TEXT: "note", 3: "text", 4: "area", 5: "area", 6: "area", 7: "area", 8: "area", 9: "highlight",
    10: "underline", 11: "squiggly", 12: "strikeout", 13: "stamp", 15: "ink",
}  # fmt: skip
TEXT_MARKS = frozenset(("highlight", "underline", "squiggly", "strikeout"))
_OTHERS = {
    _CARET: "Caret", 17: "FileAttachment", 18: "Sound", 19: "Movie",
    26: "RichMedia", 28: "Redact",
}  # fmt: skip
_MOST_QUADS = 2_000
"""Pieces of one text mark that are taken; a page of small print has some 150 lines."""
_MOST_SEARCHES = 1_000
"""How often a page's annotations are gone through for one that cannot be told from its twins."""
_LONGEST_TALK = 500
"""Replies to replies to replies."""
_ARRAY_OR_REFERENCE = (5, 9)
"""Types of value as PDFium numbers them."""
_NOWHERE = Box(0, 0, 0, 0)

Signature = tuple[str, int, Box, str, str]


@dataclass(slots=True, kw_only=True)
class RawAnnotation:
    """An annotation of a page before the words under it are known."""

    index: int
    """Place in the page's ``/Annots``."""
    kind: AnnotationKind | None
    """``None`` for kinds that are not taken."""
    signature: Signature
    box: Box
    quads: tuple[Quad, ...]
    comment: str
    color: str
    author: str
    created: str
    modified: str
    is_reply: bool
    is_state: bool
    answers: int | None = None
    """Index of the annotation it refers to."""
    replies: list[Reply] = field(default_factory=list)
    part_of: RawAnnotation | None = None
    """The text mark that has taken its comment."""

    @property
    def other(self) -> str:
        """The name of its kind where that is not taken, else empty."""
        return "" if self.kind or self.part_of else _OTHERS.get(self.signature[1], "")

    @property
    def id(self) -> str:
        """Its own name."""
        return self.signature[0]


@dataclass(slots=True)
class PageAnnotations:
    """What stands in a page's ``/Annots``."""

    taken: list[RawAnnotation]
    others: Counter[str]
    complete: bool


def annotations_of(pdfium: ModuleType, page: Any, colors: ExactColors, limits: Limits) -> PageAnnotations:
    """Read a page's annotations as far as the limits reach; the caller holds the lock."""
    found: dict[int, RawAnnotation] = {}
    referring: list[int] = []
    count = pdfium.FPDFPage_GetAnnotCount(page)
    complete = True
    for index in range(count):
        if index % 64 == 63 and limits.over:
            complete = False
            break
        handle = pdfium.FPDFPage_GetAnnot(page, index)
        if not handle:
            continue
        try:
            subtype = pdfium.FPDFAnnot_GetSubtype(handle)
            if subtype in _KINDS or subtype in _OTHERS:
                found[index] = each = _Reader(pdfium, handle, colors).read(index, subtype)
                limits.spend(len(each.comment) + len(each.signature[4]) + 8 * len(each.quads) + 100)
                if pdfium.FPDFAnnot_HasKey(handle, b"IRT"):
                    referring.append(index)
        finally:
            pdfium.FPDFPage_CloseAnnot(handle)
    if referring:
        _refer(pdfium, page, colors, found, referring)
        _join(found, referring)
    own = [each for each in found.values() if not (each.is_reply or each.is_state or each.part_of)]
    others = Counter(each.other for each in own if each.other)
    return PageAnnotations([each for each in own if each.kind], others, complete)


class _Reader:
    """Reads the entries of one annotation."""

    def __init__(self, pdfium: ModuleType, handle: Any, colors: ExactColors) -> None:
        self.pdfium = pdfium
        self.handle = handle
        self.colors = colors

    def string(self, key: bytes) -> str:
        found = text_of(lambda to, size: self.pdfium.FPDFAnnot_GetStringValue(self.handle, key, to, size))
        return storable(found) if found else ""

    def has(self, key: bytes) -> bool:
        return bool(self.pdfium.FPDFAnnot_HasKey(self.handle, key))

    def box(self) -> Box:
        rect = self.pdfium.FS_RECTF()
        if not self.pdfium.FPDFAnnot_GetRect(self.handle, rect):
            return _NOWHERE
        corners = (rect.left, rect.bottom, rect.right, rect.top)
        if not all(map(math.isfinite, corners)):
            return _NOWHERE
        left, right = sorted((rect.left, rect.right))
        bottom, top = sorted((rect.bottom, rect.top))
        return Box(left, bottom, right, top)

    def quads(self) -> tuple[Quad, ...]:
        count = min(self.pdfium.FPDFAnnot_CountAttachmentPoints(self.handle), _MOST_QUADS)
        points = self.pdfium.FS_QUADPOINTSF()
        found: list[Quad] = []
        for index in range(count):
            if self.pdfium.FPDFAnnot_GetAttachmentPoints(self.handle, index, points):
                corners = (
                    points.x1, points.y1, points.x2, points.y2, points.x3, points.y3, points.x4, points.y4
                )  # fmt: skip
                if all(map(math.isfinite, corners)):
                    found.append(corners)
        return tuple(found)

    def color(self) -> str:
        if self.pdfium.FPDFAnnot_GetValueType(self.handle, b"C") not in _ARRAY_OR_REFERENCE:
            return ""
        if self.has(b"AP"):
            # PDFium gives no colour beside an appearance; the document in memory can do without.
            self.pdfium.FPDFAnnot_SetAP(self.handle, 0, None)
        parts = [ctypes.c_uint() for _ in range(4)]
        if not self.pdfium.FPDFAnnot_GetColor(self.handle, 0, *parts):
            return ""
        red, green, blue = (part.value if part.value < 256 else 255 for part in parts[:3])
        return self.colors.of((red, green, blue))

    def signature(self, subtype: int, box: Box) -> Signature:
        return self.string(b"NM").strip(), subtype, box, self.string(b"M"), self.string(b"Contents")

    def read(self, index: int, subtype: int) -> RawAnnotation:
        box = self.box()
        signature = self.signature(subtype, box)
        kind = _KINDS.get(subtype)
        refers = subtype == _TEXT and self.has(b"IRT")
        comment = _lines(signature[4]) or (words_of(self.string(b"RC")) if self.has(b"RC") else "")
        if subtype == _CARET and comment:
            kind = "area"
        return RawAnnotation(
            index=index,
            kind=kind,
            signature=signature,
            box=box,
            quads=self.quads() if kind in TEXT_MARKS else (),
            comment=comment,
            color=self.color(),
            author=self.string(b"T").strip(),
            created=iso_date(self.string(b"CreationDate")),
            modified=iso_date(signature[3]),
            is_reply=refers and self.string(b"RT") != "Group",
            is_state=refers and self.has(b"State"),
        )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _refer(
    pdfium: ModuleType,
    page: Any,
    colors: ExactColors,
    found: dict[int, RawAnnotation],
    referring: list[int],
) -> None:
    """Find out which annotation each of these refers to.

    PDFium tells an annotation's index only by going through the page, so it is known by what it says;
    twins alone are looked for, and not without end.
    """
    known: dict[Signature, list[int]] = {}
    for index, each in found.items():
        known.setdefault(each.signature, []).append(index)
    searches = 0
    for index in referring:
        handle = pdfium.FPDFPage_GetAnnot(page, index)
        target = pdfium.FPDFAnnot_GetLinkedAnnot(handle, b"IRT")
        if target:
            reader = _Reader(pdfium, target, colors)
            same = known.get(reader.signature(pdfium.FPDFAnnot_GetSubtype(target), reader.box()), [])
            answers = same[0] if same else None
            if len(same) > 1 and searches < _MOST_SEARCHES:
                searches += 1
                answers = pdfium.FPDFPage_GetAnnotIndex(page, target)
            found[index].answers = answers if answers in found else None
            pdfium.FPDFPage_CloseAnnot(target)
        pdfium.FPDFPage_CloseAnnot(handle)


def _join(found: dict[int, RawAnnotation], referring: list[int]) -> None:
    """Give replies to the annotation at the root of the talk; what answers nothing stands for itself."""
    for index in referring:
        if not found[index].is_reply:
            _correct(found, found[index])
    for index in referring:
        each = found[index]
        if not each.is_reply:
            continue
        root = _root(found, index)
        if root is None or root.kind is None:
            each.is_reply = False
        elif not each.is_state:
            root.replies.append(Reply(each.id, each.author, each.comment, each.created or each.modified))
    for each in found.values():
        each.replies.sort(key=lambda reply: reply.created)


def _root(found: dict[int, RawAnnotation], index: int) -> RawAnnotation | None:
    """The annotation that no reply is; ``None`` where replies go in a circle or lead nowhere."""
    seen = {index}
    current = found[index]
    while current.is_reply:
        if current.answers is None or current.answers in seen or len(seen) > _LONGEST_TALK:
            return None
        seen.add(current.answers)
        current = found[current.answers]
    return current.part_of or current


def _correct(found: dict[int, RawAnnotation], each: RawAnnotation) -> None:
    """Struck words and the caret they are grouped with are one correction, in which the caret has the words."""
    other = found.get(each.answers) if each.answers is not None else None
    if other is None:
        return
    caret, mark = (each, other) if each.signature[1] == _CARET else (other, each)
    if caret.signature[1] == _CARET and mark.kind in TEXT_MARKS:
        mark.comment = mark.comment or caret.comment
        caret.part_of = mark
