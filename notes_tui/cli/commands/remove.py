"""``remove``: move items to the trash."""

from __future__ import annotations

from collections.abc import Sequence

from notes_tui.cli.arguments import citekeys_argument, expanded
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.verb import verb
from notes_tui.services import editing, listing
from notes_tui.services.keys import find_items

_EXAMPLES = """
notes-tui remove antman2020
notes-tui list tag:old | notes-tui remove -
notes-tui trash restore antman2020
"""


@verb("remove", examples=_EXAMPLES)
@citekeys_argument()
@pass_call
def command(call: Call, citekeys: Sequence[str]) -> None:
    """Move items to the trash, with their notes; `trash restore` or `undo` brings them back."""
    store = call.store()
    item_ids = find_items(store, expanded(citekeys))
    removed = [item.citekey for item in listing.rows(store, item_ids)]
    label = editing.remove(store, item_ids)
    call.answer({"removed": removed}, label)
