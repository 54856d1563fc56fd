"""``refresh``: the annotations of attached PDFs, read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from notes_tui.cli.arguments import citekeys_argument, expanded
from notes_tui.cli.call import REFUSED, Call, pass_call
from notes_tui.cli.commands.attach import taken_lines
from notes_tui.cli.importing import progress_line
from notes_tui.cli.output import Line
from notes_tui.cli.verb import verb
from notes_tui.services.keys import find_items

if TYPE_CHECKING:
    from notes_tui.services.refreshing import Refreshed

_EXAMPLES = """
notes-tui refresh                                 all PDFs that changed since they were read
notes-tui refresh AntMan
notes-tui list 'status:reading' | notes-tui refresh -
"""


@verb("refresh", examples=_EXAMPLES)
@citekeys_argument(required=False)
@pass_call
def command(call: Call, citekeys: Sequence[str]) -> int:
    """Read the annotations of attached PDFs again: of the items named, or of all whose files changed.

    What was added in a viewer comes in, what was edited follows, what was deleted is kept and marked gone.
    Your own comments, roles and corrections stay. All of it is one step for `undo`.
    """
    from notes_tui.services import refreshing

    store = call.store()
    item_ids = find_items(store, expanded(citekeys)) if citekeys else None
    with progress_line("reading") as progress:
        done = refreshing.refresh(
            store, item_ids, only_changed=item_ids is None, roles=call.config.roles, progress=progress
        )
    call.answer(done.as_dict(), _lines(done))
    return REFUSED if done.problems else 0


def _lines(done: Refreshed) -> Iterator[Line]:
    unchanged = f", {done.unchanged:,} unchanged" if done.unchanged else ""
    yield f"{done.read:,} {'file' if done.read == 1 else 'files'} read{unchanged}"
    yield from taken_lines(done.taken, done.problems)
