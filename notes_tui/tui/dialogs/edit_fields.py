"""The fields of an item as a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.text import one_line, printable
from notes_tui.tui.dialogs.base import CANCEL, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Box, Field, Line, text_of


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field with its text as it stands."""

    name: str
    label: str
    value: str
    multiline: bool = False
    help: str = ""


class FieldList(VerticalScroll):
    """Fields that scroll where they are too many for the screen."""

    SHARE: ClassVar[float] = 0.75
    """How much of the screen's height they take at most."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the fields, up to a share of the screen."""
        return min(super().get_content_height(container, viewport, width), int(viewport.height * self.SHARE))


class EditDialog(Dialog[dict[str, str]]):
    """Asks for corrections; the result holds the changed fields alone.

    ``check`` gets the changed fields and returns what is wrong, by field name.
    """

    CSS_PATH = sheets("edit_fields.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "accept", "Save", show=False, priority=True),
        Binding("up", "app.focus_previous", "Previous field", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
    ]

    def __init__(
        self, title: str, fields: Sequence[FieldValue],
        check: Callable[[Mapping[str, str]], dict[str, str]] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title)
        self.values = {field.name: field for field in fields}
        self.check = check

    def compose_body(self) -> Iterable[Widget]:
        """The fields, scrolling where they are many."""
        with FieldList(can_focus=False):
            for value in self.values.values():
                field: Widget = Box(value.value) if value.multiline else Line(value.value)
                yield Field(value.label, field, name=value.name)
        yield Static(id="help")

    def on_mount(self) -> None:
        """Begin in the first field."""
        self.query(Field).first().field.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tell what the field wants, and what Enter does in it."""
        wanted = next(
            (self.values[each.name or ""].help for each in self.query(Field) if each.field is event.widget),
            "",
        )
        self.query_one("#help", Static).update(shown(wanted))
        several = isinstance(event.widget, Box)
        onward = Hint("tab" if several else "enter", "next field", "app.focus_next")
        self.show_hints((Hint("ctrl+s", "save", "screen.accept"), onward, CANCEL))

    def changed(self) -> dict[str, str]:
        """The fields whose text is another now."""
        texts = {field.name or "": text_of(field.field) for field in self.query(Field)}
        return {name: text for name, text in texts.items() if text != _as_shown(self.values[name])}

    def action_accept(self) -> None:
        """Leave with the changed fields, unless something is wrong with one of them."""
        changed = self.changed()
        problems = self.check(changed) if self.check and changed else {}
        wrong: list[Field] = []
        for field in self.query(Field):
            problem = problems.get(field.name or "", "")
            field.complain(problem)
            wrong += [field] if problem else []
        if wrong:
            wrong[0].field.focus()
            wrong[0].scroll_visible(animate=False)
        else:
            self.dismiss(changed)

    @on(Line.Submitted)
    def _go_on(self) -> None:
        self.focus_next()

    @on(Line.Changed)
    @on(Box.Changed)
    def _take_back_complaint(self, event: Line.Changed | Box.Changed) -> None:
        for field in self.query(Field):
            if field.field is event.control and field.has_class("-wrong"):
                field.complain("")


def _as_shown(value: FieldValue) -> str:
    return printable(value.value) if value.multiline else one_line(value.value)
