"""Markdown of an adopted folder that is on no single paper: topic pages, tables of contents, diaries.

It comes in as titled notes of one item that stands for the folder, so that every word of the folder is found and
can be edited. A note that names a paper of the library by its title is on that paper, though nothing else in it says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from notes_tui.formats.notes_folder import read_head
from notes_tui.model.adoption import FoundFile, FoundNote, FoundPaper, Guess, Skipped
from notes_tui.model.item import Reference
from notes_tui.model.text import storable
from notes_tui.model.vault import WrittenFile
from notes_tui.model.whole_text import body_of
from notes_tui.services.adopting_reading import FolderContent
from notes_tui.services.joining import free_key
from notes_tui.services.writing import note_title
from notes_tui.store import dumping, items, lookup, notes
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

_SETTING = "folder_item"
_KIND = "document"


def with_known_papers(store: Store, content: FolderContent, vault: int | None) -> FolderContent:
    """What a folder holds, with skipped notes that bear the title of a paper of the library among the papers.

    Those that were kept as notes of the folder stay so.
    """
    found: dict[str, FoundPaper] = {}
    mine = folder_item(store, vault)
    rows = bases.written_files(store, vault).values() if vault is not None and mine is not None else ()
    kept = {row.path for row in rows if row.item_id == mine}
    for skipped in content.reading.skipped:
        if skipped.path in kept:
            continue
        file = content.files.get(skipped.path)
        paper = (
            _known_paper(store, file)
            if file and file.text and skipped.path not in content.reading.lists
            else None
        )
        if paper:
            found[skipped.path] = paper
    if not found:
        return content
    reading = content.reading
    left = tuple(each for each in reading.skipped if each.path not in found)
    papers = tuple(sorted((*reading.papers, *found.values()), key=lambda each: each.topic))
    return replace(content, reading=replace(reading, papers=papers, skipped=left))


def _known_paper(store: Store, file: FoundFile) -> FoundPaper | None:
    head = read_head(file.text or "", file.path)
    if not head.title or " " not in head.title.strip():
        return None
    reference = Reference(title=head.title, title_short=head.title_short, doi=head.doi, arxiv=head.arxiv)
    if lookup.same_work(store, reference) is None:
        return None
    body = body_of(file.text or "")[1]
    return FoundPaper(
        path=file.path, reference=reference, topic=tuple(file.path.split("/")[:-1]),
        notes=(FoundNote(file, "", body),), front=head.front,
        guesses=(Guess("title", head.title, "it is the title of a paper of the library", "certain"),),
    )  # fmt: skip


@dataclass(slots=True)
class KeptProse:
    """What keeping the rest of a folder's Markdown did."""

    written: list[WrittenFile] = field(default_factory=list)
    changed: int = 0
    """Notes that came in or changed."""


def keep_prose(
    store: Store, vault: int, name: str, files: Mapping[str, FoundFile], skipped: Sequence[Skipped],
    known: Mapping[str, WrittenFile],
) -> KeptProse:  # fmt: skip
    """Take the skipped Markdown of a folder in, as notes of its own item, inside the open step."""
    kept = KeptProse()
    prose = [file for each in skipped if (file := files.get(each.path)) and file.is_utf8 and _has_words(file)]
    mine = folder_item(store, vault)
    if not prose or (mine is not None and items.by_id(store, mine).trashed):
        return kept
    item_id = mine if mine is not None else _made(store, vault, name)
    here = {each.title: each.body for each in notes.of_item(store, item_id)}
    for file in prose:
        row = known.get(file.path)
        if row is not None and row.item_id != item_id:
            continue
        body, text = storable(body_of(file.text or "")[1]), file.text or ""
        title = row.note if row else _free(here, note_title(file.path.removesuffix(".md")))
        if row and text != row.base and here.get(title, "") not in (storable(body_of(row.base)[1]), body):
            continue
        if here.get(title) != body and not (row and text == row.base):
            notes.put(store, item_id, title, body)
            here[title] = body
            kept.changed += 1
        if row is None or text != row.base:
            kept.written.append(
                WrittenFile(
                    path=file.path, kind="note", item_id=item_id, note=title, base=text, size=file.size,
                    mtime_ns=file.mtime_ns,
                )
            )  # fmt: skip
    return kept


def _has_words(file: FoundFile) -> bool:
    return bool(file.text and body_of(file.text)[1].strip())


def folder_item(store: Store, vault: int | None) -> int | None:
    """The item that stands for an adopted folder, where it has one."""
    uid = bases.settings_of(store, vault).get(_SETTING) if vault is not None else None
    return dumping.item_of_uid(store, uid) if isinstance(uid, str) else None


def _made(store: Store, vault: int, name: str) -> int:
    reference = Reference(type=_KIND, title=f"{name} (folder of notes)", title_short="")
    key = free_key(reference, items.TakenKeys(store))
    item_id = items.insert(store, replace(reference, citekey=key))
    uid = dumping.item_row(store, item_id)["uid"]
    bases.set_settings(store, vault, bases.settings_of(store, vault) | {_SETTING: uid})
    return item_id


def _free(here: Collection[str], wanted: str) -> str:
    title, number = wanted, 1
    while title in here:
        number += 1
        title = f"{wanted} ({number})"
    return title


def without_folder(rows: Mapping[str, WrittenFile], item_id: int | None) -> dict[str, WrittenFile]:
    """The notes of papers among the notes of a folder."""
    return {path: row for path, row in rows.items() if item_id is None or row.item_id != item_id}


def drop_of_papers(
    store: Store, item_id: int | None, rows: Iterable[WrittenFile], paths: Collection[str]
) -> None:
    """Notes of the folder whose files turned out to be on a paper are that paper's now."""
    for row in rows:
        is_mine = item_id is not None and row.item_id == item_id and row.path in paths
        if is_mine and notes.body(store, row.item_id or 0, row.note) == storable(body_of(row.base)[1]):
            notes.remove(store, row.item_id or 0, row.note)
