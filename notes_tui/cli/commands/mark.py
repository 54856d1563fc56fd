"""``mark``: read status, progress and date, as events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notes_tui.cli.arguments import citekeys_argument, expanded, on_the_command_line
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.output import Line
from notes_tui.cli.verb import Whole, argument, option, verb
from notes_tui.services import reading
from notes_tui.services.keys import find_items
from notes_tui.services.reading import Marked

_EXAMPLES = """
notes-tui mark read AntMan
notes-tui mark reading Gandiva --page 5
notes-tui mark read Tiresias --date yesterday
notes-tui mark studied Gavel --date 2026-02-11
notes-tui list 'collection:research-space year:2020' | notes-tui mark queued -
"""


@verb("mark", examples=_EXAMPLES)
@argument("status", metavar="STATUS", completer="status")
@citekeys_argument()
@option("--page", metavar="N", type=Whole(1), help="The page reached.")
@option("--date", metavar="D", default="", help="When it happened: 2026-11-20, yesterday, an ISO time.")
@pass_call
def command(call: Call, status: str, citekeys: Sequence[str], page: int | None, date: str) -> None:
    """Give items a read status: unread, queued, reading, read, skimmed, studied, dropped, or one of your own.

    Every change is kept as a dated event. What is so already is left alone, unless --page or --date is given.
    One unknown CITEKEY among several, and nothing changes.
    """
    store = call.store()
    item_ids = find_items(store, expanded(citekeys))
    with on_the_command_line():
        marked = reading.mark(store, status, item_ids, allowed=call.config.status_names, page=page, date=date)
    call.answer(marked.as_dict(), marked_lines(marked, f"is {status.lower()}"))


def marked_lines(marked: Marked, state: str) -> Iterator[Line]:
    """What was changed in one line, and a line for each item that was so already."""
    if marked.changed:
        yield marked.label
    for citekey, since in marked.unchanged:
        yield f"{citekey} {state} already" + (f", since {since[:10]}" if since else "")
