"""The search bar: words and the query language, looked for while they are typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from notes_tui.model.text import ellipsis, one_line
from notes_tui.tui.keys import bindings

EXAMPLES = 'words  "a phrase"  author:xiao  year:2019..2021  tag:moe  status:unread  has:note  -not  a OR b'


_SPARE = 12
"""Columns that what was found may leave empty before it."""


class SearchInput(Input):
    """The field to type in."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("search")

    class Asked(Message):
        """A key of the search bar was pressed: ``first``, ``leave``, ``clear`` or ``everywhere``."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)

    def _watch_value(self, value: str) -> None:
        """Take a letter in; that the text is longer now lays nothing else out."""
        self.set_reactive(Widget.virtual_size, Size(self.content_width, 1))
        super()._watch_value(value)

    def action_first(self) -> None:
        """To the first hit."""
        self.post_message(self.Asked("first"))

    def action_leave(self) -> None:
        """To the list, with the filter left in force."""
        self.post_message(self.Asked("leave"))

    def action_clear(self) -> None:
        """Clear the field, or leave it where it is empty."""
        self.post_message(self.Asked("clear"))

    def action_everywhere(self) -> None:
        """Search the whole library, or the chosen place again."""
        self.post_message(self.Asked("everywhere"))

    def _on_paste(self, event: events.Paste) -> None:
        event.text = one_line(event.text[:2_000])
        super()._on_paste(event)


class SearchBar(Horizontal):
    """Where it is looked, what for, and how many there are."""

    class Changed(Message):
        """What to look for, or where, is different now."""

        def __init__(self, text: str, *, everywhere: bool) -> None:
            super().__init__()
            self.text = text
            self.everywhere = everywhere

        def can_replace(self, message: Message) -> bool:
            """Only the latest words matter."""
            return isinstance(message, SearchBar.Changed)

    def __init__(self, invitation: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.invitation = invitation
        """What stands in the field while nobody types."""
        self.scope = Static(id="search-scope")
        self.field = SearchInput(invitation)
        self.found = Static(id="search-found")
        self.everywhere = False
        self.place_name = ""
        self.place_is_all = False

    def compose(self) -> ComposeResult:
        """The name of the place, the field, the number found."""
        yield self.scope
        yield self.field
        yield self.found

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.value

    def show_place(self, name: str, *, is_all: bool) -> None:
        """Say where is looked."""
        self.place_name = name
        self.place_is_all = is_all
        self._say_where()

    def show_found(self, words: str) -> None:
        """Say what was found, and which key widens the search; nothing is laid out anew for a digit less."""
        said = Content(words)
        left = self.found.content_size.width - said.cell_length
        self.found.update(said, layout=not 0 <= left <= _SPARE)

    def set_text(self, text: str) -> None:
        """Put words into the field."""
        self.field.value = text
        self.field.cursor_position = len(text)

    def toggle_everywhere(self) -> None:
        """Look in the whole library, or in the chosen place again."""
        self.everywhere = not self.everywhere and not self.place_is_all
        self._say_where()
        self._announce()

    def on_descendant_focus(self) -> None:
        """Show what can be typed."""
        self.field.placeholder = EXAMPLES

    def on_descendant_blur(self) -> None:
        """Show how to begin."""
        self.field.placeholder = self.invitation

    def clear(self) -> None:
        """Forget the words, and look in the chosen place again."""
        self.everywhere = False
        self._say_where()
        self.field.value = ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every letter counts."""
        event.stop()
        self._announce()

    def _announce(self) -> None:
        self.post_message(self.Changed(self.text, everywhere=self.everywhere))

    def _say_where(self) -> None:
        name = "Everywhere" if self.everywhere else self.place_name
        said = Content(f" ⌕ {ellipsis(one_line(name), 40)} ")
        self.scope.update(said, layout=said.cell_length != self.scope.content_size.width)
        self.set_class(self.everywhere, "-everywhere")

    def on_click(self) -> None:
        """A click anywhere in the bar lets one type."""
        self.field.focus()
