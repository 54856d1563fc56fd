"""A database as Zotero 7 lays it out, with the tables that matter, for tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

_SCHEMA = """
CREATE TABLE libraries (libraryID INTEGER PRIMARY KEY, type TEXT NOT NULL);
CREATE TABLE itemTypesCombined (itemTypeID INTEGER PRIMARY KEY, typeName TEXT NOT NULL);
CREATE TABLE itemTypes (itemTypeID INTEGER PRIMARY KEY, typeName TEXT);
CREATE TABLE fieldsCombined (fieldID INTEGER PRIMARY KEY, fieldName TEXT NOT NULL);
CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT);
CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT NOT NULL, dateAdded TIMESTAMP NOT NULL,
    dateModified TIMESTAMP, clientDateModified TIMESTAMP, libraryID INT NOT NULL, key TEXT NOT NULL,
    version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0, UNIQUE (libraryID, key));
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID INT, PRIMARY KEY (itemID, fieldID));
CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT);
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE itemCreators (itemID INT NOT NULL, creatorID INT NOT NULL, creatorTypeID INT NOT NULL DEFAULT 1,
    orderIndex INT NOT NULL DEFAULT 0);
CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE itemTags (itemID INT NOT NULL, tagID INT NOT NULL, type INT NOT NULL, PRIMARY KEY (itemID, tagID));
CREATE TABLE itemNotes (itemID INTEGER PRIMARY KEY, parentItemID INT, note TEXT, title TEXT);
CREATE TABLE itemAttachments (itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT, contentType TEXT,
    charsetID INT, path TEXT, syncState INT DEFAULT 0);
CREATE TABLE itemAnnotations (itemID INTEGER PRIMARY KEY, parentItemID INT NOT NULL, type INTEGER NOT NULL,
    authorName TEXT, text TEXT, comment TEXT, color TEXT, pageLabel TEXT, sortIndex TEXT NOT NULL,
    position TEXT NOT NULL, isExternal INT NOT NULL);
CREATE TABLE collections (collectionID INTEGER PRIMARY KEY, collectionName TEXT NOT NULL,
    parentCollectionID INT DEFAULT NULL, libraryID INT NOT NULL, key TEXT NOT NULL);
CREATE TABLE collectionItems (collectionID INT NOT NULL, itemID INT NOT NULL, orderIndex INT NOT NULL DEFAULT 0);
CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY, dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL);
CREATE TABLE deletedCollections (collectionID INTEGER PRIMARY KEY, dateDeleted DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE feedItems (itemID INTEGER PRIMARY KEY, guid TEXT NOT NULL UNIQUE);
CREATE TABLE relationPredicates (predicateID INTEGER PRIMARY KEY, predicate TEXT UNIQUE);
CREATE TABLE itemRelations (itemID INT NOT NULL, predicateID INT NOT NULL, object TEXT NOT NULL);
INSERT INTO libraries VALUES (1, 'user');
INSERT INTO relationPredicates VALUES (1, 'dc:relation');
"""
_TYPES = ("attachment", "note", "annotation", "journalArticle", "conferencePaper", "preprint", "book")
_ROLES = ("author", "editor", "translator")


class ZoteroDatabase:
    """Writes items into a new database; each method returns the id of the row it made."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(_SCHEMA)
        for table in ("itemTypes", "itemTypesCombined"):
            self.db.executemany(f"INSERT INTO {table} VALUES (?, ?)", enumerate(_TYPES, 1))
        self.db.executemany("INSERT INTO creatorTypes VALUES (?, ?)", enumerate(_ROLES, 1))
        self.fields: dict[str, int] = {}
        self.number = 0

    def _value(self, text: str) -> int:
        self.db.execute("INSERT OR IGNORE INTO itemDataValues (value) VALUES (?)", (text,))
        [[number]] = self.db.execute("SELECT valueID FROM itemDataValues WHERE value = ?", (text,))
        return int(number)

    def item(self, kind: str, fields: Mapping[str, str] | None = None) -> int:
        """An item of a type with fields under Zotero's names."""
        self.number += 1
        added = f"2024-01-01 10:00:{self.number:02d}"
        self.db.execute(
            "INSERT INTO items (itemID, itemTypeID, dateAdded, libraryID, key) VALUES (?, ?, ?, 1, ?)",
            (self.number, _TYPES.index(kind) + 1, added, f"KEY{self.number:05d}"),
        )
        for name, text in (fields or {}).items():
            if name not in self.fields:
                self.fields[name] = len(self.fields) + 1
                self.db.execute("INSERT INTO fieldsCombined VALUES (?, ?)", (self.fields[name], name))
                self.db.execute("INSERT INTO fields VALUES (?, ?)", (self.fields[name], name))
            row = (self.number, self.fields[name], self._value(text))
            self.db.execute("INSERT INTO itemData VALUES (?, ?, ?)", row)
        return self.number

    def creator(self, item: int, first: str, last: str, role: str = "author") -> None:
        """A name, behind those the item has."""
        number = self.db.execute(
            "INSERT INTO creators (firstName, lastName, fieldMode) VALUES (?, ?, ?)",
            (first, last, int(not first)),
        ).lastrowid
        [[place]] = self.db.execute("SELECT count(*) FROM itemCreators WHERE itemID = ?", (item,))
        row = (item, number, _ROLES.index(role) + 1, place)
        self.db.execute("INSERT INTO itemCreators VALUES (?, ?, ?, ?)", row)

    def tag(self, item: int, name: str, *, automatic: bool = False) -> None:
        """A tag of the reader, or one that came with the work."""
        self.db.execute("INSERT OR IGNORE INTO tags (name) VALUES (?)", (name,))
        self.db.execute(
            "INSERT INTO itemTags SELECT ?, tagID, ? FROM tags WHERE name = ?", (item, int(automatic), name)
        )

    def note(self, parent: int | None, html: str) -> int:
        """A note on an item, or one that belongs to none."""
        number = self.item("note")
        self.db.execute("INSERT INTO itemNotes VALUES (?, ?, ?, '')", (number, parent, html))
        return number

    def attachment(
        self, parent: int | None, path: str, *, mode: int = 0, kind: str = "application/pdf"
    ) -> int:
        """A file; ``mode`` is 0 where it lies in Zotero's storage and 2 where it is linked."""
        number = self.item("attachment", {"title": "Full Text PDF"})
        row = (number, parent, mode, kind, path)
        self.db.execute(
            "INSERT INTO itemAttachments (itemID, parentItemID, linkMode, contentType, path) VALUES (?, ?, ?, ?, ?)",
            row,
        )
        return number

    def annotation(
        self,
        file: int,
        kind: int,
        text: str,
        comment: str,
        *,
        page: int,
        color: str = "#ffd400",
        label: str = "",
    ) -> int:
        """A mark in a file; ``page`` counts from 0."""
        number = self.item("annotation")
        self.db.execute(
            "INSERT INTO itemAnnotations VALUES (?, ?, ?, '', ?, ?, ?, ?, ?, ?, 0)",
            (number, file, kind, text, comment, color, label, f"{page:05d}|000000", f'{{"pageIndex":{page},"rects":[]}}'),
        )  # fmt: skip
        return number

    def collection(self, name: str, parent: int | None = None) -> int:
        """A collection, within another one where a parent is given."""
        cursor = self.db.execute(
            "INSERT INTO collections (collectionName, parentCollectionID, libraryID, key) VALUES (?, ?, 1, ?)",
            (name, parent, name),
        )
        return cursor.lastrowid or 0

    def put(self, collection: int, item: int) -> None:
        """Put an item into a collection."""
        self.db.execute(
            "INSERT INTO collectionItems (collectionID, itemID) VALUES (?, ?)", (collection, item)
        )
