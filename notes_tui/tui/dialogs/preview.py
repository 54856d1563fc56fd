"""A Markdown note as it will look, drawn block by block away from the keyboard's thread.

Blocks that did not change are not drawn again, so that a key press in a long note costs one paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from typing import ClassVar
from urllib.parse import unquote

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.worker import get_current_worker

from notes_tui.model.text import printable

LONGEST = 200_000
"""Characters of a note that are drawn."""
_NAMES = ("heading", "muted", "code", "link", "strong")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Markdown between two lines of the source."""

    line: int
    """Its first line, from 0."""
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A note as drawn: its lines, and where in them each block of the source begins."""

    strips: list[Strip]
    sources: list[int]
    """First source line of each block."""
    places: list[int]
    """First drawn line of each block."""

    def place_of(self, source_line: int) -> int:
        """The drawn line where the block with a line of the source begins."""
        index = bisect_right(self.sources, source_line) - 1
        return self.places[index] if index >= 0 else 0


@lru_cache(maxsize=1)
def _parser() -> Callable[[str], list[tuple[int, int]]]:
    """A function that gives the line ranges of the top-level blocks of a text."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.disable("inline")

    def ranges(text: str) -> list[tuple[int, int]]:
        """First line and the line after the last, for each top-level block."""
        tokens = [
            token for token in parser.parse(text) if token.level == 0 and token.map and token.nesting >= 0
        ]
        return [(token.map[0], token.map[1]) for token in tokens if token.map]

    return ranges


def blocks_of(text: str) -> list[Block]:
    """The top-level blocks of a Markdown text; together they hold every line that is not blank."""
    lines = text.split("\n")
    blocks: list[Block] = []
    end = 0
    for first, last in _parser()(text):
        if first > end and "".join(lines[end:first]).strip():
            blocks.append(Block(end, "\n".join(lines[end:first])))
        blocks.append(Block(first, "\n".join(lines[first:last])))
        end = last
    if "".join(lines[end:]).strip():
        blocks.append(Block(end, "\n".join(lines[end:])))
    return blocks


class Drawing:
    """Draws notes at a width in given styles and remembers the blocks."""

    def __init__(self, width: int, styles: Mapping[str, Style]) -> None:
        from notes_tui.tui.markdown_view import markdown_theme

        self.width = width
        self.styles = styles
        self._known: dict[str, list[Strip]] = {}
        self._console = Console(
            width=width, file=StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False,
            theme=markdown_theme(styles), highlight=False, markup=False, emoji=False, _environ={},
        )  # fmt: skip

    def draw(self, text: str, cancelled: Callable[[], bool]) -> Page | None:
        """A note as drawn, or nothing where nobody waits for it any more."""
        cut = text[:LONGEST]
        definitions = "\n".join(_DEFINITION.findall(cut))
        page = Page([], [], [])
        used: dict[str, list[Strip]] = {}
        for block in blocks_of(printable(cut)):
            if cancelled():
                self._known |= used
                return None
            key = f"{block.text}\n\n{definitions}"
            drawn = used[key] = self._known.get(key) or self._block(key)
            if drawn and page.strips:
                page.strips.append(Strip.blank(self.width))
            page.sources.append(block.line)
            page.places.append(len(page.strips))
            page.strips.extend(drawn)
        self._known = used
        return page

    def _block(self, text: str) -> list[Strip]:
        from notes_tui.tui.markdown_view import NoteView

        options = self._console.options.update(width=self.width, height=None)
        lines = self._console.render_lines(NoteView(text), options)
        strips = [Strip([_unlinked(segment) for segment in line if not segment.control]) for line in lines]
        filled = [index for index, strip in enumerate(strips) if strip.text.strip() or _has_ground(strip)]
        return strips[filled[0] : filled[-1] + 1] if filled else []


def _unlinked(segment: Segment) -> Segment:
    """A segment that shows its words and leads nowhere, but for a figure, which can be clicked."""
    from notes_tui.tui.markdown_view import FIGURE

    style = segment.style
    if not style or not style.link:
        return segment
    plain = style.update_link(None)
    if style.link.startswith(FIGURE):
        plain += Style(meta={"@click": ("figure", (unquote(style.link.removeprefix(FIGURE)),))})
    return Segment(segment.text, plain)


def _has_ground(strip: Strip) -> bool:
    """Whether a line has a background of its own."""
    return any(segment.style is not None and segment.style.bgcolor is not None for segment in strip)


def plain_style(style: Style, ground: bool) -> Style:
    """A style with its own colour, and with its background where that is wanted."""
    background = style.bgcolor if ground else None
    return Style(color=style.color, bgcolor=background, bold=style.bold or None, italic=style.italic or None)


class Preview(ScrollView, can_focus=False):
    """Shows a note as it will look. :meth:`draw` may be called as often as one likes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"preview--{name}" for name in _NAMES}
    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    Preview {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .preview--heading { color: $text-primary; text-style: bold; }
        & > .preview--muted { color: $foreground 60%; }
        & > .preview--code { color: $foreground; background: $panel; }
        & > .preview--link { color: $text-accent; }
        & > .preview--strong { text-style: bold; }
    }
    """

    class FigureChosen(Message):
        """A figure was clicked."""

        def __init__(self, link: str) -> None:
            super().__init__()
            self.link = link

    class Drawn(Message):
        """A note was drawn."""

        def __init__(self, drawing: Drawing, page: Page) -> None:
            super().__init__()
            self.drawing = drawing
            self.page = page

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.page = Page([], [], [])
        self._drawing: Drawing | None = None
        self._text = ""
        self._line = 0

    def draw(self, text: str) -> None:
        """Draw a note in a thread; what was begun before is given up."""
        self._text = text
        width = self.scrollable_content_region.width
        if width <= 0 or not self.display:
            return
        styles = {
            name: plain_style(self.get_component_rich_style(f"preview--{name}"), ground=name == "code")
            for name in _NAMES
        }
        if self._drawing is None or (self._drawing.width, self._drawing.styles) != (width, styles):
            self._drawing = Drawing(width, styles)
        drawing = self._drawing

        def work() -> None:
            page = drawing.draw(text, lambda: get_current_worker().is_cancelled)
            if page is not None:
                self.post_message(self.Drawn(drawing, page))

        self.run_worker(work, group="preview", thread=True, exclusive=True, exit_on_error=False)

    def follow(self, source_line: int) -> None:
        """Keep what a line of the source became in view."""
        self._line = source_line
        place, height = self.page.place_of(source_line), self.size.height
        top = self.scroll_offset.y
        if not top <= place < top + height * 2 // 3:
            self.scroll_to(y=max(place - height // 4, 0), animate=False, force=True)

    def on_preview_drawn(self, message: Drawn) -> None:
        """Show what was drawn, unless the width or the colours changed meanwhile."""
        if message.drawing is self._drawing:
            self.page = message.page
            self.virtual_size = Size(message.drawing.width, len(message.page.strips))
            self.refresh()
            self.follow(self._line)

    def action_figure(self, link: str) -> None:
        """A figure was clicked."""
        self.post_message(self.FigureChosen(link))

    def on_resize(self) -> None:
        """Draw in the new width."""
        self.draw(self._text)

    def notify_style_update(self) -> None:
        """Draw in the new colours."""
        super().notify_style_update()
        if self.is_mounted:
            self.draw(self._text)

    def render_line(self, y: int) -> Strip:
        """A line of the drawn note."""
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if line >= len(self.page.strips):
            return Strip.blank(width, self.rich_style)
        return self.page.strips[line].adjust_cell_length(width).apply_style(self.rich_style)
