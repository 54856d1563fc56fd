"""Conflicts that wait: what they are about, and ending one by choosing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from notes_tui.errors import InvalidValueError, UnknownThingError
from notes_tui.model.item_merging import Choice, PartConflict
from notes_tui.model.sync_report import Waiting, conflict_uid
from notes_tui.services.recorded_conflicts import recorded, settle
from notes_tui.services.sync_one import FileOfItem, take_path
from notes_tui.store import vault as bases
from notes_tui.store.database import Store


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A conflict with the vault it waits in."""

    folder: str
    waiting: Waiting

    def as_dict(self) -> dict[str, object]:
        """``{id, vault, path, citekey, part, line, base, mine, theirs}``: mine is the library's, theirs the file's."""
        said = self.waiting.as_dict()
        return {"id": said.pop("id"), "vault": self.folder, **said}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A conflict that was ended."""

    conflict: OpenConflict
    label: str
    remaining: int
    """How many still wait."""

    def as_dict(self) -> dict[str, object]:
        """``{id, path, citekey, part, remaining}``."""
        each = self.conflict.waiting
        return {
            "id": each.uid, "path": each.path, "citekey": each.citekey, "part": each.conflict.part,
            "remaining": self.remaining,
        }  # fmt: skip


def waiting(store: Store) -> list[OpenConflict]:
    """The conflicts that wait, by vault and file: those with the library, then those between machines."""
    folders = bases.vaults(store)
    found = [OpenConflict(folders[vault], each) for vault, _, each in bases.conflicts(store)]
    for vault, folder in folders.items():
        found += [OpenConflict(folder, each) for each, _ in recorded(store, vault, Path(folder))]
    return found


def holds_text(part: str) -> bool:
    """Whether a part of an item is a text in which two versions can stand one below the other."""
    return part in ("lines", "note") or part.startswith("note:") or part.endswith((" quote", " comment"))


def takes_words(part: str) -> bool:
    """Whether words of one's own can stand in place of both versions: not where the part is a number or yes and no."""
    return part not in ("year", "private") and (
        holds_text(part) or not part.startswith(("annotation ", "extra "))
    )


def resolve(store: Store, uid: str, choice: Choice) -> Resolved:
    """End a conflict: the library and the file both get what was chosen, as one undo step.

    Raises :class:`UnknownThingError` for an id of none, :class:`InvalidValueError` where both versions cannot
    stand together, since the part holds one value.
    """
    found = _find(store, uid)
    part = found.waiting.conflict.part
    if choice.side == "text" and not takes_words(part):
        raise InvalidValueError(f"{part} is no text", hint="choose --mine or --theirs")
    if choice.side == "both" and not holds_text(part):
        raise InvalidValueError(f"{part} holds one value", hint="choose --mine or --theirs")
    if part == "lines":
        settle(Path(found.folder), found.waiting, choice)
    label, was_there = _take(store, found, choice)
    left = waiting(store)
    if not was_there or any(each.waiting.uid == found.waiting.uid for each in left):
        raise UnknownThingError(
            f"conflict {uid!r} as it was", hint="the file changed meanwhile: look at both versions again"
        )
    return Resolved(found, label, len(left))


def _take(store: Store, found: OpenConflict, choice: Choice) -> tuple[str, bool]:
    """Bring the file of a conflict in, with what was chosen, and write it where the library has something else.

    Returns the change in words, and whether the conflict was still there.
    """
    was_there = found.waiting.conflict.part == "lines"

    def chosen(path: str, conflict: PartConflict) -> Choice | None:
        nonlocal was_there
        if conflict_uid(path, conflict) != found.waiting.uid:
            return None
        was_there = True
        return choice

    def label(name: str) -> str:
        of = f" of {name}" if name else ""
        return f"conflict about {found.waiting.conflict.part}{of} ended"

    report = take_path(store, FileOfItem(found.folder, found.waiting.path), label, chosen)
    return report.label, was_there


def _find(store: Store, uid: str) -> OpenConflict:
    wanted = uid.strip().lower()
    every = waiting(store)
    found = [each for each in every if wanted and each.waiting.uid.startswith(wanted)]
    if len(found) != 1:
        known = ", ".join(each.waiting.uid for each in every[:8])
        raise UnknownThingError(f"conflict {uid!r}", hint=f"there are {known}" if known else "none waits")
    return found[0]
