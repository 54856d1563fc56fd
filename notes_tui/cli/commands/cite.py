"""``cite``: a citation, BibTeX or the link of items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import click

from notes_tui.cli.arguments import citekeys_argument, expanded
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.verb import verb
from notes_tui.services import citing, listing
from notes_tui.services.citing import CopyKind
from notes_tui.services.keys import find_items

_EXAMPLES = """
notes-tui cite AntMan
notes-tui cite AntMan Gandiva --as bibtex
notes-tui list tag:thesis | notes-tui cite - --as citekey
"""


@verb("cite", examples=_EXAMPLES)
@citekeys_argument()
@click.option("--as", "kind", type=click.Choice(get_args(CopyKind)), default="citation", show_default=True)
@pass_call
def command(call: Call, citekeys: Sequence[str], kind: CopyKind) -> None:
    """Print a citation, BibTeX, the link or the citekey of items, ready to paste."""
    store = call.store()
    items = listing.rows(store, find_items(store, expanded(citekeys)))
    answer = (
        [{"citekey": item.citekey, "text": citing.copy_text([item], kind)} for item in items]
        if call.as_json
        else []
    )
    call.answer(answer, [] if call.as_json else [citing.copy_text(items, kind)])
