"""``attach``: PDFs and figures of an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from notes_tui.cli.arguments import citekey_argument, one_key
from notes_tui.cli.call import REFUSED, Call, pass_call
from notes_tui.cli.importing import progress_line
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.errors import UsageError
from notes_tui.model.text import one_line
from notes_tui.services.keys import find_item

if TYPE_CHECKING:
    from notes_tui.model.reading_list import Problem
    from notes_tui.services.attaching import Attached
    from notes_tui.services.highlighting import Taken

_EXAMPLES = """
notes-tui attach AntMan ~/Downloads/osdi20-xiao.pdf
notes-tui attach AntMan --newest ~/Downloads      the PDF that came last
notes-tui attach AntMan paper.pdf --link          leaves the file where it is
notes-tui attach AntMan figure3.png --caption "The queue"
notes-tui attach AntMan plot.svg --note Questions
"""


@verb("attach", examples=_EXAMPLES)
@citekey_argument()
@click.argument("files", metavar="FILE...", nargs=-1, type=click.Path())
@click.option("--link", is_flag=True, help="Leave the files where they are instead of copying them.")
@click.option(
    "--newest", metavar="DIR", type=click.Path(), help="The PDF or picture that came last into DIR."
)
@click.option(
    "--note", "title", metavar="TITLE", help="The note that shows the picture; it is made if there is none."
)
@click.option("--caption", metavar="C", default="", help="What stands with the picture.")
@pass_call
def command(
    call: Call, citekey: str, files: Sequence[str], link: bool, newest: str | None, title: str | None, caption: str
) -> int:  # fmt: skip
    """Attach PDFs and pictures to an item, and bring the annotations of PDFs in.

    A file is copied into the library's folder under the hash of its content, so it is there once. Another
    version of a PDF that the item has takes its place: the annotations find their words in it, and those
    that have no place any more are listed.

    A picture is shown in the main note, or in the one that --note names, as a Markdown image. Where a note shows the
    file by its own path already, that is led to the library's copy instead.
    """
    from notes_tui.services import attaching, stored_files

    if not files and newest is None:
        raise UsageError("no file is named", hint="give FILE, or --newest DIR")
    store = call.store()
    item_id = find_item(store, one_key(citekey))
    named = [*files, *([stored_files.newest(newest)] if newest is not None else [])]
    note = attaching.FigureNote(title, caption)
    with progress_line("reading") as progress:
        done = attaching.attach(
            store, item_id, named, link=link, note=note, roles=call.config.roles, progress=progress
        )  # fmt: skip
    call.answer(done.as_dict(), _lines(done))
    return REFUSED if done.problems else 0


def _lines(done: Attached) -> Iterator[Line]:
    for file, is_new in done.files:
        words = "attached" if is_new else "shown" if file.link in done.shown else "there already"
        as_link = f" as {one_line(file.link)}" if file.link else ""
        yield f"{words}: {one_line(file.title or file.path)}{as_link}"
    yield from taken_lines(done.taken, done.problems)


def taken_lines(taken: Taken, problems: Sequence[Problem]) -> Iterator[Line]:
    """What became of annotations, for people: numbers, those without a place, problems."""
    numbers = ("added", "updated", "gone", "placed")
    told = [f"{getattr(taken, name):,} {name}" for name in numbers if getattr(taken, name)]
    if told:
        yield Span(f"annotations: {', '.join(told)}", "bold")
    for each in taken.unplaced:
        words = one_line(each.quote or each.comment)
        yield (Span("no place in this version ", "yellow"), f"page {each.page}: {words[:200]}")
    for problem in problems:
        name = f"{problem.file}: " if problem.file else ""
        yield (Span("problem ", "yellow"), one_line(f"{name}{problem.message}"))
