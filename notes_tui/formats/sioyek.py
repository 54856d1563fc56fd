"""sioyek: the highlights and bookmarks of its database ``shared.db``, which the store reads.

A highlight has a letter, and each letter a colour; capital letters underline and ``_`` strikes out. The
colours here are those of its default settings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from notes_tui.errors import UnreadableFileError
from notes_tui.model.format import Format
from notes_tui.model.item import AnnotationKind
from notes_tui.model.marked import Mark, Marked, MarkedWork
from notes_tui.model.sioyek import SioyekDatabase, SioyekMark
from notes_tui.model.text import storable
from notes_tui.model.times import iso_of_utc

_COLORS = {
    "a": "#f0a3ff", "b": "#0075dc", "c": "#993f00", "d": "#4c005c", "e": "#191919", "f": "#005c31",
    "g": "#2bce48", "h": "#ffcc99", "i": "#808080", "j": "#94ffb5", "k": "#8f7c00", "l": "#9dcc00",
    "m": "#c20088", "n": "#003380", "o": "#ffa405", "p": "#ffa8bb", "q": "#426600", "r": "#ff0010",
    "s": "#5ef1f2", "t": "#00998f", "u": "#e0ff66", "v": "#740aff", "w": "#990000", "x": "#ffff80",
    "y": "#ffff00", "z": "#ff5005",
}  # fmt: skip
_MD5 = re.compile(r"[0-9a-f]{32}\Z")


def read(text: str, *, file: str = "") -> Marked:
    """Refuse a text: what sioyek keeps is a database. Raises :class:`UnreadableFileError`."""
    raise UnreadableFileError(f"{file or 'the text'}: no database of sioyek", hint="it is called shared.db")


def marked(database: SioyekDatabase) -> Marked:
    """The documents of a database, in the order of their first marks."""
    documents: dict[str, list[SioyekMark]] = {}
    for mark in database.marks:
        documents.setdefault(mark.document, []).append(mark)
    works = []
    for document, marks in documents.items():
        is_hash = bool(_MD5.match(document))
        path = database.paths.get(document, "") if is_hash else document
        works.append(
            MarkedWork(
                path=storable(path), digests={"md5": document} if is_hash else {}, marks=tuple(_marks(marks))
            )
        )
    return Marked(source="sioyek", works=tuple(works))


def _marks(rows: Iterable[SioyekMark]) -> Iterable[Mark]:
    for row in rows:
        words = storable(row.words).strip()
        quote = " ".join(words.split()) if row.letter else ""
        yield Mark(
            id=storable(row.uuid) or _id(row), kind=_kind(row.letter) if quote else "note", quote=quote,
            comment=storable(row.comment).strip() if row.letter else words,
            color=_COLORS.get(row.letter.lower(), ""), created=iso_of_utc(row.created), modified=iso_of_utc(row.modified),
        )  # fmt: skip


def _kind(letter: str) -> AnnotationKind:
    if letter == "_":
        return "strikeout"
    return "underline" if letter.isupper() else "highlight"


def _id(row: SioyekMark) -> str:
    """An id from the place of a mark, which old versions do not name."""
    place = ",".join(f"{number:.1f}" for number in row.place)
    seed = f"{row.document} {bool(row.letter)} {place}"
    return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:24]


FORMAT = Format(
    name="sioyek",
    suffixes=(".db",),
    help="sioyek: its database shared.db; local.db beside it says where the files lie",
    read=read,
)
