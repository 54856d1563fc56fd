"""The annotations of all papers, by role or by paper: to look through, filter, open at their page, change, copy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import ClassVar, Literal

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.text import one_line, printable
from notes_tui.services.mark_context import MarkContext, doubt_words, reply_lines
from notes_tui.services.quotes import Finder, Group, Grouping, groups_of
from notes_tui.settings import Role
from notes_tui.store.file_annotations import PlacedAnnotation
from notes_tui.tui.dialogs.annotate import role_sign
from notes_tui.tui.dialogs.base import CLOSE, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Line
from notes_tui.tui.dialogs.row_list import DrawnRows, Row, RowList

What = Literal["open", "edit", "role", "copy", "cite", "remove"]
Act = Callable[[What, PlacedAnnotation], Awaitable[None] | None]
"""Does something with an annotation; :meth:`AnnotationsScreen.show` is called where it changed."""
Undo = Callable[[], Awaitable[None] | None]
"""Takes the last change back, and calls :meth:`AnnotationsScreen.show`."""
_NARROW = 100
"""Cells below which not all keys fit in the frame."""
_LONGEST = 1_500
"""Characters of the annotation under the cursor that are shown whole."""


class MarkList(RowList):
    """The rows; a click moves the cursor, a double click goes to the paper."""

    def on_click(self, event: events.Click) -> None:
        """A single click only shows the annotation whole."""
        if event.chain < 2:
            event.prevent_default()
            line = self.line_at(event)
            if line is not None and self.is_stop(line):
                self.go_to(line)


class AnnotationsScreen(Dialog[PlacedAnnotation]):
    """Goes through annotations; leaves with the one whose paper is to be gone to.

    ``act`` and ``undo`` do everything else, ``export`` writes the groups that are shown, ``context`` tells what a file
    says of an annotation besides its words.
    """

    CSS_PATH = sheets("annotations.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "regroup", "Group", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("slash", "filter", "Filter", show=False),
        Binding("o", "act('open')", "Open", show=False),
        Binding("e", "act('edit')", "Edit", show=False),
        Binding("r", "act('role')", "Role", show=False),
        Binding("y", "act('copy')", "Copy", show=False),
        Binding("Y", "act('cite')", "Copy with citation", show=False),
        Binding("d,delete", "act('remove')", "Remove", show=False),
        Binding("u", "undo", "Undo", show=False),
        Binding("x", "export", "Export", show=False),
    ]

    def __init__(
        self, annotations: Sequence[PlacedAnnotation], roles: Sequence[Role], act: Act, undo: Undo,
        export: Callable[[Sequence[Group], Grouping], Awaitable[None] | None],
        context: Callable[[PlacedAnnotation], MarkContext],
    ) -> None:  # fmt: skip
        super().__init__("Annotations")
        self.finder = Finder(annotations)
        self.roles = roles
        self.act = act
        self.undo = undo
        self.export = export
        self.context = context
        self.by: Grouping = "role"
        self.groups: Sequence[Group] = ()
        self.rows: list[Group | PlacedAnnotation] = []

    def compose_body(self) -> Iterable[Widget]:
        """The filter, the list, and the annotation under the cursor in full."""
        yield Line(placeholder="/ filters: words, a paper, role:question", id="filter")
        yield MarkList()
        yield Static(id="whole")

    def on_mount(self) -> None:
        """Begin in the list."""
        self._arrange()
        self.query_one(MarkList).focus()

    # What is shown.

    def show(self, annotations: Sequence[PlacedAnnotation]) -> None:
        """Show what the library has now; the cursor stays where it is, on its annotation if that is still there."""
        self.finder = Finder(annotations)
        self._arrange()

    @property
    def current(self) -> PlacedAnnotation | None:
        """The annotation under the cursor."""
        index = self.query_one(MarkList).current
        found = self.rows[index] if index is not None else None
        return found if isinstance(found, PlacedAnnotation) else None

    def _arrange(self, *, from_top: bool = False) -> None:
        rows, before = self.query_one(MarkList), self.current
        found = self.finder.find(self.query_one("#filter", Line).value)
        self.groups = groups_of(found, self.by, self.roles)
        self.rows = []
        for group in self.groups:
            self.rows += [group, *group.annotations]
        place = min(rows.cursor, len(self.rows) - 1)
        if from_top or before is None:
            place = 1
        else:
            place = next(
                (at for at, row in enumerate(self.rows)
                 if isinstance(row, PlacedAnnotation) and row.annotation.id == before.annotation.id), place,
            )  # fmt: skip
        self._tell_number(len(found))
        rows.set_rows(DrawnRows(len(self.rows), self._row), place)
        self._show_whole()

    def _tell_number(self, number: int) -> None:
        """The number in the title, and the keys."""
        total = len(self.finder.annotations)
        count = f"{total:,}" if number == total else f"{number:,} of {total:,}"
        self.query_one("#frame").border_title = shown(f"Annotations · {count}")
        self.show_hints(_hints(self.by, is_narrow=self.app.size.width < _NARROW))

    def _row(self, index: int) -> Row:
        row = self.rows[index]
        if isinstance(row, Group):
            glyph = f"{one_line(row.glyph)} " if row.glyph else ""
            return Row(
                shown(f"{glyph}{row.heading}"), shown(f"{len(row.annotations):,}", MUTED), heading=True
            )
        annotation = row.annotation
        words = shown(
            annotation.quote or annotation.comment or annotation.kind, "strike" if annotation.gone else ""
        )
        remark = annotation.comment if annotation.quote else ""
        about = self._role_sign(annotation.role) if self.by == "paper" else shown(row.name, MUTED)
        page = shown(_page(row), MUTED)
        right = Content("  ").join(part for part in (about, page) if part)
        return Row(Content.assemble("  ", words, "  ", shown(remark, MUTED)), right)

    def _role_sign(self, name: str) -> Content:
        role = next((each for each in self.roles if each.name == name), Role(name, "•", ""))
        return role_sign(role) if name else Content("")

    @on(RowList.Moved)
    def _show_whole(self) -> None:
        current, whole = self.current, self.query_one("#whole", Static)
        if current is not None:
            whole.update(Content("\n").join(self._whole(current)))
        elif self.finder.annotations:
            whole.update(shown("Nothing matches." if not self.rows else "", MUTED))
        else:
            whole.update(shown("No annotations yet: `a` on a paper writes one, `f` attaches a PDF.", MUTED))

    def _whole(self, placed: PlacedAnnotation) -> Iterable[Content]:
        annotation, context = placed.annotation, self.context(placed)
        about = [shown(placed.name, "bold"), shown(_page(placed), MUTED), self._role_sign(annotation.role)]
        about += [shown(f"under “{context.heading}”", MUTED)] if context.heading else []
        yield Content("  ").join(part for part in about if part)
        if annotation.quote:
            yield Content.styled(printable(annotation.quote[:_LONGEST]), "italic")
        if annotation.comment:
            yield Content(printable(annotation.comment[:_LONGEST]))
        yield from (shown(f"↳ {line}", MUTED) for line in reply_lines(context))
        if doubt := doubt_words(context):
            yield shown(doubt, "$text-warning")
        if annotation.gone:
            yield shown("not in the file any more", "$text-warning")
        if placed.is_unplaced:
            yield shown("its page is one of an earlier version", "$text-warning")

    # What can be done.

    def action_move(self, step: int) -> None:
        """Move the cursor, also while typing; the arrows lead from the filter to the list."""
        rows = self.query_one(MarkList)
        rows.go_to(rows.cursor + step, step)

    def action_filter(self) -> None:
        """Type words that the annotations shown must have."""
        self.query_one("#filter", Line).focus()

    def action_cancel(self) -> None:
        """Leave the filter first, then the screen."""
        line = self.query_one("#filter", Line)
        if line.value:
            line.value = ""
        elif not line.has_focus:
            self.dismiss(None)
        self.query_one(MarkList).focus()

    def action_regroup(self) -> None:
        """Group by paper instead of role, or the other way round; the cursor stays on its annotation."""
        self.by = "paper" if self.by == "role" else "role"
        self._arrange()

    def action_go(self) -> None:
        """Leave for the paper of the annotation under the cursor."""
        if (current := self.current) is not None:
            self.dismiss(current)

    async def action_act(self, what: What) -> None:
        """Do something with the annotation under the cursor."""
        if (current := self.current) is not None and (doing := self.act(what, current)) is not None:
            await doing

    async def action_undo(self) -> None:
        """Take the last change back."""
        if (doing := self.undo()) is not None:
            await doing

    async def action_export(self) -> None:
        """Write what is shown to a file."""
        if self.groups and (doing := self.export(self.groups, self.by)) is not None:
            await doing

    @on(Line.Changed, "#filter")
    def _filter_changed(self) -> None:
        self._arrange(from_top=True)

    @on(Line.Submitted, "#filter")
    def _filter_done(self) -> None:
        self.query_one(MarkList).focus()

    @on(RowList.Chosen)
    def _choose(self) -> None:
        self.action_go()


def _hints(by: Grouping, *, is_narrow: bool) -> tuple[Hint, ...]:
    """The line of keys; a narrow screen leaves out what is wanted least."""
    edit = Hint("e", "edit", "screen.act('edit')")
    return (
        Hint("enter", "paper", "screen.go"), Hint("o", "open", "screen.act('open')"),
        *(() if is_narrow else (edit,)), Hint("r", "role", "screen.act('role')"),
        Hint("y", "copy", "screen.act('copy')"),
        *(() if is_narrow else (Hint("Y", "cite", "screen.act('cite')"),)), Hint("/", "filter", "screen.filter"),
        Hint("tab", "by paper" if by == "role" else "by role", "screen.regroup"),
        *(() if is_narrow else (Hint("x", "export", "screen.export"),)), CLOSE,
    )  # fmt: skip


def _page(placed: PlacedAnnotation) -> str:
    annotation = placed.annotation
    page = annotation.page_label or (str(annotation.page) if annotation.page else "")
    return f"p. {page}" if page else ""
