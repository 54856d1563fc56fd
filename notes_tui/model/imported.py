"""What a bibliography says before anything is matched with the items of a home.

Every reader of bibliographies returns an :class:`Imported`: what was understood, and a
:class:`~notes_tui.model.reading_list.Problem` with its line for what was not.
"""

from __future__ import annotations

from dataclasses import dataclass

from notes_tui.model.item import Attachment, Note, Reference
from notes_tui.model.marked import Mark
from notes_tui.model.reading_list import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedItem:
    """One record of a bibliography, with what its reader had written on it."""

    reference: Reference
    """The citekey is the record's own and may be empty or stand on several records."""
    aliases: tuple[str, ...] = ()
    """Further keys the record answers to."""
    tags: tuple[str, ...] = ()
    """What its reader sorted it under; a group within a group is ``outer/inner``."""
    keywords: tuple[str, ...] = ()
    """Words that the work itself is listed under. They become tags where an item does not know them yet."""
    read_status: str = ""
    """In the record's own word where it is none of ours; empty where it says nothing."""
    rating: int | None = None
    """1 to 5."""
    notes: tuple[Note, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    """Files of the record. A relative path begins at the folder the bibliography lies in."""
    annotations: tuple[Mark, ...] = ()
    """Each under an id by which it is known when it comes again."""
    annotations_are_all: bool = False
    """Whether annotations that came before and are not among these are deleted."""
    collections: tuple[tuple[str, ...], ...] = ()
    """The groups the record stands in, each with those round it, outermost first."""
    stand_in: str = ""
    """What a new item is called where the record does not say its title."""
    linked: tuple[int, ...] = ()
    """Further records that this one is linked with, by their place in the file from 0."""
    line: int | None = None
    """Line of the source the record begins on, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The records of one file, in its order."""

    file: str = ""
    source: str = ""
    """The program that annotations were made in."""
    items: tuple[ImportedItem, ...] = ()
    collections: tuple[tuple[str, ...], ...] = ()
    """Every group that becomes a collection or a section of one, in order."""
    problems: tuple[Problem, ...] = ()
    refused: int = 0
    """How many records were not taken; other problems were mended on the way."""
