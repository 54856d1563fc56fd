"""The files under ``.notes-tui/``: what a library needs and nobody wants to read, one JSON record a line.

Records are sorted and hold only what the Markdown files do not say, so that they seldom change. Events
are only ever added; a file of them belongs to the machine that recorded them.
"""

from __future__ import annotations

import json
from bisect import insort
from collections.abc import Callable, Collection, Iterable, Mapping

from notes_tui.formats.vault import annotation_lines as marked
from notes_tui.model.dump import DumpedAnnotation, DumpedCollection, DumpedItem
from notes_tui.model.filenames import safe_stem
from notes_tui.model.item import Note
from notes_tui.model.merge import merge_sets
from notes_tui.model.outline import Outline
from notes_tui.model.reading_list import Problem
from notes_tui.model.vault import HIDDEN_FOLDER, VaultEvent

Record = dict[str, object]

SETTINGS = f"{HIDDEN_FOLDER}/vault.json"
ITEMS = f"{HIDDEN_FOLDER}/items.jsonl"
NOTES = f"{HIDDEN_FOLDER}/notes.jsonl"
ANNOTATIONS = f"{HIDDEN_FOLDER}/annotations.jsonl"
VIEWS = f"{HIDDEN_FOLDER}/views.jsonl"
COLLECTIONS = f"{HIDDEN_FOLDER}/collections"
EVENTS = f"{HIDDEN_FOLDER}/events"
ATTRIBUTES = f"{HIDDEN_FOLDER}/.gitattributes"

KEYS: Mapping[str, tuple[str, ...]] = {
    ITEMS: ("citekey",),
    NOTES: ("citekey", "title"),
    ANNOTATIONS: ("citekey", "id"),
}
"""The fields that tell the records of a file apart."""


def to_text(records: Iterable[Mapping[str, object]]) -> str:
    """One record a line; empty values are left out."""
    return "".join([_ENCODED(_filled(record)) + "\n" for record in records])


_ENCODED = json.JSONEncoder(ensure_ascii=False).encode


def sorted_text(path: str, records: Iterable[Record]) -> str:
    """The records of a file whose records have keys, in the order of these."""
    return to_text(sorted(records, key=lambda record: _key(path, record)))


def _key(path: str, record: Mapping[str, object]) -> tuple[str, ...]:
    names = ("recorded", "uid") if path.startswith(f"{EVENTS}/") else KEYS[path]
    return tuple(str(record.get(name, "")) for name in names)


def _filled(record: Mapping[str, object]) -> Record:
    return {
        name: value
        for name, value in record.items()
        if value or (value is not None and value is not False and value not in ("", [], {}))
    }


def item_record(dumped: DumpedItem, file: str) -> Record:
    """What an item's file does not say of it."""
    attachments: list[Record] = [
        {
            "name": each.path, "kind": each.kind, "title": each.title, "sha256": each.sha256,
            **({"link": each.link} if each.link else {}),
        }
        for each in dumped.item.attachments
    ]  # fmt: skip
    progress = dumped.item.progress
    return {
        "citekey": dumped.item.citekey, "file": file, "uid": dumped.uid,
        "pages": None if progress and progress.pages == dumped.pages else dumped.pages,
        "locked": list(dumped.locked), "queue_place": dumped.queue_place,
        "relations": {key: kind for key, kind in dumped.relations if kind != "related"},
        "attachments": attachments,
    }  # fmt: skip


def note_record(citekey: str, note: Note, mark: str, file: str = "") -> Record:
    """What a note's text does not say of it; ``bare`` says that its text ends without a line end.

    ``file`` is the file that the note is as a whole, where it does not stand in that of its item.
    """
    return {
        "citekey": citekey, "title": note.title, "file": file, "mark": "" if file else mark,
        "created": note.created, "private": note.private, "bare": not file and not note.body.endswith("\n"),
    }  # fmt: skip


def annotation_record(citekey: str, dumped: DumpedAnnotation) -> Record:
    """What an annotation's lines do not say of it; ``exact`` where they cannot."""
    annotation = dumped.annotation
    exact: Record = {}
    if not marked.is_readable(annotation):
        exact = {name: getattr(annotation, name) for name in marked.WRITTEN}
    source = "" if annotation.source == "manual" else annotation.source
    return {
        "citekey": citekey, "id": annotation.id, "created": annotation.created, "source": source,
        "color": annotation.color, "extra": dict(dumped.extra), "exact": exact,
    }  # fmt: skip


def collection_records(outline: Outline, header: DumpedCollection, place: int) -> Iterable[Record]:
    """The header of a collection, then its entries in order."""
    yield {
        "slug": header.slug, "title": header.title, "place": place, "description": header.description,
        "source": header.source, "kind": header.kind, "hidden": header.hidden,
        "sections": [list(path) for path in header.sections], "extra": dict(header.extra), "created": header.created,
    }  # fmt: skip
    for each in sorted(outline.entries, key=lambda each: each.entry.position):
        yield {
            "citekey": each.item.citekey, "section": list(each.entry.section), "title": each.entry.title,
            "text": each.entry.text, "fields": dict(each.entry.fields),
        }  # fmt: skip


def events_path(machine: str) -> str:
    """The file of the events that a machine recorded."""
    return f"{EVENTS}/{safe_stem(machine)}.jsonl"


def event_record(event: VaultEvent) -> Record:
    """An event; the machine stands in the name of its file where that can hold it."""
    return {
        "recorded": event.recorded, "uid": event.uid, "citekey": event.citekey, "kind": event.kind,
        "value": event.value, "page": event.page, "at": event.at, "retracts": event.retracts,
        "machine": event.machine if safe_stem(event.machine) != event.machine else "",
    }  # fmt: skip


def events_text(events: Iterable[VaultEvent]) -> str:
    """The events of one machine in the order they were recorded."""
    return to_text(map(event_record, sorted(events, key=lambda each: (each.recorded, each.uid))))


def with_records(path: str, text: str, new: str, citekeys: Collection[str]) -> str:
    """A file whose records have keys, with new ones about some items in the place of those it has."""
    gone = {*lines_about(text, citekeys).split("\n")}
    lines = [line for line in text.split("\n") if line and line not in gone]
    for line in filter(None, new.split("\n")):
        insort(lines, line, key=lambda each: _key(path, _parsed(each) or {}))
    return "".join(f"{line}\n" for line in lines)


def with_events(path: str, text: str, events: Iterable[VaultEvent]) -> str:
    """A file of events with those of these that are missing in it."""
    known = {*text.split("\n")}
    new = [line for line in events_text(events).split("\n") if line not in known]
    if not new:
        return text
    whole = text + "".join(f"{line}\n" for line in new)
    # Lines begin with the time they were recorded at: mostly these are the last.
    return whole if new[0] > text[text.rfind("\n", 0, -1) + 1 :] else merge(path, "", whole, text)


def read(path: str, text: str) -> tuple[list[Record], list[Problem]]:
    """The records of a file, and the lines that hold none."""
    records: list[Record] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        record = _parsed(line)
        if record is None:
            problems.append(Problem(path, number, "this line holds no record and was left out"))
        else:
            records.append(record)
    return records, problems


def _parsed(line: str) -> Record | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def merge(path: str, base: str, ours: str, theirs: str) -> str:
    """What both sides made of a file of records; it never has a conflict.

    Records are matched by their keys. A field that both changed takes the library's value; events of either
    side stay. The order is the one such a file always has.
    """
    if ours in (base, theirs):
        return theirs
    if path in KEYS:
        return _merged_by_key(path, base, ours, theirs)
    if path.startswith(f"{EVENTS}/"):
        return _merged_by_key(path, "", ours, theirs)
    sides = [side.split("\n") for side in (base, ours, theirs)]
    if not path.startswith(f"{COLLECTIONS}/"):
        return "\n".join(merge_sets(*sides))
    header = _merged_fields(*(_parsed(lines[0]) or {} for lines in sides))
    return to_text([header]) + "\n".join(merge_sets(*(lines[1:] for lines in sides)))


def join_records(path: str, base: str, ours: str, theirs: str, without: Collection[str]) -> str:
    """The records of a file whose records have keys: all of ours, and those of theirs that are new.

    ``without`` names items (by citekey) whose records stay away: their files are gone.
    """
    old, mine, current = (
        {_key(path, each): each for each in read(path, side)[0]} for side in (base, ours, theirs)
    )
    kept = [record for key, record in mine.items() if str(record.get("citekey", "")) not in without]
    new = [record for key, record in current.items() if key not in mine and key not in old]
    return sorted_text(path, [*kept, *new])


def _merged_by_key(path: str, base: str, ours: str, theirs: str) -> str:
    old, mine, current = (
        {_key(path, each): each for each in read(path, side)[0]} for side in (base, ours, theirs)
    )
    kept: list[Record] = []
    for key in {*mine, *current}:
        if key in mine and key in current:
            kept.append(_merged_fields(old.get(key, {}), mine[key], current[key]))
        elif key not in old:
            kept.append(mine.get(key) or current[key])
    return sorted_text(path, kept)


def _merged_fields(old: Record, mine: Record, current: Record) -> Record:
    """Both sides' fields; of two ids that an item got on two machines the smaller counts, whoever has it."""
    merged = {
        name: current.get(name) if mine.get(name) == old.get(name) else mine.get(name)
        for name in dict.fromkeys([*mine, *current])
    }
    uids = {str(uid) for side in (mine, current) if (uid := side.get("uid")) and uid != old.get("uid")}
    return merged | ({"uid": min(uids)} if len(uids) > 1 else {})


def read_events(path: str, text: str) -> tuple[list[VaultEvent], list[Problem]]:
    """The events in a file of them, and the lines that hold none."""
    machine = path.removeprefix(f"{EVENTS}/").removesuffix(".jsonl")
    found, problems = read(path, text)
    events: list[VaultEvent] = []
    for record in found:
        event = read_event(record, machine)
        if event is None:
            problems.append(Problem(path, None, f"event {record.get('uid')!r} is incomplete"))
        else:
            events.append(event)
    return events, problems


def lines_about(text: str, citekeys: Collection[str]) -> str:
    """The lines of records that are about these items."""
    found: list[tuple[int, str]] = []
    for citekey in citekeys:
        needle = f'{{"citekey": {json.dumps(citekey, ensure_ascii=False)}'
        at = text.find(needle)
        while at >= 0:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if not at or text[at - 1] == "\n":
                found.append((at, text[at:end]))
            at = text.find(needle, end)
    return "\n".join(line for _, line in sorted(found))


def citekeys_of_records(lines: Iterable[str]) -> set[str]:
    """The items that lines of records are about."""
    found = (_parsed(line) for line in lines if line.strip())
    return {str(record["citekey"]) for record in found if record and "citekey" in record}


def files_of_records(text: str) -> dict[str, str]:
    """Where the files of items are, by the ids that items have everywhere."""
    said = ((each.get("uid"), each.get("file")) for each in read(ITEMS, text)[0])
    return {uid: file for uid, file in said if isinstance(uid, str) and isinstance(file, str) and uid}


def with_citekeys(text: str, current: Callable[[str], str]) -> str:
    """Records whose citekeys are those that items have now; lines that need no change stay byte for byte."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        record = _parsed(line) if '"citekey"' in line else None
        said = record.get("citekey") if record else None
        if record and isinstance(said, str) and current(said) != said:
            lines[at] = to_text([record | {"citekey": current(said)}])[:-1]
    return "\n".join(lines)


def read_event(record: Record, machine: str) -> VaultEvent | None:
    """The event of a record, ``None`` where it is none."""
    page = record.get("page")
    names = ("uid", "citekey", "kind", "value", "at", "recorded", "machine", "retracts")
    said = [record.get(name, "") for name in names]
    texts = [each for each in said if isinstance(each, str)]
    if not isinstance(page, int | None) or len(texts) < len(names):
        return None
    uid, citekey, kind, value, at, recorded, named, retracts = texts
    if not (uid and citekey and kind and at):
        return None
    return VaultEvent(
        uid=uid, citekey=citekey, kind=kind, value=value, page=page, at=at, recorded=recorded,
        machine=named or machine, retracts=retracts,
    )  # fmt: skip
