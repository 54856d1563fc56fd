"""What was read: totals, months and collections as bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.text import one_line
from notes_tui.services.reading import Stats
from notes_tui.services.wording import count_of
from notes_tui.settings import STATUSES, Status
from notes_tui.tui.dialogs.base import CLOSE, MUTED, Dialog, Hint, sheets, shown

_MONTHS = 18
"""Months that are shown, the latest."""


class StatsScreen(Dialog[None]):
    """Shows statistics."""

    CSS_PATH = sheets("stats.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
        Binding("enter", "cancel", "Close", show=False),
    ]

    def __init__(self, stats: Stats, statuses: Sequence[Status] = STATUSES) -> None:
        super().__init__("Statistics", (Hint("↑↓", "scroll"), CLOSE))
        self.stats = stats
        self.statuses = statuses

    def compose_body(self) -> Iterable[Widget]:
        """One page that scrolls."""
        with VerticalScroll():
            yield Static(id="page")

    def on_mount(self) -> None:
        """Begin on the page, so that arrows scroll it."""
        self.query_one(VerticalScroll).focus()
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """Draw the bars in the new width."""
        self.call_after_refresh(self._show)

    def action_scroll(self, lines: int) -> None:
        """Scroll by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _show(self) -> None:
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        if width:
            self.query_one("#page", Static).update(stats_page(self.stats, self.statuses, width))


def stats_page(stats: Stats, statuses: Sequence[Status], width: int) -> Content:
    """All of the statistics as text with bars."""
    done = [status.name for status in statuses if status.done]
    written = (
        f"{count_of(stats.notes, 'note')}, {count_of(stats.annotations, 'annotation')}, {stats.rated:,} rated"
    )
    lines = [Content.assemble(Content.styled(count_of(stats.items, "item"), "bold"), "  ", (written, MUTED))]
    lines += [Content(""), _heading("Status"), *_statuses(stats, statuses, width)]
    lines += [Content(""), _heading("Finished, by month"), *_months(stats.months, done, width)]
    if stats.collections:
        lines += [Content(""), _heading("Collections"), *_collections(stats.collections, width)]
    return Content("\n").join(lines)


def bar(share: float, width: int) -> str:
    """A bar of half cells; anything above nothing shows at least one of them."""
    halves = round(min(max(share, 0.0), 1.0) * width * 2)
    halves = max(halves, 1) if share > 0 else 0
    return "━" * (halves // 2) + "╸" * (halves % 2)


def _heading(text: str) -> Content:
    return Content.styled(text, "$text-primary bold")


def _line(label: Content, number: str, share: float, width: int, style: str) -> Content:
    """A label, a number, and a bar on a track."""
    names, numbers = min(max(width // 3, 12), 34), 9
    label = label.truncate(names, ellipsis=True)
    room = max(width - names - numbers - 2, 8)
    drawn = bar(share, room)
    track = Content.styled("─" * (room - len(drawn)), "auto 15%")
    gap = " " * (names - label.cell_length)
    return Content.assemble(label, gap, f"{number:>{numbers}}  ", (drawn, style), track)


def _statuses(stats: Stats, statuses: Sequence[Status], width: int) -> list[Content]:
    glyphs = {status.name: status.glyph for status in statuses}
    total = max(stats.items, 1)
    return [
        _line(shown(f"{glyphs.get(name, '·')} {name}"), f"{number:,}", number / total, width, "$primary")
        for name, number in stats.statuses.items()
    ]


def _months(months: Mapping[str, Mapping[str, int]], done: Sequence[str], width: int) -> list[Content]:
    finished = {month: sum(months[month].get(name, 0) for name in done) for month in sorted(months)}
    latest = list(finished.items())[-_MONTHS:]
    most = max((number for _, number in latest), default=0)
    if not most:
        return [Content.styled("nothing finished yet", MUTED)]
    return [_line(shown(month), f"{number:,}", number / most, width, "$success") for month, number in latest]


def _collections(collections: Sequence[Mapping[str, object]], width: int) -> list[Content]:
    lines = []
    for each in collections:
        items, read = int(str(each["items"])), int(str(each["read"]))
        title = shown(one_line(str(each["title"] or each["slug"])))
        lines.append(_line(title, f"{read}/{items}", read / items if items else 0, width, "$accent"))
    return lines
