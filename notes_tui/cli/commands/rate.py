"""``rate``: stars for items."""

from __future__ import annotations

from collections.abc import Sequence

from notes_tui.cli.arguments import citekeys_argument, expanded
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.commands.mark import marked_lines
from notes_tui.cli.verb import Whole, argument, verb
from notes_tui.services import reading
from notes_tui.services.keys import find_items

_EXAMPLES = """
notes-tui rate 5 AntMan
notes-tui rate 0 AntMan                           takes the rating away
notes-tui list 'rating:>=4'
"""


@verb("rate", examples=_EXAMPLES)
@argument("rating", metavar="N", type=Whole(0, 5))
@citekeys_argument()
@pass_call
def command(call: Call, rating: int, citekeys: Sequence[str]) -> None:
    """Rate items from 1 to 5; 0 takes the rating away."""
    store = call.store()
    marked = reading.rate(store, rating, find_items(store, expanded(citekeys)))
    call.answer(marked.as_dict(), marked_lines(marked, f"is rated {rating}" if rating else "is not rated"))
