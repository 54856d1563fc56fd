"""The annotations of all papers, by role or by paper: to look through, open at their page, and export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.text import one_line, printable
from notes_tui.services.quotes import Group, Grouping
from notes_tui.store.file_annotations import PlacedAnnotation
from notes_tui.tui.dialogs.base import CLOSE, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.row_list import DrawnRows, Row, RowList

_LONGEST = 1_500
"""Characters of the annotation under the cursor that are shown whole."""


@dataclass(frozen=True, slots=True)
class ChosenAnnotation:
    """What is to be done with which annotation."""

    what: Literal["go", "open", "role", "export"]
    by: Grouping
    item_id: int = 0
    annotation_id: str = ""


class AnnotationsScreen(Dialog[ChosenAnnotation]):
    """Goes through annotations; leaves with what is to be done with the one under the cursor.

    ``look`` gives the groups; ``begin`` is the id of the annotation the cursor starts on.
    """

    CSS_PATH = sheets("annotations.tcss")
    LIGHT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "regroup", "Group", show=False, priority=True),
        Binding("o", "act('open')", "Open", show=False),
        Binding("r", "act('role')", "Role", show=False),
        Binding("x", "act('export')", "Export", show=False),
    ]

    def __init__(
        self, look: Callable[[Grouping], Sequence[Group]], by: Grouping = "role", begin: str = ""
    ) -> None:  # fmt: skip
        super().__init__("Annotations")
        self.look = look
        self.by: Grouping = by
        self.begin = begin
        self.rows: list[Group | PlacedAnnotation] = []

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the annotation under the cursor in full."""
        yield RowList()
        yield Static(id="whole")

    def on_mount(self) -> None:
        """Begin where it was left."""
        self._show(self.begin)
        self.query_one(RowList).focus()

    def action_regroup(self) -> None:
        """Group by paper instead of role, or the other way round; the cursor stays on its annotation."""
        current = self.current
        self.by = "paper" if self.by == "role" else "role"
        self._show(current.annotation.id if current else "")

    def action_act(self, what: Literal["go", "open", "role", "export"]) -> None:
        """Leave, to do something with the annotation under the cursor."""
        if (current := self.current) is not None:
            self.dismiss(ChosenAnnotation(what, self.by, current.item_id, current.annotation.id))

    @property
    def current(self) -> PlacedAnnotation | None:
        """The annotation under the cursor."""
        index = self.query_one(RowList).current
        found = self.rows[index] if index is not None else None
        return found if isinstance(found, PlacedAnnotation) else None

    @on(RowList.Chosen)
    def _choose(self) -> None:
        self.action_act("go")

    @on(RowList.Moved)
    def _show_whole(self) -> None:
        current = self.current
        if current is None:
            self.query_one("#whole", Static).update(
                shown("No annotations yet.", MUTED) if not self.rows else ""
            )
            return
        annotation = current.annotation
        lines = [Content.styled(printable(annotation.quote[:_LONGEST]), "italic")] if annotation.quote else []
        lines += [Content(printable(annotation.comment[:_LONGEST]))] if annotation.comment else []
        state = "not in the file any more" if annotation.gone else ""
        state = "its page is one of an earlier version" if current.is_unplaced else state
        lines += [shown(state, "$text-warning")] if state else []
        self.query_one("#whole", Static).update(Content("\n").join(lines))

    def _show(self, annotation_id: str) -> None:
        self.rows = []
        for group in self.look(self.by):
            self.rows += [group, *group.annotations]
        place = next(
            (number for number, row in enumerate(self.rows)
             if isinstance(row, PlacedAnnotation) and row.annotation.id == annotation_id), 1,
        )  # fmt: skip
        other = "by paper" if self.by == "role" else "by role"
        self.show_hints((
            Hint("enter", "go to it", "screen.act('go')"), Hint("o", "open at the page", "screen.act('open')"),
            Hint("r", "role", "screen.act('role')"), Hint("tab", other, "screen.regroup"),
            Hint("x", "export", "screen.act('export')"), CLOSE,
        ))  # fmt: skip
        rows = self.rows
        self.query_one(RowList).set_rows(
            DrawnRows(len(rows), lambda index: _row(rows[index], self.by)), place
        )
        self._show_whole()


def _row(row: Group | PlacedAnnotation, by: Grouping) -> Row:
    if isinstance(row, Group):
        glyph = f"{one_line(row.glyph)} " if row.glyph else ""
        return Row(shown(f"{glyph}{row.heading}"), shown(f"{len(row.annotations):,}", MUTED), heading=True)
    annotation = row.annotation
    words = shown(
        annotation.quote or annotation.comment or annotation.kind, "strike" if annotation.gone else ""
    )
    remark = (
        shown(f"  {annotation.comment}", MUTED) if annotation.quote and annotation.comment else Content("")
    )
    page = f"p. {annotation.page_label or annotation.page}" if annotation.page else ""
    about = (annotation.role, page) if by == "paper" else (row.name, page)
    return Row(Content.assemble("  ", words, remark), shown("  ".join(filter(None, about)), MUTED))
