"""What KOReader's files have in common: kinds, colours and times of marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from notes_tui.model.item import AnnotationKind, Creator, Reference
from notes_tui.model.marked import Mark
from notes_tui.model.titles import split_short_name

KINDS: dict[str, AnnotationKind] = {
    "lighten": "highlight", "invert": "highlight", "underscore": "underline", "strikeout": "strikeout",
}  # fmt: skip
"""Kinds by KOReader's ``drawer``."""

COLORS = {
    "red": "#ff3300", "orange": "#ff8800", "yellow": "#ffff33", "green": "#00aa66", "olive": "#88ff77",
    "cyan": "#00ffee", "blue": "#0066ff", "purple": "#ee00ff", "gray": "#808080",
}  # fmt: skip
"""The colours KOReader offers for highlights, by its names."""

PAGED = (".pdf", ".djvu", ".xps", ".cbz")
"""Documents whose pages are those of the file; in others they depend on the letters' size."""


def seconds(moment: datetime) -> str:
    """The second of a moment on the clock of the reader, which is what all of KOReader's files say."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def iso_of(local: str) -> str:
    """A time ``2024-05-01 21:07:33`` of this machine's clock as ISO 8601 with its zone; ``""`` for none."""
    try:
        return datetime.fromisoformat(local).astimezone().isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""


def numbered(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks with ids of their own, where several were made in one second or say no time."""
    seen: dict[str, int] = {}
    found: list[Mark] = []
    for mark in marks:
        stem = mark.id or f"p{mark.page or mark.page_label}"
        seen[stem] = seen.get(stem, 0) + 1
        found.append(replace(mark, id=stem if seen[stem] == 1 else f"{stem} #{seen[stem]}"))
    return tuple(found)


def reference_of(title: str, authors: str) -> Reference:
    """The work that a title and authors, one on a line or joined by semicolons, name."""
    title = " ".join(title.split())
    names = [" ".join(name.split()) for name in authors.replace(";", "\n").split("\n")]
    known = [name for name in names if name and name.lower() not in ("n/a", "unknown author", "unknown")]
    creators = tuple(Creator.from_name(name) for name in known)
    return Reference(title=title, title_short=split_short_name(title)[0] if title else "", creators=creators)


def text_of(value: object) -> str:
    """A text or a number as text; anything else is nothing."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def page_of(value: object) -> int | None:
    """A page number from 1; ``None`` for anything else."""
    text = text_of(value).removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 9 else None
