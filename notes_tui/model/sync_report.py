"""What a sync with a folder did or would do, and the conflicts that wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

from notes_tui.model.export_report import ExportReport
from notes_tui.model.item_merging import PartConflict
from notes_tui.model.reading_list import Problem
from notes_tui.model.report import DoubtfulPair


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conflict that waits for somebody to choose; the file is as its owner left it."""

    uid: str
    """The same on every machine: it follows from the words."""
    path: str
    citekey: str
    conflict: PartConflict

    def as_dict(self) -> dict[str, object]:
        """``{id, path, citekey, part, line, base, mine, theirs}``."""
        each = self.conflict
        return {
            "id": self.uid, "path": self.path, "citekey": self.citekey, "part": each.part, "line": each.line,
            "base": each.base, "mine": each.mine, "theirs": each.theirs,
        }  # fmt: skip


def conflict_uid(path: str, conflict: PartConflict) -> str:
    """An id of eight hexadecimal digits that follows from what the conflict is about."""
    words = (path, conflict.part, conflict.base, *sorted((conflict.mine, conflict.theirs)))
    return blake2b("\x00".join(words).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in from one file."""

    path: str
    citekey: str
    parts: tuple[str, ...]
    """Names of what changed: fields, ``note``, ``annotations``, …"""


@dataclass(slots=True, kw_only=True)
class SyncReport:
    """What came in from a folder and what went out to it; paths are relative to the folder."""

    path: str
    taken: list[Taken] = field(default_factory=list)
    """Items that an edited file changed."""
    added: list[str] = field(default_factory=list)
    """Citekeys of items that came from files."""
    moved: list[tuple[str, str]] = field(default_factory=list)
    """Files that stand elsewhere now: from, to."""
    missing: list[str] = field(default_factory=list)
    """Files that are gone; their items stay."""
    trashed: list[str] = field(default_factory=list)
    """Citekeys of items moved to the trash or out of it, since that was done elsewhere or asked for."""
    events: int = 0
    """Events of other machines that came in."""
    lists: list[str] = field(default_factory=list)
    """Reading lists that changed."""
    conflicts: list[Waiting] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    proposals: list[DoubtfulPair] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    """Files that say no paper that is here; nothing was done with them."""
    copies: list[str] = field(default_factory=list)
    """Copies that a synced folder made of a file and that were taken in."""
    notices: list[str] = field(default_factory=list)
    """What should be known beside: what git did, a folder that another service syncs."""
    out: ExportReport
    """What went out."""
    label: str = ""
    step_id: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether nothing was refused and no conflict waits."""
        return not (self.conflicts or self.problems or self.out.problems or self.out.conflicts)

    @property
    def came_in(self) -> int:
        """How many items the files changed or added."""
        return len(self.taken) + len(self.added)

    @property
    def written(self) -> int:
        """How many files were written."""
        return len(self.out.new) + len(self.out.changed) + len(self.out.pages)

    @property
    def summary(self) -> str:
        """``3 in, 12 out``, with what else there is to say."""
        counted = (
            (self.moved, "moved"),
            (self.missing, "missing"),
            (self.out.removed, "removed"),
            (self.conflicts, "in conflict"),
            ([*self.problems, *self.out.problems], "not understood"),
        )
        words = [f"{self.came_in:,} in", f"{self.written:,} out"]
        words += [f"{self.events:,} events"] if self.events else []
        return ", ".join([*words, *(f"{len(each):,} {name}" for each, name in counted if each)])

    def as_dict(self) -> dict[str, object]:
        """The shape of ``sync --json``; counts are numbers, everything else is listed."""
        return {
            "path": self.path,
            "taken": [{"path": each.path, "citekey": each.citekey, "parts": list(each.parts)} for each in self.taken],
            "added": list(self.added), "moved": [{"from": old, "to": new} for old, new in self.moved],
            "missing": list(self.missing), "trashed": list(self.trashed), "events": self.events,
            "lists": list(self.lists), "copies": list(self.copies), "left_alone": list(self.left_alone),
            "new": list(self.out.new), "changed": list(self.out.changed), "pages": len(self.out.pages),
            "unchanged": self.out.unchanged, "removed": list(self.out.removed), "left": list(self.out.left),
            "left_out": self.out.left_out,
            "conflicts": [each.as_dict() for each in self.conflicts],
            "problems": [each.as_dict() for each in (*self.problems, *self.out.problems)],
            "proposals": [each.as_dict() for each in self.proposals], "notices": list(self.notices),
        }  # fmt: skip
