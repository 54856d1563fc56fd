"""``matrix``: a comparison table of several items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.arguments import joined, query_argument
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.layout import Column, screen_width, table
from notes_tui.cli.output import Line, Piece, Span
from notes_tui.cli.verb import verb
from notes_tui.services import listing
from notes_tui.services.listing import Matrix

_EXAMPLES = """
notes-tui matrix collection:awesome-auto-parallelism --columns year,framework,method
notes-tui matrix tag:moe --columns venue,year,status,Limitations --json
"""


@verb("matrix", free_text="dashes", examples=_EXAMPLES)
@query_argument()
@click.option("--columns", metavar="A,B", required=True, help="What to compare, separated by commas.")
@pass_call
def command(call: Call, query: Sequence[str], columns: str) -> None:
    """Compare the items of a QUERY, a column for each thing named.

    A column is a field (year, venue, status), a column of a reading list (framework), a heading of your notes,
    or an annotation role (result).
    """
    found = listing.matrix(call.store(), joined(query), columns.split(","))
    call.answer(found.as_list(), _lines(found))


def _lines(found: Matrix) -> Iterator[Line]:
    names: tuple[Piece, ...] = ("", *found.columns)
    head = tuple(Span(name if isinstance(name, str) else name.text, "bold") for name in names)
    rows: list[Sequence[Piece]] = [head]
    rows += [(Span(item.citekey, "bold"), *cells) for item, cells in found.rows]
    columns = [Column(24), *(Column(36) for _ in found.columns[:-1]), Column(flexible=True)]
    if found.rows:
        yield from table(rows, columns, screen_width())
    else:
        yield "no items match"
