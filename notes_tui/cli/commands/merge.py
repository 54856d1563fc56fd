"""``merge``: make one item of several that are one work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.arguments import citekey_argument, expanded
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.completing import complete_citekey
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.services import merging
from notes_tui.services.keys import find_item
from notes_tui.services.merging import Merged
from notes_tui.services.wording import count_of

_EXAMPLES = """
notes-tui duplicates
notes-tui merge vaswani2017 vaswani2017a
notes-tui undo                             splits them again
"""


@verb("merge", examples=_EXAMPLES)
@citekey_argument("keep")
@click.argument("others", metavar="OTHER...", nargs=-1, required=True, shell_complete=complete_citekey)
@pass_call
def command(call: Call, keep: str, others: Sequence[str]) -> None:
    """Merge OTHER items into KEEP: its fields win, notes, history, tags, files and lists are united.

    The other citekeys stay aliases of KEEP; another venue, year or DOI stays as a version of the work.
    """
    store = call.store()
    keep_id, *other_ids = (find_item(store, key) for key in expanded([keep, *others]))
    merged = merging.merge(store, keep_id, other_ids)
    call.answer(merged.as_dict(), _lines(merged))


def _lines(merged: Merged) -> Iterator[Line]:
    yield merged.label
    nouns = {"attachments": "file", "entries": "list entry", "events": "event"}
    parts = [
        count_of(number, nouns.get(name, name[:-1]), "list entries" if name == "entries" else "")
        for name, number in merged.moved.as_dict().items()
        if number
    ]
    filled = ", ".join(name for name in merged.filled if name != "extra")
    parts += [f"{filled} filled"] if filled else []
    if parts:
        yield Span("; ".join(parts), "dim")
