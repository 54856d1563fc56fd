"""Finding items: the full-text index and the query language as SQL.

The index is one FTS5 table with a row an item. Triggers queue items whose words changed;
:func:`refresh` takes the queue in before a search. A query tree becomes one ``WHERE`` clause in which
words are sub-selects on the index.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from notes_tui.errors import StoreError
from notes_tui.model import query as q
from notes_tui.model.text import fold, indexable, words
from notes_tui.store import notes, pdf_pages
from notes_tui.store.database import Row, Store
from notes_tui.store.touched import VISIBLE

_CHUNK = 500


def refresh(store: Store) -> int:
    """Take items whose words changed into the index; returns how many. A read-only home is left as it is."""
    if not store.value("SELECT EXISTS (SELECT 1 FROM search_queue)") or store.read_only:
        return 0
    done = 0
    with store.transaction():
        while rows := store.rows("SELECT item_id FROM search_queue LIMIT ?", (_CHUNK,)):
            ids = [row[0] for row in rows]
            _index(store, ids)
            done += len(ids)
    return done


def rebuild(store: Store) -> None:
    """Make the whole index anew."""
    with store.transaction():
        store.run("DELETE FROM search")
        store.run("INSERT OR IGNORE INTO search_queue SELECT id FROM items")
        refresh(store)


def _index(store: Store, ids: list[int]) -> None:
    marks = ", ".join("?" * len(ids))
    store.run(f"DELETE FROM search WHERE rowid IN ({marks})", ids)
    tags: dict[int, list[str]] = {}
    for row in store.rows(f"SELECT item_id, tag FROM item_tags WHERE item_id IN ({marks})", ids):
        tags.setdefault(row[0], []).append(row[1])
    bodies = notes.of_items(store, ids)
    marked = notes.annotations_of_items(store, ids)
    rows = store.rows(f"SELECT * FROM items WHERE id IN ({marks}) AND trashed = ''", ids)
    store.run_many(
        "INSERT INTO search (rowid, title, creators, venue, abstract, tags, notes, quotes, comments, keys)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                row["id"],
                indexable(f"{row['title']} \n {row['title_short']}"),
                indexable(_names(row)),
                indexable(row["venue"]),
                indexable(row["abstract"]),
                indexable(" \n ".join(tags.get(row["id"], ()))),
                indexable(" \n ".join(f"{note.title} \n {note.body}" for note in bodies.get(row["id"], ()))),
                indexable(" \n ".join(each.quote for each in marked.get(row["id"], ()))),
                indexable(" \n ".join(each.comment for each in marked.get(row["id"], ()))),
                indexable(row["citekey"]),
            )
            for row in rows
        ),
    )
    store.run(f"DELETE FROM search_queue WHERE item_id IN ({marks})", ids)


def _names(row: Row) -> str:
    return " \n ".join(
        f"{name.get('given', '')} {name.get('family', '')} {name.get('literal', '')}"
        for name in json.loads(row["creators"])
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the library a search stays in: a collection, a section of it, the trash, or everything."""

    collection_id: int | None = None
    section: tuple[str, ...] = ()
    trash: bool = False
    overview: bool = False
    """Without untouched items that stand in hidden collections alone."""


EVERYTHING = Scope()


def find(store: Store, query: q.Query, scope: Scope = EVERYTHING, *, limit: int | None = None) -> list[int]:
    """The row ids of matching items, in the order the query asks for (list order unless it says)."""
    if not query.is_empty:
        refresh(store)
    where, parameters, order, order_parameters = _statement(store, query, scope)
    sql = f"SELECT i.id FROM items i WHERE {where} ORDER BY {order}"
    if limit is not None:
        sql += f" LIMIT {max(int(limit), 0)}"
    try:
        return [row[0] for row in store.db.execute(sql, (*parameters, *order_parameters))]
    except sqlite3.OperationalError as error:
        if "too" in str(error) or "limit" in str(error) or "overflow" in str(error):
            raise StoreError("the search is too long", hint="leave some words out") from error
        raise StoreError(f"{store.path}: {error}") from error


def count(store: Store, query: q.Query, scope: Scope = EVERYTHING) -> int:
    """How many items match."""
    if not query.is_empty:
        refresh(store)
    where, parameters, _, _ = _statement(store, query, scope)
    return store.count(f"SELECT count(*) FROM items i WHERE {where}", parameters)


def _statement(store: Store, query: q.Query, scope: Scope) -> tuple[str, list[object], str, list[object]]:
    compiler = _Compiler(store)
    where = compiler.sql(query.where)
    parameters = compiler.parameters
    order, order_parameters = "i.list_order, i.id", list[object]()
    if scope.collection_id is not None:
        inside, values = _inside(store, scope)
        where = f"{where} AND i.id IN (SELECT e.item_id FROM entries e WHERE {inside})"
        parameters = [*parameters, *values]
        order = f"(SELECT min(position) FROM entries e WHERE e.item_id = i.id AND {inside}), i.id"
        order_parameters = values
    if query.sort:
        order = ", ".join([*(_order(key) for key in query.sort), "i.list_order", "i.id"])
        order_parameters = []
    trashed = "i.trashed <> ''" if scope.trash else "i.trashed = ''"
    if scope.overview:
        trashed = VISIBLE
    return f"{trashed} AND {where}", parameters, order, order_parameters


def _inside(store: Store, scope: Scope) -> tuple[str, list[object]]:
    if not scope.section:
        return "e.collection_id = ?", [scope.collection_id]
    depth = len(scope.section)
    paths = [
        row[0]
        for row in store.rows(
            "SELECT DISTINCT section FROM entries WHERE collection_id = ?", (scope.collection_id,)
        )
        if tuple(json.loads(row[0])[:depth]) == scope.section
    ]
    marks = ", ".join("?" * len(paths))
    return f"e.collection_id = ? AND e.section IN ({marks})", [scope.collection_id, *paths]


_ORDERS = {
    "list": "i.list_order",
    "title": "i.title_key = '', i.title_key",
    "year": "i.year IS NULL, i.year",
    "author": "i.creators = '[]', lower(coalesce(json_extract(i.creators, '$[0].family'),"
    " json_extract(i.creators, '$[0].literal')))",
    "venue": "i.venue = '', lower(i.venue)",
    "status": "i.read_status",
    "rating": "i.rating IS NULL, i.rating",
    "added": "i.added",
    "key": "lower(i.citekey)",
    "type": "i.type",
    "progress": "i.page IS NULL, i.page",
    "read": "(SELECT max(at) FROM events v WHERE v.item_id = i.id AND v.kind = 'status' AND v.value = 'read'"
    " AND v.retracted = 0) IS NULL, (SELECT max(at) FROM events v WHERE v.item_id = i.id AND v.kind = 'status'"
    " AND v.value = 'read' AND v.retracted = 0)",
}


def _order(key: q.SortKey) -> str:
    return _ORDERS[key.name] + (" DESC" if key.descending else "")


_FTS_COLUMN = {"title": "title", "author": "creators", "venue": "venue", "note": "notes", "quote": "quotes"}
_HAS = {
    "note": "EXISTS (SELECT 1 FROM notes x WHERE x.item_id = i.id AND x.body <> '')",
    "annotation": "EXISTS (SELECT 1 FROM annotations x WHERE x.item_id = i.id)",
    "pdf": "(EXISTS (SELECT 1 FROM attachments x WHERE x.item_id = i.id AND x.kind = 'pdf'))",
    "doi": "i.doi <> ''",
    "arxiv": "i.arxiv <> ''",
    "abstract": "i.abstract <> ''",
    "code": "EXISTS (SELECT 1 FROM json_each(i.links) x WHERE json_extract(x.value, '$.kind') = 'code')",
    "link": "i.links <> '[]'",
    "tag": "EXISTS (SELECT 1 FROM item_tags x WHERE x.item_id = i.id)",
    "rating": "i.rating IS NOT NULL",
}


class _Compiler:
    """Turns a query tree into a ``WHERE`` clause over ``items i`` and its parameters."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.parameters: list[object] = []

    def sql(self, node: q.Node) -> str:
        match node:
            case q.And(parts):
                return self.joined(parts, "AND") if parts else "1"
            case q.Or(parts):
                return self.joined(parts, "OR")
            case q.Not(part):
                return f"NOT ({self.sql(part)})"
            case q.Words(text, prefix):
                return self.words(text, prefix)
            case q.FieldRange():
                return self.range(node)
            case q.FieldIs():
                return self.field(node)

    def joined(self, parts: Iterable[q.Node], word: str) -> str:
        """Parts joined by ``AND`` or ``OR``: words as one search of the index, the rest as a shallow tree."""
        different = list(dict.fromkeys(parts))
        phrases = [match_phrase(part.text, part.prefix) for part in different if isinstance(part, q.Words)]
        clauses: list[str] = []
        if any(phrases):
            clauses.append(self.matching([phrase for phrase in phrases if phrase], word))
        clauses += [
            self.sql(part)
            for part in different
            if not (isinstance(part, q.Words) and match_phrase(part.text, part.prefix))
        ]
        return _balanced(clauses, word)

    def matching(self, phrases: list[str], word: str) -> str:
        """Phrases joined by ``AND`` or ``OR``, looked for in the index and, each by itself, in the text of PDFs."""
        here = "i.id IN (SELECT rowid FROM search WHERE search MATCH ?)"
        if pdf_pages.is_empty(self.store):
            return self.use(here, f" {word} ".join(phrases))
        either = [self.use(f"({here} OR i.id IN ({pdf_pages.ITEMS_WITH}))", each, each) for each in phrases]
        return _balanced(either, word)

    def use(self, sql: str, *values: object) -> str:
        """The clause, with its values noted in order."""
        self.parameters.extend(values)
        return sql

    def words(self, text: str, prefix: bool, column: str = "") -> str:
        phrase = match_phrase(text, prefix)
        if not phrase:
            where = "i.title" if not column else "i.venue" if column == "venue" else "i.title"
            return self.use(f"instr({where}, ?) > 0", text.strip())
        if not column:
            return self.matching([phrase], "AND")
        return self.use("i.id IN (SELECT rowid FROM search WHERE search MATCH ?)", f"{{{column}}} : {phrase}")

    def range(self, node: q.FieldRange) -> str:
        name = node.name
        if name == "read":
            inner = self.bounds("substr(v.at, 1, ?)", node)
            return (
                "EXISTS (SELECT 1 FROM events v WHERE v.item_id = i.id AND v.kind = 'status' AND v.value = 'read'"
                f" AND v.retracted = 0 AND {inner})"
            )
        if name == "added":
            return self.bounds("substr(i.added, 1, ?)", node)
        if name == "rating":
            rated = "1" if node.low == node.high == "0" else "i.rating IS NOT NULL"
            return f"({rated} AND {self.bounds('coalesce(i.rating, 0)', node)})"
        return f"(i.year IS NOT NULL AND {self.bounds('i.year', node)})"

    def bounds(self, value: str, node: q.FieldRange) -> str:
        is_date = "?" in value
        parts: list[str] = []
        for bound, sign in ((node.low, ">"), (node.high, "<")):
            if bound:
                sign = sign if node.exclusive else sign + "="
                values: tuple[object, ...] = (len(bound), bound) if is_date else (int(bound),)
                parts.append(self.use(f"{value} {sign} ?", *values))
        return "(" + " AND ".join(parts) + ")"

    def field(self, node: q.FieldIs) -> str:
        name, value = node.name, node.value.strip()
        if name in _FTS_COLUMN:
            return self.words(value, node.prefix, _FTS_COLUMN[name])
        if name == "has":
            wanted = [
                key for key in _HAS if key == value.lower() or (node.prefix and key.startswith(value.lower()))
            ]
            return "(" + (" OR ".join(_HAS[key] for key in wanted) or "1") + ")"
        if name == "status":
            pattern = like(value.lower()) + ("%" if node.prefix else "")
            return self.use("i.read_status LIKE ? ESCAPE '\\'", pattern)
        if name == "tag":
            return self.tag(value, node.prefix)
        if name in ("collection", "section"):
            return self.entry(name, value, node.prefix)
        if name == "role":
            if value.lower() == "none":
                return "EXISTS (SELECT 1 FROM annotations x WHERE x.item_id = i.id AND x.role = '')"
            return self.use(
                "EXISTS (SELECT 1 FROM annotations x WHERE x.item_id = i.id AND x.role LIKE ? ESCAPE '\\')",
                like(value) + ("%" if node.prefix else ""),
            )
        if name == "type":
            return self.use("(i.type = lower(?) OR i.type LIKE ? ESCAPE '\\')", value, like(value) + "%")
        return self.use(
            "(i.citekey LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM aliases x WHERE x.item_id = i.id"
            " AND x.alias LIKE ? ESCAPE '\\'))",
            like(value) + "%", like(value) + "%",
        )  # fmt: skip

    def tag(self, value: str, prefix: bool) -> str:
        value = value.strip("/")
        nested = like(value) + ("%" if prefix else "/%")
        return self.use(
            "i.id IN (SELECT item_id FROM item_tags WHERE tag = ? OR tag LIKE ? ESCAPE '\\')", value, nested
        )

    def entry(self, name: str, value: str, prefix: bool) -> str:
        if name == "collection":
            rows = self.store.rows("SELECT id, slug, title FROM collections")
            wanted = _named(((row["id"], (row["slug"], row["title"])) for row in rows), value, prefix)
            column = "collection_id"
        else:
            rows = self.store.rows("SELECT DISTINCT section FROM entries")
            wanted = _named(((row[0], json.loads(row[0])) for row in rows), value, prefix)
            column = "section"
        marks = ", ".join("?" * len(wanted))
        return self.use(f"i.id IN (SELECT item_id FROM entries WHERE {column} IN ({marks}))", *wanted)


def _balanced(clauses: list[str], word: str) -> str:
    """Clauses joined so that the expression is as deep as the logarithm of their number."""
    if len(clauses) <= 2:
        return "(" + f" {word} ".join(clauses) + ")"
    middle = len(clauses) // 2
    return f"({_balanced(clauses[:middle], word)} {word} {_balanced(clauses[middle:], word)})"


def _named(candidates: Iterable[tuple[object, Iterable[str]]], value: str, prefix: bool) -> list[object]:
    """Those with a name equal to the value; if there are none, those with a name that contains it."""
    folded = fold(value)
    named = [(thing, [fold(name) for name in names]) for thing, names in candidates]
    exact = [thing for thing, names in named if folded in names]
    if exact and not prefix:
        return exact
    return [thing for thing, names in named if any(folded in name for name in names)]


def match_phrase(text: str, prefix: bool) -> str:
    """A text as one quoted FTS5 phrase (``""`` where it has no words), its last word open if asked."""
    found = words(text)
    if not found:
        return ""
    return '"' + " ".join(found) + '"' + ("*" if prefix else "")


def like(text: str) -> str:
    """A text with the wild cards of ``LIKE`` made literal (escape character ``\\``)."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def suggestions(store: Store, word: str, limit: int = 3) -> list[str]:
    """Words of the library that are spelt like one that was not found."""
    folded = words(word)
    if not folded:
        return []
    store.run("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'search', 'row')")
    first = folded[0]
    rows = store.rows(
        "SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ? ORDER BY doc DESC",
        (first[:1], first[:1] + "\U0010ffff", len(first) - 2, len(first) + 2),
    )
    import difflib

    return difflib.get_close_matches(first, [row[0] for row in rows], limit, 0.75)


def status_counts(store: Store) -> list[tuple[str, int]]:
    """Every read status in use with its number of items in the overview."""
    if store.value("SELECT EXISTS (SELECT 1 FROM collections WHERE hidden = 1)"):
        rows = store.rows(f"SELECT read_status, count(*) FROM items i WHERE {VISIBLE} GROUP BY read_status")
    else:
        rows = store.rows(
            """SELECT read_status, count(*) FROM items INDEXED BY items_read_status WHERE trashed = ''
            GROUP BY read_status"""
        )
    return [(row[0], row[1]) for row in rows]


def total(store: Store, *, trash: bool = False) -> int:
    """How many items there are, outside the trash or in it."""
    return store.count(f"SELECT count(*) FROM items WHERE trashed {'<>' if trash else '='} ''")


def trashed(store: Store) -> list[int]:
    """The row ids of the trash, latest first."""
    return [
        row[0] for row in store.rows("SELECT id FROM items WHERE trashed <> '' ORDER BY trashed DESC, id")
    ]
