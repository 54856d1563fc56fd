"""``import VAULT``: a vault becomes a library again, or is joined with the one that is there.

Into an empty home it brings everything back: items, notes, annotations, events (those taken back too),
lists and places in them. What somebody changed in the front matter (status, rating, page) becomes an
event of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from notes_tui.errors import UnreadableFileError
from notes_tui.formats import vault as layout
from notes_tui.model.dump import Dump, DumpedEvent, DumpedItem
from notes_tui.model.item import EventKind, Item
from notes_tui.model.reading_list import Problem
from notes_tui.model.report import ImportReport
from notes_tui.model.vault import HIDDEN_FOLDER, VaultEvent
from notes_tui.services.dump_importing import import_dump
from notes_tui.services.folders import Folder, NotUsableError
from notes_tui.services.sync_figures import import_figures
from notes_tui.services.vault_planning import profile_of_folder
from notes_tui.services.wording import count_of
from notes_tui.store import events, items
from notes_tui.store.database import Store

_KINDS: dict[str, EventKind] = {kind: kind for kind in get_args(EventKind)}
_MOST_CHARACTERS = 512 * 1024 * 1024
"""Text of a whole vault that is read at most."""
_LONGEST_CHAIN = 100
"""How often an event may have been taken back and brought back."""


class _DryRunError(Exception):
    """Ends a step that is not to be kept."""


def is_vault(path: str | Path) -> bool:
    """Whether a folder is a vault: it has an index and says so, or holds records."""
    folder = Path(path)
    return (folder / layout.SETTINGS).is_file() or (folder / layout.ITEM_RECORDS).is_file()


def import_vault(
    store: Store, path: str | Path, *, statuses: Sequence[str], dry_run: bool = False
) -> ImportReport:
    """Bring a vault in as one undo step; nothing is written to its folder.

    ``statuses`` are the read statuses that a file may name. Raises :class:`UnreadableFileError` where the
    folder is no vault.
    """
    if not is_vault(path):
        raise UnreadableFileError(f"{path}: it is not a vault", hint="`notes-tui export markdown` makes one")
    files, problems = _files(Path(path))
    content = layout.read(files)
    found = _leading_somewhere(content.events)
    uncounted = _uncounted(found)
    dump = _with_events(content.dump, found, uncounted)
    report = ImportReport()
    try:
        with store.step("") as step:
            report = import_dump(store, dump)
            _add_taken_back(store, found, uncounted)
            _take_edits_in(store, dump, statuses)
            problems += import_figures(store, Folder(Path(path)), content, is_trial=dry_run)
            report.problems = [*problems, *report.problems]
            report.refused = len(report.problems)
            step.label = report.label = f"{count_of(report.added, 'item')} added from {Path(path).name}"
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    return report


def _files(path: Path) -> tuple[dict[str, str], list[Problem]]:
    folder = Folder(path)
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    total = 0
    profile = profile_of_folder(folder)
    texts[layout.SETTINGS] = layout.settings_text(profile)
    for name in folder.files((".md", ".jsonl"), (HIDDEN_FOLDER,)):
        if profile.is_page(name):
            continue
        try:
            texts[name] = folder.read(name)
        except NotUsableError as error:
            problems.append(Problem(name, None, str(error)))
        total += len(texts.get(name, ""))
        if total > _MOST_CHARACTERS:
            raise UnreadableFileError(f"{path}: there is too much text in it", hint="import a part of it")
    return texts, problems


def _leading_somewhere(found: Sequence[VaultEvent]) -> list[VaultEvent]:
    """The events without retractions that take back nothing that is there, or each other in a circle."""
    by_uid = {event.uid: event for event in found}
    kept: list[VaultEvent] = []
    for event in found:
        above, steps = event, 0
        while above.retracts in by_uid and steps < _LONGEST_CHAIN:
            above, steps = by_uid[above.retracts], steps + 1
        if not above.retracts and (steps or event.kind in _KINDS):
            kept.append(event)
    return kept


def _uncounted(found: Sequence[VaultEvent]) -> set[str]:
    """The ids of events (retractions among them) that another one takes back."""
    taking_back: dict[str, list[str]] = {}
    for event in found:
        if event.retracts:
            taking_back.setdefault(event.retracts, []).append(event.uid)
    uncounted: set[str] = set()
    for event in sorted(found, key=lambda each: (each.recorded, each.uid), reverse=True):
        if any(uid not in uncounted for uid in taking_back.get(event.uid, ())):
            uncounted.add(event.uid)
    return uncounted


def _counts(event: VaultEvent, uncounted: set[str]) -> bool:
    return event.kind in _KINDS and event.uid not in uncounted


def _with_events(dump: Dump, found: Iterable[VaultEvent], uncounted: set[str]) -> Dump:
    """The library with the events that count on their items."""
    by_key = {
        key.lower(): each.item.citekey
        for each in dump.items
        for key in (*each.item.aliases, each.item.citekey)
    }
    hung: dict[str, list[DumpedEvent]] = {}
    for event in found:
        if _counts(event, uncounted):
            dumped = DumpedEvent(
                uid=event.uid, kind=_KINDS[event.kind], value=event.value, page=event.page, at=event.at,
                recorded=event.recorded, machine=event.machine,
            )  # fmt: skip
            hung.setdefault(by_key.get(event.citekey.lower(), ""), []).append(dumped)
    lost = (
        [Problem(HIDDEN_FOLDER, None, f"{count_of(len(hung['']), 'event')} of items without a file")]
        if "" in hung
        else []
    )
    with_events = tuple(replace(each, events=tuple(hung.get(each.item.citekey, ()))) for each in dump.items)
    return replace(dump, items=with_events, problems=(*dump.problems, *lost))


def _add_taken_back(store: Store, found: Sequence[VaultEvent], uncounted: set[str]) -> None:
    others = [event for event in found if not _counts(event, uncounted)]
    keys = {event.citekey for event in others}
    owners = {key: owner for key in keys if (owner := items.key_owner(store, key)) is not None}
    events.add_uncounted(store, others, owners, uncounted)


def _take_edits_in(store: Store, dump: Dump, statuses: Sequence[str]) -> None:
    """Make an event of each status, rating and page that a file gives otherwise than its events do."""
    for dumped in dump.items:
        edits = list(_edits(dumped, statuses))
        owner = items.key_owner(store, dumped.item.citekey) if edits else None
        if owner is not None:
            for kind, value, page in edits:
                events.append(store, [owner], kind, value, page=page)


def _edits(dumped: DumpedItem, statuses: Sequence[str]) -> Iterable[tuple[EventKind, str, int | None]]:
    item: Item = dumped.item
    ordered = sorted(dumped.events, key=lambda each: (each.at[:10], each.recorded, each.uid))
    status = next((each.value for each in reversed(ordered) if each.kind == "status"), "unread")
    if item.read_status != status and item.read_status in statuses:
        yield "status", item.read_status, None
    rating = next((each.value for each in reversed(ordered) if each.kind == "rating"), "0")
    if str(item.rating or 0) != rating and 0 <= (item.rating or 0) <= 5:
        yield "rating", str(item.rating or 0), None
    reached = (
        each.page
        for each in reversed(ordered)
        if each.kind in ("status", "progress") and each.page is not None
    )
    page = item.progress.page if item.progress else None
    if page is not None and page >= 1 and page != next(reached, None):
        yield "progress", "", page
