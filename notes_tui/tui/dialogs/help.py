"""All keys and what they do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.text import fold, one_line
from notes_tui.tui.dialogs.base import CLOSE, KEY, MUTED, Dialog, Hint, sheets
from notes_tui.tui.dialogs.fields import Line

_WIDE = 90
"""Cells from which on there is room for three columns."""


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A command: its keys as shown, its label, a sentence, and the name it is remapped by."""

    keys: str
    label: str
    help: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class HelpSection:
    """Commands that belong together."""

    title: str
    rows: Sequence[HelpRow]


class HelpScreen(Dialog[None]):
    """Shows the keys, with a search over them."""

    CSS_PATH = sheets("help.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", "Up", show=False, priority=True),
        Binding("down", "scroll(1)", "Down", show=False, priority=True),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False, priority=True),
        Binding("pagedown", "scroll_page(1)", "Page down", show=False, priority=True),
    ]

    def __init__(self, sections: Sequence[HelpSection], title: str = "Keys") -> None:
        super().__init__(title, (Hint("↑↓", "scroll"), CLOSE))
        self.sections = sections
        self.words: list[str] = []

    def compose_body(self) -> Iterable[Widget]:
        """The search, and the keys."""
        yield Line(placeholder="search keys and commands")
        with VerticalScroll(can_focus=False):
            yield Static(id="keys")

    def on_mount(self) -> None:
        """Begin in the search."""
        self.query_one(Line).focus()
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """Fold the sentences anew."""
        self.call_after_refresh(self._show)

    def action_scroll(self, lines: int) -> None:
        """Scroll by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by what is in view."""
        view = self.query_one(VerticalScroll)
        view.scroll_relative(y=pages * max(view.size.height - 1, 1), animate=False)

    @on(Line.Changed)
    def _search(self, event: Line.Changed) -> None:
        self.words = fold(event.value).split()
        self._show()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _show(self) -> None:
        keys = self.query_one("#keys", Static)
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        if width:
            keys.update(keys_page(self.sections, self.words, width))


def keys_page(sections: Sequence[HelpSection], words: Sequence[str], width: int) -> Content:
    """The rows that have all the words, under their sections: keys, label and sentence.

    A narrow screen leaves the label out where there is a sentence, and the name by which a key is remapped
    where it has no room, so that a row is a line.
    """
    rows = [row for section in sections for row in section.rows]
    is_wide = width >= _WIDE
    keys = min(max((Content(row.keys).cell_length for row in rows), default=0), 18 if is_wide else 12) + 2
    label = min(max((Content(row.label).cell_length for row in rows), default=0), 24) + 2 if is_wide else 0
    lines: list[Content] = []
    for section in sections:
        found = [row for row in section.rows if _has(row, section, words)]
        if found:
            lines += [Content("")] if lines else []
            lines.append(Content.styled(one_line(section.title), "$text-primary bold"))
        for row in found:
            lines += _row(row, keys, label, max(width - keys - label, 16))
    return Content("\n").join(lines) if lines else Content.styled("no key or command like that", MUTED)


def _has(row: HelpRow, section: HelpSection, words: Sequence[str]) -> bool:
    text = fold(f"{section.title} {row.keys} {row.label} {row.help} {row.name}")
    return all(word in text for word in words)


def _row(row: HelpRow, keys: int, label: int, room: int) -> list[Content]:
    said = row.help if label else row.help or row.label
    sentence = textwrap.wrap(one_line(said), room) or [""]
    if row.name and len(sentence[-1]) + len(row.name) + 4 <= room:
        sentence[-1] = f"{sentence[-1]}  ({row.name})"
    elif row.name and label:
        sentence.append(f"({row.name})")
    first = Content.assemble(
        _column(row.keys, keys, KEY), _column(row.label, label, "") if label else "", (sentence[0], MUTED)
    )
    return [first, *(Content.styled(" " * (keys + label) + line, MUTED) for line in sentence[1:])]


def _column(text: str, width: int, style: str) -> Content:
    cell = Content.styled(one_line(text), style).truncate(width - 2, ellipsis=True)
    return cell.pad_right(width - cell.cell_length)
