"""An editor for Markdown: marks what the signs mean, and goes on with a list where one was begun."""

from __future__ import annotations

import re
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.widgets import TextArea
from textual.widgets.text_area import DocumentNavigator, Location, WrappedDocument

from notes_tui.tui.dialogs.fields import Box
from notes_tui.tui.dialogs.preview import plain_style

_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_QUOTE = re.compile(r" {0,3}>")
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s(?:\[[ xX]\]\s)?")
_INLINE = re.compile(
    r"(?P<code>`[^`\n]+`)|(?P<strong>\*\*[^*\n]+\*\*)|(?P<link>\[[^\]\n]*\]\([^)\n]*\)|https?://\S+)"
)
_ITEM = re.compile(
    r"(?P<indent>\s*)(?P<mark>[-*+]|(?P<number>\d{1,9})(?P<end>[.)])|>)(?P<gap>\s+)(?P<box>\[[ xX]\]\s+)?"
)


class _WrappedOnce(WrappedDocument):
    """A wrapped document that counts its lines when they change rather than for each line drawn."""

    _lines: int | None = None

    @property
    def height(self) -> int:
        """The height of the wrapped document."""
        if self._lines is None:
            self._lines = super().height
        return self._lines

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap everything anew."""
        self._lines = None
        super().wrap(width, tab_width)

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap what was edited."""
        self._lines = None
        super().wrap_range(start, old_end, new_end)


class MarkdownArea(Box):
    """A :class:`Box` that shows headings, quotes, code and links in their colours."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "markdown--heading", "markdown--muted", "markdown--code", "markdown--link", "markdown--strong",
    }  # fmt: skip
    DEFAULT_CSS = """
    MarkdownArea {
        & .markdown--heading { color: $text-primary; text-style: bold; }
        & .markdown--muted { color: $foreground 60%; }
        & .markdown--code { color: $text-secondary; }
        & .markdown--link { color: $text-accent; }
        & .markdown--strong { text-style: bold; }
    }
    """

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(text, "write in Markdown", id=id)
        self.wrapped_document = _WrappedOnce(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._fenced: frozenset[int] = _fenced_lines(text.split("\n"))

    def get_line(self, line_index: int) -> Text:
        """The line with its signs in colour."""
        line = super().get_line(line_index)
        plain = line.plain
        if line_index in self._fenced:
            line.stylize(self._style("code"))
        elif _HEADING.match(plain):
            line.stylize(self._style("heading"))
        elif _QUOTE.match(plain):
            line.stylize(self._style("muted"))
        elif len(plain) < 5_000:
            if found := _BULLET.match(plain):
                line.stylize(self._style("link"), 0, found.end())
            for found in _INLINE.finditer(plain):
                line.stylize(self._style(found.lastgroup or "code"), found.start(), found.end())
        return line

    def _style(self, name: str) -> Style:
        return plain_style(self.get_component_rich_style(f"markdown--{name}"), ground=False)

    @on(TextArea.Changed)
    def _look_for_fences(self) -> None:
        fenced = _fenced_lines(self.document.lines)
        if fenced != self._fenced:
            self._fenced = fenced
            self._line_cache.clear()
            self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Enter goes on with a list or a quotation; Tab and shift+Tab move an item in and out."""
        act = {"enter": self._go_on, "tab": self._indent, "shift+tab": self._dedent}.get(event.key)
        if act is not None and self.selection.is_empty and act():
            event.prevent_default().stop()
            self.scroll_cursor_visible()

    def _item(self) -> re.Match[str] | None:
        """The mark of the list item or quotation the cursor is in."""
        row = self.cursor_location[0]
        return None if row in self._fenced else _ITEM.match(self.document.get_line(row))

    def _go_on(self) -> bool:
        row, column = self.cursor_location
        line, found = self.document.get_line(row), self._item()
        if found is None or column < found.end():
            return False
        if line[found.end() :].strip():
            self.insert("\n" + _next_mark(found))
        else:
            self.replace("", (row, 0), (row, len(line)))
        return True

    def _indent(self) -> bool:
        row = self.cursor_location[0]
        found = self._item()
        if found is None or found["mark"] == ">":
            self.insert("    ")
        else:
            width = len(found["mark"] + found["gap"])
            self.replace(" " * width, (row, 0), (row, 0), maintain_selection_offset=True)
        return True

    def _dedent(self) -> bool:
        row, column = self.cursor_location
        line = self.document.get_line(row)
        width = min(len(line) - len(line.lstrip(" ")), 4)
        self.replace("", (row, 0), (row, width))
        self.move_cursor((row, max(column - width, 0)))
        return True


def _next_mark(found: re.Match[str]) -> str:
    mark = f"{int(found['number']) + 1}{found['end']}" if found["number"] else found["mark"]
    return f"{found['indent']}{mark}{found['gap']}{'[ ] ' if found['box'] else ''}"


def _fenced_lines(lines: list[str]) -> frozenset[int]:
    """Numbers of the lines inside fenced code, fences too."""
    fenced: set[int] = set()
    fence = ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if fence or found:
            fenced.add(number)
        if found and not fence:
            fence = found[1]
        elif found and found[1] == fence:
            fence = ""
    return frozenset(fenced)
