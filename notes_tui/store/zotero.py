"""Zotero's database, read from a copy. Names are Zotero's; versions before 5 have other tables and are refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from notes_tui.errors import UnreadableFileError
from notes_tui.model.reading_list import Problem
from notes_tui.model.zotero import (
    ZoteroAnnotation,
    ZoteroAttachment,
    ZoteroCollection,
    ZoteroCreator,
    ZoteroItem,
    ZoteroLibrary,
)
from notes_tui.store.copied import opened_copy, table_names

_NEEDED = frozenset(
    "items itemTypes itemData itemDataValues fields creators itemCreators creatorTypes tags itemTags itemNotes "
    "itemAttachments collections collectionItems deletedItems".split()
)


def read_database(path: Path) -> ZoteroLibrary:
    """Everything outside the trash of a Zotero database; its log, where one lies beside it, counts.

    Raises :class:`UnreadableFileError` for a damaged file and for a database that is not Zotero's.
    """
    with opened_copy(path) as db:
        try:
            tables = table_names(db)
            if not tables >= _NEEDED:
                raise UnreadableFileError(
                    f"{path}: it is a SQLite database, and not Zotero's",
                    hint="`notes-tui restore FILE` takes a backup of a library",
                )
            return _Reader(db, path, tables).library()
        except sqlite3.DatabaseError as error:
            raise UnreadableFileError(
                f"{path}: {error}", hint="Zotero's own backup lies beside it"
            ) from error


_MARK_KINDS = {1: "highlight", 2: "note", 3: "image", 4: "ink", 5: "underline", 6: "text"}
_LINKED_ADDRESS, _EMBEDDED = 3, 4


class _Reader:
    """Reads the tables one after the other and puts the rows of each item together."""

    def __init__(self, db: sqlite3.Connection, path: Path, tables: frozenset[str]) -> None:
        self.db = db
        self.path = path
        self.tables = tables
        self.keys: dict[int, str] = {}
        self.live = "i.itemID NOT IN (SELECT itemID FROM deletedItems)"
        if "feedItems" in tables:
            self.live += " AND i.itemID NOT IN (SELECT itemID FROM feedItems)"

    def library(self) -> ZoteroLibrary:
        types = "itemTypesCombined" if "itemTypesCombined" in self.tables else "itemTypes"
        heads = list(
            self.db.execute(
                f"""SELECT i.itemID, i.key, t.typeName FROM items i JOIN {types} t ON t.itemTypeID = i.itemTypeID
                WHERE {self.live} ORDER BY i.dateAdded, i.itemID"""
            )
        )
        self.keys = {item_id: key for item_id, key, _ in heads}
        fields, creators, (tags, automatic) = self._fields(), self._creators(), self._tags()
        attachments, alone = self._attachments(fields, tags)
        notes, lone_notes = self._notes()
        related = self._related()
        collections, members = self._collections()
        problems = []
        if lone_notes:
            named = "notes that belong to no item were not taken: " + str(lone_notes)
            problems.append(Problem(str(self.path), None, named))
        works = [
            (item_id, key, "document" if kind == "attachment" else kind)
            for item_id, key, kind in heads
            if kind not in ("attachment", "note", "annotation") or item_id in alone
        ]
        items = tuple(
            ZoteroItem(
                key=str(item_id), type=kind, fields=fields.get(item_id, {}), creators=tuple(creators.get(item_id, ())),
                tags=tuple(tags.get(item_id, ())), automatic_tags=tuple(automatic.get(item_id, ())),
                notes=tuple(notes.get(item_id, ())), attachments=tuple(attachments.get(item_id, ())),
                collections=tuple(members.get(item_id, ())), related=tuple(related.get(item_id, ())),
            )
            for item_id, _, kind in works
        )  # fmt: skip
        return ZoteroLibrary(items=items, collections=collections, problems=tuple(problems), is_whole=True)

    def _fields(self) -> dict[int, dict[str, str]]:
        names = "fieldsCombined" if "fieldsCombined" in self.tables else "fields"
        found: dict[int, dict[str, str]] = {}
        for item_id, name, value in self.db.execute(
            f"""SELECT d.itemID, f.fieldName, v.value FROM itemData d JOIN {names} f ON f.fieldID = d.fieldID
            JOIN itemDataValues v ON v.valueID = d.valueID ORDER BY d.itemID, d.fieldID"""
        ):
            found.setdefault(item_id, {})[name] = _text(value)
        return found

    def _creators(self) -> dict[int, list[ZoteroCreator]]:
        found: dict[int, list[ZoteroCreator]] = {}
        for item_id, role, first, last in self.db.execute(
            """SELECT ic.itemID, t.creatorType, c.firstName, c.lastName FROM itemCreators ic
            JOIN creators c ON c.creatorID = ic.creatorID
            LEFT JOIN creatorTypes t ON t.creatorTypeID = ic.creatorTypeID ORDER BY ic.itemID, ic.orderIndex"""
        ):
            creator = ZoteroCreator(_text(role) or "author", _text(last), _text(first))
            found.setdefault(item_id, []).append(creator)
        return found

    def _tags(self) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
        """Tags by item: those of the reader, and those that came with the work."""
        kind = "it.type" if "type" in self._columns("itemTags") else "t.type"
        own: dict[int, list[str]] = {}
        automatic: dict[int, list[str]] = {}
        for item_id, name, came_with_it in self.db.execute(
            f"""SELECT it.itemID, t.name, {kind} FROM itemTags it JOIN tags t ON t.tagID = it.tagID
            ORDER BY it.itemID, t.name"""
        ):
            (automatic if came_with_it == 1 else own).setdefault(item_id, []).append(_text(name))
        return own, automatic

    def _columns(self, table: str) -> set[str]:
        return {row[1] for row in self.db.execute(f"PRAGMA table_info({table})")}

    def _notes(self) -> tuple[dict[int, list[str]], int]:
        """Notes by item, and how many belong to none."""
        found: dict[int, list[str]] = {}
        alone = 0
        for parent, text in self.db.execute(
            f"""SELECT n.parentItemID, n.note FROM itemNotes n JOIN items i ON i.itemID = n.itemID
            WHERE {self.live} ORDER BY i.dateAdded, i.itemID"""
        ):
            if parent is None:
                alone += 1
            elif text:
                found.setdefault(parent, []).append(_text(text))
        return found, alone

    def _attachments(
        self, fields: dict[int, dict[str, str]], tags: dict[int, list[str]]
    ) -> tuple[dict[int, list[ZoteroAttachment]], set[int]]:
        """Attachments by item, and those that are an item of their own because they have none."""
        marks = self._marks(tags)
        found: dict[int, list[ZoteroAttachment]] = {}
        alone: set[int] = set()
        for item_id, parent, mode, kind, path in self.db.execute(
            f"""SELECT a.itemID, a.parentItemID, a.linkMode, a.contentType, a.path FROM itemAttachments a
            JOIN items i ON i.itemID = a.itemID WHERE {self.live} ORDER BY i.dateAdded, i.itemID"""
        ):
            if mode == _EMBEDDED:
                continue
            if parent is None:
                alone.add(item_id)
            own = fields.get(item_id, {})
            attachment = ZoteroAttachment(
                path="" if mode == _LINKED_ADDRESS else self._place(self.keys[item_id], _text(path)),
                title=own.get("title", ""), content_type=_text(kind), url=own.get("url", ""),
                annotations=tuple(marks.get(item_id, ())),
            )  # fmt: skip
            found.setdefault(item_id if parent is None else parent, []).append(attachment)
        return found, alone

    def _place(self, key: str, path: str) -> str:
        """Where an attached file lies: in the folder ``storage`` beside the database, or where it was linked."""
        kind, _, name = path.partition(":")
        if kind == "storage":
            return str(self.path.absolute().parent / "storage" / key / name)
        return name if kind == "attachments" else path

    def _marks(self, tags: dict[int, list[str]]) -> dict[int, list[ZoteroAnnotation]]:
        if "itemAnnotations" not in self.tables:
            return {}
        found: dict[int, list[ZoteroAnnotation]] = {}
        for item_id, file, key, kind, text, comment, color, label, position, added in self.db.execute(
            f"""SELECT a.itemID, a.parentItemID, i.key, a.type, a.text, a.comment, a.color, a.pageLabel, a.position,
            i.dateAdded FROM itemAnnotations a JOIN items i ON i.itemID = a.itemID WHERE {self.live}
            ORDER BY a.sortIndex, a.itemID"""
        ):
            mark = ZoteroAnnotation(
                key=_text(key), kind=_MARK_KINDS.get(kind, _text(kind)), text=_text(text), comment=_text(comment),
                color=_text(color), page_label=_text(label), position=_text(position), created=_text(added),
                tags=tuple(tags.get(item_id, ())),
            )  # fmt: skip
            found.setdefault(file, []).append(mark)
        return found

    def _collections(self) -> tuple[tuple[ZoteroCollection, ...], dict[int, list[str]]]:
        """Collections, and the keys of those that each item stands in."""
        gone = "deletedCollections"
        where = (
            f"WHERE c.collectionID NOT IN (SELECT collectionID FROM {gone})" if gone in self.tables else ""
        )
        groups = tuple(
            ZoteroCollection(str(number), _text(name), "" if parent is None else str(parent))
            for number, name, parent in self.db.execute(
                f"""SELECT c.collectionID, c.collectionName, c.parentCollectionID FROM collections c {where}
                ORDER BY c.collectionName, c.collectionID"""
            )
        )
        members: dict[int, list[str]] = {}
        for number, item_id in self.db.execute(
            "SELECT collectionID, itemID FROM collectionItems ORDER BY orderIndex, itemID"
        ):
            members.setdefault(item_id, []).append(str(number))
        return groups, members

    def _related(self) -> dict[int, list[str]]:
        if not self.tables >= {"itemRelations", "relationPredicates"}:
            return {}
        numbers = {key: str(item_id) for item_id, key in self.keys.items()}
        found: dict[int, list[str]] = {}
        for item_id, address in self.db.execute(
            """SELECT r.itemID, r.object FROM itemRelations r
            JOIN relationPredicates p ON p.predicateID = r.predicateID WHERE p.predicate = 'dc:relation'"""
        ):
            if other := numbers.get(_text(address).rsplit("/", 1)[-1]):
                found.setdefault(item_id, []).append(other)
        return found


def _text(value: object) -> str:
    return "" if value is None else str(value)
