"""What an export to a folder did or would do."""

from __future__ import annotations

from dataclasses import dataclass, field

from notes_tui.model.merge import Conflict
from notes_tui.model.reading_list import Problem


@dataclass(frozen=True, slots=True)
class FileConflict:
    """A file left as it is, since the same lines were changed in it and in the library."""

    path: str
    conflicts: tuple[Conflict, ...]

    def as_dict(self) -> dict[str, object]:
        """``{path, lines: [{line, base, library, file}]}``."""
        return {
            "path": self.path,
            "lines": [
                {"line": each.line, "base": list(each.base), "library": list(each.ours), "file": list(each.theirs)}
                for each in self.conflicts
            ],
        }  # fmt: skip


@dataclass(slots=True, kw_only=True)
class ExportReport:
    """Files by what became of them; paths are relative to the folder."""

    path: str
    new: list[str] = field(default_factory=list)
    """Notes that were not there."""
    changed: list[str] = field(default_factory=list)
    """Notes that were brought up to date."""
    unchanged: int = 0
    """Notes that needed nothing."""
    pages: list[str] = field(default_factory=list)
    """Other files written: the index, pages, what is not for reading."""
    removed: list[str] = field(default_factory=list)
    """Files of what is gone from the library; nobody had changed them."""
    left: list[str] = field(default_factory=list)
    """Files of what is gone from the library that hold words of their owner."""
    conflicts: list[FileConflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    """Items kept out since they are private."""

    @property
    def notes(self) -> int:
        """How many notes the folder holds."""
        return len(self.new) + len(self.changed) + self.unchanged

    @property
    def is_complete(self) -> bool:
        """Whether everything could be written."""
        return not (self.conflicts or self.problems)

    @property
    def summary(self) -> str:
        """``221 new, 0 changed``, with what else there is to say."""
        words = [f"{len(self.new):,} new", f"{len(self.changed):,} changed"]
        counted = (
            (self.removed, "removed"),
            (self.conflicts, "in conflict"),
            (self.left, "left of what is gone"),
            (self.problems, "not written"),
        )
        words += [f"{len(each):,} {name}" for each, name in counted if each]
        return ", ".join(words)

    def as_dict(self) -> dict[str, object]:
        """The shape of ``export --json`` for folders; counts are numbers."""
        return {
            "path": self.path, "notes": self.notes, "new": len(self.new), "changed": len(self.changed),
            "unchanged": self.unchanged, "written": len(self.new) + len(self.changed) + len(self.pages),
            "removed": list(self.removed), "left": list(self.left),
            "conflicts": [each.as_dict() for each in self.conflicts],
            "problems": [each.as_dict() for each in self.problems], "left_out": self.left_out,
        }  # fmt: skip
