"""The third pane: everything about the item under the cursor, to scroll, click and select text in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import ClassVar

from rich.style import Style
from textual import events, work
from textual.binding import BindingType
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.worker import get_current_worker

from notes_tui.model.item import ItemDetail
from notes_tui.tui.inks import inks
from notes_tui.tui.keys import bindings
from notes_tui.tui.widgets.lengths import set_length
from notes_tui.tui.widgets.paper import Look, paper_lines

MIN_WIDTH = 4
LEARN_SECONDS = 0.4
"""How long after the first picture of a note its Markdown is drawn; until then its plain text stands there."""
LONG_TEXT = 3_000
"""Characters of notes from which on the lines are made in a thread."""


class Detail(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one item; links, tags, lists and annotations in it can be clicked."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("detail")

    class AddressChosen(Message):
        """A link was clicked."""

        def __init__(self, address: str) -> None:
            super().__init__()
            self.address = address

    class TagChosen(Message):
        """A tag was clicked."""

        def __init__(self, tag: str) -> None:
            super().__init__()
            self.tag = tag

    class ListChosen(Message):
        """A place in a list was clicked."""

        def __init__(self, slug: str, section: tuple[str, ...]) -> None:
            super().__init__()
            self.slug = slug
            self.section = section

    class AnnotationChosen(Message):
        """An annotation was clicked."""

        def __init__(self, annotation_id: str) -> None:
            super().__init__()
            self.annotation_id = annotation_id

    class PageChosen(Message):
        """A page on which searched words stand was clicked."""

        def __init__(self, path: str, page: int) -> None:
            super().__init__()
            self.path = path
            self.page = page

    class FigureChosen(Message):
        """A figure was clicked."""

        def __init__(self, link: str) -> None:
            super().__init__()
            self.link = link

    def __init__(self, make_look: Callable[[dict[str, Style]], Look], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.make_look = make_look
        self.shown: ItemDetail | None = None
        self.lines: list[Strip] = []
        self.drawn_width = 0
        """The width the lines were made for."""
        self.knows_markdown = "rich.markdown" in sys.modules
        """Whether what draws Markdown is loaded."""
        self._is_learning = False
        self._inks: dict[str, Style] = {}

    # What is shown.

    def show(self, detail: ItemDetail | None) -> None:
        """Show an item, from its top unless it is the one that is shown already."""
        same = (
            detail is not None and self.shown is not None and detail.item.item_id == self.shown.item.item_id
        )
        self.shown = detail
        self._lay_out()
        if not same:
            self.screen.clear_selection()
            self.scroll_to(y=0, animate=False, force=True)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width < MIN_WIDTH:
            return
        self.drawn_width = width
        if self.shown is None:
            self._set_lines([])
            return
        if self.shown.notes and not self.knows_markdown:
            self._learn_markdown()
        if sum(len(note.body) for note in self.shown.notes) > LONG_TEXT:
            self._make_lines(self.shown, width, self._look())
        else:
            self.workers.cancel_group(self, "lines")
            self._set_lines(paper_lines(self.shown, width, self._look()))

    def _look(self) -> Look:
        self._inks = inks(self.app.theme_variables, "surface")
        return self.make_look(self._inks)._replace(plain_notes=not self.knows_markdown)

    def _learn_markdown(self) -> None:
        if not self._is_learning:
            self._is_learning = True
            self.set_timer(LEARN_SECONDS, self._load_markdown)

    @work(thread=True, group="learning", exit_on_error=False)
    def _load_markdown(self) -> None:
        import notes_tui.tui.markdown_view  # noqa: F401

        self.app.call_from_thread(self._markdown_loaded)

    def _markdown_loaded(self) -> None:
        self.knows_markdown = True
        self._lay_out()

    @work(thread=True, group="lines", exclusive=True, exit_on_error=False)
    def _make_lines(self, detail: ItemDetail, width: int, look: Look) -> None:
        lines = paper_lines(detail, width, look)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._take_lines, detail, lines)

    def _take_lines(self, detail: ItemDetail, lines: list[Strip]) -> None:
        if self.shown is detail:
            self._set_lines(lines)

    def _set_lines(self, lines: list[Strip]) -> None:
        self.lines = lines
        set_length(self, len(lines))
        self.refresh()

    # Drawing.

    def notify_style_update(self) -> None:
        """Colours are part of the lines."""
        super().notify_style_update()
        if self.is_mounted:
            self._lay_out()

    def render_line(self, y: int) -> Strip:
        """The line at row ``y`` of the view."""
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if width != self.drawn_width:
            self._lay_out()
        ground = self._inks.get("plain") or self.rich_style
        if line >= len(self.lines):
            return Strip.blank(width, ground)
        strip = self.lines[line].adjust_cell_length(width, ground)
        if (selection := self.text_selection) is not None and (span := selection.get_span(line)) is not None:
            start, end = span
            end = width if end == -1 else end
            style = self.screen.get_component_rich_style("screen--selection")
            before, marked, after = (strip.crop(0, start), strip.crop(start, end), strip.crop(end, width))
            strip = Strip.join([before, marked.apply_style(Style(bgcolor=style.bgcolor)), after])
        return strip.apply_offsets(0, line)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that was selected with the mouse."""
        return selection.extract("\n".join(strip.text.rstrip() for strip in self.lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is selected."""
        self.refresh()

    # Moving and clicking.

    def action_scroll_up(self) -> None:
        """One line up."""
        self.scroll_to(y=self.scroll_target_y - 1, animate=False)

    def action_scroll_down(self) -> None:
        """One line down."""
        self.scroll_to(y=self.scroll_target_y + 1, animate=False)

    def action_page_up(self) -> None:
        """A page up."""
        self.scroll_to(y=self.scroll_target_y - max(self.size.height - 2, 1), animate=False)

    def action_page_down(self) -> None:
        """A page down."""
        self.scroll_to(y=self.scroll_target_y + max(self.size.height - 2, 1), animate=False)

    def action_scroll_home(self) -> None:
        """To the top."""
        self.scroll_to(y=0, animate=False)

    def action_scroll_end(self) -> None:
        """To the end."""
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def action_address(self, address: str) -> None:
        """A link was clicked."""
        self.post_message(self.AddressChosen(address))

    def action_tag(self, tag: str) -> None:
        """A tag was clicked."""
        self.post_message(self.TagChosen(tag))

    def action_place(self, slug: str, *section: str) -> None:
        """A place in a list was clicked."""
        self.post_message(self.ListChosen(slug, section))

    def action_figure(self, link: str) -> None:
        """A figure was clicked."""
        self.post_message(self.FigureChosen(link))

    def action_annotation(self, annotation_id: str) -> None:
        """An annotation was clicked."""
        self.post_message(self.AnnotationChosen(annotation_id))

    def action_found(self, path: str, page: int) -> None:
        """A page on which searched words stand was clicked."""
        self.post_message(self.PageChosen(path, page))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The pane that is clicked gets the keyboard."""
        self.focus()
