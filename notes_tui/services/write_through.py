"""A saved note goes to its file at once, where nobody changed the file meanwhile.

Only the one file is looked at, however many the vault has. What cannot be written now (the file was changed
outside, a conflict waits in it, the disk is full) is left to the next sync: the library has the note already.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from notes_tui.errors import NotesError
from notes_tui.formats import vault as layout
from notes_tui.model.export_report import ExportReport
from notes_tui.model.text import storable
from notes_tui.model.vault import VaultText, WrittenFile
from notes_tui.model.whole_text import body_of, with_body
from notes_tui.services.folders import Folder, NotUsableError
from notes_tui.services.vault import carry_out
from notes_tui.services.vault_figures import plan_figures
from notes_tui.services.vault_planning import PlannedWrite, VaultPlan
from notes_tui.services.work_trees import has_remote
from notes_tui.store import dumping, notes
from notes_tui.store import vault as bases
from notes_tui.store.database import Store


def write_item(store: Store, item_id: int) -> None:
    """Write the files of an item and its notes in each vault that was synced, as far as they are as they were left.

    What goes wrong is put among the store's notices: it never makes a save fail. Writing is no undo step; after
    an undo the next sync writes the older words again.
    """
    files = bases.files_of_item(store, item_id)
    for vault, folder, row in files:
        own = {each.note: each.path for other, _, each in files if other == vault and each.kind == "note"}
        try:
            _write(store, vault, Path(folder), row, own)
        except NotUsableError as error:
            store.notices.append(f"{folder}/{row.path} was not written ({error}); the note itself is saved")
        except NotesError as error:
            store.notices.append(
                f"the file of the note was not written ({error.detail}); the note itself is saved"
            )


def _write(store: Store, vault: int, root: Path, row: WrittenFile, own: Mapping[str, str]) -> None:
    """Write one file; ``own`` are notes of its item that are files of their own, by title."""
    if not root.is_dir() or row.kind not in ("item", "note"):
        return
    folder = Folder(root)
    if not _is_as_left(folder, row):
        return
    texts = _texts(store, vault, root, row, own)
    writes = (
        _of_note(store, folder, row, texts)
        if row.kind == "note"
        else _of_item(store, vault, folder, row, texts)
    )
    if not writes:
        return
    plan = VaultPlan(
        ExportReport(path=str(root)), folder, vault, {each.made.citekey: row.item_id or 0 for each in writes},
        writes=writes, profile=bases.profile_of(store, vault),
    )  # fmt: skip
    plan_figures(store, plan, with_private=not has_remote(root), only=[row.item_id or 0])
    for problem in carry_out(store, plan).problems:
        raise NotUsableError(problem.message)


def _of_item(
    store: Store, vault: int, folder: Folder, row: WrittenFile, texts: Sequence[VaultText]
) -> list[PlannedWrite]:
    made = next((each for each in texts if each.kind == "item"), None)
    if made is None or made.text == row.base:
        return []
    before = folder.read(row.path)
    merged = layout.merge_documents(row.base, made.text, before)
    records = _records(store, vault, folder, made.citekey, texts)
    if merged.conflicts or merged.text == before or records is None:
        return []
    return [PlannedWrite(merged.text, made, over=True), *records]


def _of_note(
    store: Store, folder: Folder, row: WrittenFile, texts: Sequence[VaultText]
) -> list[PlannedWrite]:
    """A file that is a note as a whole; nothing where the item or the note is kept out of the vault."""
    made = next((each for each in texts if each.kind == "item"), None)
    note = next((each for each in notes.of_item(store, row.item_id or 0) if each.title == row.note), None)
    if made is None or note is None or (note.private and has_remote(folder.root)):
        return []
    text = folder.read(row.path)
    before, here = body_of(row.base)[1], body_of(text)[1]
    if here != before or note.body == storable(before):
        return []
    written = with_body(text, note.body)
    return [PlannedWrite(written, VaultText(row.path, "note", written, made.citekey, row.note), over=True)]


def _is_as_left(folder: Folder, row: WrittenFile) -> bool:
    state = folder.look(row.path)
    return state is not None and (state.size, state.mtime_ns) == (row.size, row.mtime_ns)


def _texts(store: Store, vault: int, root: Path, row: WrittenFile, own: Mapping[str, str]) -> list[VaultText]:
    """The item as the library would have it in the vault; nothing private where that is shared."""
    dump = dumping.whole_library(store, [row.item_id or 0])
    with_private = not has_remote(root)
    keys = [each.item.citekey for each in dump.items]
    selection = layout.Selection(
        with_private=with_private,
        places=dict.fromkeys(keys, row.path) if row.kind == "item" else {},
        secret=() if with_private else bases.private_keys(store),
        profile=layout.PROFILES.get(bases.profile_of(store, vault), layout.PLAIN),
        own_files=dict.fromkeys(keys, own),
    )
    return list(layout.item_texts(dump, selection))


def _records(
    store: Store, vault: int, folder: Folder, citekey: str, texts: Iterable[VaultText]
) -> list[PlannedWrite] | None:
    """The files of records in which something of the item is no longer as it was written.

    ``None`` where one of them was changed outside: what the item's file would say is not complete without it.
    """
    made = {each.path: each.text for each in texts if each.kind == "records"}
    known = f'"citekey": {json.dumps(citekey, ensure_ascii=False)}'
    writes: list[PlannedWrite] = []
    for path in layout.KEYS:
        row = bases.written_file(store, vault, path)
        base = row.base if row else ""
        own = [line for line in base.split("\n") if known in line]
        if own == made.get(path, "").split("\n")[:-1]:
            continue
        if not _is_as_left(folder, row) if row else folder.look(path) is not None:
            return None
        library, text = (
            layout.merge_records(path, "\n".join(own), made.get(path, ""), side)
            for side in (base, folder.read(path) if row else "")
        )
        writes.append(PlannedWrite(text, VaultText(path, "records", library), over=row is not None))
    return writes
