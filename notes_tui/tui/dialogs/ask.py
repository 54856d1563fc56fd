"""A line of text, or yes and no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Button, Static

from notes_tui.model.text import one_line, printable
from notes_tui.tui.dialogs.base import CANCEL, KEY, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Line


class AskDialog(Dialog[str]):
    """Asks for a line of text. ``check`` returns what is wrong with it, or an empty text."""

    CSS_PATH = sheets("ask.tcss")

    def __init__(
        self, title: str, label: str, value: str = "", placeholder: str = "",
        check: Callable[[str], str] | None = None, suggestions: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(title, (Hint("enter", "accept", "screen.accept"), CANCEL))
        self.label = label
        self.value = value
        self.placeholder = one_line(placeholder)
        self.check = check
        self.suggestions = [one_line(suggestion) for suggestion in suggestions]

    def compose_body(self) -> Iterable[Widget]:
        """The question, the line, and room for a complaint."""
        yield Static(Content(printable(self.label)), id="label")
        suggester = SuggestFromList(self.suggestions, case_sensitive=False) if self.suggestions else None
        yield Line(self.value, self.placeholder, suggester=suggester)
        yield Static(id="complaint")

    def on_mount(self) -> None:
        """Begin in the line, with what is there selected."""
        self.query_one("#label").display = bool(self.label)
        self.query_one("#complaint").display = False
        line = self.query_one(Line)
        line.focus()
        line.action_select_all()

    @on(Line.Submitted)
    def action_accept(self) -> None:
        """Leave with the text, unless something is wrong with it."""
        value = self.query_one(Line).value.strip()
        complaint = self.check(value) if self.check else ""
        if complaint:
            self._complain(complaint)
        else:
            self.dismiss(value)

    @on(Line.Changed)
    def _take_back_complaint(self) -> None:
        self._complain("")

    def _complain(self, complaint: str) -> None:
        line = self.query_one("#complaint", Static)
        line.display = bool(complaint)
        line.update(shown(complaint))
        self.query_one(Line).set_class(bool(complaint), "-invalid")


class ConfirmDialog(Dialog[bool]):
    """Asks yes or no; ``danger`` begins on no and warns by its looks. Escape is ``None``, not no."""

    CSS_PATH = sheets("ask.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n", "answer(False)", "No", show=False),
        Binding("left,up,h,k", "app.focus_previous", "Previous", show=False),
        Binding("right,down,l,j", "app.focus_next", "Next", show=False),
    ]

    def __init__(
        self, title: str, text: str, yes_label: str = "Yes", no_label: str = "No", danger: bool = False
    ) -> None:
        super().__init__(title, (Hint("enter", "choose", ""), CANCEL))
        self.text = text
        self.yes_label = yes_label
        self.no_label = no_label
        self.danger = danger

    def compose_body(self) -> Iterable[Widget]:
        """The question and two buttons."""
        self.set_class(self.danger, "-danger")
        yield Static(Content(printable(self.text)), id="question")
        with Horizontal(id="answers"):
            yield _answer("y", self.yes_label, "yes")
            yield _answer("n", self.no_label, "no")

    def on_mount(self) -> None:
        """Begin on the answer that does no harm."""
        self.query_one("#no" if self.danger else "#yes").focus()

    def action_answer(self, answer: bool) -> None:
        """Leave with an answer."""
        self.dismiss(answer)

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


def _answer(key: str, label: str, name: str) -> Button:
    return Button(Content.assemble((key, KEY), "  ", shown(label)), id=name, compact=True)
