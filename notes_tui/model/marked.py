"""What programs for reading keep of marks made in them, before anything is matched with a library.

A :class:`MarkedWork` is one document as its program knows it: by what it says it is, by where it lies, by
its content. Its marks stand under ids by which they are known when they come again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notes_tui.model.item import AnnotationKind, Reference
from notes_tui.model.pdf import Reply
from notes_tui.model.reading_list import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark in a document."""

    id: str
    """What its program calls it, the same whenever it is read."""
    kind: AnnotationKind
    page: int | None = None
    """From 1; ``None`` where the program counts no pages of the file."""
    page_label: str = ""
    quote: str = ""
    before: str = ""
    """Some words that stand before the marked ones."""
    after: str = ""
    comment: str = ""
    color: str = ""
    """``#rrggbb``, or empty."""
    role: str = ""
    """Where its program says one."""
    tags: tuple[str, ...] = ()
    author: str = ""
    created: str = ""
    """ISO 8601 with zone, or empty."""
    modified: str = ""
    heading: str = ""
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedWork:
    """A document with its marks."""

    reference: Reference = field(default_factory=Reference)
    """What is known of the work; often a title alone, and nothing for a file."""
    path: str = ""
    """Where the program says the file lies, perhaps on another machine."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Hashes of the file by their kind: ``md5``, or ``partial-md5`` of some pieces of it."""
    pdf_id: str = ""
    """The permanent half of a PDF's ``/ID``."""
    marks: tuple[Mark, ...] = ()
    is_complete: bool = True
    """Whether these are all marks of the document, so that others are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The documents of one file, in its order."""

    source: str
    """The program: ``koreader``, ``sioyek``, ``hypothesis``."""
    works: tuple[MarkedWork, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: int = 0
    """Marks that could not be understood."""
