"""What services answered: each field before and after, to be taken or left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.proposals import FieldChange, Proposal
from notes_tui.services.fetching import only_empty
from notes_tui.tui.dialogs.base import CANCEL, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.row_list import Row, RowList

Pick = tuple[Proposal, FieldChange]
_HINTS = (
    Hint("enter", "take what is marked", "screen.accept"),
    Hint("space", "mark", "screen.toggle_mark"),
    Hint("ctrl+a", "all", "screen.toggle_all"),
    CANCEL,
)


class FetchedScreen(Dialog[list[Pick]]):
    """Shows proposals field by field; Enter leaves with those that are marked.

    What fills an empty field is marked at first; what differs and what is a guess is not.
    """

    CSS_PATH = sheets("fetched.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_mark", "Mark", show=False),
        Binding("ctrl+a", "toggle_all", "All", show=False),
    ]

    def __init__(self, proposals: Sequence[Proposal]) -> None:
        super().__init__("Fetched", _HINTS)
        self.lines: list[Proposal | Pick] = []
        for proposal in proposals:
            changes = (*proposal.fills, *proposal.offers)
            self.lines += [proposal, *((proposal, change) for change in changes)] if changes else []
        self.marked = {
            number for number, line in enumerate(self.lines) if isinstance(line, tuple) and only_empty(*line)
        }

    def compose_body(self) -> Iterable[Widget]:
        """The fields, and the one under the cursor in full."""
        yield RowList(self._rows())
        yield Static(id="whole")

    def on_mount(self) -> None:
        """Begin at the first field."""
        self.query_one(RowList).focus()
        self.query_one(RowList).go_to(1)
        self._show()

    def action_toggle_mark(self) -> None:
        """Mark the field under the cursor, or let it go, and move on."""
        row_list = self.query_one(RowList)
        if row_list.current is not None:
            self.marked ^= {row_list.current}
            row_list.set_rows(self._rows())
            row_list.action_cursor_down()

    def action_toggle_all(self) -> None:
        """Mark all fields, or let all go."""
        every = {number for number, line in enumerate(self.lines) if isinstance(line, tuple)}
        self.marked = set() if self.marked == every else every
        self.query_one(RowList).set_rows(self._rows())

    @on(RowList.Chosen)
    def action_accept(self) -> None:
        """Leave with what is marked."""
        picks = (self.lines[number] for number in sorted(self.marked))
        self.dismiss([each for each in picks if isinstance(each, tuple)])

    @on(RowList.Moved)
    def _show(self) -> None:
        index = self.query_one(RowList).current
        line = self.lines[index] if index is not None else None
        whole = _whole(line[1]) if isinstance(line, tuple) else Content("")
        self.query_one("#whole", Static).update(whole)

    def _rows(self) -> list[Row]:
        return [
            _row(line[1], number in self.marked) if isinstance(line, tuple) else _heading(line)
            for number, line in enumerate(self.lines)
        ]


def _heading(proposal: Proposal) -> Row:
    doubt = "a guess: " if proposal.guess else ""
    told = f"{proposal.citekey} · {proposal.title}" if proposal.guess else proposal.citekey
    return Row(shown(told), shown(f"{proposal.source}, {doubt}{proposal.reason}", MUTED), heading=True)


def _row(change: FieldChange, is_marked: bool) -> Row:
    mark = Content.styled(" ✓ " if is_marked else " · ", "$text-success" if is_marked else MUTED)
    field = Content.styled(f"{change.as_dict()['field'] or '':<12}", MUTED)
    old = Content.assemble(shown(change.old, MUTED), (" → ", MUTED)) if change.old else Content("")
    return Row(Content.assemble(mark, field, old, shown(change.new)))


def _whole(change: FieldChange) -> Content:
    was = Content.assemble(("was  ", MUTED), shown(change.old), "\n") if change.old else Content("")
    return Content.assemble(was, ("new  ", MUTED), shown(change.new))
