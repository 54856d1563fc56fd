"""``rekey``: give an item another citekey."""

from __future__ import annotations

import click

from notes_tui.cli.arguments import citekey_argument, one_key
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.commands.edit import change_lines
from notes_tui.cli.verb import verb
from notes_tui.services import editing
from notes_tui.services.keys import find_item


@verb("rekey", examples="notes-tui rekey antman2020 xiao2020antman")
@citekey_argument("old")
@click.argument("new", metavar="NEW")
@pass_call
def command(call: Call, old: str, new: str) -> None:
    """Give an item another citekey; the old one stays an alias, so what cites it still works."""
    store = call.store()
    edited = editing.rekey(store, find_item(store, one_key(old)), new)
    call.answer(edited.as_dict(), change_lines(edited))
