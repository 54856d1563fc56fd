"""``note``: print, replace, add to or edit a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from notes_tui.cli import output
from notes_tui.cli.arguments import citekey_argument, one_key, text_or_stdin
from notes_tui.cli.call import REFUSED, Call, pass_call
from notes_tui.cli.verb import verb
from notes_tui.errors import UnknownThingError, UsageError
from notes_tui.model.item import Note
from notes_tui.model.shapes import note_shape
from notes_tui.model.text import one_line
from notes_tui.services import listing, writing
from notes_tui.services.keys import find_item
from notes_tui.services.writing import Saved
from notes_tui.store.database import Store

if TYPE_CHECKING:
    from notes_tui.services.sync_one import FileOfItem

_EXAMPLES = """
notes-tui note AntMan
notes-tui note AntMan --append "Compare with Gandiva."
notes-tui note AntMan --set - < antman.md
notes-tui note AntMan --title Questions --set "Why not preempt?"
notes-tui note AntMan --edit
"""


@verb("note", examples=_EXAMPLES)
@citekey_argument()
@click.option("--title", metavar="T", default="", help="The note of this title; without it the main note.")
@click.option("--set", "new_text", metavar="TEXT", help="Replace the note; - takes it from standard input.")
@click.option(
    "--append", "more_text", metavar="TEXT", help="Add a paragraph; - takes it from standard input."
)
@click.option("--edit", "in_editor", is_flag=True, help="Open the note in your editor.")
@click.option(
    "--private/--public", default=None, help="Keep the note out of shared vaults, sites and READMEs, or not."
)
@pass_call
def command(
    call: Call,
    citekey: str,
    title: str,
    new_text: str | None,
    more_text: str | None,
    in_editor: bool,
    private: bool | None,
) -> int:
    """Print the note on an item, replace it, add a paragraph to it, or open it in your editor.

    Notes are Markdown and kept byte for byte. An item has one main note and any number of titled ones; an
    empty text removes a note. Where a folder is synced, --edit opens the very file in it, and what is saved is
    written there at once.
    """
    if sum((new_text is not None, more_text is not None, in_editor)) > 1:
        raise UsageError("--set, --append and --edit exclude each other", hint="give one of them")
    store = call.store()
    item_id = find_item(store, one_key(citekey))
    if in_editor:
        saved, status = _edited(call, store, item_id, title)
    elif new_text is not None:
        saved, status = writing.save_note(store, item_id, text_or_stdin(new_text), title=title), 0
    elif more_text is not None:
        saved, status = writing.append_note(store, item_id, text_or_stdin(more_text), title=title), 0
    elif private is not None:
        label = writing.set_note_private(store, item_id, private, title=title)
        call.answer({"citekey": _citekey(store, item_id), "title": title or None, "private": private}, label)
        return 0
    else:
        body = writing.read_note(store, item_id, title)
        call.answer(note_shape(Note(title, body)), body.splitlines())
        return 0
    if private is not None and saved.body:
        writing.set_note_private(store, item_id, private, title=title)
    answer = {
        "citekey": _citekey(store, item_id),
        **note_shape(Note(title, saved.body)),
        "changed": saved.changed,
    }
    call.answer(answer, saved.label if saved.changed else "the note is as it was")
    return status


def _edited(call: Call, store: Store, item_id: int, title: str) -> tuple[Saved, int]:
    """The note after a sitting at the editor, and the exit status.

    Where the note stands in a synced folder, that file is opened. Otherwise one that changed elsewhere meanwhile is
    not written over.
    """
    from notes_tui.cli.editor import EditedText
    from notes_tui.services.sync_one import file_of

    try:
        before = writing.read_note(store, item_id, title)
    except UnknownThingError:
        before = ""
    file = file_of(store, item_id, title)
    if file is not None and (before or not title):
        return _taken_in(call, store, item_id, title, file)
    with EditedText(before, title or _citekey(store, item_id)) as edited:
        text = edited.edit(call.config)
        return writing.save_note(store, item_id, text, title=title, base=before), 0


def _taken_in(call: Call, store: Store, item_id: int, title: str, file: FileOfItem) -> tuple[Saved, int]:
    """What became of the note when its file was edited; problems and conflicts are told."""
    from notes_tui.cli.editor import open_editor
    from notes_tui.services.sync_one import take_file

    status = open_editor(call.config, file.place)
    report = take_file(store, file, statuses=call.config.status_names, done=call.config.done)
    if status:
        output.echo(f"warning: the editor left with status {status}; what it saved was taken in", err=True)
    for problem in report.problems:
        output.echo(f"problem: {one_line(problem.file)}: {one_line(problem.message)}", err=True)
    for waiting in report.conflicts:
        output.echo(f"conflict: {waiting.uid} {one_line(waiting.conflict.part)}", err=True)
    if report.conflicts:
        output.echo("hint: `notes-tui conflicts` shows both versions", err=True)
    try:
        body = writing.read_note(store, item_id, title)
    except UnknownThingError:
        body = ""
    saved = Saved(body, bool(report.taken), report.label, report.step_id)
    return saved, REFUSED if report.problems or report.conflicts else 0


def _citekey(store: Store, item_id: int) -> str:
    return listing.rows(store, [item_id])[0].citekey
