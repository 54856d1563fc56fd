"""What happened when: the dated events of one item or of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.item import HistoryEvent
from notes_tui.model.text import one_line
from notes_tui.tui.dialogs.base import CLOSE, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.row_list import Row, RowList


class HistoryScreen(Dialog[str]):
    """Shows events by day, latest first; Enter leaves with the citekey of the event's item."""

    CSS_PATH = sheets("history.tcss")
    LIGHT = True

    def __init__(
        self, title: str, rows: Sequence[HistoryEvent], glyph: Callable[[str], str] = lambda status: "·"
    ) -> None:
        super().__init__(
            title, (Hint("enter", "go to the item", "screen.choose"), CLOSE) if rows else (CLOSE,)
        )
        self.rows = _Rows(rows, glyph)

    def compose_body(self) -> Iterable[Widget]:
        """The events, or that there are none."""
        if self.rows.events:
            yield RowList(self.rows)
        else:
            yield Static(
                shown("Nothing yet: reading, rating and opening are noted here with their dates.", MUTED)
            )

    def on_mount(self) -> None:
        """Begin in the list."""
        if self.rows.events:
            self.query_one(RowList).focus()

    def action_choose(self) -> None:
        """Go to the item of the event under the cursor."""
        for row_list in self.query(RowList):
            row_list.action_choose()

    @on(RowList.Chosen)
    def _choose(self, event: RowList.Chosen) -> None:
        self.dismiss(self.rows.event(event.index).citekey)


class _Rows(Sequence[Row]):
    """A heading for each day and a row for each event, drawn when they come into view."""

    def __init__(self, events: Sequence[HistoryEvent], glyph: Callable[[str], str]) -> None:
        self.events = list(reversed(events))
        self.glyph = glyph
        self.several = len({event.citekey for event in events}) > 1
        self.lines: list[int | str] = []
        day = ""
        for index, event in enumerate(self.events):
            if event.at[:10] != day:
                day = event.at[:10]
                self.lines += ["", day] if self.lines else [day]
            self.lines.append(index)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, index: int) -> Row:  # type: ignore[override]
        line = self.lines[index]
        if isinstance(line, str):
            return Row(shown(line), heading=True)
        event = self.events[line]
        words = Content.assemble((f"{one_line(event.at)[11:16]}  ", MUTED), _words(event, self.glyph))
        return Row(words, shown(event.title or event.citekey, MUTED)) if self.several else Row(words)

    def event(self, index: int) -> HistoryEvent:
        """The event of a row."""
        line = self.lines[index]
        assert isinstance(line, int)
        return self.events[line]


def _words(event: HistoryEvent, glyph: Callable[[str], str]) -> Content:
    """What happened: ``● read, before: reading``."""
    if event.kind == "rating":
        stars = int(event.after or 0)
        return Content(f"★ rated {'★' * stars}{'·' * (5 - stars)}" if stars else "☆ rating taken away")
    if event.kind == "opened":
        return Content("↗ opened")
    at_page = f" at page {event.page}" if event.page else ""
    if event.kind == "progress":
        return Content(f"▸ read to page {event.page}")
    status = one_line(str(event.after))
    before = Content.styled(f"  was {one_line(str(event.before))}" if event.before else "", MUTED)
    return Content.assemble(f"{one_line(glyph(status))} {status}{at_page}", before)
