"""The query language of the search bar, ``list``, ``export`` and saved views.

:func:`parse` turns text into a tree of small frozen nodes. Every text is a query: what cannot be
read as a field, a range or a group is looked for as words. The store turns the tree into SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes_tui.model.value import Value

TEXT_FIELDS = ("title", "author", "venue", "note", "quote")
NAME_FIELDS = ("status", "tag", "collection", "section", "type", "key", "role", "has")
NUMBER_FIELDS = ("year", "rating")
DATE_FIELDS = ("added", "read")
FIELDS = (*TEXT_FIELDS, *NAME_FIELDS, *NUMBER_FIELDS, *DATE_FIELDS)
SORT_FIELDS = (
    "list", "rank", "title", "year", "author", "venue", "status", "rating", "added", "read", "key", "type", "progress",
)  # fmt: skip
HAS_VALUES = ("note", "annotation", "pdf", "doi", "arxiv", "code", "abstract", "tag", "rating", "link")


class Words(Value):
    """Words to find side by side, anywhere an item has words."""

    text: str
    prefix: bool = False
    """The last word may be unfinished."""


class FieldIs(Value):
    """A field has this value; what that means is the field's matter."""

    name: str
    value: str
    prefix: bool = False


class FieldRange(Value):
    """A number or date lies between two bounds, both included; ``""`` is open."""

    name: str
    low: str
    high: str
    exclusive: bool = False
    """The bounds themselves do not count."""


class Not(Value):
    """The part does not hold."""

    part: Node


class And(Value):
    """All parts hold; with no parts, everything does."""

    parts: tuple[Node, ...] = ()


class Or(Value):
    """At least one part holds."""

    parts: tuple[Node, ...]


Node = Words | FieldIs | FieldRange | Not | And | Or


class SortKey(Value):
    """A field to sort by, and whether downwards."""

    name: str
    descending: bool = False


class Query(Value):
    """What to find and in which order; no sort keys means list order."""

    where: Node = And()
    sort: tuple[SortKey, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether everything matches."""
        return self.where == And()


_TOKEN = re.compile(
    r"""(?P<space>\s+) | (?P<open>-?\() | (?P<close>\))
    | (?P<minus>-?) (?: (?P<name>[A-Za-z]+): )? (?: "(?P<quoted>[^"]*)(?:"|$) | (?P<bare>[^\s()"]+) )""",
    re.VERBOSE,
)
_COMPARISON = re.compile(r"(>=|<=|>|<|=)(.*)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
MAX_DEPTH = 50
"""Parentheses nested deeper than this are read as words."""


def parse_sort(text: str) -> SortKey | None:
    """The sort key ``year`` or ``-year`` names, or ``None``."""
    name = text.removeprefix("-").lower()
    return SortKey(name, text.startswith("-")) if name in SORT_FIELDS else None


def parse(text: str, *, unfinished: bool = False) -> Query:
    """The query a text means. ``unfinished``: the last word is still being typed."""
    return _Parser(text, unfinished).query()


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a query stand that are looked for as words: ``(start, end)`` of each, in order."""
    spans: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(text):
        part = "quoted" if token["quoted"] is not None else "bare"
        is_text = not token["name"] or token["name"].lower() in TEXT_FIELDS
        if token[part] and is_text and token[0] not in ("OR", "AND"):
            spans += [
                (token.start(part) + found.start(), token.start(part) + found.end())
                for found in _WORD.finditer(token[part])
            ]
    return spans


def texts_of(node: Node) -> Iterator[str]:
    """The words and phrases that a query looks for everywhere, without those it excludes."""
    match node:
        case Words(text, _):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from texts_of(part)


class _Parser:
    """One reading of one text, from left to right."""

    def __init__(self, text: str, unfinished: bool) -> None:
        self.text = text
        self.tokens = [token for token in _TOKEN.finditer(text) if not token["space"]]
        self.at = 0
        self.depth = 0
        self.unfinished = unfinished
        self.sort: list[SortKey] = []

    def query(self) -> Query:
        parts: list[Node] = []
        while self.at < len(self.tokens):
            parts.append(self.alternatives())
            if self.at < len(self.tokens):
                self.at += 1  # a closing parenthesis that nothing opened
        where = _and(parts)
        if where == And() and not self.sort and not self.unfinished and self.text.strip():
            where = Words(self.text.strip())  # brackets, quotes or hyphens alone are text
        return Query(where, tuple(self.sort))

    def alternatives(self) -> Node:
        options = [self.sequence()]
        while self.at < len(self.tokens) and self.tokens[self.at][0] == "OR":
            self.at += 1
            options.append(self.sequence())
        options = [option for option in options if option != And()]
        return options[0] if len(options) == 1 else Or(tuple(options)) if options else And()

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token[0] == "OR" or token["close"]:
                break
            self.at += 1
            if token[0] != "AND":
                parts.append(self.group(token) if token["open"] else self.term(token))
        return _and(parts)

    def group(self, token: re.Match[str]) -> Node:
        if self.depth >= MAX_DEPTH:
            return And()
        self.depth += 1
        inner = self.alternatives()
        self.depth -= 1
        if self.at < len(self.tokens) and self.tokens[self.at]["close"]:
            self.at += 1
        return Not(inner) if token[0].startswith("-") and inner != And() else inner

    def term(self, token: re.Match[str]) -> Node:
        is_last = self.unfinished and token.end() == len(self.text)
        prefix = is_last and token["quoted"] is None
        value = token["quoted"] if token["quoted"] is not None else token["bare"]
        name = (token["name"] or "").lower()
        node: Node | None = None
        if name == "sort" and (key := parse_sort(value)):
            self.sort.append(key)
            return And()
        if name in FIELDS:
            node = _field(name, value, prefix)
        if node is None and value.strip("-") == "" and not name:
            return And()
        if node is None:
            node = Words(f"{token['name']}:{value}" if name else value, prefix)
        return Not(node) if token["minus"] and value else node


def _and(parts: list[Node]) -> Node:
    parts = [part for part in parts if part != And()]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _field(name: str, value: str, prefix: bool) -> Node | None:
    if not value.strip():
        return None
    if name in TEXT_FIELDS or name in NAME_FIELDS:
        if name == "has" and value.lower() not in HAS_VALUES and not prefix:
            return None
        return FieldIs(name, value, prefix)
    return _range(name, value)


def _range(name: str, value: str) -> Node | None:
    comparison = _COMPARISON.fullmatch(value)
    if comparison:
        sign, bound = comparison[1], comparison[2]
        if not _fits(name, bound) or not bound:
            return None
        if sign == "=":
            return FieldRange(name, bound, bound)
        exclusive = sign in (">", "<")
        return (
            FieldRange(name, bound, "", exclusive)
            if sign[0] == ">"
            else FieldRange(name, "", bound, exclusive)
        )
    low, dots, high = value.partition("..")
    if not dots:
        high = low
    if not (low or high) or not _fits(name, low) or not _fits(name, high):
        return None
    return FieldRange(name, low, high)


def _fits(name: str, bound: str) -> bool:
    if not bound:
        return True
    if name in NUMBER_FIELDS:
        return bound.isascii() and bound.isdigit() and len(bound) < 10
    return _DATE.fullmatch(bound) is not None
