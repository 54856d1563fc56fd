"""Tags of one item or of several: typed with completion, or toggled in a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.errors import InvalidValueError
from notes_tui.model.text import fold
from notes_tui.services.wording import count_of
from notes_tui.services.writing import clean_tag
from notes_tui.tui.dialogs.base import CANCEL, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Line
from notes_tui.tui.dialogs.row_list import DrawnRows, Row, RowList

_TOGGLING = (Hint("enter", "save", "screen.accept"), Hint("space", "toggle", "screen.toggle_tag"), CANCEL)
_TYPING = (Hint("enter", "add and save", "screen.submit"), Hint("tab", "complete", "screen.complete"), CANCEL)


class Mark(Enum):
    """On how many of the chosen items a tag is."""

    ALL = "✓"
    SOME = "–"
    NONE = " "


@dataclass(frozen=True, slots=True)
class TagChanges:
    """Tags to put on every chosen item, and tags to take from every one."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class TagLine(Line):
    """The line tags are typed in: offers the rest of a known tag, leaves the space bar to the list."""

    class Toggled(Message):
        """The space bar was pressed with nothing typed."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__(placeholder="type a tag, a/b for one inside another", suggester=_Known(tags))

    def on_key(self, event: events.Key) -> None:
        """Space with nothing typed toggles; Tab takes what is offered."""
        if event.key == "space" and not self.value.strip():
            event.prevent_default().stop()
            self.post_message(self.Toggled())
        elif event.key == "tab" and self.value:
            event.prevent_default().stop()
            self.complete()

    def complete(self) -> None:
        """Take the completion that is offered."""
        self.action_end()
        self.action_cursor_right()


class _Known(Suggester):
    """Offers the first tag that begins with what is typed."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.tags = tags

    async def get_suggestion(self, value: str) -> str | None:
        """The whole tag, or nothing."""
        start = fold(value)
        return next((tag for tag in self.tags if fold(tag).startswith(start) and len(tag) > len(value)), None)


class TagsDialog(Dialog[TagChanges]):
    """Asks which tags the chosen items shall have.

    What is typed is what Enter adds and saves (commas part several), while the rest of the best match stands
    behind it and Tab takes it; with nothing typed, the space bar toggles the tag under the cursor and Enter saves.
    """

    CSS_PATH = sheets("tags.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("ctrl+s", "accept", "Save", show=False, priority=True),
    ]

    def __init__(
        self, title: str, tags: Sequence[tuple[str, int]], on_all: Collection[str],
        on_some: Collection[str] = (), number: int = 1,
    ) -> None:  # fmt: skip
        super().__init__(title, _TOGGLING)
        self.number = number
        self.counts = dict(tags)
        self.before = dict.fromkeys(on_some, Mark.SOME) | dict.fromkeys(on_all, Mark.ALL)
        self.marks = dict(self.before)
        used = sorted(self.marks, key=fold)
        self.tags = [*used, *(tag for tag in self.counts if tag not in self.marks)]
        self.listed = list(self.tags)
        self.typed = ""

    def compose_body(self) -> Iterable[Widget]:
        """The line, the tags, and what will change."""
        yield TagLine(self.tags)
        yield RowList(self._rows(), classes="-driven -steady")
        yield Static(id="summary")

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(TagLine).focus()
        self._tell()

    def action_move(self, step: int) -> None:
        """Move the cursor of the list while the line has the focus."""
        self.query_one(RowList).wrap_to(step)

    def action_accept(self) -> None:
        """Leave with the changes, what is still in the line among them."""
        if self.typed and not self._add_typed():
            return
        changed = [tag for tag in self.tags if self._mark(tag) is not self.before.get(tag, Mark.NONE)]
        add = tuple(tag for tag in changed if self._mark(tag) is Mark.ALL)
        remove = tuple(tag for tag in changed if self._mark(tag) is Mark.NONE)
        self.dismiss(TagChanges(add, remove))

    @on(Line.Submitted)
    def action_submit(self) -> None:
        """Save, with what is typed added; or toggle the tag the cursor was moved to."""
        rows = self.query_one(RowList)
        if not self.typed or rows.cursor == 0:
            self.action_accept()
        else:
            self._toggle(self.listed[rows.cursor])
            self.query_one(TagLine).value = ""

    @on(TagLine.Toggled)
    def action_toggle_tag(self) -> None:
        """Toggle the tag under the cursor."""
        index = self.query_one(RowList).current
        if index is not None:
            self._toggle(self.listed[index])

    def action_complete(self) -> None:
        """Take the completion that is offered."""
        self.query_one(TagLine).complete()

    @on(RowList.Chosen)
    def _click(self, event: RowList.Chosen) -> None:
        self._toggle(self.listed[event.index])

    @on(Line.Changed)
    def _filter(self, event: Line.Changed) -> None:
        self.typed = event.value.strip()
        needle = fold(self.typed)
        matching = [tag for tag in self.tags if needle in fold(tag) and fold(tag) != needle]
        if self.typed:
            matching.sort(key=lambda tag: not f"/{fold(tag)}".count(f"/{needle}"))
        same = next((tag for tag in self.tags if fold(tag) == needle), self.typed)
        self.listed = [same, *matching] if self.typed else list(self.tags)
        self._show(0)
        self.show_hints(_TYPING if self.typed else _TOGGLING)

    def _add_typed(self) -> bool:
        """Put the typed tags (commas part them) on all; says whether they were tags."""
        try:
            chosen = [clean_tag(part) for part in self.typed.split(",") if part.strip()]
        except InvalidValueError as error:
            self._say(shown(f"{error.detail}: {error.hint}", "$text-error"))
            return False
        known = {fold(tag): tag for tag in self.tags}
        for tag in chosen:
            tag = known.get(fold(tag), tag)
            if tag not in self.tags:
                self.tags.insert(0, tag)
            self.marks[tag] = Mark.ALL
        self.query_one(TagLine).value = ""
        return True

    def _toggle(self, tag: str) -> None:
        if tag not in self.tags:
            self._add_typed()
            return
        order = [Mark.NONE, Mark.ALL]
        if self.before.get(tag) is Mark.SOME:
            order = [Mark.SOME, Mark.ALL, Mark.NONE]
        self.marks[tag] = order[(order.index(self._mark(tag)) + 1) % len(order)]
        self._show(None)

    def _mark(self, tag: str) -> Mark:
        return self.marks.get(tag, Mark.NONE)

    def _show(self, cursor: int | None) -> None:
        self.query_one(RowList).set_rows(self._rows(), cursor)
        self._tell()

    def _rows(self) -> DrawnRows:
        listed = self.listed
        return DrawnRows(len(listed), lambda index: self._row(listed[index]))

    def _row(self, tag: str) -> Row:
        mark, before = self._mark(tag), self.before.get(tag, Mark.NONE)
        parent, slash, name = tag.rpartition("/")
        left = Content.assemble(
            (f"{mark.value}  ", "$text-success"), shown(parent + slash, MUTED), shown(name)
        )
        if tag not in self.tags:
            return Row(left, Content.styled("new tag", "$text-accent"))
        if mark is not before:
            word = "will be added" if mark is Mark.ALL else "will be taken off"
            return Row(left, Content.styled(word, "$text-accent"))
        if mark is Mark.SOME:
            return Row(left, Content.styled("on some", MUTED))
        return Row(left, Content.styled(f"{self.counts.get(tag, 0) or ''}", MUTED))

    def _tell(self) -> None:
        """Say what there is where the list says nothing."""
        text = "" if self.listed else "no tags yet; type the first"
        if self.number > 1:
            text = text or f"changes go to all {count_of(self.number, 'item')}"
        self._say(Content.styled(text, MUTED))

    def _say(self, words: Content) -> None:
        line = self.query_one("#summary", Static)
        line.update(words)
        line.display = bool(words)
