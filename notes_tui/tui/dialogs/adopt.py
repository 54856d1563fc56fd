"""Taking in a folder of notes: the folder is named, then what would be adopted is looked at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from textual import on
from textual.content import Content
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.adoption import AdoptionReport, PlannedPaper
from notes_tui.model.text import one_line
from notes_tui.services.wording import count_of
from notes_tui.tui.dialogs.ask import AskDialog
from notes_tui.tui.dialogs.base import CANCEL, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Line
from notes_tui.tui.dialogs.row_list import Row, RowList

_MOST_ENTRIES = 2_000
"""Entries of a folder among which a completion is looked for."""


class FolderSuggester(Suggester):
    """Completes the name of a folder by what there is on the disk."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The first folder whose path begins with what was typed; hidden ones are never offered."""
        parent, _, begun = value.rpartition("/")
        if not value or (not parent and not value.startswith(("/", "~"))):
            return None
        names = sorted(_folders_in(os.path.expanduser(f"{parent}/"), begun))
        return f"{parent}/{names[0]}" if names else None


def _folders_in(place: str, begun: str) -> Iterator[str]:
    try:
        with os.scandir(place) as entries:
            for number, entry in enumerate(entries):
                if number >= _MOST_ENTRIES:
                    return
                named = entry.name.startswith(begun) and not entry.name.startswith(".")
                if named and entry.name.isprintable() and entry.is_dir():
                    yield entry.name
    except OSError:
        return


class FolderDialog(AskDialog):
    """Asks for the folder of one's notes; the right arrow takes the completion that is shown."""

    def __init__(self, value: str = "") -> None:
        super().__init__(
            "Adopt your notes folder", "Papers, topics and notes join the library. Nothing is written into the folder.",
            value, "~/paper-notes", check=_complaint,
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
    return "" if Path(value).expanduser().is_dir() else "there is no such folder"


class AdoptionPreview(Dialog[bool]):
    """Shows what adopting would do: papers by topic with what was guessed, matches, and what is left out."""

    CSS_PATH = sheets("adopt.tcss")

    def __init__(self, report: AdoptionReport) -> None:
        super().__init__(f"Adopt · {report.path}", (Hint("enter", "adopt", "screen.adopt"), CANCEL))
        self.report = report

    def compose_body(self) -> Iterable[Widget]:
        """The numbers, and the papers below them."""
        yield Static(_numbers(self.report), id="numbers")
        yield RowList(list(_rows(self.report)))

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(RowList).focus()

    @on(RowList.Chosen)
    def action_adopt(self) -> None:
        """Leave with the word to adopt."""
        self.dismiss(True)


def _numbers(report: AdoptionReport) -> Content:
    notes = sum(len(each.paper.notes) for each in report.papers)
    pdfs = sum(len(each.paper.pdfs) for each in report.papers)
    words = f"{count_of(report.added, 'paper')} new, {report.matched:,} in the library already"
    return Content.assemble(
        (words, "bold"),
        (f" ({report.updated:,} get something)" if report.updated else "", MUTED),
        "\n",
        (f"{count_of(notes, 'note')}, {count_of(pdfs, 'PDF')}, {count_of(len(report.skipped), 'file')} left out. ", MUTED),
        ("One undo step; no file of the folder changes.", MUTED),
    )  # fmt: skip


def _rows(report: AdoptionReport) -> Iterator[Row]:
    for topic, papers in report.by_topic().items():
        yield Row(shown(" › ".join(map(one_line, topic)) or "(no topic)"), heading=True)
        for each in papers:
            yield from _paper_rows(each)
    if report.proposals:
        yield Row(shown("Look at"), heading=True)
        for pair in report.proposals:
            other = f" and {pair.candidate}" if pair.candidate else ""
            yield Row(shown(f"{pair.citekey}{other}: {pair.reason}"))
    by_reason: dict[str, list[str]] = {}
    for skipped in report.skipped:
        by_reason.setdefault(skipped.reason, []).append(skipped.path)
    for reason, paths in by_reason.items():
        yield Row(shown(f"Left out, {count_of(len(paths), 'file')}: {reason}"), heading=True)
        yield from (Row(shown(path, MUTED)) for path in paths)


def _paper_rows(each: PlannedPaper) -> Iterator[Row]:
    mark = ("+ ", "$text-success") if each.is_new else ("~ " if each.is_changed else "= ", "$text-accent")
    files = (
        (len(each.paper.notes), "note"),
        (len(each.paper.pdfs), "PDF"),
        (len(each.paper.figures), "figure"),
    )
    right = ", ".join(count_of(number, noun) for number, noun in files if number)
    yield Row(Content.assemble(mark, shown(each.title or each.citekey)), shown(right, MUTED))
    if each.reason and each.is_changed:
        yield Row(shown(f"    is {each.citekey}: {each.reason}", MUTED))
    for guess in each.paper.guesses:
        if guess.certainty != "certain" and (each.is_new or each.is_changed):
            yield Row(shown(f"    {guess.certainty}: {guess.about} from {guess.reason}", MUTED))
