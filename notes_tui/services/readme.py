"""``export readme``: the library, or a part of it, as one Markdown list that can be put on show.

The file is its owner's: words put into it stay, as in a vault. Nothing private is in it unless asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from notes_tui.errors import UnwritableFileError
from notes_tui.formats import list_markdown, vault
from notes_tui.model.export_report import ExportReport, FileConflict
from notes_tui.model.item import ItemDetail
from notes_tui.model.outline import outlines, unlisted
from notes_tui.model.vault import WrittenFile
from notes_tui.services.folders import Folder, NotUsableError
from notes_tui.settings import DONE_STATUSES
from notes_tui.store import collections, items
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

_PROFILE = "readme"


def readme_text(
    store: Store,
    item_ids: Sequence[int] | None = None,
    *,
    include_private: bool = False,
    done: Collection[str] = DONE_STATUSES,
) -> str:
    """The list of these items (or of all) as Markdown.

    Items that all stand in one collection make that list; else each collection is a section.
    """
    chosen = list(bases.live_ids(store).values()) if item_ids is None else item_ids
    details = [each for each in items.details(store, chosen) if include_private or not each.item.private]
    found = [each.item for each in details]
    headers = [each for each in collections.all_collections(store) if not each.hidden]
    lists = [each for each in outlines(headers, found) if each.entries]
    whole = next(
        (each for each in lists if len({entry.item.citekey for entry in each.entries}) == len(found)), None
    )
    lists = [whole] if whole else lists
    remarks = {each.item.citekey: words for each in details if (words := _remark(each, include_private))}
    title = whole.header.title if whole else "Reading list"
    return list_markdown.write(title, lists, unlisted(found, lists), remarks=remarks, done=done)


def _remark(detail: ItemDetail, include_private: bool) -> str:
    """The first line with words of the main note, without its Markdown at the beginning."""
    note = next((each for each in detail.notes if not each.title), None)
    if note is None or (note.private and not include_private):
        return ""
    lines = (line.strip().lstrip("#>-*+ ").strip() for line in note.body.split("\n"))
    return next((line for line in lines if any(map(str.isalnum, line))), "")


def export_readme(
    store: Store,
    dest: str | Path,
    item_ids: Sequence[int] | None = None,
    *,
    include_private: bool = False,
    done: Collection[str] = DONE_STATUSES,
) -> ExportReport:
    """Write the list to a file. One that the program wrote is brought up to date around its owner's words.

    Raises :class:`UnwritableFileError` for a file that is not the program's.
    """
    place = Path(dest).expanduser()
    text = readme_text(store, item_ids, include_private=include_private, done=done)
    folder = Folder(place.parent)
    report = ExportReport(path=str(place))
    try:
        _bring_up_to_date(store, folder, place.name, text, report)
    except NotUsableError as error:
        raise UnwritableFileError(f"{place}: {error}", hint="name another file") from error
    return report


def _bring_up_to_date(store: Store, folder: Folder, name: str, text: str, report: ExportReport) -> None:
    address = str(Path(folder.real) / name)
    known = bases.vault_id(store, address)
    row = bases.written_files(store, known).get(name) if known else None
    state = folder.state(name)
    merged = text
    if state is not None:
        before = folder.read(name)
        if row is None and before != text:
            raise NotUsableError("it was there before and is not the program's")
        result = vault.merge_documents(row.base if row else text, text, before)
        if result.conflicts:
            report.conflicts.append(FileConflict(name, result.conflicts))
            return
        merged = result.text
        report.unchanged = int(merged == before)
    if not report.unchanged:
        (report.new if state is None else report.changed).append(name)
        state = folder.write(name, merged, over=state is not None)
    if state is not None and (row is None or row.base != text):
        with store.transaction():
            written = WrittenFile(
                path=name, kind="page", item_id=None, base=text, size=state.size, mtime_ns=state.mtime_ns
            )
            bases.remember_files(store, bases.bind(store, address, _PROFILE, known), [written])
