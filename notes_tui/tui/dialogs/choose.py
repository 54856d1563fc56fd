"""One of several: a menu with letter keys, and a filter where it is long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.text import fold, one_line
from notes_tui.tui.dialogs.base import CANCEL, KEY, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Line
from notes_tui.tui.dialogs.row_list import DrawnRows, Row, RowList

Value = TypeVar("Value")
_LONG = 14
"""From so many options on, letters filter instead of picking."""


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """A line of a menu. ``key`` picks it directly; without one it gets a digit where one is free."""

    key: str
    label: str
    hint: str
    value: Value
    glyph: str = ""
    current: bool = False
    """Whether this is how things are; the cursor begins here."""


class ChooseDialog(Dialog[Value]):
    """Asks for one of several values: by its key, by arrows and Enter, with the mouse."""

    CSS_PATH = sheets("choose.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
    ]

    def __init__(
        self, title: str, options: Sequence[Option[Value]], empty: str = "nothing to choose from"
    ) -> None:
        super().__init__(title, (Hint("enter", "choose", "screen.choose"), CANCEL))
        self.options = options
        self.empty = empty
        self.long = len(options) >= _LONG
        self.matching = list(range(len(options)))
        self.has_glyphs = any(option.glyph for option in options)
        self.keys = {} if self.long else _keys(options)

    def compose_body(self) -> Iterable[Widget]:
        """The filter of a long menu, and the options."""
        if self.long:
            yield Line(placeholder="type to filter", id="filter")
        yield RowList(
            self._rows(), cursor=self._current(), classes="-driven -steady" if self.long else "-driven"
        )
        yield Static(shown(self.empty, MUTED), id="empty")

    def on_mount(self) -> None:
        """Focus the filter or the menu."""
        self.query_one("#empty").display = not self.options
        self.query_one(Line if self.long else RowList).focus()

    def action_move(self, step: int) -> None:
        """Move the cursor, round the ends."""
        self.query_one(RowList).wrap_to(step)

    def action_choose(self) -> None:
        """Choose the option under the cursor."""
        self.query_one(RowList).action_choose()

    def on_key(self, event: events.Key) -> None:
        """A key of an option picks it."""
        index = self.keys.get(event.character or "", self.keys.get(event.key))
        if index is not None:
            event.stop()
            self.dismiss(self.options[index].value)

    @on(Line.Changed)
    def _filter(self, event: Line.Changed) -> None:
        words = fold(event.value).split()
        texts = [fold(f"{option.label} {option.hint}") for option in self.options]
        self.matching = [index for index, text in enumerate(texts) if all(word in text for word in words)]
        self.query_one(RowList).set_rows(self._rows(), 0)
        self.query_one("#empty").display = not self.matching

    @on(Line.Submitted)
    def _submit(self) -> None:
        self.action_choose()

    @on(RowList.Chosen)
    def _choose(self, event: RowList.Chosen) -> None:
        self.dismiss(self.options[self.matching[event.index]].value)

    def _current(self) -> int:
        return next((index for index, option in enumerate(self.options) if option.current), 0)

    def _rows(self) -> DrawnRows:
        named = {index: key for key, index in self.keys.items()}
        matching = self.matching
        return DrawnRows(
            len(matching), lambda index: self._row(self.options[matching[index]], named.get(index, ""))
        )

    def _row(self, option: Option[Value], key: str) -> Row:
        parts: list[Content] = []
        if self.keys:
            parts.append(Content.styled(f"{key:<3}", KEY))
        if self.has_glyphs:
            parts.append(Content(f"{one_line(option.glyph):<3}"))
        mark = Content.styled("  ✓", "$text-success") if option.current else Content("")
        return Row(Content.assemble(*parts, shown(option.label), mark), shown(option.hint, MUTED))


def _keys(options: Sequence[Option[Value]]) -> dict[str, int]:
    """Key to index; options without a key of their own get the digits that are left."""
    keys = {option.key: index for index, option in enumerate(options) if option.key}
    digits = [digit for digit in "123456789" if digit not in keys]
    for index, option in enumerate(options):
        if not option.key and digits:
            keys[digits.pop(0)] = index
    return keys
