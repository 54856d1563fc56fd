"""Columns and paragraphs that fit the terminal, with double width for Chinese, Japanese and Korean."""

from __future__ import annotations

import sys
import unicodedata

from notes_tui.cli.output import Span, is_terminal, pieces
from notes_tui.model.text import one_line
from notes_tui.model.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notes_tui.cli.output import Line, Piece

GAP = "  "
_LEAST_FLEXIBLE = 24


def screen_width() -> int | None:
    """Columns of the terminal, or ``None`` where standard output is none and nothing need be cut."""
    if not is_terminal(sys.stdout):
        return None
    import shutil

    return shutil.get_terminal_size().columns


def width_of(text: str) -> int:
    """Terminal cells a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, width: int) -> str:
    """At most ``width`` cells of a text, the last an ellipsis where something was cut."""
    if width_of(text) <= width:
        return text
    taken, used = "", 0
    for character in text:
        used += _cells(character)
        if used > width - 1:
            break
        taken += character
    return taken.rstrip() + "…" if width > 0 else ""


class Column(Value):
    """How a column of a table behaves on a terminal."""

    most: int = 40
    """Cells it takes at most."""
    flexible: bool = False
    """Whether it takes what the others leave, however much."""
    optional: bool = False
    """Whether it goes where the terminal is too narrow."""
    right: bool = False
    """Whether its cells are numbers, set flush right."""


def table(rows: Sequence[Sequence[Piece]], columns: Sequence[Column], width: int | None) -> Iterator[Line]:
    """Lines of a table: aligned and cut to ``width``; without a width whole cells between tabs."""
    cells = [[_cell(piece) for piece in row] for row in rows]
    if width is None:
        for row in cells:
            yield Span("\t".join(cell.text for cell in row).rstrip("\t"))
        return
    sizes = _sizes(cells, columns, width)
    for row in cells:
        yield clip(_row(row, columns, sizes), width)


def _cell(piece: Piece) -> Span:
    return Span(one_line(piece.text), piece.style) if isinstance(piece, Span) else Span(one_line(piece))


def _sizes(cells: Sequence[Sequence[Span]], columns: Sequence[Column], width: int) -> list[int]:
    """Cells for each column; 0 leaves a column out."""
    wanted = [max((width_of(row[number].text) for row in cells), default=0) for number in range(len(columns))]
    sizes = [
        size if column.flexible else min(size, column.most)
        for size, column in zip(wanted, columns, strict=True)
    ]
    flexible = next((number for number, column in enumerate(columns) if column.flexible), None)
    if flexible is None:
        return sizes

    def room() -> int:
        others = [size for number, size in enumerate(sizes) if size and number != flexible]
        return width - sum(others) - len(GAP) * len(others)

    for number in reversed(range(len(columns))):
        if room() < min(wanted[flexible], _LEAST_FLEXIBLE) and columns[number].optional:
            sizes[number] = 0
    sizes[flexible] = max(min(wanted[flexible], room()), 1)
    return sizes


def _row(row: Sequence[Span], columns: Sequence[Column], sizes: Sequence[int]) -> tuple[Span, ...]:
    line: list[Span] = []
    for cell, column, size in zip(row, columns, sizes, strict=True):
        if not size:
            continue
        text = fit(cell.text, size)
        padding = Span(" " * (size - width_of(text)))
        if line:
            line.append(Span(GAP))
        line += [padding, Span(text, cell.style)] if column.right else [Span(text, cell.style), padding]
    while line and not line[-1].text.strip():
        line.pop()
    return tuple(line)


def clip(line: Line, width: int) -> Line:
    """A line cut to the terminal."""
    left = width
    kept: list[Span] = []
    for span in pieces(line):
        text = fit(span.text, left)
        kept.append(Span(text, span.style))
        left -= width_of(text)
        if text != span.text:
            break
    return tuple(kept)


def wrapped(text: str, width: int | None, indent: str = "") -> Iterator[str]:
    """A paragraph as lines of at most ``width`` cells, broken at spaces and between CJK characters."""
    if width is None:
        yield indent + text
        return
    room = max(width - width_of(indent), 10)
    line, used = "", 0
    for word in _breakable(text):
        size = width_of(word)
        if line and used + size - (word != word.rstrip()) > room:
            yield indent + line.rstrip()
            line, used = "", 0
        line += word
        used += size
    yield (indent + line).rstrip()


def _breakable(text: str) -> Iterator[str]:
    """Parts of a text after each of which a line may end; spaces stay at the end of their word."""
    part = ""
    for character in text:
        if part and (part[-1] == " " != character or (_cells(character) == 2 and character.isalnum())):
            yield part
            part = ""
        part += character
    if part:
        yield part
