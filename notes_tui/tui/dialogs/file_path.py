"""Asking for a PDF or a picture, with completion by what there is on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from textual.content import Content
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Static

from notes_tui.model.figures import SUFFIXES
from notes_tui.tui.dialogs.ask import AskDialog
from notes_tui.tui.dialogs.base import CANCEL, Hint
from notes_tui.tui.dialogs.fields import Line

_MOST_ENTRIES = 2_000
_SUFFIXES = (".pdf", *SUFFIXES)
_IMPORTED = (
    ".bib",
    ".bibtex",
    ".ris",
    ".json",
    ".md",
    ".yaml",
    ".yml",
    ".txt",
    ".sqlite",
    ".db",
    ".lua",
    ".pdf",
)


class FileSuggester(Suggester):
    """Completes a path: the newest file that fits, else the first folder."""

    def __init__(self, suffixes: tuple[str, ...] = _SUFFIXES) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.suffixes = suffixes

    async def get_suggestion(self, value: str) -> str | None:
        """The path that begins with what was typed; hidden names are never offered."""
        parent, _, begun = value.rpartition("/")
        if not value or (not parent and not value.startswith(("/", "~"))):
            return None
        found = max(_entries(os.path.expanduser(f"{parent}/"), begun, self.suffixes), default=None)
        return f"{parent}/{found[2]}" if found else None


def _entries(place: str, begun: str, suffixes: tuple[str, ...]) -> Iterator[tuple[bool, int, str]]:
    """Files of these kinds and folders, each with whether it is a file and when it changed."""
    try:
        with os.scandir(place) as entries:
            for number, entry in enumerate(entries):
                if number >= _MOST_ENTRIES:
                    return
                if (
                    not entry.name.startswith(begun)
                    or entry.name.startswith(".")
                    or not entry.name.isprintable()
                ):
                    continue
                if entry.is_file() and entry.name.lower().endswith(suffixes):
                    yield True, entry.stat().st_mtime_ns, entry.name
                elif entry.is_dir():
                    yield False, 0, f"{entry.name}/"
    except OSError:
        return


class FileDialog(AskDialog):
    """Asks for a file; the right arrow takes the completion that is shown."""

    def __init__(
        self, title: str, value: str = "", label: str = "PDF or picture; it is copied into the library."
    ) -> None:
        super().__init__(title, label, value, "~/Downloads/", check=_complaint)
        self.hints = (Hint("enter", "attach", "screen.accept"), Hint("→", "complete"), CANCEL)

    def compose_body(self) -> Iterable[Widget]:
        """What it is for, the line, and room for a complaint."""
        yield Static(Content(self.label), id="label")
        yield Line(self.value, self.placeholder, suggester=FileSuggester())
        yield Static(id="complaint")


class ImportDialog(AskDialog):
    """Asks for what to bring in; the right arrow takes the completion that is shown."""

    def __init__(self) -> None:
        super().__init__(
            "Import",
            "BibTeX, RIS, CSL-JSON, Zotero, a reading list, a dump, a PDF, or a vault's folder. What is there "
            "already is joined; nothing you wrote is overwritten.",
            "", "~/Downloads/references.bib", check=_complaint_of_import,
        )  # fmt: skip
        self.hints = (Hint("enter", "import", "screen.accept"), Hint("→", "complete"), CANCEL)

    def compose_body(self) -> Iterable[Widget]:
        """What it is for, the line, and room for a complaint."""
        yield Static(Content(self.label), id="label")
        yield Line(self.value, self.placeholder, suggester=FileSuggester(_IMPORTED))
        yield Static(id="complaint")


def _complaint_of_import(value: str) -> str:
    if not value:
        return "name a file or a folder"
    return "" if os.path.exists(os.path.expanduser(value)) else "there is no such file"


def _complaint(value: str) -> str:
    if not value:
        return "name a file"
    return "" if os.path.isfile(os.path.expanduser(value)) else "there is no such file"
