"""A query as conditions of SQL over ``items i``.

A condition about an item's row id alone has two forms: a *set* of row ids made once, which suits many rows, and
a *probe* made for each row, which suits few.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from notes_tui.model import query as q
from notes_tui.model.text import fold
from notes_tui.store.database import Store, dump_json
from notes_tui.store.matching import InPdfs, in_pdfs, match_of

_FEW_STATUSES = """WITH RECURSIVE used(name) AS (
    SELECT min(read_status) FROM items UNION ALL
    SELECT (SELECT min(read_status) FROM items WHERE read_status > name) FROM used WHERE name IS NOT NULL)
    SELECT name FROM used WHERE name IS NOT NULL"""
_WITH_ROWS = {
    "note": "notes x WHERE x.body <> ''",
    "annotation": "annotations x WHERE 1",
    "pdf": "attachments x WHERE x.kind = 'pdf'",
    "tag": "item_tags x WHERE 1",
}
_WITH_VALUE = {
    "doi": "i.doi <> ''",
    "arxiv": "i.arxiv <> ''",
    "abstract": "i.abstract <> ''",
    "code": "EXISTS (SELECT 1 FROM json_each(i.links) x WHERE json_extract(x.value, '$.kind') = 'code')",
    "link": "i.links <> '[]'",
    "rating": "i.rating IS NOT NULL",
}


class Conditions:
    """Turns nodes of a query tree into SQL, and keeps the parameters in order."""

    def __init__(self, store: Store, *, row: str = "i.id", many: bool = False, index: str = "search") -> None:
        self.store = store
        self.row = row
        """The row id of the item, in SQL."""
        self.many = many
        """Whether conditions on row ids become sets."""
        self.index = index
        """The table in which words are looked for."""
        self.parameters: list[object] = []
        self.needs_item = row == "i.id"
        """Whether columns of ``items i`` are asked for."""

    def sql(self, node: q.Node) -> str:
        """The condition a node means."""
        if match := match_of(node):
            return self.words(node, match)
        match node:
            case q.And(parts):
                return self.joined(parts, "AND") if parts else "1"
            case q.Or(parts):
                return self.joined(parts, "OR")
            case q.Not(part):
                return f"NOT ({self.sql(part)})"
            case q.FieldRange():
                return self.range(node)
            case q.FieldIs(name, value, prefix):
                return self.field(name, value.strip(), prefix)
            case q.Words(text, _):
                return self.of_item("instr(i.title, ?) > 0", text.strip())

    def joined(self, parts: Iterable[q.Node], word: str) -> str:
        """Parts joined by ``AND`` or ``OR``: words as one search of the index, the rest as a shallow tree."""
        different = list(dict.fromkeys(parts))
        found = [part for part in different if match_of(part)]
        together = q.And(tuple(found)) if word == "AND" else q.Or(tuple(found))
        clauses = [self.words(together, match_of(together))] if found else []
        clauses += [self.sql(part) for part in different if not match_of(part)]
        return _balanced(clauses, word)

    def words(self, node: q.Node, match: str) -> str:
        """What the index finds, with what PDFs add to it."""
        here = self.use(f"{self.row} IN (SELECT rowid FROM {self.index} WHERE {self.index} MATCH ?)", match)
        changed = in_pdfs(self.store, node) if self.index == "search" else InPdfs()
        if changed.holding:
            more = f"({here} OR {self.row} IN (SELECT value FROM json_each(?)))"
            here = self.use(more, dump_json(list(changed.holding)))
        if changed.failing:
            less = f"({here} AND {self.row} NOT IN (SELECT value FROM json_each(?)))"
            here = self.use(less, dump_json(list(changed.failing)))
        return here

    def use(self, sql: str, *values: object) -> str:
        """The clause, with its values noted in order."""
        self.parameters.extend(values)
        return sql

    def of_item(self, sql: str, *values: object) -> str:
        """A clause over columns of the item."""
        self.needs_item = True
        return self.use(sql, *values)

    def has_row(self, rows: str, *values: object) -> str:
        """Whether the item has a row in another table: ``rows`` is ``table x WHERE condition``."""
        if self.many:
            return self.use(f"{self.row} IN (SELECT x.item_id FROM {rows})", *values)
        return self.use(f"EXISTS (SELECT 1 FROM {rows} AND x.item_id = {self.row})", *values)

    def range(self, node: q.FieldRange) -> str:
        """A number or a date between bounds."""
        name = node.name
        if name == "read":
            rows = "events x WHERE x.kind = 'status' AND x.value = 'read' AND x.retracted = 0 AND "
            bounds, values = _bounds("substr(x.at, 1, ?)", node)
            return self.has_row(rows + bounds, *values)
        if name == "added":
            bounds, values = _bounds("substr(i.added, 1, ?)", node)
            return self.of_item(bounds, *values)
        if name == "rating":
            rated = "1" if node.low == node.high == "0" else "i.rating IS NOT NULL"
            bounds, values = _bounds("coalesce(i.rating, 0)", node)
            return self.of_item(f"({rated} AND {bounds})", *values)
        bounds, values = _bounds("i.year", node)
        return self.of_item(f"(i.year IS NOT NULL AND {bounds})", *values)

    def field(self, name: str, value: str, prefix: bool) -> str:
        """A field that has a value."""
        if name == "has":
            return self.has(value.lower(), prefix)
        if name == "status":
            return self.status(value.lower(), prefix)
        if name == "tag":
            tag = value.strip("/")
            nested = (tag, tag + "\U0010ffff") if prefix else (tag + "/", tag + "0")
            return self.has_row("item_tags x WHERE (x.tag = ? OR x.tag >= ? AND x.tag < ?)", tag, *nested)
        if name in ("collection", "section"):
            return self.entry(name, value, prefix)
        if name == "role" and value.lower() == "none":
            return self.has_row("annotations x WHERE x.role = ''")
        if name == "role":
            rows = "annotations x WHERE x.role <> '' AND x.role LIKE ? ESCAPE '\\'"
            return self.has_row(rows, like(value) + ("%" if prefix else ""))
        if name == "type":
            same = "(i.type = lower(?) OR i.type LIKE ? ESCAPE '\\')"
            return self.of_item(same, value, like(value) + "%")
        if name == "key":
            same = """(i.citekey LIKE ?1 ESCAPE '\\' OR EXISTS
                (SELECT 1 FROM aliases x WHERE x.item_id = i.id AND x.alias LIKE ?1 ESCAPE '\\'))"""
            return self.of_item(same.replace("?1", "?"), like(value) + "%", like(value) + "%")
        return self.of_item(f"instr(i.{'venue' if name == 'venue' else 'title'}, ?) > 0", value)

    def has(self, value: str, prefix: bool) -> str:
        """Whether an item has a thing; a name that is being typed stands for all that begin with it."""
        named = [
            key for key in (*_WITH_ROWS, *_WITH_VALUE) if key == value or (prefix and key.startswith(value))
        ]
        clauses = [
            self.has_row(_WITH_ROWS[key]) if key in _WITH_ROWS else self.of_item(_WITH_VALUE[key])
            for key in named
        ]
        return "(" + (" OR ".join(clauses) or "1") + ")"

    def status(self, value: str, prefix: bool) -> str:
        """The statuses in use that are meant, compared as they are written, so that the index serves."""
        used = [str(row[0]) for row in self.store.tuples(_FEW_STATUSES)]
        wanted = [
            name for name in used if name.lower() == value or (prefix and name.lower().startswith(value))
        ]
        same = "= ?" if len(wanted) == 1 else f"IN ({', '.join('?' * len(wanted))})"
        if self.row == "i.id":
            return self.use(f"i.read_status {same}", *wanted)
        if self.many:
            rows = f"SELECT x.id FROM items x WHERE x.read_status {same} AND x.trashed = ''"
            return self.use(f"{self.row} IN ({rows})", *wanted)
        return self.of_item(f"i.read_status {same}", *wanted)

    def entry(self, name: str, value: str, prefix: bool) -> str:
        """Items that stand in a collection, or under a heading."""
        if name == "collection":
            rows = self.store.rows("SELECT id, slug, title FROM collections")
            wanted = _named(((row["id"], (row["slug"], row["title"])) for row in rows), value, prefix)
            column = "collection_id"
        else:
            rows = self.store.rows("SELECT DISTINCT section FROM entries")
            wanted = _named(((row[0], json.loads(row[0])) for row in rows), value, prefix)
            column = "section"
        marks = ", ".join("?" * len(wanted))
        return self.has_row(f"entries x WHERE x.{column} IN ({marks})", *wanted)


def _bounds(value: str, node: q.FieldRange) -> tuple[str, list[object]]:
    """The comparison of a value with the bounds; a date is compared as far as the bound goes."""
    is_date = "?" in value
    parts: list[str] = []
    values: list[object] = []
    for bound, sign in ((node.low, ">"), (node.high, "<")):
        if bound:
            parts.append(f"{value} {sign if node.exclusive else sign + '='} ?")
            values += (len(bound), bound) if is_date else (int(bound),)
    return "(" + " AND ".join(parts) + ")", values


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


def like(text: str) -> str:
    """A text with the wild cards of ``LIKE`` made literal (escape character ``\\``)."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
