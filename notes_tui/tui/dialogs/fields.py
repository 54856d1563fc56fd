"""Fields of a form that look alike and let nothing in that a terminal would obey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from notes_tui.model.text import fold, one_line, printable
from notes_tui.tui.dialogs.base import shown


def _pasted(text: str) -> str:
    """Pasted text with the line ends that terminals make of others put right."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Line(Input):
    """A field of one line. What is put in, also by pasting, becomes one line of printable text."""

    def __init__(
        self, value: str = "", placeholder: str = "", *, suggester: Suggester | None = None,
        id: str | None = None, classes: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            one_line(value), placeholder, suggester=suggester, select_on_focus=False, id=id, classes=classes
        )

    def on_paste(self, event: events.Paste) -> None:
        """Several lines become one instead of being cut at the first."""
        event.text = one_line(_pasted(event.text))


class Box(TextArea):
    """A field of several lines. Control characters become visible, also pasted ones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "document_edge(True)", "To the beginning", show=False),
        Binding("ctrl+end", "document_edge(False)", "To the end", show=False),
    ]

    def __init__(
        self, text: str = "", placeholder: str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(
            printable(text), soft_wrap=True, tab_behavior="focus", show_line_numbers=False,
            placeholder=placeholder, highlight_cursor_line=False, id=id, classes=classes,
        )  # fmt: skip

    def on_paste(self, event: events.Paste) -> None:
        """Control characters become visible."""
        event.text = printable(_pasted(event.text))

    def action_document_edge(self, start: bool) -> None:
        """To the beginning of the text or to its end."""
        self.move_cursor((0, 0) if start else self.document.end)


class Chips(Widget, can_focus=True):
    """One of a few words, all in view: arrows, a first letter, or a click choose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "step(-1)", "Previous", show=False),
        Binding("right,down,space", "step(1)", "Next", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"chips--chosen"}
    DEFAULT_CSS = """
    Chips {
        height: auto;
        padding: 0 1;
        & > .chips--chosen { background: $block-cursor-blurred-background; text-style: bold; }
        &:focus > .chips--chosen { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """
    chosen: reactive[int] = reactive(0)
    """Index of the chosen word."""

    class Changed(Message):
        """Another word was chosen."""

        def __init__(self, chips: Chips, chosen: int) -> None:
            super().__init__()
            self.chips = chips
            self.chosen = chosen

    def __init__(self, labels: Sequence[Content], chosen: int = 0, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.auto_links = False
        self.labels = labels
        self.set_reactive(Chips.chosen, chosen)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words take."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The words, the chosen one marked."""
        mark = self.get_visual_style("chips--chosen")
        lines = self._lines(self.content_size.width)
        return Content("\n").join(
            Content("").join(self._chip(index, mark) for index in line) for line in lines
        )

    def watch_chosen(self, chosen: int) -> None:
        """Tell."""
        self.post_message(self.Changed(self, chosen))

    def action_step(self, step: int) -> None:
        """Choose the word before or after, round the ends."""
        self.chosen = (self.chosen + step) % len(self.labels)

    def action_pick(self, index: int) -> None:
        """Choose a word that was clicked."""
        self.focus()
        self.chosen = index

    def on_key(self, event: events.Key) -> None:
        """A letter chooses the next word that begins with it."""
        if event.character is None or not event.character.isalnum():
            return
        letter, count = fold(event.character), len(self.labels)
        order = [(self.chosen + step) % count for step in range(1, count + 1)]
        names = [fold(label.plain).split() for label in self.labels]
        found = next(
            (index for index in order if any(word.startswith(letter) for word in names[index])), None
        )
        if found is not None:
            event.stop()
            self.chosen = found

    def _chip(self, index: int, mark: Style) -> Content:
        chip = Content.assemble(" ", self.labels[index], " ")
        chip = chip.stylize_before(mark) if index == self.chosen else chip
        return chip.stylize(Style.from_meta({"@click": f"pick({index})"}))

    def _lines(self, width: int) -> list[list[int]]:
        lines: list[list[int]] = [[]]
        room = width
        for index, label in enumerate(self.labels):
            cells = label.cell_length + 2
            if cells > room and lines[-1]:
                lines.append([])
                room = width
            lines[-1].append(index)
            room -= cells
        return lines


class Field(Horizontal):
    """A label, a field, and below it a line of help or of complaint."""

    DEFAULT_CSS = """
    Field {
        height: auto;
        & > .label { width: 10; color: $text-muted; }
        & > Vertical { height: auto; width: 1fr; }
        & .message { color: $text-muted; padding: 0 2; }
        &.-wrong .message { color: $text-error; }
        &:focus-within > .label { color: $text-accent; }
        &.-wrong > .label { color: $text-error; }
    }
    """

    def __init__(
        self, label: str, field: Widget, help: str = "", *, name: str | None = None, id: str | None = None
    ) -> None:
        super().__init__(name=name, id=id)
        self.label = label
        self.field = field
        self.help = help

    def compose(self) -> ComposeResult:
        """The label, and the field above its message."""
        yield Static(shown(self.label), classes="label")
        with Vertical():
            yield self.field
            message = Static(shown(self.help), classes="message")
            message.display = bool(self.help)
            yield message

    def explain(self, help: str) -> None:
        """Change the line of help."""
        self.help = help
        self.complain("")

    def complain(self, message: str) -> None:
        """Say what is wrong with the field; an empty message takes it back."""
        self.set_class(bool(message), "-wrong")
        line = self.query_one(".message", Static)
        line.update(shown(message or self.help))
        line.display = bool(message or self.help)
        self.field.set_class(bool(message), "-invalid")


def text_of(widget: Widget) -> str:
    """What stands in a field."""
    if isinstance(widget, Input):
        return widget.value
    return widget.text if isinstance(widget, TextArea) else ""
