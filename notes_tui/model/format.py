"""What a file format offers: each module of ``formats`` that reads or writes one has a ``FORMAT``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from notes_tui.model.dump import Dump
from notes_tui.model.imported import Imported
from notes_tui.model.item import Reference
from notes_tui.model.marked import Marked
from notes_tui.model.reading_list import ReadingList

Reading = Imported | ReadingList | Dump | Marked
"""What a file turns out to hold: records, an ordered list with sections, a whole library, or marks in documents."""


class Reader(Protocol):
    """Reads a text. Raises :class:`UnreadableFileError` where it is nothing of the kind."""

    def __call__(self, text: str, *, file: str = "") -> Reading:
        """The content of a text; ``file`` is its name for problems."""


class Writer(Protocol):
    """Writes references; the same references give the same text."""

    def __call__(self, references: Iterable[Reference]) -> str:
        """The text of a file that holds the references."""


class Recogniser(Protocol):
    """Tells from the beginning of a text whether it is in a format."""

    def __call__(self, text: str) -> bool:
        """Whether the text is in the format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: what it is called, how it is recognised, and its two directions."""

    name: str
    """What ``--format`` and ``export`` call it."""
    suffixes: tuple[str, ...]
    """File name endings in lower case, with the dot."""
    help: str
    """One line for lists of formats."""
    read: Reader | None = None
    write: Writer | None = None
    recognises: Recogniser | None = None
    """Needed where the ending does not tell."""
