"""Opening the interface: what the program does when no command is named."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from notes_tui.cli.arguments import joined, query_argument
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.output import is_terminal
from notes_tui.cli.verb import verb
from notes_tui.errors import NotesError


def open_interface(call: Call, query: str) -> None:
    """Open the interface; it needs a terminal on both ends."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise NotesError(
            "standard input or output is not one", title="the interface needs a terminal", hint=_hint(query)
        )
    from notes_tui.tui.start import run

    run(call.home, call.config, query)


def _hint(query: str) -> str:
    from difflib import get_close_matches

    from notes_tui.cli.table import COMMANDS

    word = query.partition(" ")[0]
    near = get_close_matches(word, [name for section in COMMANDS.values() for name in section], 1, 0.7)
    if near:
        return f"there is no command {word}; did you mean `notes-tui {near[0]}`?"
    return "`notes-tui list QUERY` prints what matches, `notes-tui --help` lists the commands"


@verb("notes-tui", free_text="dashes", examples="notes-tui 'status:unread'")
@query_argument()
@pass_call
def command(call: Call, query: Sequence[str]) -> None:
    """Open the interface with a query.

    A first word that is the name of a command is that command.
    """
    open_interface(call, joined(query))
