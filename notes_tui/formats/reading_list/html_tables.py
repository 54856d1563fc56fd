"""Tables written in HTML, with cells that reach over several rows or columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from notes_tui.formats.reading_list.runs import Builder, Line

_TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_MARK = "\ue000"
_PLACE = re.compile(rf"\s*{_MARK}(\d+){_MARK}\s*")
_LARGEST_SPAN = 500


def take_tables(markdown: str) -> tuple[str, list[tuple[tuple[Line, ...], ...]]]:
    """The text with a mark in the place of every HTML table, and the rows of these tables.

    The text keeps its lines; the rows know the line each begins on, counted from 0.
    """
    tables: list[tuple[tuple[Line, ...], ...]] = []

    def taken(found: re.Match[str]) -> str:
        reader = _TableReader(markdown.count("\n", 0, found.start()))
        reader.feed(found[0])
        reader.close()
        tables.append(tuple(reader.rows))
        return f"{_MARK}{len(tables) - 1}{_MARK}" + "\n" * found[0].count("\n")

    return _TABLE.sub(taken, markdown.replace(_MARK, "")), tables


def marked_table(text: str) -> int | None:
    """The number of the table that a paragraph stands for."""
    found = _PLACE.fullmatch(text)
    return int(found[1]) if found else None


class _TableReader(HTMLParser):
    """Collects the cells of one table, row by row."""

    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[tuple[Line, ...]] = []
        self._first_line = first_line
        self._cells: list[Line] = []
        self._in_row = False
        self._line = 0
        self._cell: Builder | None = None
        self._spans = (1, 1)
        self._from_above: dict[int, tuple[int, Line]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self._in_row = True
            self._line = self._first_line + self.getpos()[0] - 1
        elif tag in ("td", "th"):
            self._end_cell()
            self._fill_from_above()
            known = dict(attrs)
            self._cell = Builder()
            self._spans = (_span(known.get("rowspan")), _span(known.get("colspan")))
        elif self._cell is not None:
            if tag == "img":
                self._cell.image(dict(attrs).get("alt") or "")
            self._cell.html(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table", "thead"):
            self._end_row()
        elif self._cell is not None:
            self._cell.html(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            words = re.sub(r"\s+", " ", data)
            self._cell.text += words.lstrip() if self._cell.text[-1:] in ("", " ", "\n") else words

    def _fill_from_above(self) -> None:
        while (place := len(self._cells)) in self._from_above:
            left, line = self._from_above.pop(place)
            self._cells.append(Line(line.text, line.spans, self._line))
            if left > 1:
                self._from_above[place] = left - 1, line

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        line = self._cell.line(self._line)
        self._cell = None
        rows, columns = self._spans
        for _ in range(columns):
            if rows > 1:
                self._from_above[len(self._cells)] = rows - 1, line
            self._cells.append(line)

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells:
            self._fill_from_above()
            self.rows.append(tuple(self._cells))
        elif self._in_row:
            self._from_above = {
                at: (left - 1, line) for at, (left, line) in self._from_above.items() if left > 1
            }
        self._cells, self._in_row = [], False


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _LARGEST_SPAN) if value and value.isdecimal() and value.isascii() else 1


def is_wide_enough(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether a table has a header, rows and more than one column; others only arrange pictures."""
    return len(rows) > 1 and max(map(len, rows)) > 1
