"""From a PDF's bytes to what is in it, a page at a time and within bounds."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.pdf.annotations import TEXT_MARKS, RawAnnotation, annotations_of
from notes_tui.formats.pdf.colors import ExactColors
from notes_tui.formats.pdf.guessing import Guess, guess_work
from notes_tui.formats.pdf.ligatures import Ligatures
from notes_tui.formats.pdf.limits import SECONDS, Limits
from notes_tui.formats.pdf.marked import Marked, Marker
from notes_tui.formats.pdf.outline import Headings, outline_of
from notes_tui.formats.pdf.pdfium import LOCK, Document, opened, opened_page
from notes_tui.formats.pdf.text_page import text_page
from notes_tui.model.pdf import Doubt, PdfAnnotation, PdfContent

MAX_BYTES = 1 << 30
"""A PDF beyond this is refused before it fills the memory."""
_MOST_PAGES = 50_000
_BROKEN_NAMED = 5
"""Broken pages that are named; of more only the number is told."""
_BEGINNING = 1024
"""Bytes at the beginning among which ``%PDF-`` must stand (ISO 32000-2, annex I)."""


def read_pdf(path: str | Path, *, seconds: float = SECONDS) -> PdfContent:
    """Everything that is read of a PDF: its identity, outline and annotations with the words under them.

    Raises :class:`UnreadableFileError` for what is missing, no PDF, damaged beyond reading or encrypted
    with a password. What takes longer than ``seconds`` is left, and the result says that it is incomplete.
    """
    path = Path(path)
    return read_pdf_bytes(_content_of(path), name=str(path), seconds=seconds)


def read_pdf_bytes(data: bytes, *, name: str = "the PDF", seconds: float = SECONDS) -> PdfContent:
    """The same as :func:`read_pdf` of bytes; ``name`` is the file's, for messages and as a hint what it is."""
    _refuse_what_is_no_pdf(data, name)
    with opened(data, name) as document:
        return _Reading(document, data, name, Limits(seconds), ExactColors(data), Ligatures(data)).content()


def page_texts(path: str | Path, *, seconds: float = SECONDS) -> Iterator[tuple[int, str]]:
    """The page number (from 1) and the text in reading order of each page that has any, as they are asked for.

    Raises what :func:`read_pdf` raises, at the first page; ends early when the time or text is used up.
    The lock is free between pages.
    """
    path = Path(path)
    data = _content_of(path)
    _refuse_what_is_no_pdf(data, str(path))
    limits, ligatures = Limits(seconds), Ligatures(data)
    with opened(data, str(path)) as document:
        with LOCK:
            count = min(document.pages, _MOST_PAGES)
        for index in range(count):
            if limits.over:
                return
            if text := _text_of_page(document, index, ligatures):
                limits.spend(len(text))
                yield index + 1, text


def _text_of_page(document: Document, index: int, ligatures: Ligatures) -> str:
    with opened_page(document, index) as page:
        if page is None:
            return ""
        with text_page(document.pdfium, page, ligatures) as text:
            return text.text()


def _content_of(path: Path) -> bytes:
    """The bytes of a file. Raises :class:`UnreadableFileError`."""
    try:
        kind = os.stat(path)
        if not stat.S_ISREG(kind.st_mode):
            raise UnreadableFileError(f"{path}: it is no file", hint="name a PDF")
        if kind.st_size > MAX_BYTES:
            raise UnreadableFileError(
                f"{path}: larger than {MAX_BYTES // 1024**2} MB", hint="split it into smaller files"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFileError(f"{path}: there is no such file", hint="check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UnreadableFileError(f"{path}: {reason}", hint="check the name and its permissions") from error


def _refuse_what_is_no_pdf(data: bytes, name: str) -> None:
    if not data:
        raise UnreadableFileError(f"{name}: it is empty", hint="get the file anew")
    if b"%PDF-" not in data[:_BEGINNING]:
        raise UnreadableFileError(f"{name}: it is no PDF", hint="name a PDF")


@dataclass(slots=True)
class _Reading:
    """One file being read."""

    document: Document
    data: bytes
    name: str
    limits: Limits
    colors: ExactColors
    ligatures: Ligatures
    others: Counter[str] = field(default_factory=Counter)
    broken: list[int] = field(default_factory=list)
    complete: bool = True

    def content(self) -> PdfContent:
        """All of it."""
        document = self.document
        with LOCK:
            pages = document.pages
            labels = tuple(document.label(index) for index in range(min(pages, _MOST_PAGES)))
            outline = outline_of(document)
            permanent_id = document.permanent_id
        guess, width = self._first_page()
        annotations = tuple(self._annotations(min(pages, _MOST_PAGES), labels, Headings(outline, width)))
        self.complete = self.complete and not self.broken and pages <= _MOST_PAGES and not self._is_damaged()
        return PdfContent(
            sha256=hashlib.sha256(self.data).hexdigest(),
            pdf_id=permanent_id,
            pages=pages,
            page_labels=labels if any(labels) else (),
            title=guess.title,
            doi=guess.doi,
            arxiv=guess.arxiv,
            outline=outline,
            annotations=annotations,
            others=dict(sorted(self.others.items())),
            problems=tuple(self._problems(pages)),
            complete=self.complete,
        )

    def _first_page(self) -> tuple[Guess, float]:
        """What the work is, and how wide its first page is."""
        stem = Path(self.name).stem
        with opened_page(self.document, 0) as page:
            if page is None:
                return guess_work(self.document, None, self.data, stem), 0.0
            with text_page(self.document.pdfium, page, self.ligatures) as text:
                guess = guess_work(self.document, text, self.data, stem)
            return guess, float(self.document.pdfium.FPDF_GetPageWidthF(page))

    def _annotations(
        self, pages: int, labels: tuple[str, ...], headings: Headings
    ) -> Iterator[PdfAnnotation]:
        for index in range(pages):
            if self.limits.over:
                self.complete = False
                return
            with opened_page(self.document, index) as page:
                if page is None:
                    self.broken.append(index + 1)
                    continue
                found = annotations_of(self.document.pdfium, page, self.colors, self.limits)
                self.others += found.others
                self.complete = self.complete and found.complete
                label = labels[index] if index < len(labels) else ""
                yield from self._of_page(page, index + 1, label, found.taken, headings)

    def _of_page(
        self, page: Any, number: int, label: str, raw: list[RawAnnotation], headings: Headings
    ) -> Iterator[PdfAnnotation]:
        if not raw:
            return
        with text_page(self.document.pdfium, page, self.ligatures) as text:
            marker = Marker(text)
            for each in raw:
                if self.limits.over:
                    self.complete = False
                    return
                if each.kind in TEXT_MARKS:
                    marked = marker.words_under(each.quads, each.box)
                else:
                    marked = marker.around(each.box)
                self.limits.spend(len(marked.quote))
                yield _annotation(each, number, label, headings.above(number, each.box), marked)

    def _is_damaged(self) -> bool:
        return self.document.is_repaired or b"%%EOF" not in self.data[-2048:]

    def _problems(self, pages: int) -> Iterator[str]:
        if self.broken:
            named = ", ".join(map(str, self.broken[:_BROKEN_NAMED]))
            rest = len(self.broken) - _BROKEN_NAMED
            yield f"pages that cannot be read: {named}" + (f" and {rest} more" if rest > 0 else "")
        if pages > _MOST_PAGES:
            yield f"pages after {_MOST_PAGES} were not looked at"
        if self.limits.over:
            yield f"reading took longer than {self.limits.seconds:g} seconds; some annotations may be missing"
        if self._is_damaged():
            yield "the file is cut off or damaged; what came through was read"
        for kind, count in sorted(self.others.items()):
            yield f"{count} of the kind {kind} {'is' if count == 1 else 'are'} not taken"


def _annotation(raw: RawAnnotation, page: int, label: str, heading: str, marked: Marked) -> PdfAnnotation:
    assert raw.kind is not None
    nowhere: tuple[Doubt, ...] = () if raw.box.width or raw.box.height or raw.quads else ("place",)
    return PdfAnnotation(
        id=raw.id, kind=raw.kind, page=page, page_label=label, box=raw.box, quads=raw.quads,
        quote=marked.quote, before=marked.before, after=marked.after, order=marked.order,
        comment=raw.comment, replies=tuple(raw.replies), color=raw.color,
        author=raw.author, created=raw.created, modified=raw.modified,
        heading=heading, doubts=(*nowhere, *marked.doubts),
    )  # fmt: skip
