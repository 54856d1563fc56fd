"""A library of Zotero as it says itself, before its words are turned into ours.

Its database and the JSON that Better BibTeX writes carry the same: items with fields under Zotero's
names, creators with roles, tags, notes in HTML, attached files and the annotations in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notes_tui.model.reading_list import Problem


@dataclass(frozen=True, slots=True)
class ZoteroCreator:
    """A name in a role (``author``, ``editor``); ``last`` alone is a body or a name of one part."""

    role: str
    last: str
    first: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoteroAnnotation:
    """A mark in a file, in Zotero's words."""

    key: str
    kind: str
    """``highlight``, ``underline``, ``note``, ``text``, ``image`` or ``ink``."""
    text: str = ""
    comment: str = ""
    color: str = ""
    page_label: str = ""
    position: str = ""
    """JSON with ``pageIndex``, which counts from 0."""
    created: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ZoteroAttachment:
    """A file or an address that belongs to an item, with the annotations made in it."""

    path: str
    title: str = ""
    content_type: str = ""
    url: str = ""
    annotations: tuple[ZoteroAnnotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoteroItem:
    """One item; ``key`` is what collections and relations call it."""

    key: str
    type: str
    fields: Mapping[str, str] = field(default_factory=dict)
    creators: tuple[ZoteroCreator, ...] = ()
    tags: tuple[str, ...] = ()
    automatic_tags: tuple[str, ...] = ()
    """Keywords that came with the work and not from its reader."""
    notes: tuple[str, ...] = ()
    """As HTML, oldest first."""
    attachments: tuple[ZoteroAttachment, ...] = ()
    collections: tuple[str, ...] = ()
    """Keys of collections."""
    related: tuple[str, ...] = ()
    """Keys of items."""


@dataclass(frozen=True, slots=True)
class ZoteroCollection:
    """A named group of items, within another one where ``parent`` is not empty."""

    key: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoteroLibrary:
    """Items and collections, each in its order."""

    items: tuple[ZoteroItem, ...] = ()
    collections: tuple[ZoteroCollection, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_whole: bool = False
    """Whether everything is in it; an export may leave annotations out."""
