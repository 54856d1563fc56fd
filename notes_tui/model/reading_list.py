"""A reading list as read from a source: a header, sections in order, entries in order.

It is what every reader of lists returns and what a library file holds, before anything is matched
with the items of a home.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notes_tui.model.item import Reference


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of the input that was not taken, and where it stands."""

    file: str
    line: int | None
    message: str

    def as_dict(self) -> dict[str, object]:
        """``{file, line, message}``."""
        return {"file": self.file, "line": self.line, "message": self.message}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One line of a reading list."""

    section: tuple[str, ...]
    """The headings above it, outermost first."""
    title: str
    """The title in this list's own words."""
    text: str
    """The whole entry in this list's own words, on one or more lines."""
    reference: Reference
    """What the entry says about the work."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Columns or sub-lines that no field of a reference holds: ``framework``, ``method``, …"""
    line: int | None = None
    """Line of the source, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A fault of a source, mended by hand: what it said, what stands now, and why."""

    entry: int
    """Position of the entry in the list, from 1."""
    field: str
    was: str
    now: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingList:
    """A collection as its source has it. Positions are the order of ``entries``, from 1."""

    title: str
    slug: str = ""
    description: str = ""
    source: str = ""
    """Address or file name of the source."""
    sections: tuple[tuple[str, ...], ...] = ()
    """Every section path in order, those without entries too."""
    entries: tuple[ListEntry, ...] = ()
    corrections: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()
