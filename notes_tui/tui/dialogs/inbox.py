"""What updates brought to lists: new, gone and moved entries to go through, list by list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Literal

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.list_news import News, NewsKind
from notes_tui.services.list_updating import ListInbox, news_words
from notes_tui.tui.dialogs.base import CLOSE, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.row_list import Row, RowList

Settling = Literal["queued", "dropped", "seen"]
Settle = Callable[[Settling, Sequence[News]], bool]
"""Called with what is decided and the news it is about; says whether it was done."""
_HINTS = (
    Hint("w", "queue", "screen.settle('queued')"),
    Hint("d", "drop", "screen.settle('dropped')"),
    Hint("space", "seen", "screen.settle('seen')"),
    Hint("a", "all seen", "screen.settle_all"),
    Hint("enter", "go to it", "screen.choose"),
    CLOSE,
)
_MARKS: dict[NewsKind, tuple[str, str]] = {
    "new": ("new", "$text-success"),
    "gone": ("gone", "$text-warning"),
    "moved": ("moved", MUTED),
    "retitled": ("title", "$text-accent"),
    "resectioned": ("section", MUTED),
}


class InboxScreen(Dialog[int]):
    """Goes through the news of lists; Enter leaves with the id of the item."""

    CSS_PATH = sheets("inbox.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "settle('queued')", "Queue", show=False),
        Binding("d", "settle('dropped')", "Drop", show=False),
        Binding("space", "settle('seen')", "Seen", show=False),
        Binding("a", "settle_all", "All seen", show=False),
        Binding("o", "choose", "Go to it", show=False),
    ]

    def __init__(self, inboxes: Sequence[ListInbox], settle: Settle) -> None:
        super().__init__("Inbox", _HINTS if inboxes else (CLOSE,))
        self.inboxes = [(each.title, list(each.news)) for each in inboxes]
        self.settle = settle
        self.lines: list[News | None] = []
        """The news of each row, ``None`` for headings."""

    def compose_body(self) -> Iterable[Widget]:
        """The news by list, and what happened to the one under the cursor."""
        yield RowList(self._rows(), classes="-steady")
        yield Static(id="about")
        yield Static(shown("Lists have brought nothing that you have not seen.", MUTED), id="none")

    def on_mount(self) -> None:
        """Begin at the first of the news."""
        row_list = self.query_one(RowList)
        row_list.focus()
        row_list.go_to(1)
        self._show()

    @property
    def current(self) -> News | None:
        """What the cursor is on."""
        index = self.query_one(RowList).current
        return self.lines[index] if index is not None and index < len(self.lines) else None

    def action_settle(self, how: Settling) -> None:
        """Decide about what is under the cursor."""
        if (news := self.current) is not None and self.settle(how, [news]):
            self._leave_out([news])

    def action_settle_all(self) -> None:
        """Count everything as seen."""
        news = [each for each in self.lines if each is not None]
        if news and self.settle("seen", news):
            self._leave_out(news)

    def action_choose(self) -> None:
        """Go to the item."""
        if (news := self.current) is not None and news.item_id:
            self.dismiss(news.item_id)

    @on(RowList.Chosen)
    def _choose(self) -> None:
        self.action_choose()

    def _leave_out(self, news: Sequence[News]) -> None:
        gone = {each.news_id for each in news}
        left = [
            (title, [each for each in found if each.news_id not in gone]) for title, found in self.inboxes
        ]
        self.inboxes = [each for each in left if each[1]]
        self.query_one(RowList).set_rows(self._rows())
        self._show()

    @on(RowList.Moved)
    def _show(self) -> None:
        news = self.current
        self.query_one("#none").display = not self.lines
        self.query_one("#about", Static).update(_about(news) if news else "")
        if not self.lines:
            self.show_hints((CLOSE,))

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        self.lines = []
        for title, news in self.inboxes:
            rows.append(Row(shown(title), shown(news_words(news), MUTED), heading=True))
            rows += map(_row, news)
            self.lines += [None, *news]
        return rows


def _row(news: News) -> Row:
    word, style = _MARKS[news.kind]
    line = Content.assemble((f"{word:<8}", style), shown(news.title))
    return Row(line, shown(" › ".join(news.section or news.was_section), MUTED))


def _about(news: News) -> Content:
    """What happened, in a line."""
    section, before = " › ".join(news.section) or "no section", " › ".join(news.was_section) or "no section"
    if news.kind == "retitled":
        return shown(f"was: {news.was_title}", MUTED)
    if news.kind == "resectioned":
        return shown(f"from {before} to {section}", MUTED)
    if news.kind == "moved":
        return shown(f"from place {news.was_position} to {news.position} of the list", MUTED)
    if news.kind == "gone":
        return shown("the list has it no longer; the paper, its notes and its status stay", MUTED)
    return shown(f"in {section}", MUTED)
