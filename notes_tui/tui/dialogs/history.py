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
from notes_tui.tui.dialogs.row_list import DrawnRows, Row, RowList


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
        self.events = _Events(rows, glyph)

    def compose_body(self) -> Iterable[Widget]:
        """The events, or that there are none."""
        if self.events.lines:
            yield RowList(DrawnRows(len(self.events.lines), self.events.row))
        else:
            yield Static(
                shown("Nothing yet: reading, rating and opening are noted here with their dates.", MUTED)
            )

    def on_mount(self) -> None:
        """Begin in the list."""
        if self.events.lines:
            self.query_one(RowList).focus()

    def action_choose(self) -> None:
        """Go to the item of the event under the cursor."""
        for row_list in self.query(RowList):
            row_list.action_choose()

    @on(RowList.Chosen)
    def _choose(self, event: RowList.Chosen) -> None:
        chosen = self.events.lines[event.index]
        if not isinstance(chosen, str):
            self.dismiss(chosen.citekey)


class _Events:
    """Events latest first, with a heading above those of a day."""

    def __init__(self, events: Sequence[HistoryEvent], glyph: Callable[[str], str]) -> None:
        self.glyph = glyph
        self.several = len({event.citekey for event in events}) > 1
        self.lines: list[HistoryEvent | str] = []
        day = ""
        for event in reversed(events):
            if event.at[:10] != day:
                day = event.at[:10]
                self.lines += ["", day] if self.lines else [day]
            self.lines.append(event)

    def row(self, index: int) -> Row:
        """The heading or the event at an index."""
        event = self.lines[index]
        if isinstance(event, str):
            return Row(shown(event), heading=True)
        words = Content.assemble((f"{one_line(event.at)[11:16]}  ", MUTED), _words(event, self.glyph))
        return Row(words, shown(event.title or event.citekey, MUTED)) if self.several else Row(words)


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
