"""``edit``: correct fields of an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.arguments import citekey_argument, on_the_command_line, one_key
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.model.text import one_line
from notes_tui.services import editing
from notes_tui.services.editing import Edited
from notes_tui.services.keys import find_item

_EXAMPLES = """
notes-tui edit AntMan year=2020 venue=OSDI
notes-tui edit AntMan "creators=Xiao, Wencong; Ren, Shiru"
notes-tui edit AntMan links="https://example.org/a.pdf code:https://example.org/code"
notes-tui edit AntMan abstract=                   clears the field
notes-tui edit AntMan private=yes
"""


@verb("edit", examples=_EXAMPLES)
@citekey_argument()
@click.argument("assignments", metavar="FIELD=VALUE...", nargs=-1, required=True)
@pass_call
def command(call: Call, citekey: str, assignments: Sequence[str]) -> None:
    """Correct fields of an item; an empty VALUE clears one.

    Fields are title, title_short, type, creators, venue, year, doi, arxiv, abstract, links, private, pages and
    citekey. What you correct here no import overwrites.
    """
    with on_the_command_line():
        values = editing.parse_assignments(assignments)
    store = call.store()
    edited = editing.edit(store, find_item(store, one_key(citekey)), values)
    call.answer(edited.as_dict(), change_lines(edited))


def change_lines(edited: Edited) -> Iterator[Line]:
    """What an edit changed, a field a line."""
    if not edited.changes:
        yield f"{edited.item.citekey}: nothing changed"
    for name, (old, new) in edited.changes.items():
        yield (
            f"{edited.item.citekey}: {name}: ",
            Span(one_line(old) or "nothing", "dim"),
            f" → {one_line(new) or 'nothing'}",
        )
