"""``import``: bring in bibliographies, reading lists and dumps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from notes_tui.cli.arguments import read_stdin
from notes_tui.cli.call import REFUSED, Call, pass_call
from notes_tui.cli.importing import import_options, progress_line, report_lines
from notes_tui.cli.verb import verb
from notes_tui.services import importing
from notes_tui.services.importing import ImportOptions
from notes_tui.services.sources import read_source

_EXAMPLES = """
notes-tui import references.bib
notes-tui import awesome-list.md                  makes or updates the collection of its title
notes-tui import library.json --dry-run           says what would come in
notes-tui import a.bib b.bib --collection thesis
curl -s https://example.org/refs.bib | notes-tui import - --format bibtex
"""


@verb("import", examples=_EXAMPLES)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@import_options
@click.option("--collection", metavar="SLUG", default="", help="Put what comes in into this collection.")
@pass_call
def command(call: Call, files: Sequence[str], format_name: str, dry_run: bool, collection: str) -> int:
    """Bring in bibliographies (BibTeX, CSL-JSON, RIS), reading lists (Markdown, JSON, YAML) and dumps.

    What certainly is the same work joins the item that is there and fills its empty fields; what only may be is
    proposed. Nothing you wrote is overwritten, and a second import adds nothing. All files together are one step
    for `undo`. The exit status is 3 where records were refused; the problems say which and why.
    """
    with progress_line("importing") as progress:
        options = ImportOptions(
            format=format_name, collection=collection, dry_run=dry_run, statuses=call.config.status_names,
            progress=progress,
        )  # fmt: skip
        report = importing.import_files(call.store(), [_source(name) for name in files], options)
    call.answer(report.as_dict(), report_lines(report, dry_run=dry_run))
    return REFUSED if report.refused else 0


def _source(name: str) -> tuple[str, Callable[[], str]]:
    if name == "-":
        return "standard input", read_stdin
    return name, lambda: read_source(name)
