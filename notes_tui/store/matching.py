"""Parts of a query that look for words, as one expression of the full-text index.

PDFs are indexed by page and apart. What they add to an expression, or take away where a word is excluded, is
worked out for the items whose PDFs have one of the words, by the same tree over sets of row ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notes_tui.model import query as q
from notes_tui.model.text import words
from notes_tui.model.value import Value
from notes_tui.store import pdf_pages
from notes_tui.store.database import Store, dump_json

COLUMN_OF = {"title": "title", "author": "creators", "venue": "venue", "note": "notes", "quote": "quotes"}
"""Columns of the index by the fields of the query language."""


def match_phrase(text: str, prefix: bool) -> str:
    """A text as one quoted FTS5 phrase (``""`` where it has no words), its last word open if asked."""
    found = words(text)
    if not found:
        return ""
    return '"' + " ".join(found) + '"' + ("*" if prefix else "")


def match_of(node: q.Node) -> str:
    """A part of a query as an FTS5 expression; ``""`` where it is not about words alone, or only excludes."""
    match node:
        case q.Words(text, prefix):
            return match_phrase(text, prefix)
        case q.FieldIs(name, value, prefix) if name in COLUMN_OF:
            phrase = match_phrase(value, prefix)
            return phrase and f"{{{COLUMN_OF[name]}}} : {phrase}"
        case q.Or(parts):
            options = list(dict.fromkeys(map(match_of, parts)))
            return f"({' OR '.join(options)})" if all(options) else ""
        case q.And(parts):
            wanted, unwanted, rest = _sorted_out(parts)
            if rest or not wanted:
                return ""
            sought = " AND ".join(wanted)
            return f"(({sought}) NOT ({' OR '.join(unwanted)}))" if unwanted else f"({sought})"
    return ""


def _sorted_out(parts: Sequence[q.Node]) -> tuple[list[str], list[str], list[q.Node]]:
    """Expressions that are to match, those that are not to, and the parts that are no such thing."""
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    rest: list[q.Node] = []
    for part in parts:
        inner, expressions = (part.part, unwanted) if isinstance(part, q.Not) else (part, wanted)
        if expression := match_of(inner):
            expressions[expression] = None
        else:
            rest.append(part)
    return list(wanted), list(unwanted), rest


def split(node: q.Node) -> tuple[q.Node | None, list[q.Node]]:
    """The part of a query that is one expression of the index (or ``None``), and the other conditions."""
    parts = node.parts if isinstance(node, q.And) else (node,)
    is_words = [bool(match_of(part.part if isinstance(part, q.Not) else part)) for part in parts]
    chosen = [part for part, yes in zip(parts, is_words, strict=True) if yes]
    if all(isinstance(part, q.Not) for part in chosen):
        return None, list(parts)
    rest = [part for part, yes in zip(parts, is_words, strict=True) if not yes]
    return (chosen[0] if len(chosen) == 1 else q.And(tuple(chosen))), rest


class InPdfs(Value):
    """What the text of PDFs changes about what an expression of the index finds."""

    holding: frozenset[int] = frozenset()
    """Row ids of items that match when the text of their PDFs counts too; all that only match so are among them."""
    failing: frozenset[int] = frozenset()
    """Row ids of items that do not match, because a word that is excluded stands in their PDFs."""


def in_pdfs(store: Store, node: q.Node) -> InPdfs:
    """What PDFs change about what :func:`match_of` finds, for the items whose PDFs have one of the words."""
    if pdf_pages.is_empty(store):
        return InPdfs()
    having = {leaf: _having(store, *leaf) for leaf in _words_of(node)}
    concerned: set[int] = set().union(*having.values())
    if not concerned:
        return InPdfs()
    if isinstance(node, q.Words):
        return InPdfs(frozenset(concerned))
    listed = dump_json(list(concerned))

    def among(match: str) -> set[int]:
        sql = "SELECT rowid FROM search WHERE search MATCH ? AND +rowid IN (SELECT value FROM json_each(?))"
        return {row[0] for row in store.tuples(sql, (match, listed))}

    def holding(part: q.Node) -> set[int]:
        match part:
            case q.And(parts):
                return set.intersection(*map(holding, parts))
            case q.Or(parts):
                return set().union(*map(holding, parts))
            case q.Not(inner):
                return concerned - holding(inner)
            case q.Words(text, prefix):
                return among(match_phrase(text, prefix)) | having[text, prefix]
        return among(match_of(part))

    held = holding(node)
    return InPdfs(frozenset(held), frozenset(concerned - held) if excludes(node) else frozenset())


def excluded_in_pdfs(store: Store, node: q.Node) -> frozenset[int]:
    """:attr:`InPdfs.failing` by itself, which is quicker to tell where the excluded parts are words."""
    if not excludes(node) or pdf_pages.is_empty(store):
        return frozenset()
    parts = node.parts if isinstance(node, q.And) else ()
    unwanted = [part.part for part in parts if isinstance(part, q.Not)]
    are_words = all(isinstance(part, q.Words) for part in unwanted)
    if not are_words or any(excludes(part) for part in parts if not isinstance(part, q.Not)):
        return in_pdfs(store, node).failing
    return frozenset().union(*(_having(store, *leaf) for part in unwanted for leaf in _words_of(part)))


def excludes(node: q.Node) -> bool:
    """Whether words that are not to be found are part of a query."""
    if isinstance(node, q.Not):
        return True
    return isinstance(node, q.And | q.Or) and any(map(excludes, node.parts))


def _having(store: Store, text: str, prefix: bool) -> set[int]:
    """The row ids of items with a PDF that words stand in."""
    return {row[0] for row in store.tuples(pdf_pages.ITEMS_WITH, (match_phrase(text, prefix),))}


def _words_of(node: q.Node) -> Iterator[tuple[str, bool]]:
    match node:
        case q.Words(text, prefix):
            yield text, prefix
        case q.And(parts) | q.Or(parts):
            for part in parts:
                yield from _words_of(part)
        case q.Not(part):
            yield from _words_of(part)
