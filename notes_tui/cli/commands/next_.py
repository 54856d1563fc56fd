"""``next``: what to read, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.layout import Column, screen_width, table
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import Whole, option, verb
from notes_tui.errors import InvalidValueError
from notes_tui.model.item import display_title
from notes_tui.services import reading
from notes_tui.services.keys import find_item
from notes_tui.services.reading import NextItem

_EXAMPLES = """
notes-tui next --limit 5
notes-tui mark queued AntMan Gandiva && notes-tui next --up Gandiva
"""


@verb("next", examples=_EXAMPLES)
@option("--limit", metavar="N", type=Whole(0), help="Show at most N items.")
@option("--up", metavar="CITEKEY", completer="citekey", help="Move a queued item up one place.")
@option("--down", metavar="CITEKEY", completer="citekey", help="Move it down one place.")
@pass_call
def command(call: Call, limit: int | None, up: str | None, down: str | None) -> None:
    """List what to read next, with the reason: your own queue, then what is started, then your lists.

    `mark queued` puts an item into the queue; hidden collections are left out.
    """
    store = call.store()
    for key, offset in ((up, -1), (down, 1)):
        if key is not None and not reading.move_in_queue(store, find_item(store, key), offset):
            raise InvalidValueError(
                f"{key} cannot be moved there",
                title="queue",
                hint="it must be queued, and not the first or last",
            )
    items = reading.next_items(store, limit)
    call.answer([item.as_dict() for item in items], _lines(items))


def _lines(items: Sequence[NextItem]) -> Iterator[Line]:
    rows = [
        (Span(each.item.citekey, "bold"), display_title(each.item), Span(each.reason, "dim"))
        for each in items
    ]
    yield from table(rows, (Column(24), Column(flexible=True), Column(34)), screen_width())
    if not items:
        yield "nothing is left to read"
        yield Span("`notes-tui add` and `notes-tui collection add` bring something in", "dim")
