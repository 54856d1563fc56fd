"""How items look in a terminal: a row of a list, a status by glyph and word, stars."""

from __future__ import annotations

from notes_tui.cli.layout import Column, screen_width, table
from notes_tui.cli.output import Span
from notes_tui.model.brief import display_title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notes_tui.cli.output import Line, Piece
    from notes_tui.model.brief import Brief
    from notes_tui.model.item import Item
    from notes_tui.settings import Config

STATUS_STYLES = {"unread": "dim", "queued": "yellow", "reading": "cyan", "read": "green", "dropped": "dim"}
_COLUMNS = (
    Column(12), Column(24), Column(flexible=True), Column(18, optional=True), Column(24, optional=True),
)  # fmt: skip


def status_span(status: str, config: Config) -> Span:
    """A read status by glyph and word."""
    return Span(f"{config.glyph(status)} {status}", STATUS_STYLES.get(status, ""))


def stars(rating: int | None) -> str:
    """``★★★☆☆``, or nothing where there is no rating."""
    return "★" * rating + "☆" * (5 - rating) if rating else ""


def venue_year(item: Item | Brief) -> str:
    """``OSDI 2020``."""
    return " ".join(filter(None, (item.venue, str(item.year or ""))))


def item_row(item: Item | Brief, config: Config) -> tuple[Piece, ...]:
    """The cells of an item in a list: status, citekey, title, venue and year, tags."""
    return (
        status_span(item.read_status, config),
        Span(item.citekey, "bold"),
        display_title(item),
        Span(venue_year(item), "dim"),
        Span(", ".join(item.tags), "magenta"),
    )


def item_table(items: Sequence[Item | Brief], config: Config) -> Iterator[Line]:
    """A list of items as lines."""
    return table([item_row(item, config) for item in items], _COLUMNS, screen_width())


def counted(number: int, noun: str, plural: str = "") -> Iterator[Line]:
    """The last line of a list, for a person: how many there are. A pipe gets the rows alone."""
    if screen_width() is not None:
        yield Span(f"{number:,} {noun if number == 1 else plural or noun + 's'}", "dim")
