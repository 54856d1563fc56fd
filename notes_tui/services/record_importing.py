"""The records of a bibliography become items, with tags, statuses, ratings, notes, files and annotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from notes_tui.errors import InvalidValueError
from notes_tui.model.candidates import fit_key
from notes_tui.model.identity import split_short_name
from notes_tui.model.imported import Imported, ImportedItem
from notes_tui.model.item import Reference
from notes_tui.model.reading_list import Problem
from notes_tui.model.report import DoubtfulPair, ImportReport
from notes_tui.model.text import storable
from notes_tui.services import record_placing, writing
from notes_tui.services.joining import Joined, Joiner, free_key
from notes_tui.settings import ROLES, Role
from notes_tui.store import bulk, events, items, notes
from notes_tui.store.database import Store

Progress = Callable[[int, int], None]
"""Called with how many records are done, of how many."""


def import_records(
    store: Store, imported: Imported, report: ImportReport, *,
    folder: str, statuses: Sequence[str], progress: Progress | None = None, roles: Sequence[Role] = ROLES,
) -> list[int]:  # fmt: skip
    """Bring the records of a bibliography in, as part of the open step; returns the item of each.

    ``folder`` is where the file lies, for attached files that it names relatively; ``statuses`` are those
    that may be set, ``roles`` what colours of annotations stand for. Counts, problems and proposals go to the report.
    """
    joiner = Joiner(store, report, own_keys=True)
    arrived: list[Joined] = []
    for joined in joiner.join([_with_short_name(each.reference) for each in imported.items]):
        arrived.append(joined)
        if progress and len(arrived) % 100 == 0:
            progress(len(arrived), len(imported.items))
    _name_untitled(store, imported.items, arrived, joiner)
    changed = {joined.item_id for joined in arrived if joined.is_changed}
    changed |= _add_tags(store, imported, arrived, joiner, report)
    changed |= _add_statuses(store, imported, arrived, joiner, report, statuses)
    for record, joined in zip(imported.items, arrived, strict=True):
        if _add_keys_and_notes(store, record, joined, joiner, report):
            changed.add(joined.item_id)
    ids = [joined.item_id for joined in arrived]
    changed |= record_placing.attach(store, imported, ids, folder, report, new=joiner.added)
    changed |= record_placing.annotate(store, imported, ids, report, roles)
    _relate(store, imported.items, arrived)
    for joined in arrived:
        report.count(joined.is_new, joined.item_id in changed)
    record_placing.collect(store, imported, ids)
    return ids


def _with_short_name(reference: Reference) -> Reference:
    """The reference with the name its title begins with, as captured titles and lists give it."""
    name = "" if reference.title_short else split_short_name(reference.title)[0]
    return replace(reference, title_short=name) if name else reference


def _name_untitled(
    store: Store, records: Sequence[ImportedItem], arrived: Sequence[Joined], joiner: Joiner
) -> None:
    """Call new items by their identifiers where no record said their title, and key them by that."""
    for record, joined in zip(records, arrived, strict=True):
        if record.stand_in and joined.is_new and not joiner.item(joined.item_id).title:
            named = replace(joiner.item(joined.item_id), title=storable(record.stand_in), citekey="")
            columns = items.columns_of(named)
            key = free_key(named, items.TakenKeys(store))
            changed = {name: columns[name] for name in ("title", "title_key", "rest_key")}
            items.update(store, joined.item_id, changed | {"citekey": key})


def _add_tags(
    store: Store, imported: Imported, arrived: Sequence[Joined], joiner: Joiner, report: ImportReport
) -> set[int]:
    """Tags, and keywords an item did not come with before: taking such a tag off is not undone by the next import."""
    pairs: list[tuple[int, str]] = []
    clean = lru_cache(maxsize=None)(writing.clean_tag)
    for record, joined in zip(imported.items, arrived, strict=True):
        knows = not joined.is_new and joiner.knew_keywords(joined.item_id, record.reference)
        for tag in (*record.tags, *(() if knows else record.keywords)):
            try:
                pairs.append((joined.item_id, clean(tag.replace(",", " "))))
            except InvalidValueError as error:
                report.problems.append(Problem(imported.file, record.line, str(error)))
    return bulk.add_tags(store, pairs)


def _add_statuses(
    store: Store, imported: Imported, arrived: Sequence[Joined], joiner: Joiner,
    report: ImportReport, allowed: Sequence[str],
) -> set[int]:  # fmt: skip
    """Read statuses and ratings become events of items that have none of the kind yet."""
    wanted: dict[tuple[str, str], list[int]] = {}
    given: set[tuple[int, str]] = set()
    for record, joined in zip(imported.items, arrived, strict=True):
        status = record.read_status.lower()
        if status and status not in allowed:
            report.problems.append(
                Problem(imported.file, record.line, f"read status “{status}” is not known")
            )
            status = ""
        rating = str(record.rating) if record.rating else ""
        for kind, value in (("status", status), ("rating", rating)):
            item_id = joined.item_id
            if not value or value == "unread" or (item_id, kind) in given:
                continue
            given.add((item_id, kind))
            if item_id in joiner.added or not bulk.has_event(store, item_id, kind):
                wanted.setdefault((kind, value), []).append(item_id)
    for (kind, value), ids in wanted.items():
        events.append(store, ids, kind, value)
    return {item_id for ids in wanted.values() for item_id in ids}


def _add_keys_and_notes(
    store: Store, record: ImportedItem, joined: Joined, joiner: Joiner, report: ImportReport
) -> bool:
    changed = False
    for key in map(fit_key, record.aliases):
        if key and items.key_owner(store, key) is None:
            items.add_alias(store, joined.item_id, key)
            changed = True
    if not record.notes:
        return changed
    here = {note.title: note.body for note in notes.of_item(store, joined.item_id)}
    for note in record.notes:
        title, body = storable(note.title), storable(note.body)
        known = here.get(title)
        if known is None:
            notes.put(store, joined.item_id, title, body)
            changed = True
        elif " ".join(body.split()) not in " ".join(known.split()):
            citekey = joiner.item(joined.item_id).citekey
            report.proposals.append(
                DoubtfulPair(citekey, "", "its note differs from the imported one and was left as it is")
            )
    return changed


def _relate(store: Store, records: Sequence[ImportedItem], arrived: Sequence[Joined]) -> None:
    if not any(record.reference.related or record.linked for record in records):
        return
    keys: dict[str, int] = {}
    for record, joined in zip(records, arrived, strict=True):
        keys.setdefault(record.reference.citekey, joined.item_id)
    for record, joined in zip(records, arrived, strict=True):
        others = [keys.get(key) or items.key_owner(store, key) for key in record.reference.related]
        for other in (*others, *(arrived[place].item_id for place in record.linked)):
            if other is not None:
                items.link(store, joined.item_id, other)
