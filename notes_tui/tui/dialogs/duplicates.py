"""Pairs that may be one work, side by side: merged into one of the two, or said to be two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.item import Item, display_title
from notes_tui.services.duplicates import Duplicate
from notes_tui.services.wording import count_of
from notes_tui.tui.dialogs.base import CLOSE, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.row_list import DrawnRows, Row, RowList

Decision = Literal["merge", "different"]
Decide = Callable[[Decision, int, int], bool]
"""Called with what is decided, the item to keep and the other; says whether it was done."""
_HINTS = (
    Hint("1", "keep left", "screen.keep(0)"),
    Hint("2", "keep right", "screen.keep(1)"),
    Hint("n", "not the same", "screen.part"),
    Hint("enter", "go to it", "screen.choose"),
    CLOSE,
)


class DuplicatesScreen(Dialog[int]):
    """Goes through pairs of items; Enter leaves with the id of the left one.

    ``look`` gives items in full by their ids, ``decide`` merges a pair or remembers that it is none.
    """

    CSS_PATH = sheets("duplicates.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "keep(0)", "Keep left", show=False),
        Binding("2", "keep(1)", "Keep right", show=False),
        Binding("n", "part", "Not the same", show=False),
    ]

    def __init__(
        self, pairs: Sequence[Duplicate], look: Callable[[Sequence[int]], Sequence[Item]], decide: Decide
    ) -> None:
        super().__init__("Duplicates", _HINTS if pairs else (CLOSE,))
        self.pairs = list(pairs)
        self.look = look
        self.decide = decide

    def compose_body(self) -> Iterable[Widget]:
        """The pairs, and the current one side by side."""
        if self.pairs:
            yield RowList(self._rows())
            yield Sides()
        yield Static(shown("No two papers look like one work.", MUTED), id="none")

    def on_mount(self) -> None:
        """Begin in the list."""
        self._show_whether_any()
        if self.pairs:
            self.query_one(RowList).focus()

    @property
    def current(self) -> Duplicate | None:
        """The pair the cursor is on."""
        index = self.query_one(RowList).current if self.pairs else None
        return self.pairs[index] if index is not None else None

    def action_keep(self, side: int) -> None:
        """Merge the pair into its left or right item."""
        if (pair := self.current) is not None:
            keep, other = (pair.item, pair.candidate)[:: -1 if side else 1]
            if self.decide("merge", keep.item_id, other.item_id):
                self._leave_out(lambda each: other.item_id in (each.item.item_id, each.candidate.item_id))

    def action_part(self) -> None:
        """Remember that the pair is two works."""
        pair = self.current
        if pair is not None and self.decide("different", pair.item.item_id, pair.candidate.item_id):
            self._leave_out(lambda each: each is pair)

    def action_choose(self) -> None:
        """Go to the left item of the pair."""
        if (pair := self.current) is not None:
            self.dismiss(pair.item.item_id)

    @on(RowList.Chosen)
    def _choose(self) -> None:
        self.action_choose()

    @on(RowList.Moved)
    def _show(self) -> None:
        if (pair := self.current) is not None:
            both = {item.item_id: item for item in self.look([pair.item.item_id, pair.candidate.item_id])}
            self.query_one(Sides).compare(
                *(both.get(each.item_id, each) for each in (pair.item, pair.candidate)), reason=pair.reason
            )

    def _leave_out(self, is_settled: Callable[[Duplicate], bool]) -> None:
        self.pairs = [each for each in self.pairs if not is_settled(each)]
        self.query_one(RowList).set_rows(self._rows())
        self._show()
        if not self.pairs:
            self.query_one(Sides).display = False
            self.show_hints((CLOSE,))
            self._show_whether_any()

    def _show_whether_any(self) -> None:
        self.query_one("#none").display = not self.pairs
        self.set_class(bool(self.pairs), "-paired")

    def _rows(self) -> DrawnRows:
        return DrawnRows(len(self.pairs), lambda index: _row(self.pairs[index]))


def _row(pair: Duplicate) -> Row:
    score = Content.styled(f"{pair.score:.2f}  ", "$text-success" if pair.certain else "$text-warning")
    keys = shown(f"{pair.item.citekey} and {pair.candidate.citekey}")
    titles = Content.assemble(score, keys, "  ", shown(display_title(pair.item), MUTED))
    return Row(titles, shown(pair.reason, MUTED))


class Sides(VerticalScroll, can_focus=False):
    """Two items side by side; what one has and the other has not, or has otherwise, stands out."""

    def compose(self) -> ComposeResult:
        """The reason, and a column for each item."""
        yield Static(id="reason")
        with Horizontal():
            yield Static(id="left", classes="side")
            yield Static(id="right", classes="side")

    def compare(self, left: Item, right: Item, *, reason: str) -> None:
        """Show two items."""
        self.query_one("#reason", Static).update(shown(reason, "$text-warning"))
        facts = dict(_facts(left)), dict(_facts(right))
        self.query_one("#left", Static).update(_column(*facts))
        self.query_one("#right", Static).update(_column(*reversed(facts)))


def _column(own: Mapping[str, str], other: Mapping[str, str]) -> Content:
    lines = (_line(label, own[label], differs=own[label] != other[label]) for label in own if own[label])
    return Content("\n").join(lines)


def _line(label: str, value: str, *, differs: bool) -> Content:
    if label == "title":
        return shown(value, "bold" if differs else "")
    return Content.assemble((f"{label:<7}", MUTED), shown(value, "" if differs else MUTED))


def _facts(item: Item) -> Iterator[tuple[str, str]]:
    """Labels and values of what tells two descriptions apart, the same labels for all items."""
    written = [
        (item.note_count, "note"),
        (item.annotation_count, "annotation"),
        (len(item.attachments), "file"),
    ]
    yield "title", display_title(item)
    yield "key", item.citekey
    yield "by", ", ".join(creator.short for creator in item.creators[:6])
    yield "in", " ".join(filter(None, (item.venue, str(item.year or ""))))
    yield "doi", item.doi
    yield "arxiv", item.arxiv
    yield "link", next((link.url for link in item.links), "")
    yield "status", " ".join(filter(None, (item.read_status, "★" * (item.rating or 0))))
    yield "has", ", ".join(count_of(number, noun) for number, noun in written if number)
    yield "tags", ", ".join(item.tags)
    yield "lists", ", ".join(dict.fromkeys(entry.slug for entry in item.entries))
