"""What a folder of notes that its owner made holds: papers with their notes and files, and what is none.

A :class:`FoundFile` is what was seen of a file; everything else is what was understood of many of them.
Paths are relative to the folder, with slashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from notes_tui.model.item import Reference
from notes_tui.model.report import ImportReport

Certainty = Literal["certain", "likely", "guess"]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the folder; ``text`` is that of a Markdown file, ``None`` of any other."""

    path: str
    size: int = 0
    mtime_ns: int = 0
    text: str | None = None
    is_utf8: bool = True
    """Whether a changed text can be written back in the same bytes elsewhere in the file."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that was concluded, from what, and how sure it is."""

    about: str
    value: str
    reason: str
    certainty: Certainty = "likely"


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A Markdown file that is a note as a whole; the main note of a paper has no title."""

    file: FoundFile
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the head of a note says about its reader."""

    tags: tuple[str, ...] = ()
    read_status: str = ""
    rating: int | None = None
    read_on: str = ""
    """A day (``2024-05-01``), or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPaper:
    """A paper and what lies in the folder for it."""

    path: str
    """Its folder, or its note, or its PDF where there is neither."""
    reference: Reference
    topic: tuple[str, ...] = ()
    notes: tuple[FoundNote, ...] = ()
    pdfs: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    front: FrontMatter = field(default_factory=FrontMatter)
    guesses: tuple[Guess, ...] = ()

    def with_reference(self, reference: Reference, guess: Guess) -> FoundPaper:
        """The paper with another description, and why."""
        return replace(self, reference=reference, guesses=(*self.guesses, guess))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not taken, and why."""

    path: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        """``{path, reason}``."""
        return {"path": self.path, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderReading:
    """Everything a folder holds, in the order of its tables of contents and then by name."""

    papers: tuple[FoundPaper, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    lists: tuple[str, ...] = ()
    """Tables of contents: they are no notes, but name papers and give an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPaper:
    """A paper of the folder and where it goes in the library."""

    paper: FoundPaper
    citekey: str
    title: str
    is_new: bool
    is_changed: bool
    reason: str
    """Why it is the item it is; empty for a new one."""
    notes: tuple[str, ...] = ()
    """Paths of notes that come in or change."""
    files: int = 0
    """How many PDFs and figures are attached anew."""

    def as_dict(self) -> dict[str, object]:
        """How a paper stands in ``adopt --json``."""
        found = self.paper
        return {
            "path": found.path, "citekey": self.citekey, "title": self.title, "topic": list(found.topic),
            "new": self.is_new, "changed": self.is_changed, "reason": self.reason or None,
            "notes": [note.file.path for note in found.notes], "pdfs": list(found.pdfs),
            "figures": list(found.figures),
            "guesses": [
                {"about": each.about, "value": each.value, "reason": each.reason, "certainty": each.certainty}
                for each in found.guesses
            ],
        }  # fmt: skip


@dataclass(slots=True)
class AdoptionReport(ImportReport):
    """What adopting a folder did or would do: the counts of an import, and what a person looks at."""

    path: str = ""
    collection: str = ""
    """The slug of the collection that the topics became."""
    papers: list[PlannedPaper] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    topics: list[tuple[str, ...]] = field(default_factory=list)
    kept: int = 0
    """Markdown files on no single paper that came in, or changed, as notes of the folder's own item."""

    def as_dict(self) -> dict[str, object]:
        """The shape of ``adopt --json``: that of ``import --json``, and papers and skipped files."""
        return ImportReport.as_dict(self) | {
            "path": self.path,
            "collection": self.collection or None,
            "papers": [each.as_dict() for each in self.papers],
            "skipped": [each.as_dict() for each in self.skipped],
            "kept": self.kept,
        }

    def by_topic(self) -> Mapping[tuple[str, ...], list[PlannedPaper]]:
        """The papers under their topics, in order."""
        found: dict[tuple[str, ...], list[PlannedPaper]] = {}
        for each in self.papers:
            found.setdefault(each.paper.topic, []).append(each)
        return found
