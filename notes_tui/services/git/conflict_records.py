"""Lines that two machines changed each in its own way: kept under ``.notes-tui/conflicts/`` until somebody chooses.

The file itself has one of the versions. A record has them all, in an order of their own and without a
date or a machine, so that every machine that merges the same edits writes the same bytes. It is deleted
when the conflict is settled, and git carries that to the other machines.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from notes_tui.model.merge import Conflict
from notes_tui.model.vault import HIDDEN_FOLDER

CONFLICTS = f"{HIDDEN_FOLDER}/conflicts"
_SUFFIX = ".json"

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictRecord:
    """Versions of the same lines of a file of the vault."""

    id: str
    path: str
    """The file, relative to the vault."""
    base: Lines
    """The lines as they were before either side changed them."""
    versions: tuple[Lines, ...]
    """What they became, sorted; one of them stands in the file. An empty one: they were deleted."""

    @property
    def file(self) -> str:
        """Where the record is kept, relative to the vault."""
        return f"{CONFLICTS}/{self.id}{_SUFFIX}"

    @property
    def text(self) -> str:
        """The record as its file has it."""
        shown = {"path": self.path, "base": self.base, "versions": self.versions}
        return json.dumps(shown, indent=1, sort_keys=True) + "\n"


def is_record(path: str) -> bool:
    """Whether a file of a vault is a record of a conflict."""
    return path.startswith(f"{CONFLICTS}/") and path.endswith(_SUFFIX)


def records_of(path: str, conflicts: Iterable[Conflict]) -> Iterator[ConflictRecord]:
    """The records of what a merge of one file could not settle."""
    seen: Counter[Lines] = Counter()
    for conflict in conflicts:
        base, *versions = (_without_returns(each) for each in (conflict.base, conflict.ours, conflict.theirs))
        named = json.dumps([path, base, seen[base]])
        seen[base] += 1
        record_id = blake2b(named.encode(), digest_size=6).hexdigest()
        yield ConflictRecord(record_id, path, base, tuple(sorted(set(versions))))


def _without_returns(lines: Lines) -> Lines:
    return tuple(line.removesuffix("\r") for line in lines)


def read_record(file: str, text: str) -> ConflictRecord | None:
    """The record in a file, ``None`` where it holds none."""
    try:
        found = json.loads(text)
        path, base = found["path"], tuple(map(str, found["base"]))
        versions = tuple(sorted(tuple(map(str, each)) for each in found["versions"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(path, str) or not versions:
        return None
    return ConflictRecord(file.rpartition("/")[2].removesuffix(_SUFFIX), path, base, versions)


def joined_records(file: str, one: str, other: str) -> str:
    """The texts of two records of the same conflict as one that has the versions of both."""
    first, second = read_record(file, one), read_record(file, other)
    if first is None or second is None:
        return max(one, other) if first is second else one if first else other
    versions = tuple(sorted({*first.versions, *second.versions}))
    return ConflictRecord(first.id, first.path, first.base, versions).text
