"""The files of a vault in a merge: what both sides changed is settled, what one side renamed is followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from notes_tui.formats.vault import SETTINGS, Profile, profile_in
from notes_tui.services.git.command import Git
from notes_tui.services.git.conflict_records import CONFLICTS, is_record
from notes_tui.services.git.contents import Rules, another_name, joined, settle
from notes_tui.services.git.objects import PLAIN, Entry, ScratchIndex, Stages, contents, differences, keep
from notes_tui.services.git.renames import renames


@dataclass(slots=True)
class Outcome:
    """What became of files that both sides changed. Paths are relative to the vault."""

    merged: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    """Deleted on one side and changed on the other: they stay."""
    conflicts: list[str] = field(default_factory=list)
    """Files with lines that both sides changed, each in its own way; there are records of these."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A file that both sides have a version of."""

    base: Entry | None
    ours: Entry
    theirs: Entry

    @property
    def mode(self) -> str:
        """Whether it can be executed, after the side that changed it."""
        if self.base is None:
            return min(self.ours.mode, self.theirs.mode)
        return self.ours.mode if self.theirs.mode == self.base.mode else self.theirs.mode


class VaultMerge:
    """One merge of three trees, for the vault at ``prefix``."""

    def __init__(self, git: Git, prefix: str, index: ScratchIndex, trees: tuple[str, str, str]) -> None:
        self.git = git
        self.prefix = prefix
        self.index = index
        self.trees = trees
        self.outcome = Outcome()
        self.pairs: dict[str, _Pair] = {}
        self.others: dict[str, Entry | None] = {}
        """Files that become what one side has, or nothing."""

    def run(self, unmerged: Mapping[str, Stages]) -> Outcome:
        """Settle these files of the index."""
        for path, stages in unmerged.items():
            if 2 in stages and 3 in stages:
                self.pairs[path] = _Pair(stages.get(1), stages[2], stages[3])
            else:
                self.others[path] = stages.get(2) or stages.get(3)
        self._follow_renames()
        restored = [path for path, entry in self.others.items() if entry]
        self.outcome.restored = sorted(map(self._inside, restored))
        self.outcome.merged = sorted(map(self._inside, self.pairs))
        settled = self._settled()
        self.index.put(self._side_by_side(self.others | settled))
        return self.outcome

    def _side_by_side(self, entries: Mapping[str, Entry | None]) -> dict[str, Entry | None]:
        """The entries, a file in whose place the other side has a folder under another name."""
        files = self.index.settled(self.prefix) | {path: entry for path, entry in entries.items() if entry}
        files = {path: entry for path, entry in files.items() if entries.get(path, entry)}
        folders = {parent for path in files for parent in _parents(path)}
        placed = dict(entries)
        for path in sorted(folders & files.keys()):
            entry = files[path]
            placed |= {path: None, another_name(path, entry.oid[:8]): entry}
        return placed

    def _inside(self, path: str) -> str:
        return path.removeprefix(self.prefix)

    def _follow_renames(self) -> None:
        """Bring what one side changed to where the other side put the file."""
        base, *sides = self.trees
        changes = [list(differences(self.git, base, side, below=self.prefix)) for side in sides]
        before = {each.path: each.before for found in changes for each in found}
        after = [{each.path: each.after for each in found} for found in changes]
        moved = [
            renames(self.git, (base, side), mine, others.keys(), self.prefix)
            for side, mine, others in zip(sides, changes, reversed(after), strict=True)
        ]
        for old in sorted({*moved[0], *moved[1]}):
            places = [names.get(old, old) for names in moved]
            versions = [now.get(place, before[old]) for now, place in zip(after, places, strict=True)]
            self._join(old, places, before[old], versions)

    def _join(
        self, old: str, places: Sequence[str], base: Entry | None, versions: Sequence[Entry | None]
    ) -> None:
        """Put a file that was renamed to one place: the new one, or of two new ones the first by name."""
        ours, theirs = versions
        target, *others = sorted({*places} - {old})
        is_taken = places[0] != places[1] and any(place in self.pairs for place in (target, *others))
        stayed_alike = any(
            place == old and each == base for place, each in zip(places, versions, strict=True)
        )
        if ours is None or theirs is None or is_taken or stayed_alike:
            return
        if all(entry.is_plain for entry in (ours, theirs)):
            self.others |= dict.fromkeys([old, *others])
            self.others.pop(target, None)
            self.pairs[target] = _Pair(base, ours, theirs)

    def _settled(self) -> dict[str, Entry]:
        """The entries of files that both sides have a version of, and of what is kept beside them."""
        oids = [
            entry.oid
            for pair in self.pairs.values()
            for entry in (pair.base, pair.ours, pair.theirs)
            if entry
        ]
        known = contents(self.git, oids)
        rules = Rules(profile=self._profile(), with_events=True)
        files: dict[str, bytes] = {}
        beside: dict[str, bytes] = {}
        for path, pair in sorted(self.pairs.items()):
            base = known[pair.base.oid] if pair.base else None
            versions = base, known[pair.ours.oid], known[pair.theirs.oid]
            done = settle(self._inside(path), *versions, rules)
            files[path] = done.content
            beside |= done.beside
            if any(map(is_record, done.beside)):
                self.outcome.conflicts.append(self._inside(path))
        files |= self._beside(beside, files)
        modes = {path: pair.mode for path, pair in self.pairs.items()}
        return {path: Entry(modes.get(path, PLAIN), oid) for path, oid in keep(self.git, files).items()}

    def _profile(self) -> Profile:
        """The layout of the vault."""
        said = self.git.run("cat-file", "blob", f"{self.trees[1]}:{self.prefix}{SETTINGS}")
        return profile_in(said.text)

    def _beside(self, made: Mapping[str, bytes], files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Files to be written beside the merged ones; a record of a conflict joins one that is there already."""
        if not made:
            return {}
        there = self.index.settled(self.prefix + CONFLICTS)
        known = contents(self.git, [entry.oid for entry in there.values()])
        present = {path: known[entry.oid] for path, entry in there.items()} | dict(files)
        return {
            path: joined(name, content, present.get(path))
            for name, content in made.items()
            for path in [self.prefix + name]
        }


def _parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]
