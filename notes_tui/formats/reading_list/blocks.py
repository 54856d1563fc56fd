"""Markdown as a short list of blocks: headings, bullets with their children, tables, paragraphs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from notes_tui.formats.reading_list.html_tables import is_wide_enough, marked_table, take_tables
from notes_tui.formats.reading_list.runs import Line, flatten
from notes_tui.formats.reading_list.tidying import tidy

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or what does the work of one; deeper levels have higher numbers."""

    level: float
    line: Line


@dataclass(frozen=True, slots=True)
class Details:
    """The end of a foldable part."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text outside lists and tables."""

    line: Line


@dataclass(slots=True)
class Bullet:
    """A list item: its own lines, then the bullets below it."""

    lines: list[Line] = field(default_factory=list)
    children: list[Bullet] = field(default_factory=list)
    number: int = 0


@dataclass(frozen=True, slots=True)
class Bullets:
    """One list."""

    items: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header row; each row knows its line."""

    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Details | Paragraph | Bullets | Table
DETAILS_LEVEL = 6.5


def parse(markdown: str) -> list[Block]:
    """The blocks of a Markdown text in order."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    text, tables = take_tables(markdown)
    return list(_with_tables(_blocks(parser.parse(tidy(text))), tables))


def _with_tables(blocks: Iterable[Block], tables: Sequence[Sequence[tuple[Line, ...]]]) -> Iterator[Block]:
    """The blocks with each HTML table in its place."""
    for block in blocks:
        number = marked_table(block.line.text) if isinstance(block, Paragraph) else None
        if number is None:
            yield block
        elif is_wide_enough(tables[number]):
            yield Table(tables[number][0], tuple(tables[number][1:]))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = _closing(tokens, place)
        inner = tokens[place + 1 : end]
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), _line(inner))
        elif token.type == "paragraph_open":
            yield Paragraph(_line(inner))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield Bullets(tuple(_bullets(inner)))
        elif token.type == "table_open":
            yield _table(inner)
        elif token.type == "html_block":
            yield from _html(token)
        elif token.type == "blockquote_open":
            yield from _blocks(inner)
        place = end + 1


def _closing(tokens: list[Token], place: int) -> int:
    """Place of the token that closes the one at ``place``; the same place if it closes itself."""
    depth: int = tokens[place].nesting
    while depth > 0:
        place += 1
        depth += tokens[place].nesting
    return place


def _line(tokens: list[Token]) -> Line:
    inline = next((token for token in tokens if token.type == "inline"), None)
    if inline is None:
        return Line("")
    return flatten(inline.children or [], inline.map[0] if inline.map else 0)


def _bullets(tokens: list[Token]) -> Iterator[Bullet]:
    place = 0
    while place < len(tokens):
        end = _closing(tokens, place)
        if tokens[place].type == "list_item_open":
            bullet = Bullet(number=(tokens[place].map or [0])[0])
            _fill(bullet, tokens[place + 1 : end])
            yield bullet
        place = end + 1


def _fill(bullet: Bullet, tokens: list[Token]) -> None:
    for block in _blocks(tokens):
        if isinstance(block, Bullets):
            bullet.children.extend(block.items)
        elif isinstance(block, Paragraph | Heading):
            bullet.lines.append(block.line)
        elif isinstance(block, Table):
            bullet.lines.extend(cell for row in block.rows for cell in row)


def _table(tokens: list[Token]) -> Table:
    rows: list[tuple[Line, ...]] = []
    cells: list[Line] = []
    number = 0
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            cells, number = [], (token.map or [0])[0]
        elif token.type in ("th_open", "td_open"):
            line = _line(tokens[place + 1 : place + 2])
            cells.append(Line(line.text, line.spans, number))
        elif token.type == "tr_close":
            rows.append(tuple(cells))
    return Table(rows[0] if rows else (), tuple(rows[1:]))


_HTML_HEADING = re.compile(
    r"<h([1-6])[^>]*>(.*?)</h\1>|<summary[^>]*>(.*?)</summary>|(</details>)", re.IGNORECASE | re.DOTALL
)


def _html(token: Token) -> Iterator[Block]:
    """Headings, summaries and the ends of foldable parts in a block of HTML."""
    first = (token.map or [0])[0]
    for found in _HTML_HEADING.finditer(token.content):
        if found[4]:
            yield Details()
            continue
        words = html.unescape(re.sub(r"<[^>]+>", "", found[2] or found[3] or ""))
        line = Line(" ".join(words.split()), (), first + token.content.count("\n", 0, found.start()))
        yield Heading(int(found[1]) if found[1] else DETAILS_LEVEL, line)
