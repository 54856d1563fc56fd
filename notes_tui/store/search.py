"""Finding items: the query language on the full-text index and the tables.

What a query says about words is one expression of the index (:mod:`notes_tui.store.matching`), the rest are
conditions of SQL (:mod:`notes_tui.store.conditions`). Which of the two leads depends on how many rows the words
match: few are fetched and then tried, many are kept as a set that a walk over the items asks. Ranking computes
the score in the scan itself and keeps the best, which costs less than FTS5's own ``ORDER BY rank``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from notes_tui.errors import StoreError
from notes_tui.model import query as q
from notes_tui.model.value import Value
from notes_tui.store.conditions import Conditions
from notes_tui.store.database import Store, dump_json, speaking_plainly
from notes_tui.store.matching import excluded_in_pdfs, in_pdfs, match_of, match_phrase, split
from notes_tui.store.search_index import AT_ONCE, index_of_trash, rebuild, refresh, waiting
from notes_tui.store.touched import VISIBLE

__all__ = [
    "AT_ONCE",
    "BEST",
    "EVERYTHING",
    "Scope",
    "count",
    "find",
    "match_phrase",
    "rebuild",
    "refresh",
    "total",
    "trashed",
    "waiting",
]

BEST = 1000
"""How many are put in order where all that have some words are asked for; the others come as they were added."""
_FEW = 20
"""Words match few items where that is less than one in so many."""
_WEIGHTS = "10.0, 5.0, 3.0, 1.0, 6.0, 2.0, 2.0, 2.0, 8.0"
"""What a hit counts in each column of the index: a word of the title more than one of the abstract."""


class Scope(Value):
    """The part of the library a search stays in: a collection, a section of it, the trash, or everything."""

    collection_id: int | None = None
    section: tuple[str, ...] = ()
    trash: bool = False
    overview: bool = False
    """Without untouched items that stand in hidden collections alone."""


EVERYTHING = Scope()


def find(
    store: Store, query: q.Query, scope: Scope = EVERYTHING, *, limit: int | None = None, take_in: bool = True
) -> list[int]:  # fmt: skip
    """The row ids of matching items, in the order the query asks for (list order unless it says).

    ``sort:rank`` puts what fits the words best first; of very many, only the :data:`BEST` are put in order.
    ``take_in``: whether queued changes are taken into the index before. Raises :class:`StoreError` where the
    query is longer than SQLite can take.
    """
    if not query.is_empty and take_in:
        refresh(store)
    limit = None if limit is None else max(int(limit), 0)
    with _saying_what_is_too_long(store):
        words, rest = split(query.where)
        is_ranked = bool(query.sort) and query.sort[0] == q.SortKey("rank")
        if words is not None and is_ranked and not scope.trash:
            return _ranked(store, words, rest, scope, limit)
        return _listed(store, _statement(store, query, scope), limit)


def count(store: Store, query: q.Query, scope: Scope = EVERYTHING, *, take_in: bool = True) -> int:
    """How many items match. ``take_in``: as for :func:`find`."""
    if not query.is_empty and take_in:
        refresh(store)
    with _saying_what_is_too_long(store):
        statement = _statement(store, q.Query(query.where), scope)
        what = "DISTINCT i.id" if statement.repeats else "*"
        sql = f"SELECT count({what}) FROM {statement.table} WHERE {statement.where}"
        return store.count(sql, statement.parameters)


@contextmanager
def _saying_what_is_too_long(store: Store) -> Iterator[None]:
    """Turn SQLite's limits on the size of a statement into words about the search."""
    try:
        with speaking_plainly(store.file):
            yield
    except StoreError as error:
        if any(word in str(error.__cause__) for word in ("too", "limit", "overflow")):
            raise StoreError("the search is too long", hint="leave some words out") from error
        raise


def _ids(store: Store, sql: str, parameters: Iterable[object] = ()) -> list[int]:
    return [row[0] for row in store.tuples(sql, parameters)]


def _match_few(store: Store, match: str) -> bool:
    """Whether an expression of the index matches so few items that each of them may be looked at."""
    [number] = _ids(store, "SELECT count(*) FROM search WHERE search MATCH ?", [match])
    [newest] = _ids(store, "SELECT coalesce(max(id), 0) FROM items")
    return number * _FEW <= newest


def _ranked(store: Store, words: q.Node, rest: list[q.Node], scope: Scope, limit: int | None) -> list[int]:
    """What fits the words best first; behind it what only PDFs say, in list order."""
    match = match_of(words)
    conditions = Conditions(store, row="+s.rowid", many=bool(rest) and not _match_few(store, match))
    clauses = ["search MATCH ?", conditions.sql(q.And(tuple(rest)))]
    if scope.collection_id is not None:
        inside, values = _inside(store, scope)
        clauses.append(
            conditions.use(f"+s.rowid IN (SELECT e.item_id FROM entries e WHERE {inside})", *values)
        )
    if scope.overview or waiting(store):
        clauses.append(conditions.of_item(VISIBLE if scope.overview else "i.trashed = ''"))
    if left_out := excluded_in_pdfs(store, words):
        clauses.append(
            conditions.use("+s.rowid NOT IN (SELECT value FROM json_each(?))", dump_json(list(left_out)))
        )
    item = " CROSS JOIN items i ON i.id = s.rowid" if conditions.needs_item else ""
    sql = f"SELECT s.rowid FROM search s{item} WHERE {' AND '.join(clauses)}"
    parameters = [match, *conditions.parameters]
    most = limit if limit is not None else -1 if rest else BEST
    found = _ids(store, f"{sql} ORDER BY bm25(search, {_WEIGHTS}), s.rowid LIMIT ?", (*parameters, most))
    if limit is None and len(found) == most:
        ranked = set(found)
        found += [item_id for item_id in _ids(store, sql, parameters) if item_id not in ranked]
    if limit is None or len(found) < limit:
        more = in_pdfs(store, words).holding.difference(found)
        if more:
            chosen = q.Query(q.And(tuple(rest)))
            found += _listed(store, _statement(store, chosen, scope, among=list(more)), None)
    return found[:limit]


class _Statement(Value):
    """The parts of a ``SELECT`` over ``items i``; the parameters belong to ``table`` and ``where``."""

    table: str
    where: str
    order: str
    parameters: tuple[object, ...]
    order_parameters: tuple[object, ...] = ()
    repeats: bool = False
    """Whether an item may come several times: it stands more than once in the collection that is walked."""


def _listed(store: Store, statement: _Statement, limit: int | None) -> list[int]:
    """The row ids in order, each once; where the order is that of an index, no more is read than is asked for."""
    sql = f"SELECT i.id FROM {statement.table} WHERE {statement.where} ORDER BY {statement.order}"
    if not statement.repeats:
        cut = "" if limit is None else f" LIMIT {limit}"
        return _ids(store, sql + cut, (*statement.parameters, *statement.order_parameters))
    if limit == 0:
        return []
    cursor = store.db.cursor()
    cursor.row_factory = None
    rows = cursor.execute(sql, (*statement.parameters, *statement.order_parameters))
    found: dict[int, None] = {}
    for row in rows:
        found[row[0]] = None
        if len(found) == limit:
            break
    return list(found)


def _statement(
    store: Store, query: q.Query, scope: Scope, *, among: list[int] | None = None
) -> _Statement:  # fmt: skip
    """How to go through the items that match; ``among``: only these."""
    words, rest = (None, [query.where]) if scope.trash else split(query.where)
    if among is None and words is not None and _match_few(store, match_of(words)):
        among = _matching(store, words)
    elif words is not None:
        rest = [query.where]
    index = index_of_trash(store) if scope.trash and not query.is_empty else "search"
    conditions = Conditions(store, many=among is None, index=index)
    clauses = [conditions.sql(q.And(tuple(rest)))]
    trashed = "i.trashed > ''" if scope.trash else VISIBLE if scope.overview else "i.trashed = ''"
    table, first, repeats = "items i", tuple[object, ...](), False
    order, order_parameters = "i.list_order, i.id", tuple[object, ...]()
    if among is not None:
        table, first = "json_each(?) j CROSS JOIN items i ON i.id = j.value", (dump_json(among),)
    if query.sort:
        order = ", ".join([*(_order(key) for key in query.sort), order])
    if scope.collection_id is not None:
        inside, values = _inside(store, scope)
        first = (*first, *values)
        if among is None and not query.sort:
            table, order = "entries e CROSS JOIN items i ON i.id = e.item_id", "e.position, e.id"
            clauses.insert(0, inside)
            repeats = True
        else:
            clauses.insert(0, f"i.id IN (SELECT e.item_id FROM entries e WHERE {inside})")
            if not query.sort:
                order = f"(SELECT min(position) FROM entries e WHERE e.item_id = i.id AND {inside}), i.id"
                order_parameters = tuple(values)
    where = " AND ".join([*clauses, trashed])
    return _Statement(table, where, order, (*first, *conditions.parameters), order_parameters, repeats)


def _matching(store: Store, words: q.Node) -> list[int]:
    """The row ids of all items that words are found in, in no order that matters."""
    found = _ids(store, "SELECT rowid FROM search WHERE search MATCH ?", [match_of(words)])
    changed = in_pdfs(store, words)
    return list(changed.holding.union(found) - changed.failing)


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
    "rank": "i.list_order",
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


def total(store: Store, *, trash: bool = False) -> int:
    """How many items there are, outside the trash or in it."""
    return store.count(f"SELECT count(*) FROM items WHERE trashed {'>' if trash else '='} ''")


def trashed(store: Store) -> list[int]:
    """The row ids of the trash, latest first."""
    return [row[0] for row in store.rows("SELECT id FROM items WHERE trashed > '' ORDER BY trashed DESC, id")]
