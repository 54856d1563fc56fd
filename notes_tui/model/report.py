"""What an import, an adoption or an update of a list did: one shape for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from notes_tui.model.reading_list import Problem


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """Something to look at: an item that may be the same work as another, never joined without being asked."""

    citekey: str
    """The item that came in."""
    candidate: str
    """The item it may be the same work as; empty where the remark is about one item alone."""
    reason: str

    def as_dict(self) -> dict[str, str | None]:
        """``{citekey, candidate, reason}``."""
        return {"citekey": self.citekey, "candidate": self.candidate or None, "reason": self.reason}


@dataclass(slots=True)
class ImportReport:
    """Counts of records by what became of them; ``entries`` is how many were understood."""

    added: int = 0
    matched: int = 0
    """Joined an item that was there, or one that came in a moment before."""
    updated: int = 0
    """Of the matched ones, those that brought something the item lacked."""
    unchanged: int = 0
    """Of the matched ones, those that brought nothing new."""
    entries: int = 0
    refused: int = 0
    """Records that were not taken. A line of a list that was not understood is a problem, but no refusal."""
    problems: list[Problem] = field(default_factory=list)
    proposals: list[DoubtfulPair] = field(default_factory=list)
    annotations: dict[str, int] | None = None
    """Annotations by what became of them (``added``, ``updated``, ``unchanged``, ``gone``); ``None`` where
    none came in."""
    label: str = ""

    def as_dict(self) -> dict[str, object]:
        """The shape of ``import --json``; ``annotations`` only where the import brought some."""
        data: dict[str, object] = {
            "added": self.added, "matched": self.matched, "updated": self.updated, "unchanged": self.unchanged,
            "entries": self.entries, "problems": [problem.as_dict() for problem in self.problems],
            "proposals": [pair.as_dict() for pair in self.proposals],
        }  # fmt: skip
        return data if self.annotations is None else data | {"annotations": dict(self.annotations)}

    def count(self, is_new: bool, is_changed: bool) -> None:
        """Count one record by what became of it."""
        self.added += int(is_new)
        self.matched += int(not is_new)
        self.updated += int(not is_new and is_changed)
        self.unchanged += int(not is_new and not is_changed)

    def join(self, other: ImportReport) -> None:
        """Add the counts of another report to this one."""
        for name in ("added", "matched", "updated", "unchanged", "entries", "refused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.problems += other.problems
        self.proposals += other.proposals
        if other.annotations is not None:
            self.add_annotations(other.annotations)

    def add_annotations(self, counts: Mapping[str, int]) -> None:
        """Add counts of annotations."""
        before = self.annotations or {}
        self.annotations = {name: before.get(name, 0) + count for name, count in counts.items()}


@dataclass(frozen=True, slots=True)
class Moved:
    """How much an item got from others that were merged into it."""

    notes: int = 0
    annotations: int = 0
    events: int = 0
    tags: int = 0
    attachments: int = 0
    entries: int = 0

    def __add__(self, other: Moved) -> Moved:
        return Moved(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def as_dict(self) -> dict[str, int]:
        """The numbers by their names."""
        return {each.name: getattr(self, each.name) for each in fields(self)}
