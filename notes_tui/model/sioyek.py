"""What sioyek's database says, before its words are turned into ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SioyekMark:
    """A row of ``highlights`` or ``bookmarks``."""

    document: str
    """The MD5 of the file; in old versions its path."""
    words: str
    """The marked words of a highlight, what a bookmark is called."""
    letter: str = ""
    """The letter a highlight was made with; a bookmark has none."""
    comment: str = ""
    place: tuple[float, ...] = ()
    """Coordinates over all pages laid one below the other, in points."""
    created: str = ""
    """UTC, mostly without saying so."""
    modified: str = ""
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class SioyekDatabase:
    """Everything that was marked, and where files lay."""

    marks: tuple[SioyekMark, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    """By MD5."""
