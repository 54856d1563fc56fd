"""What was changed on both sides in the same lines: the two versions side by side, and choosing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.item_merging import Choice, PartConflict
from notes_tui.model.text import printable
from notes_tui.services.conflicts import OpenConflict, holds_text, takes_words
from notes_tui.tui.dialogs.base import CANCEL, CLOSE, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Box
from notes_tui.tui.dialogs.row_list import DrawnRows, Row, RowList
from notes_tui.tui.dialogs.word_changes import both_marked

Decide = Callable[[OpenConflict, Choice], Awaitable[Sequence[OpenConflict]]]
"""Called with a conflict and what was chosen; gives what still waits."""
EMPTY = "Nothing waits. Where the library and a file change the same lines, both versions stand here after a sync."


class ConflictsScreen(Dialog[str]):
    """Goes through conflicts one by one; Enter leaves with the citekey of the paper."""

    CSS_PATH = sheets("conflicts.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "choose_side('mine')", "Mine", show=False),
        Binding("t", "choose_side('theirs')", "Theirs", show=False),
        Binding("b", "choose_side('both')", "Both", show=False),
        Binding("e", "edit", "Edit", show=False),
        Binding("space", "scroll(1)", "Further down", show=False),
        Binding("backspace", "scroll(-1)", "Further up", show=False),
    ]

    def __init__(
        self, waiting: Sequence[OpenConflict], decide: Decide, names: Mapping[str, str] | None = None
    ) -> None:
        super().__init__("Conflicts", (CLOSE,))
        self.waiting = list(waiting)
        self.names = names or {}
        """What papers are called, by citekey."""
        self.decide = decide
        self.is_deciding = False

    def compose_body(self) -> Iterable[Widget]:
        """The conflicts, and the current one side by side."""
        yield RowList(self._rows())
        yield Versions()
        yield Static(shown(EMPTY, MUTED), id="none")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(RowList).focus()
        self._show()

    @property
    def current(self) -> OpenConflict | None:
        """The conflict the cursor is on."""
        index = self.query_one(RowList).current
        return self.waiting[index] if index is not None else None

    def action_choose_side(self, side: str) -> None:
        """End the conflict with one version, or with both."""
        found = self.current
        if found is None or (side == "both" and not holds_text(found.waiting.conflict.part)):
            return
        self._end(found, Choice("mine" if side == "mine" else "theirs" if side == "theirs" else "both"))

    def action_edit(self) -> None:
        """End the conflict with words of one's own."""
        found = self.current
        if found is None or not takes_words(found.waiting.conflict.part):
            return

        def take(words: str | None) -> None:
            if words is not None:
                self._end(found, Choice("text", words))

        self.app.push_screen(OwnWords(found), take)

    def action_scroll(self, pages: int) -> None:
        """Scroll in the two versions, by half of what is seen."""
        versions = self.query_one(Versions)
        versions.scroll_relative(y=pages * max(versions.size.height // 2, 1), animate=False)

    def action_go_to(self) -> None:
        """Go to the paper."""
        if (found := self.current) is not None and found.waiting.citekey:
            self.dismiss(found.waiting.citekey)

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_go_to()

    @on(RowList.Moved)
    def _show(self) -> None:
        found = self.current
        self.set_class(found is not None, "-waiting")
        if found is None:
            self.show_hints((CLOSE,))
            return
        self.query_one(Versions).compare(found)
        self.show_hints(_hints(found.waiting.conflict.part))

    def _end(self, found: OpenConflict, choice: Choice) -> None:
        """One at a time: keys that come while a choice is carried out are for none of the next ones."""
        if not self.is_deciding:
            self.is_deciding = True
            self.run_worker(self._carry_out(found, choice), group="decide", exit_on_error=False)

    async def _carry_out(self, found: OpenConflict, choice: Choice) -> None:
        try:
            self.waiting = list(await self.decide(found, choice))
        finally:
            self.is_deciding = False
        self.query_one(RowList).set_rows(self._rows())
        self._show()

    def _rows(self) -> DrawnRows:
        return DrawnRows(len(self.waiting), lambda index: _row(self.waiting[index], self.names))


def _hints(part: str) -> tuple[Hint, ...]:
    hints = [
        Hint("m", "mine", "screen.choose_side('mine')"),
        Hint("t", "theirs", "screen.choose_side('theirs')"),
    ]
    if holds_text(part):
        hints.append(Hint("b", "both", "screen.choose_side('both')"))
    if takes_words(part):
        hints.append(Hint("e", "edit", "screen.edit"))
    return (
        *hints,
        Hint("space", "scroll", "screen.scroll(1)"),
        Hint("enter", "go to it", "screen.go_to"),
        CLOSE,
    )


def _row(found: OpenConflict, names: Mapping[str, str]) -> Row:
    each = found.waiting
    name = shown(names.get(each.citekey) or each.citekey or each.path, "bold")
    return Row(
        Content.assemble(name, "  ", shown(each.conflict.part)),
        shown(f"{PurePath(found.folder).name}/{each.path}", MUTED),
    )


def side_names(found: OpenConflict) -> tuple[str, str]:
    """What the two versions are called: where each of them stands."""
    if found.waiting.conflict.part == "lines":
        return "mine · in the file here", "theirs · on another machine"
    return "mine · in the library", "theirs · in the file"


class Versions(VerticalScroll, can_focus=False):
    """Both versions side by side, with the words that differ marked, and what both began from."""

    def compose(self) -> ComposeResult:
        """Two columns with their names, and the base below."""
        with Horizontal():
            yield Static(id="mine", classes="side")
            yield Static(id="theirs", classes="side")
        yield Static(id="before")

    def compare(self, found: OpenConflict) -> None:
        """Show a conflict."""
        conflict = found.waiting.conflict
        texts = both_marked(conflict.mine, conflict.theirs)
        for name, text, title in zip(("#mine", "#theirs"), texts, side_names(found), strict=True):
            side = self.query_one(name, Static)
            side.border_title = shown(title)
            side.update(text)
        before = self.query_one("#before", Static)
        before.border_title = shown("before")
        before.update(both_marked(conflict.base, conflict.base)[0])
        before.display = bool(conflict.base)
        self.scroll_home(animate=False)


class OwnWords(Dialog[str]):
    """Asks for the words to stand in place of both versions, which it begins with."""

    CSS_PATH = sheets("conflicts.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "accept", "Accept", show=False, priority=True)]

    def __init__(self, found: OpenConflict) -> None:
        hints = (Hint("ctrl+s", "accept", "screen.accept"), CANCEL)
        super().__init__(f"In place of both · {found.waiting.citekey or found.waiting.path}", hints)
        self.text = beginning(found.waiting.conflict)

    def compose_body(self) -> Iterable[Widget]:
        """A box of several lines."""
        yield Box(self.text, "the words to keep; empty removes the lines", id="words")

    def on_mount(self) -> None:
        """Begin at the end of the words."""
        box = self.query_one(Box)
        box.focus()
        box.action_document_edge(False)

    def action_accept(self) -> None:
        """Leave with the words."""
        words = self.query_one(Box).text
        self.dismiss(self.text if words == printable(self.text) else words)


def beginning(conflict: PartConflict) -> str:
    """What editing begins with: both versions one below the other, or of a part with one value the library's."""
    if not holds_text(conflict.part):
        return conflict.mine
    return "\n".join(filter(None, (conflict.mine, conflict.theirs)))
