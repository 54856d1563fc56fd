"""The help of the program as a whole: every command with its line, none of them loaded, and no click either."""

from __future__ import annotations

import os
import sys

from notes_tui.cli import verb
from notes_tui.cli.table import ALL, COMMANDS, NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EXAMPLES = """
notes-tui                                  open the interface
notes-tui 'status:unread'                  open it with a query
notes-tui list 'section:"Cluster Scheduling" sort:year'
notes-tui mark read AntMan
notes-tui annotate AntMan --page 5 --quote "dynamic scaling"
notes-tui export markdown ~/notes
"""
_ABOUT = """Reading notes for people who read papers for a living.

Without a command it opens the interface, with the QUERY if one is given. Every command takes --json
(one JSON value) and --home; `notes-tui COMMAND --help` explains it.

A CITEKEY may also be a unique short name, an alias, a DOI or an arXiv id; `-` reads them from standard input.
"""
VERSION = "Show the version."
_USAGE = f"Usage: {NAME} [OPTIONS] [QUERY | COMMAND ...]"
_OPTIONS = {
    "--home DIR": str(verb.HOME.settings["help"]),
    "--version": VERSION,
    "-h, --help": "Show this message and exit.",
}
_LEAST, _MOST = 50, 98
"""Columns of the text."""


def text(width: int) -> str:
    """The whole help, in lines of at most ``width`` columns (examples are not broken)."""
    from textwrap import fill

    about = [" ".join(paragraph.split()) for paragraph in _ABOUT.strip().split("\n\n")]
    blocks = [_USAGE, *(fill(each, width, initial_indent="  ", subsequent_indent="  ") for each in about)]
    for title, rows in {"Options": _OPTIONS, **COMMANDS}.items():
        blocks.append("\n".join([f"{title}:", *_table(rows.items(), width)]))
    blocks.append("\n".join(["Examples:", *(f"  {line}" for line in _EXAMPLES.strip().splitlines())]))
    return "\n\n".join(blocks) + "\n"


def _table(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Names and what is said of them, in two columns."""
    from textwrap import wrap

    column = max(map(len, (*ALL, *_OPTIONS)))
    for name, about in rows:
        for number, line in enumerate(wrap(about, width - column - 4)):
            yield f"  {'' if number else name:{column}}  {line}"


def width_of_screen() -> int:
    """Columns for the help: what ``COLUMNS`` says, else the terminal's, within bounds."""
    told = os.environ.get("COLUMNS", "")
    columns = int(told) if told.isdecimal() else 0
    try:
        columns = columns or os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        columns = 80
    return max(min(columns - 2, _MOST), _LEAST)
