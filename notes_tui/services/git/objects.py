"""Trees, entries and contents as git keeps them, read and written in one process for many."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from notes_tui.services.git.command import Git

PLAIN, EXECUTABLE = "100644", "100755"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a tree."""

    mode: str
    oid: str

    @property
    def is_plain(self) -> bool:
        """Whether it is a file with a content, not a link or another repository."""
        return self.mode in (PLAIN, EXECUTABLE)


Stages = Mapping[int, Entry]
"""A file that is not merged yet: as the base (1), this side (2) and the other (3) have it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that two trees have not alike; ``None`` on the side that lacks it."""

    path: str
    before: Entry | None
    after: Entry | None


def differences(git: Git, before: str, after: str, *, below: str = "") -> Iterator[Difference]:
    """What two trees do not have alike, renamed files as one gone and one that came."""
    words = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-commit-id", before, after)
    fields = iter(git.answer(*words, "--", below or ".").fields)
    for head in fields:
        old_mode, new_mode, old, new, _ = head.removeprefix(":").split(" ")
        yield Difference(next(fields), _entry(old_mode, old), _entry(new_mode, new))


def _entry(mode: str, oid: str) -> Entry | None:
    return Entry(mode, oid) if int(mode, 8) else None


def contents(git: Git, oids: Iterable[str]) -> dict[str, bytes]:
    """The contents of objects, by their ids."""
    wanted = list(dict.fromkeys(oids))
    if not wanted:
        return {}
    out = git.answer("cat-file", "--batch", given="".join(f"{oid}\n" for oid in wanted).encode()).out
    found: dict[str, bytes] = {}
    at = 0
    for oid in wanted:
        end = out.index(b"\n", at)
        size = int(out[at:end].rpartition(b" ")[2])
        found[oid] = out[end + 1 : end + 1 + size]
        at = end + 2 + size
    return found


def keep(git: Git, files: Mapping[str, bytes]) -> dict[str, str]:
    """Put contents among git's objects; returns their ids, by the same names."""
    if not files:
        return {}
    with tempfile.TemporaryDirectory(prefix="notes-tui-") as folder:
        places = [os.path.join(folder, str(number)) for number in range(len(files))]
        for place, content in zip(places, files.values(), strict=True):
            with open(place, "wb") as file:
                file.write(content)
        given = "".join(f"{place}\n" for place in places).encode()
        oids = git.text("hash-object", "-w", "--no-filters", "--stdin-paths", given=given).split("\n")
    return dict(zip(files, oids, strict=True))


class ScratchIndex:
    """An index of its own, beside the user's."""

    def __init__(self, git: Git, folder: str, oid_length: int) -> None:
        self.git = git
        self._nothing = "0" * oid_length
        self._extra = {"GIT_INDEX_FILE": os.path.join(folder, "index")}

    def read_three(self, base: str, ours: str, theirs: str) -> None:
        """Fill it with what a merge of whole files makes of three trees; the rest stays unmerged."""
        words = ("read-tree", "-i", "-m", "--aggressive", base, ours, theirs)
        self.git.answer(*words, extra=self._extra)

    def unmerged(self) -> dict[str, dict[int, Entry]]:
        """Files that the sides do not agree on, by path and stage."""
        found: dict[str, dict[int, Entry]] = {}
        for line in self.git.answer("ls-files", "-z", "--unmerged", extra=self._extra).fields:
            head, _, path = line.partition("\t")
            mode, oid, stage = head.split(" ")
            found.setdefault(path, {})[int(stage)] = Entry(mode, oid)
        return found

    def settled(self, below: str) -> dict[str, Entry]:
        """Files below a folder that the sides agree on."""
        found: dict[str, Entry] = {}
        for line in self.git.answer(
            "ls-files", "-z", "--stage", "--", below or ".", extra=self._extra
        ).fields:
            head, _, path = line.partition("\t")
            mode, oid, stage = head.split(" ")
            if stage == "0":
                found[path] = Entry(mode, oid)
        return found

    def put(self, entries: Mapping[str, Entry | None]) -> None:
        """Set files to what they become, ``None`` to take one out."""
        if not entries:
            return
        lines = b""
        for path, entry in entries.items():
            name = os.fsencode(path)
            lines += f"0 {self._nothing}\t".encode() + name + b"\0"
            if entry:
                lines += f"{entry.mode} {entry.oid}\t".encode() + name + b"\0"
        self.git.answer("update-index", "-z", "--index-info", given=lines, extra=self._extra)

    def write(self) -> str:
        """The tree it stands for."""
        return self.git.text("write-tree", extra=self._extra)
