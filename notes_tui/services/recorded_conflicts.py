"""Conflicts between two machines, as a merge of their vaults recorded them: read, and ended by choosing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notes_tui.errors import UnknownThingError
from notes_tui.model.item_merging import Choice, PartConflict
from notes_tui.model.merge import Conflict
from notes_tui.model.sync_report import Waiting
from notes_tui.model.vault import HIDDEN_FOLDER
from notes_tui.services.folders import Folder, NotUsableError
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

if TYPE_CHECKING:
    from notes_tui.services.git import ConflictRecord

PART = "lines"


def has_records(root: Path) -> bool:
    """Whether there may be any record in a vault, told without reading one."""
    return (root / HIDDEN_FOLDER / "conflicts").is_dir()


def recorded(store: Store, vault: int, root: Path) -> list[tuple[Waiting, ConflictRecord]]:
    """The records in a vault, each as a conflict: mine is the version that stands in the file."""
    if not has_records(root):
        return []
    from notes_tui.services.git import is_record, read_record

    folder = Folder(root)
    keys = dict(bases.citekeys_of_files(store, vault))
    found = []
    for path in folder.files((".json",), (HIDDEN_FOLDER,)):
        record = read_record(path, _text(folder, path)) if is_record(path) else None
        if record is not None:
            found.append(
                (_waiting(record, _lines(_text(folder, record.path)), keys.get(record.path, "")), record)
            )
    return sorted(found, key=lambda pair: (pair[0].path, pair[0].conflict.line, pair[0].uid))


def _text(folder: Folder, path: str) -> str:
    try:
        return folder.read(path) if folder.state(path) else ""
    except NotUsableError:
        return ""


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


def _waiting(record: ConflictRecord, lines: Sequence[str], citekey: str) -> Waiting:
    standing = [each for each in record.versions if each and _place(lines, each) is not None]
    mine = max(standing, key=len, default=record.versions[0])
    others = [each for each in record.versions if each != mine]
    line = (_place(lines, mine) or 0) + 1
    sides = ("\n".join(each) for each in (record.base, mine, others[0] if others else mine))
    return Waiting(record.id, record.path, citekey, PartConflict(PART, line, *sides))


def _place(lines: Sequence[str], block: Sequence[str]) -> int | None:
    size = len(block)
    return next(
        (at for at in range(len(lines) - size + 1) if tuple(lines[at : at + size]) == tuple(block)), None
    )


def settle(root: Path, waiting: Waiting, choice: Choice) -> bool:
    """Put what was chosen into the file and delete the record; says whether the file changed.

    Raises :class:`UnknownThingError` where the lines do not stand in the file any more.
    """
    folder = Folder(root)
    each = waiting.conflict
    mine, theirs = (tuple(side.split("\n")) if side else () for side in (each.mine, each.theirs))
    chosen = tuple(choice.lines(Conflict(each.line, (), mine, theirs)))
    changed = chosen != mine
    if changed:
        text = _text(folder, waiting.path)
        at = _place(_lines(text), mine) if mine else None
        if at is None:
            raise UnknownThingError(
                f"lines of {waiting.path}",
                hint="they were changed meanwhile: edit the file, then choose --mine",
            )
        lines = text.split("\n")
        returns = "\r" if lines[at].endswith("\r") else ""
        lines[at : at + len(mine)] = [line + returns for line in chosen]
        folder.write(waiting.path, "\n".join(lines), over=True)
    folder.remove(f"{HIDDEN_FOLDER}/conflicts/{waiting.uid}.json")
    return changed
