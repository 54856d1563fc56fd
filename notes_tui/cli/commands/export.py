"""``export``: Markdown notes, a site, bibliographies, the dump."""

from __future__ import annotations

from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.verb import verb


@verb("export", examples="notes-tui export")
@pass_call
def command(call: Call) -> None:
    """Being written."""
