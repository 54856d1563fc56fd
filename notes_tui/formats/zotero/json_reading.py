"""Zotero's JSON: one object as Better BibTeX writes it, or a list of objects as Zotero gives programs.

In the first, notes and attachments stand inside their item; in the second they are items that name
their parent. Both are read into a :class:`~notes_tui.model.zotero.ZoteroLibrary`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.zotero.reading import imported
from notes_tui.formats.zotero.tables import NO_WORKS
from notes_tui.model.imported import Imported
from notes_tui.model.reading_list import Problem
from notes_tui.model.text import storable
from notes_tui.model.zotero import (
    ZoteroAnnotation,
    ZoteroAttachment,
    ZoteroCollection,
    ZoteroCreator,
    ZoteroItem,
    ZoteroLibrary,
)

_BEGINNING = re.compile(r"[\s\ufeff]*(?:\[\s*)?\{")
_OWN_WORDS = re.compile(r'"itemType"|"Better\s?BibTeX JSON"|"36a3b0b5-bad0-4a04-b79b-441c7cef77db"')


def recognises(text: str) -> bool:
    """Whether a text is JSON that speaks of Zotero's items."""
    if not _BEGINNING.match(text):
        return False
    return bool(_OWN_WORDS.search(text) or re.match(r'\s*\{\s*"collections"\s*:\s*\{', text))


def read(text: str, *, file: str = "") -> Imported:
    """Every item of a JSON file of Zotero. Raises :class:`UnreadableFileError` where it is none."""
    try:
        whole = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(
            f"{file or 'the text'}: {error}", hint="the JSON is broken there"
        ) from error
    parts = whole.get("items") if isinstance(whole, dict) else whole
    if not isinstance(parts, list):
        raise UnreadableFileError(
            f"{file or 'the text'}: no JSON of Zotero", hint="export as Better BibTeX JSON"
        )
    return imported(_library(parts, _object(whole).get("collections"), file), file=file)


def _library(parts: list[Any], groups: object, file: str) -> ZoteroLibrary:
    problems: list[Problem] = []
    works: list[dict[str, Any]] = []
    children: dict[str, list[dict[str, Any]]] = {}
    for number, part in enumerate(parts, 1):
        data = part.get("data", part) if isinstance(part, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("itemType"), str):
            problems.append(Problem(file, None, f"item {number} is none of Zotero's"))
        elif data["itemType"] in NO_WORKS and data.get("parentItem"):
            children.setdefault(_text(data["parentItem"]), []).append(data)
        elif data["itemType"] == "note":
            problems.append(Problem(file, None, f"item {number} is a note without a work and was not taken"))
        elif not data.get("deleted"):
            works.append(data)
    collections = tuple(_collections(groups))
    members = _members(groups)
    return ZoteroLibrary(
        items=tuple(_item(data, children, members) for data in works),
        collections=collections,
        problems=tuple(problems),
    )


def _collections(groups: object) -> Iterable[ZoteroCollection]:
    for key, data in _object(groups).items():
        if isinstance(data, dict):
            yield ZoteroCollection(key, _text(data.get("name")), _text(data.get("parent")))


def _members(groups: object) -> dict[str, list[str]]:
    """Keys of collections by the number or key of each item."""
    found: dict[str, list[str]] = {}
    for key, data in _object(groups).items():
        for item in _listed(_object(data).get("items")):
            found.setdefault(_text(item), []).append(key)
    return found


def _item(
    data: Mapping[str, Any], children: Mapping[str, list[dict[str, Any]]], members: Mapping[str, list[str]]
) -> ZoteroItem:
    key = _text(data.get("key") or data.get("itemKey"))
    number = _text(data.get("itemID"))
    below = children.get(key, []) if key else []
    tags = [
        (_text(_object(tag).get("tag") or tag), _object(tag).get("type")) for tag in _listed(data.get("tags"))
    ]
    notes = [*_listed(data.get("notes")), *(each for each in below if each["itemType"] == "note")]
    files = [*_listed(data.get("attachments")), *(each for each in below if each["itemType"] == "attachment")]
    return ZoteroItem(
        key=key or number,
        type=data["itemType"],
        fields={storable(name): text for name, value in data.items() if (text := _text(value))},
        creators=tuple(_creators(data.get("creators"))),
        tags=tuple(tag for tag, kind in tags if tag and kind != 1),
        automatic_tags=tuple(tag for tag, kind in tags if tag and kind == 1),
        notes=tuple(filter(None, (_text(_object(note).get("note") or note) for note in notes))),
        attachments=tuple(_attachment(file, children) for file in files if isinstance(file, dict)),
        collections=tuple(
            dict.fromkeys(
                (
                    *members.get(number, ()),
                    *members.get(key, ()),
                    *map(_text, _listed(data.get("collections"))),
                )
            )
        ),
        related=tuple(_related(data.get("relations"))),
    )


def _creators(value: object) -> Iterable[ZoteroCreator]:
    for name in map(_object, _listed(value)):
        role = _text(name.get("creatorType")) or "author"
        if name.get("name"):
            yield ZoteroCreator(role, _text(name["name"]))
        else:
            yield ZoteroCreator(role, _text(name.get("lastName")), _text(name.get("firstName")))


def _attachment(data: dict[str, Any], children: Mapping[str, list[dict[str, Any]]]) -> ZoteroAttachment:
    marks = [*_listed(data.get("annotations")), *children.get(_text(data.get("key")), ())]
    path = _text(data.get("localPath") or data.get("path") or data.get("filename"))
    return ZoteroAttachment(
        path="" if data.get("linkMode") == "linked_url" else path,
        title=_text(data.get("title")),
        content_type=_text(data.get("contentType") or data.get("mimeType")),
        url=_text(data.get("url")),
        annotations=tuple(_annotations(marks)),
    )


def _annotations(marks: Iterable[object]) -> Iterable[ZoteroAnnotation]:
    for mark in map(_object, marks):
        position = mark.get("annotationPosition")
        if kind := _text(mark.get("annotationType")):
            yield ZoteroAnnotation(
                key=_text(mark.get("key")), kind=kind, text=_text(mark.get("annotationText")),
                comment=_text(mark.get("annotationComment")), color=_text(mark.get("annotationColor")),
                page_label=_text(mark.get("annotationPageLabel")), created=_text(mark.get("dateAdded")),
                position=position if isinstance(position, str) else json.dumps(position),
                tags=tuple(_text(_object(tag).get("tag") or tag) for tag in _listed(mark.get("tags"))),
            )  # fmt: skip


def _related(value: object) -> Iterable[str]:
    for address in _listed(_object(value).get("dc:relation")) or [_object(value).get("dc:relation")]:
        if isinstance(address, str):
            yield address.rsplit("/", 1)[-1]


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return storable(str(value))
