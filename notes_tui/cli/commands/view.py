"""``view``: queries saved under a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.arguments import joined, query_argument
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.layout import Column, screen_width, table
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import subcommand, verb_group
from notes_tui.services import writing

_EXAMPLES = """
notes-tui view save "To read" 'status:queued OR status:reading'
notes-tui view list
notes-tui view remove "To read"
"""


@verb_group("view", examples=_EXAMPLES)
def command() -> None:
    """Queries saved under a name; the interface shows them at the left."""


@subcommand(command, "save", examples="notes-tui view save 'To read' status:queued", free_text="dashes")
@click.argument("name", metavar="NAME")
@query_argument()
@pass_call
def save(call: Call, name: str, query: Sequence[str]) -> None:
    """Save a QUERY under a NAME, replacing one of that name."""
    label = writing.save_view(call.store(), name, joined(query))
    call.answer({"name": name, "query": joined(query)}, label)


@subcommand(command, "list", examples="notes-tui view list")
@pass_call
def list_views(call: Call) -> None:
    """List the saved views with their queries."""
    views = writing.views(call.store())
    call.answer([{"name": name, "query": query} for name, query in views], _lines(views))


def _lines(views: Sequence[tuple[str, str]]) -> Iterator[Line]:
    yield from table(
        [(Span(name, "bold"), query) for name, query in views],
        (Column(), Column(flexible=True)),
        screen_width(),
    )
    if not views:
        yield "no views yet"
        yield Span("`notes-tui view save NAME QUERY` makes one", "dim")


@subcommand(command, "remove", examples="notes-tui view remove 'To read'")
@click.argument("name", metavar="NAME")
@pass_call
def remove(call: Call, name: str) -> None:
    """Forget a saved view; no item changes."""
    call.answer({"removed": name}, writing.remove_view(call.store(), name))
