"""What a PDF says about itself and what its readers marked in it.

Pages count from 1. Places are in points of the page's own coordinates, whose origin is at the lower left
and which know nothing of how the page is turned or cropped when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from notes_tui.model.item import AnnotationKind

Doubt = Literal["no-unicode", "no-spaces", "no-words", "place"]
"""Why the words of a mark may be wrong: letters without a Unicode value, a long run of Latin letters
without a space, a text mark with no words under it, a place that cannot be."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``left <= right`` and ``bottom <= top``."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


Quad = tuple[float, float, float, float, float, float, float, float]
"""Four corners ``x1 y1 … x4 y4`` in the order the file has them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the PDF's outline."""

    title: str
    level: int
    """1 for the outermost."""
    page: int | None
    """``None`` where the entry leads to no page of the file."""
    y: float | None
    """Height on the page; ``None`` where the entry names the page alone."""
    x: float | None = None
    """Distance from the left, where the entry names one."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to an annotation, or to an answer to it."""

    id: str
    author: str
    text: str
    created: str
    """ISO 8601 with zone, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfAnnotation:
    """One annotation as the file has it."""

    id: str = ""
    """The annotation's own name (``/NM``); empty where it has none. Not every program keeps them unique."""
    kind: AnnotationKind
    page: int
    page_label: str = ""
    box: Box = Box(0, 0, 0, 0)
    quads: tuple[Quad, ...] = ()
    """The marked pieces of text, in the file's order; empty for kinds that mark no text."""
    quote: str = ""
    """The words under a text mark, in reading order and on one line."""
    before: str = ""
    """Some words that stand before it in reading order, to find its place in another version."""
    after: str = ""
    """Some words that stand after it."""
    order: int = 0
    """Grows with the place on the page in reading order; what stands beside the text counts by its nearest line."""
    comment: str = ""
    """What was typed into it, with line feeds."""
    replies: tuple[Reply, ...] = ()
    """In the order of their dates."""
    color: str = ""
    """``#rrggbb``, or empty where the file names none."""
    author: str = ""
    created: str = ""
    """ISO 8601 with zone, or empty."""
    modified: str = ""
    """ISO 8601 with zone, or empty."""
    heading: str = ""
    """The heading of the outline it stands under."""
    doubts: tuple[Doubt, ...] = ()
    """Why its words may be wrong; empty where they look right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfContent:
    """What was read from one PDF."""

    sha256: str
    """Of the bytes of the file, in hexadecimal digits."""
    pdf_id: str = ""
    """The permanent half of the trailer's ``/ID`` in hexadecimal digits: it survives saving."""
    pages: int = 0
    page_labels: tuple[str, ...] = ()
    """What the pages call themselves, one for each page; empty where they say nothing."""
    title: str = ""
    """The work's title, guessed from the metadata or from the largest letters of the first page."""
    doi: str = ""
    arxiv: str = ""
    """An arXiv id without version."""
    outline: tuple[Heading, ...] = ()
    annotations: tuple[PdfAnnotation, ...] = ()
    """In the order of pages, and on a page in the file's order."""
    others: Mapping[str, int] = field(default_factory=dict)
    """How many annotations of further kinds there are (``Redact``, ``FileAttachment``, …); links and forms are none."""
    problems: tuple[str, ...] = ()
    """What could not be read, in words for a person."""
    complete: bool = True
    """Whether every page was looked at; ``False`` where the time ran out or pages are broken. What is
    missing from an incomplete reading is not known to be gone."""
