"""Binding a notes folder: it is named, then what a sync would do is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.sync_report import SyncReport
from notes_tui.services.wording import count_of
from notes_tui.tui.dialogs.adopt import FolderSuggester
from notes_tui.tui.dialogs.ask import AskDialog
from notes_tui.tui.dialogs.base import CANCEL, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Line
from notes_tui.tui.dialogs.row_list import Row, RowList

_MOST = 400
"""Rows of one kind; the number above them counts all."""


class SyncFolderDialog(AskDialog):
    """Asks for the folder to sync with; the right arrow takes the completion that is shown."""

    def __init__(self, value: str) -> None:
        super().__init__(
            "Sync with a notes folder",
            "A Markdown file for each paper: edit them with any program, here and there. "
            "A preview comes first; nothing is written yet.",
            value, "~/notes", check=_complaint,
        )  # fmt: skip
        self.hints = (Hint("enter", "preview", "screen.accept"), Hint("→", "complete"), CANCEL)

    def compose_body(self) -> Iterable[Widget]:
        """What it is for, the line, and room for a complaint."""
        yield Static(Content(self.label), id="label")
        yield Line(self.value, self.placeholder, suggester=FolderSuggester())
        yield Static(id="complaint")


def _complaint(value: str) -> str:
    if not value:
        return "name a folder"
    place = Path(value).expanduser()
    if place.exists() and not place.is_dir():
        return "this is a file; name a folder"
    home = Path.home()
    return "name a folder of its own, below this one" if place in (home, *home.parents) else ""


class SyncPreview(Dialog[bool]):
    """Shows what a sync would do: what comes in, what goes out, conflicts, files that are gone.

    ``remark`` says what becomes of the folder itself, such as that git carries it.
    """

    CSS_PATH = sheets("sync.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "sync", "Sync", show=False)]

    def __init__(self, report: SyncReport, folder: str, remark: str = "") -> None:
        super().__init__(f"Sync · {folder}", (Hint("enter", "sync", "screen.sync"), CANCEL))
        self.report = report
        self.remark = remark

    def compose_body(self) -> Iterable[Widget]:
        """The numbers, and below them every change."""
        yield Static(self._numbers(), id="numbers")
        rows = list(_rows(self.report))
        if rows:
            yield RowList(rows)

    def on_mount(self) -> None:
        """Begin in the list."""
        for each in self.query(RowList):
            each.focus()

    @on(RowList.Chosen)
    def action_sync(self) -> None:
        """Leave with the word to sync."""
        self.dismiss(True)

    def _numbers(self) -> Content:
        report = self.report
        numbers = f"{count_of(report.came_in, 'paper')} in, {count_of(report.written, 'file')} out"
        words = numbers if report.came_in or report.written else "Nothing to do: both sides say the same"
        lines = [Content.styled(words, "bold")]
        if report.came_in:
            lines.append(Content.styled("What comes in is one undo step.", MUTED))
        lines.append(Content.styled("Your own words in the files stay, also when you sync again.", MUTED))
        if report.out.left_out:
            lines.append(Content.styled(f"{report.out.left_out:,} private left out.", MUTED))
        if self.remark:
            lines.append(shown(self.remark, MUTED))
        return Content("\n").join(lines)


def _rows(report: SyncReport) -> Iterator[Row]:
    taken = [Row(shown(each.citekey), shown(", ".join(each.parts), MUTED)) for each in report.taken]
    arrived = [Row(shown(key), shown("new", "$text-success")) for key in report.added]
    moved = [Row(shown(f"{old} → {new}"), shown("moved", MUTED)) for old, new in report.moved]
    lists = [Row(shown(title), shown("list", MUTED)) for title in report.lists]
    trashed = [Row(shown(key), shown("trash", "$text-warning")) for key in report.trashed]
    yield from _group("Comes in", [*arrived, *taken, *moved, *lists, *trashed])
    waiting = [
        Row(shown(each.citekey or each.path), shown(each.conflict.part, "$text-warning"))
        for each in report.conflicts
    ]
    yield from _group("Changed on both sides in the same lines: the file stays", waiting)
    yield from _group("Gone; the papers stay unless you say otherwise", list(map(_path, report.missing)))
    problems = [
        Row(shown(f"{each.file}: {each.message}", "$text-warning"))
        for each in (*report.problems, *report.out.problems)
    ]
    yield from _group("Not understood, left as it is", problems)
    yield from _group("Goes out, new", list(map(_path, report.out.new)))
    yield from _group("Goes out, changed", list(map(_path, report.out.changed)))
    yield from _group("Pages and records", list(map(_path, report.out.pages)))
    yield from _group("Removed, unchanged by you", list(map(_path, report.out.removed)))


def _path(path: str) -> Row:
    return Row(shown(path))


def _group(title: str, rows: Sequence[Row]) -> Iterator[Row]:
    if rows:
        yield Row(shown(title), shown(f"{len(rows):,}", MUTED), heading=True)
        yield from rows[:_MOST]
        if len(rows) > _MOST:
            yield Row(shown(f"and {len(rows) - _MOST:,} more", MUTED))
