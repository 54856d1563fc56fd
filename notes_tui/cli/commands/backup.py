"""``backup``: a checked snapshot of the library."""

from __future__ import annotations

from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.verb import verb
from notes_tui.services import backing_up


@verb("backup", examples="notes-tui backup")
@pass_call
def command(call: Call) -> None:
    """Write a snapshot of the library into backups/, check it, and print its path.

    Older snapshots are thinned out. `backup_to` in config.yaml names a second place that gets a copy.
    """
    made = backing_up.backup(call.store(), call.home, call.config)
    call.answer(made.as_dict(), [str(path) for path in (made.path, made.copy) if path is not None])
