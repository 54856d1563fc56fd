"""``restore``: go back to a backup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from notes_tui.cli import output
from notes_tui.cli.asking import can_ask, confirmed
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.errors import StoreError
from notes_tui.services import restoring
from notes_tui.services.restoring import Restored

_EXAMPLES = """
notes-tui restore backups/notes-20261121-120000.db
notes-tui restore /mnt/second-disk/notes-20261121-120000.db --yes
notes-tui undo                                    goes back to what was before
"""


@verb("restore", examples=_EXAMPLES)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do it without asking.")
@pass_call
def command(call: Call, file: Path, yes: bool) -> None:
    """Show what going back to a backup would change; do it when told to.

    A snapshot of the present is written first, and `undo` takes the restoring back. A database that is too
    damaged to be opened is put aside, not deleted.
    """
    place = file if file.exists() else call.home.path / file
    try:
        store = call.store()
    except StoreError:
        if not (
            yes or (can_ask() and confirmed("The library cannot be opened. Put the backup in its place?"))
        ):
            raise
        replaced = restoring.replace_damaged(call.home, place)
        call.answer(replaced.as_dict(), f"{replaced.label}; what was there lies in {replaced.kept}")
        return
    found = restoring.restore(store, call.home, call.config, place, apply=yes)
    if found.changes and not yes and can_ask():
        output.echo(_changes(found), err=True)
        if confirmed("Restore?"):
            found = restoring.restore(store, call.home, call.config, place, apply=True)
    call.answer(found.as_dict(), _lines(found))


def _changes(found: Restored) -> Iterator[Line]:
    for each in found.changes:
        yield f"{each.table}: {each.back} come back, {each.gone} go, {each.changed} change"


def _lines(found: Restored) -> Iterator[Line]:
    yield from _changes(found)
    if found.applied:
        yield f"{found.label}; `notes-tui undo` takes it back"
    elif found.changes:
        yield Span("nothing was changed; --yes does it", "dim")
    else:
        yield "the library is what the backup holds"
