"""Files that appeared in a vault and name no item: new papers, notes on known ones, copies a synced folder made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notes_tui.formats.vault import ItemFile, Profile, Reader, citekey_in
from notes_tui.model.item import Reference
from notes_tui.model.item_merging import Choice, PartConflict, merge_items
from notes_tui.model.reading_list import Problem
from notes_tui.model.sync_report import SyncReport
from notes_tui.model.text import storable
from notes_tui.model.vault import FileKind, WrittenFile
from notes_tui.model.whole_text import body_of
from notes_tui.services.clouds import is_conflicted_copy
from notes_tui.services.sync_applying import Applier
from notes_tui.services.sync_sides import Copy, library_sides, without_unread
from notes_tui.services.vault_files import VaultFiles
from notes_tui.services.writing import note_title
from notes_tui.store import lookup, notes
from notes_tui.store import vault as bases
from notes_tui.store.database import Store


def original_of(path: str) -> str | None:
    """The file that a file of this name is a copy of, where a synced folder names copies so."""
    folder, slash, name = path.rpartition("/")
    original = is_conflicted_copy(name)
    return f"{folder}{slash}{original}" if original else None


def new_papers(files: VaultFiles, reader: Reader, paths: Iterable[str]) -> dict[str, ItemFile]:
    """Files without a citekey, where the files of items are made: each is about a paper of its own."""
    found: dict[str, ItemFile] = {}
    for path in paths:
        text = files.text(path)
        said = reader.new_item(path, text, _reference_of(path, text)) if text is not None else None
        if said is not None:
            found[path] = said
    return found


def is_for_papers(path: str, profile: Profile) -> bool:
    """Whether a new file stands where the files of items are made."""
    return profile.is_for_papers(path)


def _reference_of(path: str, text: str) -> Reference:
    """What a note says of its paper; its file's name where it says no title."""
    from notes_tui.formats.notes_folder import read_head

    head = read_head(text, path)
    return Reference(
        title=head.title or _named(path), title_short=head.title_short,
        creators=head.creators, venue=head.venue, year=head.year, doi=head.doi, arxiv=head.arxiv, links=head.links,
    )  # fmt: skip


def _named(path: str) -> str:
    """What a file is called: as its folder is, where it is the ``README.md`` of that."""
    folders, _, name = path.rpartition("/")
    named = folders.rpartition("/")[2] if name == "README.md" else ""
    return named or name.removesuffix(".md")


def bind_notes(
    store: Store, files: VaultFiles, paths: Iterable[str]
) -> tuple[list[tuple[str, int]], list[str]]:
    """Let files that are notes on known papers be titled notes of these.

    Returns path and item of each, and the paths of those that say no paper that is here: they are left alone.
    """
    wanted = list(paths)
    bound: list[tuple[str, int]] = []
    rows: list[WrittenFile] = []
    for path in wanted:
        text = files.text(path)
        reference = _reference_of(path, text or "")
        item_id = lookup.same_work(store, reference) if text else None
        if text is None or item_id is None:
            continue
        title = _free_title(store, item_id, path.rpartition("/")[2].removesuffix(".md"))
        notes.put(store, item_id, title, storable(body_of(text)[1]))
        state = files.present[path]
        rows.append(
            WrittenFile(
                path=path, kind="note", item_id=item_id, note=title, base=text, size=state.size,
                mtime_ns=state.mtime_ns,
            )
        )  # fmt: skip
        bound.append((path, item_id))
    taken = {path for path, _ in bound}
    left = [path for path in wanted if path not in taken]
    rows += [_row(files, path, "other", None) for path in left]
    bases.remember_files(store, files.vault, rows)
    files.add_rows(rows)
    return bound, left


def _free_title(store: Store, item_id: int, wanted: str) -> str:
    title, number = note_title(wanted), 1
    while notes.body(store, item_id, title) is not None:
        number += 1
        title = f"{note_title(wanted)} ({number})"
    return title


def merge_copies(
    store: Store,
    files: VaultFiles,
    then: Reader,
    copies: Sequence[Copy],
    report: SyncReport,
    *,
    with_private: bool,
) -> None:
    """Join what copies say with what the library says; where lines contradict each other both are kept.

    The copies are left where they are; an unchanged one is not looked at again.
    """
    rows: list[WrittenFile] = []
    for copy in copies:
        row = copy.original
        item_id = row.item_id or 0
        before = then.item(row.path, row.base, known_as=citekey_in(row.base))
        ours = library_sides(store, files, {item_id: row.path}, with_private=with_private).get(item_id)
        if before is None or ours is None:
            continue
        said = without_unread(copy.said, before.item)
        merged = merge_items(before.item, ours.item, said, copy.said.renamed, _both_of_texts)

        def refuse(_: str, message: str, path: str = copy.path) -> None:
            report.problems.append(Problem(path, None, message))

        Applier(store, item_id, refuse).apply(ours.item, merged.ours, copy.said.renamed)
        for each in merged.conflicts:
            refuse(each.part, f"{each.part} says {each.theirs!r} here; the library keeps {each.mine!r}")
        rows.append(_row(files, copy.path, "copy", item_id))
        report.copies.append(copy.path)
    bases.remember_files(store, files.vault, rows)


def _both_of_texts(conflict: PartConflict) -> Choice | None:
    is_text = conflict.part.startswith("note") or conflict.part.endswith((" quote", " comment"))
    return Choice("both") if is_text else None


def _row(files: VaultFiles, path: str, kind: FileKind, item_id: int | None) -> WrittenFile:
    state = files.present[path]
    return WrittenFile(
        path=path, kind=kind, item_id=item_id, base=files.text(path) or "" if kind == "copy" else "",
        size=state.size, mtime_ns=state.mtime_ns,
    )  # fmt: skip
