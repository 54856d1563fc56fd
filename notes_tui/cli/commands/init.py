"""``init``: make a library."""

from __future__ import annotations

from collections.abc import Iterator

import click

from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.services import home
from notes_tui.services.home import Initialised

_EXAMPLES = """
notes-tui init
notes-tui init --empty --home ~/reading
"""


@verb("init", examples=_EXAMPLES)
@click.option("--empty", is_flag=True, help="Without the bundled reading lists.")
@pass_call
def command(call: Call, empty: bool) -> None:
    """Make a library, with the four bundled reading lists; one that exists is left as it is.

    Every other command makes the library on first use, so this is needed only for --empty or to choose the place.
    """
    made = home.init_home(call.home, empty=empty)
    call.answer(made.as_dict(), _lines(made))


def _lines(made: Initialised) -> Iterator[Line]:
    holds = f"{made.items} items in {made.collections} collections"
    if made.created:
        yield f"made {made.path}, with {holds}"
        yield Span("`notes-tui` opens it", "dim")
    else:
        yield f"{made.path} exists already, with {holds}; nothing was changed"
