"""How one item looks in the list: a mark, status in glyph and word, title, venue, rating, notes, tags."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from notes_tui.model.found_words import FoundWords
from notes_tui.model.item import Item, display_title
from notes_tui.model.text import one_line
from notes_tui.tui.emphasis import emphasised

_STATUS = 10
_VENUE = 14
_SHORT_VENUE = 11
"""``EuroSys ’23``: the century is left out where there is little room."""
_NOT_DONE = {"unread": "muted", "queued": "accent", "reading": "accent", "dropped": "muted"}
"""The styles of statuses under which a paper is not read to its end."""
_MARKS = 5
_SHORT_MARKS = 3
_RATING = 3
_MAX_TEXT = 400
"""Characters of a title that are looked at for one line."""


class Columns(NamedTuple):
    """Widths of the columns, in cells; 0 leaves one out."""

    mark: int
    status: int
    title: int
    venue: int
    rating: int
    marks: int
    tags: int

    @property
    def handle(self) -> int:
        """Cells at the left on which a click selects."""
        return self.mark + 2

    @classmethod
    def fitting(cls, width: int) -> Columns:
        """Columns for a list of this width: the title gets the most, what is least needed goes first."""
        rest = width - 2 - _STATUS - 1
        venue = _VENUE if width >= 66 else _SHORT_VENUE if width >= 42 else 0
        rating = _RATING if width >= 66 else 0
        marks = _MARKS if width >= 90 else _SHORT_MARKS if width >= 53 else 0
        tags = min((width - 84) // 2, 28) if width >= 100 else 0
        title = rest - venue - rating - marks - tags
        return cls(2, _STATUS, max(title, 1), venue, rating, marks, tags)


class RowStyles:
    """The styles of one row; under the cursor each part keeps its colour and takes the cursor's ground."""

    def __init__(self, lookup: Callable[[str], Style], cursor: Style | None) -> None:
        self.lookup = lookup
        self.cursor = cursor

    def __getitem__(self, name: str) -> Style:
        style = self.lookup(name)
        if self.cursor is None:
            return style
        return style + (self.cursor if name in ("plain", "strong") else Style(bgcolor=self.cursor.bgcolor))


def blank_strip(width: int, styles: RowStyles) -> Strip:
    """An empty line."""
    return Strip([Segment(" " * width, styles["plain"])], width)


def draw_heading(text: str, width: int, styles: RowStyles) -> Strip:
    """The heading of a section."""
    return Strip([Segment(set_cell_size("  " + one_line(text), width), styles["heading"])], width)


def draw_row(
    item: Item,
    columns: Columns,
    width: int,
    styles: RowStyles,
    *,
    glyph: Callable[[str], str],
    selected: bool,
    sought: FoundWords | None = None,
) -> Strip:
    """One item in its columns; in the title, words that are searched for stand out."""
    title = _title(item, columns.title, styles)
    segments = [
        Segment(
            "✓ " if selected else "▌ " if styles.cursor else "  ",
            styles["selected" if selected else "accent"],
        ),
        *_status(item, glyph, styles),
        *(emphasised(title, sought, styles["accent"]) if sought else title),
        Segment(" ", styles["plain"]),
    ]
    if columns.venue:
        segments.append(Segment(_padded(_venue(item, columns.venue), columns.venue), styles["muted"]))
    if columns.marks:
        segments.append(Segment(_padded(_marks(item, columns.marks), columns.marks), styles["muted"]))
    if columns.rating:
        segments.append(
            Segment(_padded(f"{item.rating}★" if item.rating else "", columns.rating), styles["accent"])
        )
    if columns.tags:
        tags = " ".join(f"#{one_line(tag)}" for tag in item.tags)
        segments.append(Segment(_padded(tags, columns.tags), styles["muted"]))
    return Strip(segments).adjust_cell_length(width, styles["plain"])


def _status(item: Item, glyph: Callable[[str], str], styles: RowStyles) -> list[Segment]:
    """The status by glyph and word; in place of the word how far reading has come, until it is done."""
    status = item.read_status
    name = _NOT_DONE.get(status, "done")
    sign, progress = f"{glyph(status)} ", item.progress
    if progress is None or status not in _NOT_DONE:
        return [Segment(_padded(sign + one_line(status), _STATUS), styles[name])]
    if not progress.pages:
        return [Segment(_padded(f"{sign}p. {progress.page}", _STATUS), styles[name])]
    width = _STATUS - cell_len(sign) - 1
    filled = min(max(round(width * progress.page / progress.pages), 1), width)
    return [
        Segment(sign, styles[name]), Segment("━" * filled, styles["accent"]),
        Segment("─" * (width - filled) + " ", styles["muted"]),
    ]  # fmt: skip


def _title(item: Item, width: int, styles: RowStyles) -> list[Segment]:
    """The title with the short name standing out, whether or not the title begins with it."""
    title = one_line(display_title(item)[:_MAX_TEXT])
    short = one_line(item.title_short[:_MAX_TEXT])
    if not short:
        return [Segment(_padded(title, width), styles["plain"])]
    rest = title[len(short) :] if title.startswith(short) else f"  {title}"
    short = _padded(short, min(cell_len(short), width))
    return [
        Segment(short, styles["strong"]),
        Segment(_padded(rest, max(width - cell_len(short), 0)), styles["plain"]),
    ]


def _marks(item: Item, width: int) -> str:
    note = "✎" if item.note_count else " "
    number = str(item.annotation_count) if width > _SHORT_MARKS else ""
    return f"{note}❝{number}" if item.annotation_count else note


def _venue(item: Item, width: int) -> str:
    year = str(item.year) if item.year else ""
    if year and width < _VENUE:
        year = f"’{item.year % 100:02}"  # type: ignore[operator]
    venue = one_line(item.venue)
    room = width - len(year) - 1
    if cell_len(venue) > room:
        venue = _padded(venue, room).rstrip()
    return f"{venue} {year}".strip()


def _padded(text: str, width: int) -> str:
    """A text in exactly ``width`` cells, with an ellipsis where something was cut."""
    if width <= 0:
        return ""
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"
